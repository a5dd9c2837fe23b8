"""Orders are found by receiver, nickname, parcel, and the end of their number.

The two new columns are written by the sweep `index_recipients`, in batches, while the shop runs,
for the orders of before as for new ones. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026_found_orders"
down_revision = "0025_unsent_pieces"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_orders_order_name_index": ("orders_order", "name_index", "name_index IS NOT NULL"),
    "ix_orders_order_phone_index": ("orders_order", "phone_index", "phone_index IS NOT NULL"),
    "ix_orders_order_not_indexed": ("orders_order", "id", "phone_index IS NULL"),
    "ix_orders_after_sale_parcel": (
        "orders_after_sale",
        "return_tracking_no",
        "return_tracking_no IS NOT NULL",
    ),
    "ix_shipping_shipment_tracking_no": ("shipping_shipment", "tracking_no", None),
}
BEGINNINGS = {
    "ix_orders_order_number_end": ("orders_order", "reverse(order_no)"),
    "ix_identity_person_nickname": ("identity_person", "lower(nickname)"),
}


def upgrade() -> None:
    for column in ("name_index", "phone_index"):
        op.add_column("orders_order", sa.Column(column, sa.LargeBinary()))
    for name, (table, column, where) in INDEXES.items():
        op.create_index(
            name, table, [column], postgresql_where=sa.text(where) if where else None
        )
    for name, (table, column) in BEGINNINGS.items():
        op.create_index(name, table, [sa.text(f"{column} text_pattern_ops")])


def downgrade() -> None:
    for name, (table, *_) in (INDEXES | BEGINNINGS).items():
        op.drop_index(name, table)
    for column in ("name_index", "phone_index"):
        op.drop_column("orders_order", column)
