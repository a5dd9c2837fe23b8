"""A stock-take has a sheet: what the books said, what was counted, and by whom.

Expand, then backfill, then contract: a running old version must survive this. Locks are waited for
4 s at most (env.py). Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034_stock_takes"
down_revision = "0033_stock_journal"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inventory_take",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("includes_unsent", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('open', 'confirmed', 'cancelled')", name=op.f("ck_inventory_take_status")
        ),
        sa.CheckConstraint(
            "num_nulls(ended_by, ended_at) = CASE status WHEN 'open' THEN 2 ELSE 0 END",
            name=op.f("ck_inventory_take_ended"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_take")),
        sa.UniqueConstraint("number", name=op.f("uq_inventory_take_number")),
    )
    op.create_table(
        "inventory_take_line",
        sa.Column("take_id", sa.Uuid(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("book_at_begin", sa.BigInteger(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=True),
        sa.Column("book", sa.BigInteger(), nullable=True),
        sa.Column("counted_by", sa.Uuid(), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "num_nulls(counted, book, counted_by, counted_at, entry_id) IN (0, 5)",
            name=op.f("ck_inventory_take_line_counted"),
        ),
        sa.CheckConstraint(
            "counted >= 0", name=op.f("ck_inventory_take_line_counted_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["take_id"], ["inventory_take.id"], name=op.f("fk_inventory_take_line_take_id")
        ),
        sa.PrimaryKeyConstraint("take_id", "sku_id", name=op.f("pk_inventory_take_line")),
        sa.UniqueConstraint("take_id", "no", name=op.f("uq_inventory_take_line_take_id_no")),
    )
    op.create_index(
        "uq_inventory_take_line_open",
        "inventory_take_line",
        ["sku_id"],
        unique=True,
        postgresql_where=sa.text("is_open"),
    )
