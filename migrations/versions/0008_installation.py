"""Which master key a database was sealed with, and which workers live."""

import sqlalchemy as sa
from alembic import op

revision = "0008_installation"
down_revision = "0007_live_evidence"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "runtime_installation",
        sa.Column("key_fingerprint", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_runtime_installation_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runtime_installation")),
    )
    op.create_table(
        "worker_beat",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_beat")),
    )
