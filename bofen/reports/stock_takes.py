# ruff: noqa: S608 - the parts put in are the constants of this file
"""Stock-takes as staff read them: the list, the sheet with its differences, what they are worth."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bofen.inventory.count_sheet import KnownSku
from bofen.inventory.rules import TakeStatus
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.paging import Page, page_of, read_cursor, read_id, read_number
from bofen.kit.text import UnfitText, clean_line


@dataclass(frozen=True)
class TakeSummary:
    """A stock-take and what it comes to so far.

    `surplus` and `missing` are pieces, both counted upwards. `value_fen` is what the differences
    are worth at today's cost, of those SKUs whose cost is known; `unvalued` differ without one.
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
    value_fen: int
    unvalued: int


_SUMMARIES = """
SELECT take.id, take.number, take.status, take.note, take.includes_unsent,
  begun.name AS begun_by_name, take.begun_at, coalesce(ended.name, '') AS ended_by_name,
  take.ended_at, sums.*
FROM (SELECT * FROM inventory_take {which}) AS take
JOIN identity_staff begun ON begun.id = take.begun_by
LEFT JOIN identity_staff ended ON ended.id = take.ended_by, LATERAL (
  SELECT count(*) AS skus, count(counted) AS counted,
    count(*) FILTER (WHERE difference <> 0) AS different,
    coalesce(sum(difference) FILTER (WHERE difference > 0), 0)::bigint AS surplus,
    coalesce(-sum(difference) FILTER (WHERE difference < 0), 0)::bigint AS missing,
    coalesce(sum(difference * cost_fen), 0)::bigint AS value_fen,
    count(*) FILTER (WHERE difference <> 0 AND cost_fen IS NULL) AS unvalued
  FROM (
    SELECT line.counted, line.counted - line.book AS difference, sku.cost_fen
    FROM inventory_take_line line LEFT JOIN catalog_sku sku ON sku.id = line.sku_id
    WHERE line.take_id = take.id
  ) AS line
) AS sums
ORDER BY take.id DESC
"""


async def takes(
    tx: Tx, status: TakeStatus | None, limit: int, cursor: str | None
) -> Page[TakeSummary]:
    """Newest first."""
    before = read_cursor(cursor, read_id)[0] if cursor else UUID(int=2**128 - 1)
    which = "WHERE id < $1 AND ($2::text IS NULL OR status = $2) ORDER BY id DESC LIMIT $3"
    sql = _SUMMARIES.format(which=which)
    rows = await tx.rows(TakeSummary, sql, before, status and status.value, limit + 1)
    return page_of(rows, limit, lambda take: (take.id,))


async def take(tx: Tx, take_id: UUID) -> TakeSummary:
    """Raises `NotFound`."""
    rows = await tx.rows(TakeSummary, _SUMMARIES.format(which="WHERE id = $1"), take_id)
    if not rows:
        raise NotFound("stock_take")
    return rows[0]


class Rows(StrEnum):
    """Which rows of a sheet."""

    all = "all"
    uncounted = "uncounted"
    different = "different"
    blocked = "blocked"
    """Their difference would take what is promised to orders."""


@dataclass(frozen=True)
class SheetLine:
    """One row of a sheet. `book` is that of the moment at which it was counted, `on_hand` of now.

    `value_fen`: the difference at today's cost, None where that is not known.
    """

    no: int
    sku_id: UUID
    product_id: UUID | None
    title: str
    spec: str
    picture_key: str | None
    book_at_begin: int
    counted: int | None
    book: int | None
    difference: int | None
    value_fen: int | None
    counted_by_name: str
    counted_at: datetime | None
    is_blocked: bool


_BLOCKED = """(line.is_open AND line.counted IS NOT NULL AND line.counted < line.book
  AND coalesce(stock.on_hand, 0) + line.counted - line.book < coalesce(stock.held, 0))"""
_ROWS = {
    Rows.all: "true",
    Rows.uncounted: "line.counted IS NULL",
    Rows.different: "line.counted <> line.book",
    Rows.blocked: _BLOCKED,
}
_SHEET = f"""
SELECT line.no, line.sku_id, sku.product_id, coalesce(product.title, '') AS title,
  coalesce(sku.spec, '') AS spec, coalesce(sku.picture_key, product.pictures->>0) AS picture_key,
  line.book_at_begin, line.counted, line.book, line.counted - line.book AS difference,
  (line.counted - line.book) * sku.cost_fen AS value_fen,
  coalesce(staff.name, '') AS counted_by_name, line.counted_at, {_BLOCKED} AS is_blocked
FROM inventory_take_line line
LEFT JOIN inventory_stock stock ON stock.sku_id = line.sku_id
LEFT JOIN catalog_sku sku ON sku.id = line.sku_id
LEFT JOIN catalog_product product ON product.id = sku.product_id
LEFT JOIN identity_staff staff ON staff.id = line.counted_by
WHERE line.take_id = $1 AND line.no > $2::bigint AND {{rows}}
  AND strpos(lower(coalesce(product.title, '') || ' ' || coalesce(sku.spec, '')), $3) > 0
ORDER BY line.no LIMIT $4
"""


@dataclass(frozen=True)
class Wanted:
    """Which rows, and of those only whose title or spec holds `text`."""

    rows: Rows = Rows.all
    text: str = ""


async def sheet(
    tx: Tx, take_id: UUID, wanted: Wanted, limit: int, cursor: str | None
) -> Page[SheetLine]:
    """In the order of the sheet."""
    after = read_cursor(cursor, read_number)[0] if cursor else 0
    try:
        text = clean_line(wanted.text).lower()
    except UnfitText:
        return Page([], None)
    sql = _SHEET.format(rows=_ROWS[wanted.rows])
    rows = await tx.rows(SheetLine, sql, take_id, after, text, limit + 1)
    return page_of(rows, limit, lambda line: (line.no,))


async def whole_sheet(tx: Tx, take_id: UUID) -> AsyncIterator[list[SheetLine]]:
    """All of it, some hundreds of rows at a time."""
    sql = _SHEET.format(rows=_ROWS[Rows.all])
    async for batch in tx.batches(SheetLine, sql, take_id, 0, "", None):
        yield batch


async def lines_of(tx: Tx, take_id: UUID, sku_ids: Sequence[UUID]) -> list[SheetLine]:
    """The rows of these SKUs, as they stand now."""
    sql = _SHEET.format(rows="line.sku_id = ANY($5::uuid[])")
    return await tx.rows(SheetLine, sql, take_id, 0, "", len(sku_ids), list(sku_ids))


async def known_skus(tx: Tx, take_id: UUID) -> list[KnownSku]:
    """What a count sheet may name: the SKUs of this stock-take."""
    return await tx.rows(
        KnownSku,
        "SELECT line.sku_id, product.title, sku.spec FROM inventory_take_line line"
        " JOIN catalog_sku sku ON sku.id = line.sku_id"
        " JOIN catalog_product product ON product.id = sku.product_id WHERE line.take_id = $1",
        take_id,
    )


async def counted(tx: Tx, take_id: UUID) -> dict[UUID, int]:
    """What stands on the sheet now, by SKU."""
    rows = await tx.fetch(
        "SELECT sku_id, counted FROM inventory_take_line"
        " WHERE take_id = $1 AND counted IS NOT NULL",
        take_id,
    )
    return {row["sku_id"]: row["counted"] for row in rows}
