"""What staff see first: how today goes, and what waits for them."""

from dataclasses import dataclass
from datetime import datetime

from bofen.kit.days import day_of, midnight
from bofen.kit.db import Tx
from bofen.kit.jobs import HELD
from bofen.kit.model import one_of
from bofen.kit.money import Fen
from bofen.orders.models import TO_SHIP
from bofen.orders.rules import AWAITING_STAFF
from bofen.payments.desk import WAITING

_COUNT_MAX = 1_000
"""Nobody reads a larger number of things to do; counting stops here."""


@dataclass(frozen=True)
class ToDo:
    """How many things of each kind wait for staff; counting stops at a thousand."""

    ship: int
    after_sales: int
    refunds: int
    """Refunds that a provider will not finish: a person has to act."""
    affiliates: int
    withdrawals: int
    low_stock: int
    held_jobs: int


@dataclass(frozen=True)
class TodaySold:
    """Since midnight in Shanghai: paid orders, and refunds that reached buyers."""

    sales_fen: Fen
    orders: int
    refunds_fen: Fen


_TODAY = """
SELECT (SELECT coalesce(sum(total_fen), 0)::bigint FROM orders_order WHERE paid_at >= $1)
    AS sales_fen,
  (SELECT count(*) FROM orders_order WHERE paid_at >= $1) AS orders,
  (SELECT coalesce(sum(amount_fen), 0)::bigint FROM orders_after_sale WHERE refunded_at >= $1)
    AS refunds_fen
"""

_TO_DO = f"""
SELECT
  (SELECT count(*) FROM (SELECT FROM orders_order WHERE {TO_SHIP}
    LIMIT {_COUNT_MAX}) AS found) AS ship,
  (SELECT count(*) FROM (SELECT FROM orders_after_sale
    WHERE {one_of("status", AWAITING_STAFF)}
    LIMIT {_COUNT_MAX}) AS found) AS after_sales,
  (SELECT count(*) FROM (SELECT FROM payments_refund refund WHERE {WAITING}
    LIMIT {_COUNT_MAX}) AS found) AS refunds,
  (SELECT count(*) FROM (SELECT FROM affiliates_affiliate WHERE status = 'pending'
    LIMIT {_COUNT_MAX}) AS found) AS affiliates,
  (SELECT count(*) FROM (SELECT FROM affiliates_withdrawal WHERE status = 'requested'
    LIMIT {_COUNT_MAX}) AS found) AS withdrawals,
  (SELECT count(*) FROM (SELECT FROM inventory_stock stock
      JOIN catalog_sku sku ON sku.id = stock.sku_id AND sku.is_active
      JOIN catalog_product product ON product.id = sku.product_id AND product.status = 'listed'
    WHERE stock.is_low
    LIMIT {_COUNT_MAX}) AS found) AS low_stock,
  (SELECT count(*) FROM (SELECT FROM pgqueuer job WHERE {HELD}
    LIMIT {_COUNT_MAX}) AS found) AS held_jobs
"""  # noqa: S608


_VIEWERS = """
SELECT coalesce(sum(room.viewers), 0)::int AS viewers FROM live_room room
WHERE EXISTS (SELECT FROM live_session session
  WHERE session.room_id = room.id AND session.status = 'live')
"""


async def today(tx: Tx, at: datetime) -> TodaySold:
    """What was sold and refunded since midnight in Shanghai before `at`."""
    today = midnight(day_of(at))
    rows = await tx.fetch(_TODAY, today)
    return TodaySold(**rows[0])


async def to_do(tx: Tx) -> ToDo:
    """What waits for staff now."""
    rows = await tx.fetch(_TO_DO)
    return ToDo(**rows[0])


async def viewers(tx: Tx) -> int:
    """How many watch now, in all rooms whose picture runs."""
    rows = await tx.fetch(_VIEWERS)
    return int(rows[0]["viewers"])
