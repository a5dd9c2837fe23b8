"""Indexes for lists and sweeps that read more the longer the shop's past is.

Nothing but indexes: an old version that still runs is only faster. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017_list_indexes"
down_revision = "0016_folding"
branch_labels = None
depends_on = None

AFTER_SALE_END = (
    "timezone('Asia/Shanghai', date_trunc('day', timezone('Asia/Shanghai', received_at))"
    " + make_interval(days => after_sale_days + 1))"
)


def upgrade() -> None:
    _orders()
    _affiliates()
    _parcels()
    _index("ix_live_session_coming", "live_session", "room_id scheduled_at", "status <> 'ended'")
    _index("ix_live_session_ended", "live_session", "room_id ended_at", "status = 'ended'")


def _index(name: str, table: str, columns: str, where: str | None = None) -> None:
    condition = sa.text(where) if where else None
    op.create_index(name, table, columns.split(), postgresql_where=condition)


def _orders() -> None:
    op.create_index(
        "ix_orders_order_after_sale_end",
        "orders_order",
        [sa.literal_column(AFTER_SALE_END)],
        postgresql_where=sa.text("status = 'received'"),
    )
    op.drop_index("ix_orders_order_received", "orders_order")
    op.create_index(
        "ix_orders_order_number",
        "orders_order",
        ["order_no"],
        postgresql_ops={"order_no": "text_pattern_ops"},
    )
    _index("ix_orders_order_source", "orders_order", "source placed_at id")
    unfinished = "status IN ('placed', 'paid', 'shipped', 'received')"
    _index("ix_orders_order_unfinished", "orders_order", "status placed_at id", unfinished)


def _affiliates() -> None:
    table = "affiliates_commission"
    _index("ix_affiliates_affiliate_applied_at", "affiliates_affiliate", "applied_at id")
    _index("ix_affiliates_withdrawal_created_at", "affiliates_withdrawal", "created_at id")
    blocked = "status = 'pending' AND blocks > 0"
    _index("ix_affiliates_commission_blocked", table, "affiliate_id", blocked)
    op.create_index(
        "ix_affiliates_commission_reversed",
        table,
        ["affiliate_id"],
        postgresql_include=["reversed_fen"],
        postgresql_where=sa.text("reversed_fen > 0"),
    )


def _parcels() -> None:
    table, signed = "shipping_shipment", "status IN ('signed', 'signed_by_proxy')"
    moving = "NOT status IN ('signed', 'signed_by_proxy', 'returned', 'cancelled')"
    _index("ix_shipping_shipment_moving", table, "polled_at", moving)
    _index("ix_shipping_shipment_signed", table, "signed_at", signed)
    op.drop_index("ix_shipping_shipment_polled_at", table)
