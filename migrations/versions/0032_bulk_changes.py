"""Bulk changes of products, and what became of each product.

Expand, then backfill, then contract: a running old version must survive this. Locks are waited for
4 s at most (env.py); long backfills go in batches of their own. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0032_bulk_changes"
down_revision = "0031_old_traces"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalog_bulk_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_staff_id", sa.Uuid(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("change_bp", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_staff_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('listing', 'delisting', 'category', 'price_set', 'price_added', 'price_scaled')",
            name=op.f("ck_catalog_bulk_change_kind"),
        ),
        sa.CheckConstraint(
            "num_nulls(undone_at, undone_by_staff_id) IN (0, 2)",
            name=op.f("ck_catalog_bulk_change_undone"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_bulk_change")),
    )
    op.create_index("ix_catalog_bulk_change_at", "catalog_bulk_change", ["at", "id"], unique=False)
    op.create_table(
        "catalog_bulk_line",
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("refusal", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("is_put_back", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("undo_refusal", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint(
            "after IS NULL OR refusal IS NULL", name=op.f("ck_catalog_bulk_line_refusal")
        ),
        sa.CheckConstraint(
            "num_nulls(after, version) IN (0, 2)", name=op.f("ck_catalog_bulk_line_written")
        ),
        sa.ForeignKeyConstraint(
            ["change_id"], ["catalog_bulk_change.id"], name=op.f("fk_catalog_bulk_line_change_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["catalog_product.id"], name=op.f("fk_catalog_bulk_line_product_id")
        ),
        sa.PrimaryKeyConstraint("change_id", "product_id", name=op.f("pk_catalog_bulk_line")),
    )
