"""The stock journal of all SKUs: who moved what and why, as staff look for it and take it along."""

from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bofen.inventory.rules import BY_HAND, MovementKind, ReferenceKind
from bofen.kit.db import Tx
from bofen.kit.model import one_of
from bofen.kit.paging import Page, page_of, read_cursor, read_id
from bofen.kit.text import plain_code

_NEWEST = UUID(int=2**128 - 1)
_PAPERS_MAX = 200
_TAIL_MIN = 4
"""Signs of the end of an order number that name it, as people read them out."""


@dataclass(frozen=True)
class Wanted:
    """Which lines. None: whatever it is. `until_at` itself is not wanted any more.

    `paper` is the number of an order, its last four signs or more, the number of a stock-take, or
    the id of any other paper.
    """

    sku_id: UUID | None = None
    product_id: UUID | None = None
    kind: MovementKind | None = None
    staff_id: UUID | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None
    paper: str = ""


@dataclass(frozen=True)
class JournalLine:
    """One line with what it is about, and what the SKU had on hand, held and available after it.

    `number` is that of the order or stock-take, empty for a paper without one. `by_name` is empty
    where no member of staff moved it. `note` is what whoever moved it by hand wrote beside it.
    """

    id: UUID
    at: datetime
    product_id: UUID | None
    title: str
    spec: str
    sku_id: UUID
    picture_key: str | None
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


_LINE = """
SELECT line.id, line.at, sku.product_id, coalesce(product.title, '') AS title,
  coalesce(sku.spec, '') AS spec, line.sku_id,
  coalesce(sku.picture_key, product.pictures->>0) AS picture_key, line.kind, line.quantity,
  line.on_hand_after, line.held_after, line.on_hand_after - line.held_after AS available_after,
  line.reference_kind, line.reference_id, orders.id AS order_id,
  coalesce(orders.order_no, take.number, '') AS number, coalesce(staff.name, '') AS by_name,
  coalesce(deed.note, '') AS note
FROM ({lines}) AS line
LEFT JOIN catalog_sku sku ON sku.id = line.sku_id
LEFT JOIN catalog_product product ON product.id = sku.product_id
LEFT JOIN orders_after_sale after_sale
  ON line.reference_kind = 'after_sale' AND after_sale.id = line.reference_id
LEFT JOIN orders_order orders ON orders.id = CASE line.reference_kind
  WHEN 'order' THEN line.reference_id WHEN 'after_sale' THEN after_sale.order_id END
LEFT JOIN inventory_take take
  ON line.reference_kind = 'stock_take' AND take.id = line.reference_id
LEFT JOIN identity_staff staff
  ON staff.id = CASE WHEN line.actor LIKE 'staff:%' THEN substr(line.actor, 7)::uuid END
LEFT JOIN LATERAL (
  SELECT facts->>'note' AS note FROM identity_audit
  WHERE line.actor LIKE 'staff:%' AND subject = 'stock:' || line.reference_id
    AND facts->>'note' <> ''
  ORDER BY at LIMIT 1
) AS deed ON true
ORDER BY line.id DESC
"""
_LINES = "SELECT * FROM inventory_movement WHERE {} ORDER BY id DESC LIMIT {}"
# Of each SKU its newest lines, then the newest of all: its index is entered once for each.
_LINES_OF_SKUS = """
SELECT line.* FROM unnest({}::uuid[]) AS wanted (id), LATERAL (
  SELECT * FROM inventory_movement WHERE sku_id = wanted.id AND {} ORDER BY id DESC LIMIT {}
) AS line ORDER BY line.id DESC LIMIT {}
"""


async def page(tx: Tx, wanted: Wanted, limit: int, cursor: str | None) -> Page[JournalLine]:
    """Newest first."""
    before = read_cursor(cursor, read_id)[0] if cursor else _NEWEST
    sql, values = await _question(tx, wanted, before, limit + 1)
    return page_of(await tx.rows(JournalLine, sql, *values), limit, lambda line: (line.id,))


