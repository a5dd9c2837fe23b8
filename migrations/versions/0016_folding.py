"""A product remembers by which rules its searched text was folded.

Rows of before say 0: the sweep `refold` folds them again, in batches, while the shop runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016_folding"
down_revision = "0015_polled_in_turn"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "catalog_product", sa.Column("folding", sa.Integer(), server_default="0", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("catalog_product", "folding")
