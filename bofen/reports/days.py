"""Days of the shop's calendar, added up: finished ones once, the present one each time asked.

A day is added up once hardly anything can happen to it any more: payment providers repeat a notice
for a day and a half at most. Until then it is read from the orders. What is learned of a finished
day after all, such as a payment found by asking, opens it again: it is added up anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bofen.kit.days import day_of, midnight
from bofen.kit.db import Tx

GRACE = timedelta(hours=1)
"""A day is added up this long after its end, when most of its notices have come; whatever comes
later reopens it."""

_ROLL_AHEAD = timedelta(hours=1)
"""A day that a sweep may finish while our transaction still runs counts as finished."""

_ON = "AT TIME ZONE 'Asia/Shanghai')::date AS \"on\""

# An order, a refund and their freight count once, where the order as a whole comes from; the money
# of each line where that line was chosen.
SALES = f"""
SELECT "on", source, has_affiliate, sum(orders)::int AS orders,
  sum(sales_fen)::bigint AS sales_fen, sum(refunds)::int AS refunds,
  sum(refunds_fen)::bigint AS refunds_fen
FROM (
  SELECT (paid_at {_ON}, source, affiliate_id IS NOT NULL AS has_affiliate,
    1 AS orders, freight_fen AS sales_fen, 0 AS refunds, 0 AS refunds_fen
  FROM orders_order WHERE paid_at >= $1 AND paid_at < $2
  UNION ALL
  SELECT (orders.paid_at {_ON}, line.source, orders.affiliate_id IS NOT NULL,
    0, line.paid_fen, 0, 0
  FROM orders_order orders JOIN orders_line line ON line.order_id = orders.id
  WHERE orders.paid_at >= $1 AND orders.paid_at < $2
  UNION ALL
  SELECT (after_sale.refunded_at {_ON}, orders.source, orders.affiliate_id IS NOT NULL,
    0, 0, 1, after_sale.freight_fen
  FROM orders_after_sale after_sale JOIN orders_order orders ON orders.id = after_sale.order_id
  WHERE after_sale.refunded_at >= $1 AND after_sale.refunded_at < $2
  UNION ALL
  SELECT (after_sale.refunded_at {_ON}, line.source, orders.affiliate_id IS NOT NULL,
    0, 0, 0, asked.amount_fen
  FROM orders_after_sale after_sale
  CROSS JOIN LATERAL jsonb_to_recordset(after_sale.lines) AS asked(no int, amount_fen bigint)
  JOIN orders_order orders ON orders.id = after_sale.order_id
  JOIN orders_line line ON line.order_id = after_sale.order_id AND line.no = asked.no
  WHERE after_sale.refunded_at >= $1 AND after_sale.refunded_at < $2
) AS moved
GROUP BY "on", source, has_affiliate
"""  # noqa: S608

PRODUCTS = f"""
SELECT "on", product_id, sum(quantity)::int AS quantity, sum(sales_fen)::bigint AS sales_fen,
  sum(refunded_quantity)::int AS refunded_quantity, sum(refunds_fen)::bigint AS refunds_fen
FROM (
  SELECT (orders.paid_at {_ON}, line.product_id, line.quantity, line.paid_fen AS sales_fen,
    0 AS refunded_quantity, 0 AS refunds_fen
  FROM orders_order orders JOIN orders_line line ON line.order_id = orders.id
  WHERE orders.paid_at >= $1 AND orders.paid_at < $2
  UNION ALL
  SELECT (after_sale.refunded_at {_ON}, line.product_id, 0, 0, asked.quantity, asked.amount_fen
  FROM orders_after_sale after_sale
  CROSS JOIN LATERAL jsonb_to_recordset(after_sale.lines)
    AS asked(no int, quantity int, amount_fen bigint)
  JOIN orders_line line ON line.order_id = after_sale.order_id AND line.no = asked.no
  WHERE after_sale.refunded_at >= $1 AND after_sale.refunded_at < $2
) AS moved
GROUP BY "on", product_id
"""  # noqa: S608


@dataclass(frozen=True)
class Range:
    """From the first to the last day, both included."""

    first_on: date
    last_on: date

    def days(self) -> list[date]:
        """Every day of the range, ascending."""
        count = (self.last_on - self.first_on).days + 1
        return [self.first_on + timedelta(days=i) for i in range(count)]

    def bounds(self) -> tuple[datetime, datetime]:
        """Midnight in Shanghai before the first day, and after the last."""
        after = self.last_on + timedelta(days=1)
        return midnight(self.first_on), midnight(after)


async def not_rolled(tx: Tx, asked: Range) -> list[date]:
    """Those days that must be read from the orders themselves."""
    rows = await tx.fetch(
        'SELECT asked."on" FROM unnest($1::date[]) AS asked("on")'
        ' WHERE NOT EXISTS (SELECT FROM reports_rolled rolled WHERE rolled."on" = asked."on")'
        " ORDER BY 1",
        asked.days(),
    )
    return [row["on"] for row in rows]


def runs(days: Sequence[date]) -> list[Range]:
    """Ascending days as ranges without gaps."""
    found: list[Range] = []
    for on in days:
        if found and on - found[-1].last_on == timedelta(days=1):
            found[-1] = Range(found[-1].first_on, on)
        else:
            found.append(Range(on, on))
    return found


async def roll(tx: Tx, on: date, at: datetime) -> None:
    """Add one day up; what was written about it before is replaced."""
    await tx.queue_up(f"report {on}")
    await tx.fetch('DELETE FROM reports_day WHERE "on" = $1', on)
    await tx.fetch('DELETE FROM reports_product_day WHERE "on" = $1', on)
    await tx.fetch(f"INSERT INTO reports_day {SALES}", *Range(on, on).bounds())
    await tx.fetch(f"INSERT INTO reports_product_day {PRODUCTS}", *Range(on, on).bounds())
    await tx.fetch(
        'INSERT INTO reports_rolled ("on", rolled_at) VALUES ($1, $2)'
        ' ON CONFLICT ("on") DO UPDATE SET rolled_at = excluded.rolled_at',
        on,
        at,
    )


async def reopen(tx: Tx, moments: Iterable[datetime], at: datetime) -> None:
    """Something was learned now that is dated on these moments: finished days are added up anew.

    The day is shared until this transaction ends: whoever adds it up waits, and then sees it all.
    """
    finished = _last_finished(at + _ROLL_AHEAD)
    again = sorted({on for moment in moments if (on := day_of(moment)) <= finished})
    await tx.queue_up(*(f"report {on}" for on in again), is_shared=True)
    if again:
        for table in ("reports_rolled", "reports_day", "reports_product_day"):
            delete = f'DELETE FROM {table} WHERE "on" = ANY($1::date[])'  # noqa: S608
            await tx.fetch(delete, again)


async def unfinished(tx: Tx, at: datetime) -> list[date]:
    """Days that nothing changes any more and that were not added up yet, oldest first."""
    rows = await tx.fetch(
        "SELECT (min(paid_at) AT TIME ZONE 'Asia/Shanghai')::date AS first_on FROM orders_order"
        " WHERE paid_at IS NOT NULL"
    )
    first_on, last_on = rows[0]["first_on"], _last_finished(at)
    if first_on is None or first_on > last_on:
        return []
    return await not_rolled(tx, Range(first_on, last_on))


def _last_finished(at: datetime) -> date:
    return day_of(at - GRACE) - timedelta(days=1)
