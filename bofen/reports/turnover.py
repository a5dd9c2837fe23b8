"""How fast each SKU sells, and when it runs out: from the real sales of the last thirty days."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bofen.kit.days import day_of, midnight
from bofen.kit.db import Tx
from bofen.kit.paging import Page, page_of, read_cursor, read_id, read_number

DAYS = 30
"""Sales of so many days, today among them."""
SALE_DAYS_MIN = 7
"""With sales on fewer days than this nothing is foretold."""


@dataclass(frozen=True)
class Turnover:
    """How one SKU sells. `sold` are pieces less what was refunded, on `sale_days` days.

    `days_left`: what is available lasts so many days at the pace since the first sale of the
    window. `to_order`: so many pieces are missing for another thirty. Both None: too few sales.
    """

    sku_id: UUID
    product_id: UUID
    title: str
    spec: str
    picture_key: str | None
    on_hand: int
    available: int
    low_below: int
    sold: int
    sale_days: int
    days_left: int | None
    to_order: int | None
    rank: int


_TURNOVER = f"""
WITH sold AS (
  SELECT line.sku_id, sum(line.quantity - line.refunded_quantity) AS pieces,
    count(DISTINCT (orders.paid_at AT TIME ZONE 'Asia/Shanghai')::date)
      FILTER (WHERE line.refunded_quantity < line.quantity) AS days,
    $2::date - min((orders.paid_at AT TIME ZONE 'Asia/Shanghai')::date) + 1 AS span
  FROM orders_order orders JOIN orders_line line ON line.order_id = orders.id
  WHERE orders.paid_at >= $1 GROUP BY line.sku_id
), stock AS (
  SELECT sku.id AS sku_id, sku.product_id, product.title, sku.spec, sku.position,
    coalesce(sku.picture_key, product.pictures->>0) AS picture_key,
    coalesce(stock.on_hand, 0) AS on_hand, coalesce(stock.on_hand - stock.held, 0) AS available,
    coalesce(stock.low_below, 0) AS low_below, coalesce(sold.pieces, 0)::bigint AS sold,
    coalesce(sold.days, 0) AS sale_days,
    CASE WHEN sold.days >= {SALE_DAYS_MIN} THEN sold.pieces END AS pieces, sold.span
  FROM catalog_sku sku
  JOIN catalog_product product ON product.id = sku.product_id AND product.status = 'listed'
  LEFT JOIN inventory_stock stock ON stock.sku_id = sku.id
  LEFT JOIN sold ON sold.sku_id = sku.id
  WHERE sku.is_active
), told AS (
  SELECT sku_id, product_id, title, spec, picture_key, on_hand, available, low_below, sold,
    sale_days, (available * span / pieces)::bigint AS days_left,
    CASE WHEN pieces > 0
      THEN greatest(ceil(pieces * {DAYS}::numeric / span)::bigint - available, 0) END AS to_order
  FROM stock
), ranked AS (
  SELECT *, coalesce(days_left, {2**40} - sold) AS rank FROM told
)
SELECT * FROM ranked WHERE (rank, sku_id) > ($3::bigint, $4::uuid) {{which}}
ORDER BY rank, sku_id LIMIT $5
"""  # noqa: S608
_NOT_ENOUGH = "AND to_order > 0"


async def page(tx: Tx, at: datetime, limit: int, cursor: str | None) -> Page[Turnover]:
    """What runs out first comes first; of what too little is known, the best seller."""
    after = tuple(read_cursor(cursor, read_number, read_id)) if cursor else (-1, UUID(int=0))
    sql = _TURNOVER.format(which="")
    rows = await tx.rows(Turnover, sql, *_window(at), *after, limit + 1)
    return page_of(rows, limit, lambda row: (row.rank, row.sku_id))


async def to_order(tx: Tx, at: datetime) -> AsyncIterator[list[Turnover]]:
    """What will not last another thirty days, what runs out first in front."""
    sql = _TURNOVER.format(which=_NOT_ENOUGH)
    async for batch in tx.batches(Turnover, sql, *_window(at), -1, UUID(int=0), None):
        yield batch


def _window(at: datetime) -> tuple[object, ...]:
    today = day_of(at)
    return midnight(today - timedelta(days=DAYS - 1)), today
