"""Sales are noted beside the count of a product and added to it, instead of counted all again.

Expand, then backfill, then contract: a running old version must survive this. Locks are waited for
4 s at most (env.py); long backfills go in batches of their own. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030_sold_notes"
down_revision = "0029_proofs"
branch_labels = None
depends_on = None

COUNTED = """
UPDATE catalog_product product SET sold_count = sold.pieces
FROM (
  SELECT line.product_id, sum(line.quantity - line.refunded_quantity) AS pieces
  FROM orders_line line JOIN orders_order orders ON orders.id = line.order_id
  WHERE orders.paid_at IS NOT NULL GROUP BY line.product_id
) AS sold
WHERE product.id = sold.product_id AND product.sold_count <> sold.pieces
"""
"""A payment that was learned of late was never counted."""


def upgrade() -> None:
    op.create_table(
        "catalog_sold",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_sold")),
    )
    op.execute(COUNTED)
