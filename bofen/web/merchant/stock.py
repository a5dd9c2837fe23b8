"""Stock, and what arrives, leaves or is counted."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from bofen.catalog import service as catalog
from bofen.gateways.storage.addresses import picture_url
from bofen.inventory import queries
from bofen.inventory import service as inventory
from bofen.inventory.queries import Level
from bofen.inventory.service import Paper
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.web.deps import Db, StaffMayWriteStock
from bofen.web.shapes import DEFAULT_LIMIT, Body, Cursor, Limit, Line, Listed, Shape

router = APIRouter(prefix="/stock", tags=["stock"])

Pieces = Annotated[int, Field(ge=1, le=1_000_000)]


class StockRow(Shape):
    """One SKU's stock in pieces; low when fewer than `low_below` are available."""

    sku_id: UUID
    product_id: UUID
    title: str
    spec: str
    picture: str | None
    on_hand: int
    held: int
    available: int
    low_below: int


class StockLine(Body):
    """A SKU and how many pieces of it."""

    sku_id: UUID
    quantity: Pieces


class CountedLine(Body):
    """A SKU and how many pieces somebody counted; none is a count as well."""

    sku_id: UUID
    quantity: Annotated[int, Field(ge=0, le=1_000_000_000)]


Note = Annotated[Line, Field(max_length=200)]


class Receipt(Body):
    """The client makes the id: sent twice, it counts once."""

    id: UUID
    lines: Annotated[tuple[StockLine, ...], Field(min_length=1, max_length=200)]
    note: Note = ""

    def sku_ids(self) -> list[UUID]:
        """Of each line."""
        return [line.sku_id for line in self.lines]

    def pieces(self) -> list[tuple[UUID, int]]:
        """(SKU, pieces) of each line."""
        return [(line.sku_id, line.quantity) for line in self.lines]


class StockTake(Body):
    """A count, named by its client: sent twice, it counts once."""

    id: UUID
    lines: Annotated[tuple[CountedLine, ...], Field(min_length=1, max_length=200)]
    note: Note = ""

    def sku_ids(self) -> list[UUID]:
        """Of each line."""
        return [line.sku_id for line in self.lines]


class LimitIn(Body):
    """From now on these SKUs count as low below so many available pieces; 0: never."""

    sku_ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=200)]
    low_below: Annotated[int, Field(ge=0, le=100_000)]


@router.get("")
async def stock_list(
    _: StaffMayWriteStock,
    db: Db,
    *,
    low: Annotated[bool, Query(description="Only what falls short of its limit.")] = False,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Listed[StockRow]:
    """Every SKU's stock, least available first."""
    async with db.reading() as tx:
        page = await queries.stock_page(tx, is_low=low, limit=limit, cursor=cursor)
        items = await _rows(tx, page.items)
    return Listed(items=items, next=page.next)


async def _rows(tx: Tx, levels: Sequence[Level]) -> list[StockRow]:
    skus = await catalog.sellable(tx, [level.sku_id for level in levels])
    return [
        StockRow(
            **asdict(level),
            product_id=sku.product_id,
            title=sku.title,
            spec=sku.spec,
            picture=picture_url(sku.picture_key),
        )
        for level in levels
        if (sku := skus.get(level.sku_id))
    ]


async def _known(tx: Tx, sku_ids: Sequence[UUID]) -> list[UUID]:
    if len(await catalog.sellable(tx, sku_ids)) < len(set(sku_ids)):
        raise NotFound("sku")
    return list(sku_ids)


async def _booked(tx: Tx, sku_ids: list[UUID]) -> Listed[StockRow]:
    levels = await queries.levels(tx, sku_ids)
    return Listed(items=await _rows(tx, list(levels.values())))


@router.put("/limits")
async def set_limits(asked: LimitIn, staff: StaffMayWriteStock, db: Db) -> Listed[StockRow]:
    """Below how many available pieces these SKUs count as low; their stock is answered."""
    async with db.transaction() as tx:
        sku_ids = await _known(tx, asked.sku_ids)
        await inventory.set_low_below(tx, sku_ids, asked.low_below, staff, clock.now())
        return await _booked(tx, sku_ids)


@router.post("/receipts")
async def receive(asked: Receipt, staff: StaffMayWriteStock, db: Db) -> Listed[StockRow]:
    """Goods have arrived; the stock of each SKU as it is now."""
    at = clock.now()
    async with db.transaction() as tx:
        sku_ids = await _known(tx, asked.sku_ids())
        await inventory.receive(tx, asked.pieces(), Paper(asked.id, asked.note), staff, at)
        return await _booked(tx, sku_ids)


@router.post("/damages")
async def write_off(asked: Receipt, staff: StaffMayWriteStock, db: Db) -> Listed[StockRow]:
    """Goods are spoilt and leave the stock, which is answered as it is then."""
    at = clock.now()
    async with db.transaction() as tx:
        sku_ids = await _known(tx, asked.sku_ids())
        await inventory.write_off(tx, asked.pieces(), Paper(asked.id, asked.note), staff, at)
        return await _booked(tx, sku_ids)


@router.post("/takes")
async def take_stock(asked: StockTake, staff: StaffMayWriteStock, db: Db) -> Listed[StockRow]:
    """What was counted is what is on hand, and is answered."""
    at = clock.now()
    counted = [(line.sku_id, line.quantity) for line in asked.lines]
    async with db.transaction() as tx:
        sku_ids = await _known(tx, asked.sku_ids())
        await inventory.take_stock(tx, counted, Paper(asked.id, asked.note), staff, at)
        return await _booked(tx, sku_ids)
