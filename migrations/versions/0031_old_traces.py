"""Parcels that were signed long ago are found, to keep of their way only its end.

Expand, then backfill, then contract: a running old version must survive this. Locks are waited for
4 s at most (env.py); long backfills go in batches of their own. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031_old_traces"
down_revision = "0030_sold_notes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_shipping_shipment_traces",
        "shipping_shipment",
        ["signed_at"],
        postgresql_where=sa.text("signed_at IS NOT NULL AND jsonb_array_length(traces) > 1"),
    )
