"""Danmaku know their moment, pushes and what was wrong with them are kept, held danmaku are decided.

Expand, then backfill, then contract: a running old version must survive this. Locks are waited for
4 s at most (env.py); long backfills go in batches of their own. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007_live_evidence"
down_revision = "0006_order_terms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "live_push",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("push_id", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_session.id"], name=op.f("fk_live_push_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "push_id", name=op.f("pk_live_push")),
    )
    op.create_table(
        "live_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("push_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_session.id"], name=op.f("fk_live_notice_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_notice")),
        sa.UniqueConstraint(
            "session_id", "push_id", "code", name=op.f("uq_live_notice_session_id_push_id_code")
        ),
    )
    op.add_column("live_message", sa.Column("session_id", sa.Uuid(), nullable=True))
    op.add_column("live_message", sa.Column("media_time_ms", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_live_message_session_id"), "live_message", "live_session", ["session_id"], ["id"]
    )
    op.create_index(
        "ix_live_message_held",
        "live_message",
        ["room_id", "id"],
        postgresql_where=sa.text("status = 'held'"),
    )
    op.create_index("ix_live_message_session", "live_message", ["session_id", "media_time_ms"])
    op.drop_constraint(op.f("ck_live_message_status"), "live_message")
    op.create_check_constraint(
        op.f("ck_live_message_status"),
        "live_message",
        "status IN ('shown', 'held', 'refused', 'retracted')",
    )
