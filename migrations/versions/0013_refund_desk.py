"""A refund may get a successor, or be settled by hand by two persons.

Expand, then backfill, then contract: a running old version must survive this. Locks are waited for
4 s at most (env.py); long backfills go in batches of their own. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013_refund_desk"
down_revision = "0012_courier_states"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("replaced_by", sa.Text()),
        sa.Column("settle_reason", sa.Text()),
        sa.Column("settle_asked_by", sa.Uuid()),
        sa.Column("settle_asked_at", sa.DateTime(timezone=True)),
        sa.Column("settled_by", sa.Uuid()),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
    ):
        op.add_column("payments_refund", column)
    op.create_check_constraint(
        op.f("ck_payments_refund_two_persons"),
        "payments_refund",
        "(status = 'settled') = (settled_by IS NOT NULL) AND settled_by <> settle_asked_by",
    )
