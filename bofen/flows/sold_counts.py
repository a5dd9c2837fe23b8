"""How many of each product were sold: counted from orders, never typed by anyone."""

from datetime import datetime, timedelta

from bofen.catalog import service as catalog
from bofen.flows.services import Services

LOOKED_BACK = timedelta(minutes=15)


async def recount_sold(services: Services, at: datetime) -> None:
    """Count again what was paid or refunded lately; refunded pieces are not sold."""
    async with services.db.transaction() as tx:
        rows = await tx.fetch(_COUNT, at - LOOKED_BACK)
        await catalog.set_sold_counts(tx, {row["product_id"]: row["sold"] for row in rows})


_COUNT = """
WITH touched AS (
  SELECT l.product_id FROM orders_order o JOIN orders_line l ON l.order_id = o.id
  WHERE o.paid_at > $1
  UNION
  SELECT l.product_id FROM orders_after_sale a JOIN orders_line l ON l.order_id = a.order_id
  WHERE a.refunded_at > $1
)
SELECT l.product_id, sum(l.quantity - l.refunded_quantity)::int AS sold
FROM orders_line l JOIN orders_order o ON o.id = l.order_id
WHERE l.product_id IN (SELECT product_id FROM touched) AND o.paid_at IS NOT NULL
GROUP BY l.product_id
"""
