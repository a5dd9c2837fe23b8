"""A demo shop keeps which days of its past are written.

Expand, then backfill, then contract: a running old version must survive this. Locks are waited for
4 s at most (env.py); long backfills go in batches of their own. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028_demo_days"
down_revision = "0027_where_a_line_was_chosen"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "runtime_demo_day",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shows_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("laid_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("on", name=op.f("pk_runtime_demo_day")),
    )
