"""What is coming to an affiliate is found by him: a settlement takes all that is due to one.

Nothing but an index. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022_settlements_by_affiliate"
down_revision = "0021_ledger_closing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_affiliates_commission_coming",
        "affiliates_commission",
        ["affiliate_id", "release_at"],
        postgresql_where=sa.text("status = 'pending' AND blocks = 0"),
    )
