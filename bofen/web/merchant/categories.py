"""Keeping the category tree."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from bofen.catalog import service as catalog
from bofen.catalog.service import CategoryDraft
from bofen.flows.services import Services
from bofen.gateways.words.check import check_text
from bofen.identity.rules import StaffMember
from bofen.kit import clock
from bofen.kit.ids import new_id
from bofen.web.buyer.categories import CategoryOut, listed_categories
from bofen.web.deps import CurrentStaff, Db, StaffMayWriteProducts, Svc
from bofen.web.merchant.pictures import PictureKey
from bofen.web.shapes import Body, Line, Listed, Shape

router = APIRouter(prefix="/categories", tags=["products"])


class CategoryIn(Body):
    """A category as staff write it; `position` orders it among its siblings."""

    name: Annotated[Line, Field(min_length=1, max_length=20)]
    parent_id: UUID | None = None
    position: Annotated[int, Field(ge=0, le=10_000)] = 0
    picture: PictureKey | None = None


class CategoryId(Shape):
    """The id of what was just written."""

    id: UUID


@router.get("")
async def categories(_: CurrentStaff, db: Db) -> Listed[CategoryOut]:
    """The category tree as staff arrange it."""
    return await listed_categories(db)


async def _write(
    svc: Services, category_id: UUID, asked: CategoryIn, by: StaffMember
) -> CategoryId:
    check_text(svc.words, "name", asked.name)
    draft = CategoryDraft(asked.name, asked.parent_id, asked.position, asked.picture)
    async with svc.db.transaction() as tx:
        await catalog.write_category(tx, category_id, draft, by, clock.now())
    return CategoryId(id=category_id)


@router.post("", status_code=201)
async def add_category(asked: CategoryIn, staff: StaffMayWriteProducts, svc: Svc) -> CategoryId:
    """A new category under its parent, or at the top."""
    return await _write(svc, new_id(), asked, staff)


@router.put("/{category_id}")
async def change_category(
    category_id: UUID, asked: CategoryIn, staff: StaffMayWriteProducts, svc: Svc
) -> CategoryId:
    """Another name, place, parent or picture."""
    async with svc.db.transaction() as tx:
        await catalog.know_category(tx, category_id)
    return await _write(svc, category_id, asked, staff)


@router.delete("/{category_id}", status_code=204)
async def remove_category(category_id: UUID, staff: StaffMayWriteProducts, db: Db) -> None:
    """Refused while something stands under it."""
    async with db.transaction() as tx:
        await catalog.remove_category(tx, category_id, staff, clock.now())
