"""Stock, what moved it, and what arrives."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from bofen.catalog import service as catalog
from bofen.identity import service as identity
from bofen.inventory import queries
from bofen.inventory import service as inventory
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.web.deps import CurrentStaff, Db, StaffMayWriteStock
from bofen.web.shapes import DEFAULT_LIMIT, Body, Cursor, Limit, Line, Listed, Shape, picture_url

router = APIRouter(prefix="/stock", tags=["stock"])

Pieces = Annotated[int, Field(ge=1, le=1_000_000)]


class StockRow(Shape):
    sku_id: UUID
    product_id: UUID
    title: str
    spec: str
    picture: str | None
    on_hand: int
    held: int
    available: int
    low_below: int


class MovementRow(Shape):
    id: UUID
    kind: str
    quantity: int
    on_hand_after: int
    held_after: int
    reference_kind: str
    reference_id: UUID
    actor: str
    at: datetime


class StockLine(Body):
    sku_id: UUID
    quantity: Pieces


class CountedLine(Body):
    sku_id: UUID
    quantity: Annotated[int, Field(ge=0, le=1_000_000_000)]


Note = Annotated[Line, Field(max_length=200)]


class Receipt(Body):
    """The client makes the id: sent twice, it counts once."""

    id: UUID
    lines: Annotated[tuple[StockLine, ...], Field(min_length=1, max_length=200)]
    note: Note = ""

    def pieces(self) -> list[tuple[UUID, int]]:
        return [(line.sku_id, line.quantity) for line in self.lines]


class StockTake(Body):
    id: UUID
    lines: Annotated[tuple[CountedLine, ...], Field(min_length=1, max_length=200)]
    note: Note = ""


@router.get("")
async def stock_list(
    _: CurrentStaff,
    db: Db,
    *,
    low: Annotated[bool, Query(description="Only what falls short of its limit.")] = False,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Listed[StockRow]:
    async with db.reading() as tx:
        page = await queries.stock_page(tx, is_low=low, limit=limit, cursor=cursor)
        skus = await catalog.sellable(tx, [row["sku_id"] for row in page.items])
    items = [
        StockRow(
            **row,
            product_id=sku.product_id,
            title=sku.title,
            spec=sku.spec,
            picture=picture_url(sku.picture_key),
        )
        for row in page.items
        if (sku := skus.get(row["sku_id"]))
    ]
    return Listed(items=items, next=page.next)


@router.get("/{sku_id}/movements")
async def movements(
    sku_id: UUID,
    _: CurrentStaff,
    db: Db,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Listed[MovementRow]:
    async with db.reading() as tx:
        page = await queries.movements(tx, sku_id, limit=limit, cursor=cursor)
    return Listed(items=[MovementRow(**row) for row in page.items], next=page.next)


async def _know(tx: Tx, sku_ids: list[UUID]) -> None:
    if len(await catalog.sellable(tx, sku_ids)) < len(set(sku_ids)):
        raise NotFound("sku")


@router.post("/receipts", status_code=204)
async def receive(asked: Receipt, staff: StaffMayWriteStock, db: Db) -> None:
    """Goods have arrived."""
    at = clock.now()
    async with db.transaction() as tx:
        await _know(tx, [line.sku_id for line in asked.lines])
        await inventory.receive(tx, asked.pieces(), asked.id, f"staff:{staff.id}", at)
        facts = {"note": asked.note}
        await identity.audit(tx, staff.id, "receive_stock", f"receipt:{asked.id}", facts, at)


@router.post("/damages", status_code=204)
async def write_off(asked: Receipt, staff: StaffMayWriteStock, db: Db) -> None:
    """Goods are spoilt and leave the stock."""
    at = clock.now()
    async with db.transaction() as tx:
        await _know(tx, [line.sku_id for line in asked.lines])
        await inventory.write_off(tx, asked.pieces(), asked.id, f"staff:{staff.id}", at)
        facts = {"note": asked.note}
        await identity.audit(tx, staff.id, "write_off_stock", f"damage:{asked.id}", facts, at)


@router.post("/takes", status_code=204)
async def take_stock(asked: StockTake, staff: StaffMayWriteStock, db: Db) -> None:
    """What was counted is what is on hand."""
    at = clock.now()
    counted = [(line.sku_id, line.quantity) for line in asked.lines]
    async with db.transaction() as tx:
        await _know(tx, [line.sku_id for line in asked.lines])
        await inventory.take_stock(tx, counted, asked.id, f"staff:{staff.id}", at)
        facts = {"note": asked.note}
        await identity.audit(tx, staff.id, "take_stock", f"stock_take:{asked.id}", facts, at)
