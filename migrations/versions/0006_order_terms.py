"""An order keeps the terms that it was sold under.

Expand, then backfill, then contract: a running old version must survive this. Locks are waited for
4 s at most (env.py); long backfills go in batches of their own. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006_order_terms"
down_revision = "0005_payment_provider"
branch_labels = None
depends_on = None

TERMS = {"after_sale_days": 7, "confirm_after_shipped_days": 10, "confirm_after_signed_days": 7}
"""What the code said while every order so far was placed."""


def upgrade() -> None:
    for name, days in TERMS.items():
        column = sa.Column(name, sa.Integer(), nullable=False, server_default=str(days))
        op.add_column("orders_order", column)
