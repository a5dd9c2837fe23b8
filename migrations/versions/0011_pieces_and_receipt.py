"""After-sales know which of their pieces never left, and an order knows when receipt is assumed.

Expand, then backfill, then contract: a running old version must survive this. Locks are waited for
4 s at most (env.py); long backfills go in batches of their own. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011_pieces_and_receipt"
down_revision = "0010_two_approvals"
branch_labels = None
depends_on = None

UNSENT = """
UPDATE orders_after_sale after_sale SET lines = (
  SELECT jsonb_agg(line || jsonb_build_object('unsent',
    CASE WHEN orders.shipped_at IS NULL
        OR (after_sale.kind = 'refund' AND after_sale.is_restocked)
      THEN (line ->> 'quantity')::int ELSE 0 END))
  FROM jsonb_array_elements(after_sale.lines) AS line)
FROM orders_order orders WHERE orders.id = after_sale.order_id
"""
"""Until now, goods of an order that had not been shipped were the ones that never left."""

CONFIRM_BY = """
UPDATE orders_order SET confirm_by = least(
  shipped_at + make_interval(days => confirm_after_shipped_days),
  signed_at + make_interval(days => confirm_after_signed_days))
WHERE status = 'shipped'
"""
"""A first guess: the sweep reckons again before it assumes anything."""


def upgrade() -> None:
    op.execute(UNSENT)
    op.add_column("orders_order", sa.Column("confirm_by", sa.DateTime(timezone=True)))
    op.execute(CONFIRM_BY)
    op.drop_index("ix_orders_order_shipped", "orders_order")
    op.create_index(
        "ix_orders_order_confirm_by",
        "orders_order",
        ["confirm_by"],
        postgresql_where=sa.text("status = 'shipped'"),
    )