async def all_lines(tx: Tx, wanted: Wanted) -> AsyncIterator[list[JournalLine]]:
    """Every line that is wanted, newest first, some hundreds at a time."""
    sql, values = await _question(tx, wanted, _NEWEST, None)
    async for batch in tx.batches(JournalLine, sql, *values):
        yield batch


async def _question(
    tx: Tx, wanted: Wanted, before: UUID, limit: int | None
) -> tuple[str, list[Any]]:
    """The statement and its values; `limit` None: all lines."""
    values: list[Any] = []

    def value(given: Any) -> str:
        values.append(given)
        return f"${len(values)}"

    conditions = [f"id < {value(before)}::uuid"]
    if wanted.kind:
        # The planner knows an index of few lines only by the condition that it was made with.
        rare = f" AND {one_of('kind', BY_HAND)}" if wanted.kind in BY_HAND else ""
        conditions.append(f"kind = {value(wanted.kind.value)}{rare}")
    if wanted.staff_id:
        conditions.append(f"actor = {value(f'staff:{wanted.staff_id}')} AND actor LIKE 'staff:%'")
    if wanted.from_at:
        conditions.append(f"at >= {value(wanted.from_at)}")
    if wanted.until_at:
        conditions.append(f"at < {value(wanted.until_at)}")
    if wanted.paper:
        conditions.append(f"reference_id = ANY({value(await _papers(tx, wanted.paper))}::uuid[])")
    how_many = f"{limit:d}" if limit else "ALL"
    of_skus = await _skus(tx, wanted)
    if of_skus is None:
        lines = _LINES.format(" AND ".join(conditions), how_many)
    else:
        skus, narrowed = value(of_skus), " AND ".join(conditions)
        lines = _LINES_OF_SKUS.format(skus, narrowed, how_many, how_many)
    return _LINE.format(lines=lines), values


async def _skus(tx: Tx, wanted: Wanted) -> Sequence[UUID] | None:
    """The SKUs whose lines are wanted; None: of all."""
    if wanted.product_id is None:
        return None if wanted.sku_id is None else [wanted.sku_id]
    rows = await tx.fetch(
        "SELECT id FROM catalog_sku WHERE product_id = $1 AND ($2::uuid IS NULL OR id = $2)",
        wanted.product_id,
        wanted.sku_id,
    )
    return [row["id"] for row in rows]


_NUMBERED = """
WITH named AS (
  SELECT id FROM orders_order WHERE order_no = $1
  UNION SELECT id FROM orders_order WHERE $2::text <> '' AND reverse(order_no) LIKE $2::text
  LIMIT {}
)
SELECT id FROM named
UNION ALL SELECT after_sale.id FROM orders_after_sale after_sale
  JOIN named ON named.id = after_sale.order_id
UNION ALL SELECT id FROM inventory_take WHERE number = $1
"""


async def _papers(tx: Tx, typed: str) -> list[UUID]:
    """The ids that lines with this number refer to; of an order also those of its after-sales."""
    code = plain_code(typed)
    with suppress(ValueError):
        return [UUID(code)]
    tail = f"{code[::-1]}%" if code.isalnum() and len(code) >= _TAIL_MIN else ""
    rows = await tx.fetch(_NUMBERED.format(_PAPERS_MAX), code, tail)
    return [row["id"] for row in rows]


@dataclass(frozen=True)
class Mover:
    """A member of staff who moved stock by hand at some time."""

    id: UUID
    name: str


async def movers(tx: Tx) -> list[Mover]:
    """By name, also those who left."""
    return await tx.rows(
        Mover,
        "SELECT id, name FROM identity_staff staff WHERE EXISTS (SELECT FROM inventory_movement"
        " WHERE actor = 'staff:' || staff.id AND actor LIKE 'staff:%') ORDER BY name, id",
    )
