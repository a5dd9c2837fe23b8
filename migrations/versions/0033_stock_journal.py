"""The stock journal is read by what moved, and by who moved it by hand.

Both indexes leave out what orders write, so a sale costs no more. Locks are waited for 4 s at most
(env.py). Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033_stock_journal"
down_revision = "0032_bulk_changes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_inventory_movement_kind_id",
        "inventory_movement",
        ["kind", "id"],
        postgresql_where=sa.text("kind IN ('receipt', 'return', 'stock_take', 'damage')"),
    )
    op.create_index(
        "ix_inventory_movement_actor_id",
        "inventory_movement",
        ["actor", "id"],
        postgresql_where=sa.text("actor LIKE 'staff:%'"),
    )
