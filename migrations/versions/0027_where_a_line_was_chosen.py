"""A line keeps where it was chosen, in the cart and in the order that a basket becomes.

Expand, then backfill, then contract: a running old version must survive this. Locks are waited for
4 s at most (env.py); long backfills go in batches of their own. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027_where_a_line_was_chosen"
down_revision = "0026_found_orders"
branch_labels = None
depends_on = None

SOURCES = ("live", "affiliate", "replay", "shop")

LINES = """
UPDATE orders_line line SET source = orders.source, room_id = orders.room_id,
  session_id = orders.session_id, pin_id = orders.pin_id, media_time_ms = orders.media_time_ms
FROM orders_order orders
WHERE orders.id = line.order_id AND (orders.source <> 'shop' OR orders.room_id IS NOT NULL)
"""
"""Until now an order was placed in one place, all of it."""


def _moment() -> list[sa.Column[object]]:
    kinds = {"room_id": sa.Uuid(), "session_id": sa.Uuid(), "pin_id": sa.Uuid()}
    columns = [sa.Column(name, kind) for name, kind in kinds.items()]
    return [*columns, sa.Column("media_time_ms", sa.Integer())]


def upgrade() -> None:
    for column in _moment():
        op.add_column("orders_line", column)
    op.add_column("orders_line", sa.Column("source", sa.Text(), nullable=False, server_default="shop"))
    op.execute(LINES)
    op.create_check_constraint(
        op.f("ck_orders_line_source"), "orders_line", sa.column("source").in_(SOURCES)
    )
    op.create_index(
        "ix_orders_line_session",
        "orders_line",
        ["session_id"],
        postgresql_where=sa.text("session_id IS NOT NULL"),
    )
    for column in _moment():
        op.add_column("catalog_cart_line", column)
    is_replay = sa.Column("is_replay", sa.Boolean(), nullable=False, server_default="false")
    op.add_column("catalog_cart_line", is_replay)
    op.add_column("catalog_cart_line", sa.Column("chosen_at", sa.DateTime(timezone=True)))
    op.create_check_constraint(
        op.f("ck_catalog_cart_line_moment"),
        "catalog_cart_line",
        "num_nulls(room_id, session_id, chosen_at) IN (0, 3)",
    )
