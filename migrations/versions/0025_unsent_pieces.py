"""How many pieces of an order are still to be sent, and the list of those orders by index.

Expand, then backfill: a running old version writes orders without the number, which is 0 then, and
`bofen verify` names the orders it is wrong for. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025_unsent_pieces"
down_revision = "0024_open_orders"
branch_labels = None
depends_on = None

_BACKFILL = """
UPDATE orders_order o SET unsent = GREATEST(0, (
    SELECT coalesce(sum(quantity), 0) FROM orders_line WHERE order_id = o.id
  ) - (
    SELECT coalesce(sum((line->>'quantity')::int), 0)
    FROM shipping_shipment s, jsonb_array_elements(s.lines) line WHERE s.order_id = o.id
  ) - (
    SELECT coalesce(sum((line->>'unsent')::int), 0)
    FROM orders_after_sale a, jsonb_array_elements(a.lines) line
    WHERE a.order_id = o.id AND a.status NOT IN ('refused', 'withdrawn')
  ))
WHERE status IN ('placed', 'paid', 'shipped')
"""


def upgrade() -> None:
    op.add_column(
        "orders_order", sa.Column("unsent", sa.Integer(), nullable=False, server_default="0")
    )
    op.execute(_BACKFILL)
    op.create_index(
        "ix_orders_order_to_ship",
        "orders_order",
        ["placed_at", "id"],
        postgresql_where=sa.text("status IN ('paid', 'shipped') AND unsent > 0"),
    )
