"""The category tree."""

from uuid import UUID

from fastapi import APIRouter

from bofen.catalog import queries
from bofen.gateways.storage.addresses import picture_url
from bofen.web.deps import Db
from bofen.web.shapes import Listed, Shape

router = APIRouter(prefix="/categories", tags=["products"])


class CategoryOut(Shape):
    """One category; a top one has no parent."""

    id: UUID
    name: str
    parent_id: UUID | None
    picture: str | None
    position: int


async def listed_categories(db: Db) -> Listed[CategoryOut]:
    """The whole tree, for every audience that shows it."""
    async with db.transaction() as tx:
        rows = await queries.categories(tx)
    return Listed(
        items=[
            CategoryOut(
                id=row.id,
                name=row.name,
                parent_id=row.parent_id,
                picture=picture_url(row.picture_key),
                position=row.position,
            )
            for row in rows
        ]
    )


@router.get("")
async def categories(db: Db) -> Listed[CategoryOut]:
    """The whole category tree, in the order staff arranged."""
    return await listed_categories(db)
