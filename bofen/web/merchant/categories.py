"""Keeping the category tree."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from bofen.catalog import service as catalog
from bofen.kit.ids import new_id
from bofen.web.buyer.categories import CategoryOut, listed_categories
from bofen.web.deps import CurrentStaff, Db, StaffMayWriteProducts
from bofen.web.merchant.pictures import PictureKey
from bofen.web.shapes import Body, Line, Listed, Shape

router = APIRouter(prefix="/categories", tags=["products"])


class CategoryIn(Body):
    name: Annotated[Line, Field(min_length=1, max_length=20)]
    parent_id: UUID | None = None
    position: Annotated[int, Field(ge=0, le=10_000)] = 0
    picture: PictureKey | None = None


class CategoryId(Shape):
    id: UUID


@router.get("")
async def categories(_: CurrentStaff, db: Db) -> Listed[CategoryOut]:
    return await listed_categories(db)


async def _write(db: Db, category_id: UUID, asked: CategoryIn) -> CategoryId:
    async with db.transaction() as tx:
        await catalog.write_category(
            tx, category_id, asked.name, asked.parent_id, asked.position, asked.picture
        )
    return CategoryId(id=category_id)


@router.post("", status_code=201)
async def add_category(asked: CategoryIn, _: StaffMayWriteProducts, db: Db) -> CategoryId:
    return await _write(db, new_id(), asked)


@router.put("/{category_id}")
async def change_category(
    category_id: UUID, asked: CategoryIn, _: StaffMayWriteProducts, db: Db
) -> CategoryId:
    async with db.transaction() as tx:
        await catalog.know_category(tx, category_id)
    return await _write(db, category_id, asked)


@router.delete("/{category_id}", status_code=204)
async def remove_category(category_id: UUID, _: StaffMayWriteProducts, db: Db) -> None:
    async with db.transaction() as tx:
        await catalog.remove_category(tx, category_id)
