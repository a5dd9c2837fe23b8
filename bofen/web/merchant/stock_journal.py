"""The stock journal: what moved, who moved it and why; on the page and as CSV."""

from collections.abc import AsyncIterator
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse

from bofen.flows.services import Services
from bofen.gateways.storage.addresses import picture_url
from bofen.inventory.rules import MovementKind, ReferenceKind
from bofen.kit.clock import now
from bofen.kit.days import day_of, midnight
from bofen.kit.errors import InvalidRequest
from bofen.reports import export, stock_journal
from bofen.reports.stock_journal import JournalLine, Mover, Wanted
from bofen.web.csv_files import FIRST_DAY, LAST_DAY, as_file
from bofen.web.deps import Db, StaffMayWriteStock, Svc
from bofen.web.shapes import DEFAULT_LIMIT, Cursor, Limit, Listed, Shape
from bofen.web.wrong_fields import wrong_fields

router = APIRouter(prefix="/stock", tags=["stock"])


class MovementRow(Shape):
    """One line of the journal; after it the SKU had so many on hand, held and available.

    `number` is that of the order or stock-take, empty for a paper that has none. `by_name` is empty
    where no member of staff moved it.
    """

    id: UUID
    at: datetime
    sku_id: UUID
    product_id: UUID | None
    title: str
    spec: str
    picture: str | None
    kind: MovementKind
    quantity: int
    on_hand_after: int
    held_after: int
    available_after: int
    reference_kind: ReferenceKind
    reference_id: UUID
    order_id: UUID | None
    number: str
    by_name: str
    note: str
    """What whoever moved it by hand wrote beside it."""


async def _which(
    sku_id: UUID | None = None,
    product_id: UUID | None = None,
    kind: MovementKind | None = None,
    staff_id: UUID | None = None,
) -> Wanted:
    return Wanted(sku_id=sku_id, product_id=product_id, kind=kind, staff_id=staff_id)


async def _wanted(
    which: Annotated[Wanted, Depends(_which)],
    first_on: Annotated[date | None, Query(alias="from", ge=FIRST_DAY, le=LAST_DAY)] = None,
    last_on: Annotated[date | None, Query(alias="to", ge=FIRST_DAY, le=LAST_DAY)] = None,
    q: Annotated[
        str, Query(max_length=50, description="A number of an order or paper, or an order's end.")
    ] = "",
) -> Wanted:
    """Days of the shop's calendar, both included."""
    if first_on and last_on and first_on > last_on:
        raise InvalidRequest(wrong_fields([{"loc": ("query", "to"), "type": "before_first"}]))
    return replace(
        which,
        from_at=midnight(first_on) if first_on else None,
        until_at=midnight(last_on + timedelta(days=1)) if last_on else None,
        paper=q.strip(),
    )


Asked = Annotated[Wanted, Depends(_wanted)]


@router.get("/movements")
async def movements(
    _: StaffMayWriteStock, db: Db, asked: Asked, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Listed[MovementRow]:
    """The journal, newest first."""
    async with db.reading() as tx:
        page = await stock_journal.page(tx, asked, limit, cursor)
    return Listed(items=[_row(line) for line in page.items], next=page.next)


def _row(line: JournalLine) -> MovementRow:
    given = asdict(line)
    picture = picture_url(given.pop("picture_key"))
    return MovementRow(**given, picture=picture)


@router.get("/movements.csv", response_class=StreamingResponse)
async def movements_csv(_: StaffMayWriteStock, svc: Svc, asked: Asked) -> StreamingResponse:
    """Every line that the same filters show, as a file for a spreadsheet."""
    return await as_file(_content(svc, asked), f"bofen-stock-journal-{day_of(now())}.csv")


async def _content(svc: Services, asked: Wanted) -> AsyncIterator[bytes]:
    async with svc.db.reporting() as tx:
        yield export.heading(JournalLine)
        async for batch in stock_journal.all_lines(tx, asked):
            yield export.lines(batch, JournalLine)


@router.get("/movers")
async def movers(_: StaffMayWriteStock, db: Db) -> Listed[Mover]:
    """Those who moved stock by hand, for the journal's filter."""
    async with db.reading() as tx:
        return Listed(items=await stock_journal.movers(tx))
