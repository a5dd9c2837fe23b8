"""Two more states of a parcel: its label exists, and somebody else has signed.

Expand, then backfill, then contract: a running old version must survive this. Locks are waited for
4 s at most (env.py); long backfills go in batches of their own. Never import `bofen` here.
"""

from alembic import op

revision = "0012_courier_states"
down_revision = "0011_pieces_and_receipt"
branch_labels = None
depends_on = None

STATES = (
    "no_trace",
    "ordered",
    "collected",
    "in_transit",
    "delivering",
    "awaiting_pickup",
    "signed",
    "signed_by_proxy",
    "exception",
    "rejected",
    "returning",
    "returned",
    "customs",
    "cancelled",
)


def upgrade() -> None:
    listed = ", ".join(f"'{state}'" for state in STATES)
    op.drop_constraint("ck_shipping_shipment_status", "shipping_shipment", type_="check")
    op.create_check_constraint(
        op.f("ck_shipping_shipment_status"), "shipping_shipment", f"status IN ({listed})"
    )
