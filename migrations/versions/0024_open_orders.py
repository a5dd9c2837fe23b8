"""Unpaid orders by buyer: placing an order asks how many its buyer has.

Through the index of what is due to close it read every unpaid order of the shop, for each batch.
"""

from alembic import op
from sqlalchemy import text

revision = "0024_open_orders"
down_revision = "0023_retention"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_orders_order_open",
        "orders_order",
        ["buyer_id"],
        postgresql_where=text("status = 'placed'"),
    )


def downgrade() -> None:
    op.drop_index("ix_orders_order_open", "orders_order")
