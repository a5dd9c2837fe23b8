"""Stock knows roughly how much of it is available, and whether it is low.

PostgreSQL computes both itself, also for an old version that still runs. Neither changes with each
piece that is sold, so the row is still written in its place. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019_stock_levels"
down_revision = "0018_titles"
branch_labels = None
depends_on = None

SHELF_LEVEL = (
    "width_bucket(on_hand - held,"
    " ARRAY[1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 80, 100, 150, 200, 300, 500, 800, 1000, 1500, 2000,"
    " 3000, 5000, 10000, 20000, 50000, 100000, 1000000]::bigint[])"
)


def upgrade() -> None:
    level = sa.Column("shelf_level", sa.Integer(), sa.Computed(SHELF_LEVEL, persisted=True))
    low = sa.Column(
        "is_low", sa.Boolean(), sa.Computed("on_hand - held < low_below", persisted=True)
    )
    for column in (level, low):
        column.nullable = False
        op.add_column("inventory_stock", column)
    op.create_index(
        "ix_inventory_stock_shelf_level", "inventory_stock", ["shelf_level", "sku_id"]
    )
    op.create_index(
        "ix_inventory_stock_low",
        "inventory_stock",
        ["shelf_level", "sku_id"],
        postgresql_where=sa.text("is_low"),
    )
    op.execute("ANALYZE inventory_stock")
