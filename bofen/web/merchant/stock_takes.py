"""Stock-takes: begun, counted by hand or from a sheet, looked at, then confirmed or cancelled."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse
from pydantic import Field

from bofen.flows import stock_takes as flow
from bofen.flows.services import Services
from bofen.gateways.storage.addresses import picture_url
from bofen.identity.rules import Permission, StaffMember
from bofen.inventory import count_sheet, takes
from bofen.inventory.count_sheet import COUNT_MAX, SheetProblem, SheetRow
from bofen.inventory.rules import Counted, CountProblem, TakeStatus
from bofen.inventory.takes import Entry, TakeDraft
from bofen.kit import clock
from bofen.kit.text import Lines
from bofen.reports import export
from bofen.reports import stock_takes as reports
from bofen.reports.stock_takes import Rows, SheetLine, TakeSummary, Wanted
from bofen.web.csv_files import as_file
from bofen.web.deps import Db, StaffMayWriteStock, Svc
from bofen.web.shapes import DEFAULT_LIMIT, Body, Cursor, Limit, Line, Listed, Shape

router = APIRouter(prefix="/stock-takes", tags=["stock-takes"])

SKUS_MAX = 1_000
ENTRY_ROWS_MAX = 500


class TakeOut(Shape):
    """A stock-take and what it comes to so far.

    `surplus` and `missing` are pieces. `value_fen` is what the differences are worth at today's
    cost, and `unvalued` rows differ without a known cost; None for staff who see no figures.
    """

    id: UUID
    number: str
    status: TakeStatus
    note: str
    includes_unsent: bool
    begun_by_name: str
    begun_at: datetime
    ended_by_name: str
    ended_at: datetime | None
    skus: int
    counted: int
    different: int
    surplus: int
    missing: int
    value_fen: int | None
    unvalued: int | None


class TakeLineOut(Shape):
    """One row of the sheet. `book` is that of the moment at which the row was counted.

    `value_fen`: the difference at today's cost; None where that is not known or not shown.
    `is_blocked`: it cannot be confirmed, because it would take what is promised to orders.
    """

    no: int
    sku_id: UUID
    product_id: UUID | None
    title: str
    spec: str
    picture: str | None
    book_at_begin: int
    counted: int | None
    book: int | None
    difference: int | None
    value_fen: int | None
    counted_by_name: str
    counted_at: datetime | None
    is_blocked: bool


class TakeIn(Body):
    """What is to be counted; no SKUs: all of them. `includes_unsent`: also what is sold and has not
    left, because it lies on the same shelf.
    """

    sku_ids: Annotated[tuple[UUID, ...], Field(max_length=SKUS_MAX)] = ()
    note: Annotated[Line, Field(max_length=200)] = ""
    includes_unsent: bool = True


Pieces = Annotated[int, Field(ge=0, le=COUNT_MAX)]


class CountedRow(Body):
    """So many lie on the shelf; `was` is the number that stood on the sheet when this was typed."""

    sku_id: UUID
    quantity: Pieces
    was: Pieces | None = None


class CountsIn(Body):
    """Rows that were counted, named by their client: sent twice, they count once."""

    id: UUID
    rows: Annotated[tuple[CountedRow, ...], Field(min_length=1, max_length=ENTRY_ROWS_MAX)]


class RefusedRow(Shape):
    """A row that was not written down, and why."""

    sku_id: UUID
    problem: CountProblem


class CountsOut(Shape):
    """The stock-take and the rows of the entry as they stand now, and those that were refused."""

    take: TakeOut
    lines: Sequence[TakeLineOut]
    refused: Sequence[RefusedRow]


class SheetIn(Body):
    """A sheet with numbers, as it was pasted or as the file holds it."""

    text: Annotated[Lines, Field(min_length=1, max_length=300_000)]


class ReadRow(Shape):
    """One row of a sheet as it was read: what would be counted, or what is wrong with it."""

    no: int
    typed: str
    sku_id: UUID | None
    quantity: int | None
    was: int | None
    problem: SheetProblem | None


class SheetOut(Shape):
    """All rows with a number. Nothing is written: they are sent as counts when they are right."""

    rows: Sequence[ReadRow]
    overwrites: int
    """So many rows have another number on the sheet already."""


def _sees_value(staff: StaffMember) -> bool:
    return staff.may(Permission.reports_read)


def _take_out(take: TakeSummary, staff: StaffMember) -> TakeOut:
    given: dict[str, Any] = asdict(take)
    return TakeOut(**given if _sees_value(staff) else given | {"value_fen": None, "unvalued": None})


def _line_out(line: SheetLine, staff: StaffMember) -> TakeLineOut:
    given = asdict(line)
    picture = picture_url(given.pop("picture_key"))
    if not _sees_value(staff):
        given["value_fen"] = None
    return TakeLineOut(**given, picture=picture)


@router.get("")
async def stock_takes(
    staff: StaffMayWriteStock,
    db: Db,
    status: TakeStatus | None = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Listed[TakeOut]:
    """Newest first."""
    async with db.reading() as tx:
        page = await reports.takes(tx, status, limit, cursor)
    return Listed(items=[_take_out(take, staff) for take in page.items], next=page.next)


@router.put("/{take_id}")
async def begin(take_id: UUID, asked: TakeIn, staff: StaffMayWriteStock, db: Db) -> TakeOut:
    """Begin a stock-take; the client makes the id, and the same one begins it once."""
    draft = TakeDraft(take_id, asked.sku_ids, asked.note, asked.includes_unsent)
    async with db.transaction() as tx:
        await flow.begin(tx, draft, staff, clock.now())
        return _take_out(await reports.take(tx, take_id), staff)


@router.get("/{take_id}")
async def stock_take(take_id: UUID, staff: StaffMayWriteStock, db: Db) -> TakeOut:
    """One of them."""
    async with db.transaction() as tx:
        return _take_out(await reports.take(tx, take_id), staff)


async def _wanted(
    rows: Rows = Rows.all,
    q: Annotated[str, Query(max_length=50, description="A part of the title or spec.")] = "",
) -> Wanted:
    return Wanted(rows, q)


@router.get("/{take_id}/lines")
async def lines(
    take_id: UUID,
    staff: StaffMayWriteStock,
    db: Db,
    asked: Annotated[Wanted, Depends(_wanted)],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Listed[TakeLineOut]:
    """The sheet, in the order of its rows."""
    async with db.transaction() as tx:
        page = await reports.sheet(tx, take_id, asked, limit, cursor)
    return Listed(items=[_line_out(line, staff) for line in page.items], next=page.next)


@router.get("/{take_id}/sheet.csv", response_class=StreamingResponse)
async def sheet_csv(take_id: UUID, staff: StaffMayWriteStock, svc: Svc) -> StreamingResponse:
    """The whole sheet with its differences; filled in under `实盘`, it can be read again."""
    return await as_file(_content(svc, take_id, staff), f"bofen-stock-take-{take_id}.csv")


async def _content(svc: Services, take_id: UUID, staff: StaffMember) -> AsyncIterator[bytes]:
    async with svc.db.reporting() as tx:
        await reports.take(tx, take_id)
        yield export.heading(SheetLine)
        async for batch in reports.whole_sheet(tx, take_id):
            shown = batch if _sees_value(staff) else [replace(row, value_fen=None) for row in batch]
            yield export.lines(shown, SheetLine)


@router.post("/{take_id}/readings")
async def read_sheet(take_id: UUID, asked: SheetIn, _: StaffMayWriteStock, db: Db) -> SheetOut:
    """What a pasted or uploaded sheet would count, row by row. Nothing is written."""
    async with db.transaction() as tx:
        await reports.take(tx, take_id)
        known = await reports.known_skus(tx, take_id)
        counted = await reports.counted(tx, take_id)
    rows = [_read_row(row, counted) for row in count_sheet.read(asked.text, known)]
    overwrites = sum(1 for row in rows if row.was not in {None, row.quantity})
    return SheetOut(rows=rows, overwrites=overwrites)


def _read_row(row: SheetRow, counted: Mapping[UUID, int]) -> ReadRow:
    return ReadRow(**asdict(row), was=counted.get(row.sku_id) if row.sku_id else None)


@router.post("/{take_id}/counts")
async def count(take_id: UUID, asked: CountsIn, staff: StaffMayWriteStock, db: Db) -> CountsOut:
    """Write down what was counted, each row against the book of this moment."""
    rows = [Counted(row.sku_id, row.quantity, row.was) for row in asked.rows]
    async with db.transaction() as tx:
        problems = await flow.count(tx, take_id, Entry(asked.id, rows), staff, clock.now())
        take = await reports.take(tx, take_id)
        lines = await reports.lines_of(tx, take_id, [row.sku_id for row in rows])
    return CountsOut(
        take=_take_out(take, staff),
        lines=[_line_out(line, staff) for line in lines],
        refused=[RefusedRow(sku_id=sku_id, problem=why) for sku_id, why in problems.items()],
    )


@router.post("/{take_id}/confirm")
async def confirm(take_id: UUID, staff: StaffMayWriteStock, db: Db) -> TakeOut:
    """The differences go into the journal; what was not counted stays as it is."""
    async with db.transaction() as tx:
        await takes.confirm(tx, take_id, staff, clock.now())
        return _take_out(await reports.take(tx, take_id), staff)


@router.post("/{take_id}/cancel")
async def cancel(take_id: UUID, staff: StaffMayWriteStock, db: Db) -> TakeOut:
    """Nothing of it is posted."""
    async with db.transaction() as tx:
        await takes.cancel(tx, take_id, staff, clock.now())
        return _take_out(await reports.take(tx, take_id), staff)
