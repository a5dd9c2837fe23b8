"""The ledger can be added up from time to time; a balance is its closing and what came since.

Nothing is backfilled: without a closing a balance is added up from all entries, as before.
Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021_ledger_closing"
down_revision = "0020_broadcast_sales"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ledger_closing",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "account", name=op.f("pk_ledger_closing")),
    )
    op.create_table(
        "ledger_closed",
        sa.Column("until_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("until_id", name=op.f("pk_ledger_closed")),
    )
