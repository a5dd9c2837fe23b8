"""What each broadcast sold is counted as its orders are paid, not added up at each look.

Expand, then backfill, then contract: a running old version must survive this. Locks are waited for
4 s at most (env.py); long backfills go in batches of their own. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020_broadcast_sales"
down_revision = "0019_stock_levels"
branch_labels = None
depends_on = None

COUNTED = """
INSERT INTO orders_broadcast_sales (session_id, orders, sales_fen)
SELECT session_id, count(*), sum(total_fen) FROM orders_order
WHERE session_id IS NOT NULL AND source = 'live' AND paid_at IS NOT NULL GROUP BY session_id
"""


def upgrade() -> None:
    op.create_table(
        "orders_broadcast_sales",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("sales_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_orders_broadcast_sales")),
    )
    op.execute(COUNTED)
