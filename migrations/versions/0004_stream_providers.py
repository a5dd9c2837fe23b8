"""A broadcast knows who carries its pictures; all so far were carried by our own engine.

Expand, then backfill, then contract: a running old version must survive this. Locks are waited for
4 s at most (env.py); long backfills go in batches of their own. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004_stream_providers"
down_revision = "0003_commission_plan"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "live_session",
        sa.Column("provider", sa.Text(), server_default="embedded", nullable=False),
    )
