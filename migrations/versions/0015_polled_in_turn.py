"""When a provider was last asked about a payment or a refund: none starves the others.

Expand, then backfill, then contract: a running old version must survive this. Locks are waited for
4 s at most (env.py); long backfills go in batches of their own. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015_polled_in_turn"
down_revision = "0014_proved_phones"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("payments_attempt", "payments_refund"):
        op.add_column(table, sa.Column("polled_at", sa.DateTime(timezone=True)))
