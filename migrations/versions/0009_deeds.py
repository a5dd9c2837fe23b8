"""What staff did has one list of names: older entries take theirs.

Expand, then backfill, then contract: a running old version must survive this. Locks are waited for
4 s at most (env.py); long backfills go in batches of their own. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009_deeds"
down_revision = "0008_installation"
branch_labels = None
depends_on = None

NAMES = {
    "sign_in": "signed_in",
    "hire": "staff_hired",
    "change_staff": "staff_changed",
    "add_product": "product_added",
    "change_product": "product_changed",
    "list_product": "product_listed",
    "delist_product": "product_delisted",
    "receive_stock": "stock_received",
    "write_off_stock": "stock_written_off",
    "take_stock": "stock_taken",
    "ship": "parcel_sent",
    "after_sale_received": "goods_inspected",
    "affiliate.decided": "affiliate_decided",
    "affiliate.promoted": "affiliate_promoted",
    "commission.changed": "plan_changed",
    "withdrawal.approved": "withdrawal_approved",
    "withdrawal.refused": "withdrawal_refused",
}


def upgrade() -> None:
    rename = sa.text("UPDATE identity_audit SET action = :new WHERE action = :old")
    for old, new in NAMES.items():
        op.get_bind().execute(rename, {"old": old, "new": new})
