import math
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, literal_column, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bofen.kit.model import Model, one_of
from bofen.kit.money import Fen
from bofen.orders.errors import AfterSaleImpossible, ImpossibleTransition
from bofen.orders.rules import (
    OPEN_AFTER_SALES,
    UNFINISHED,
    AfterSaleKind,
    AfterSaleStatus,
    OrderStatus,
    Source,
    after_sale_deadline,
    after_sale_may_become,
    may_become,
)

AFTER_SALE_END = (
    "timezone('Asia/Shanghai', date_trunc('day', timezone('Asia/Shanghai', received_at))"
    " + make_interval(days => after_sale_days + 1))"
)
"""`rules.after_sale_deadline` for the database."""
TO_SHIP = "status IN ('paid', 'shipped') AND unsent > 0"
"""Something of it is still to be sent: the warehouse has work, whatever the buyer sees."""


class Order(Model):
    """What was bought, as it was sold. Times tell how far it came; `status` guards itself."""

    __tablename__ = "orders_order"
    __table_args__ = (
        CheckConstraint(one_of("status", OrderStatus), name="status"),
        CheckConstraint(one_of("source", Source), name="source"),
        CheckConstraint(
            "total_fen = goods_fen - discount_fen + freight_fen"
            " AND goods_fen >= discount_fen AND discount_fen >= 0 AND freight_fen >= 0",
            name="sums",
        ),
        Index("ix_orders_order_buyer_placed", "buyer_id", "placed_at", "id"),
        Index("ix_orders_order_placed_at", "placed_at", "id"),
        Index("ix_orders_order_paid_at", "paid_at"),
        Index(
            "ix_orders_order_session", "session_id", postgresql_where=text("session_id IS NOT NULL")
        ),
        Index(
            "ix_orders_order_affiliate",
            "affiliate_id",
            "paid_at",
            postgresql_where=text("affiliate_id IS NOT NULL"),
        ),
        Index("ix_orders_order_open", "buyer_id", postgresql_where=text("status = 'placed'")),
        Index(
            "ix_orders_order_to_ship",
            "placed_at",
            "id",
            postgresql_where=text(TO_SHIP),
        ),
        Index("ix_orders_order_unpaid", "pay_by", postgresql_where=text("status = 'placed'")),
        Index(
            "ix_orders_order_confirm_by", "confirm_by", postgresql_where=text("status = 'shipped'")
        ),
        Index(
            "ix_orders_order_after_sale_end",
            text(AFTER_SALE_END),
            postgresql_where=text("status = 'received'"),
        ),
        Index("ix_orders_order_source", "source", "placed_at", "id"),
        Index(
            "ix_orders_order_unfinished",
            "status",
            "placed_at",
            "id",
            postgresql_where=text(one_of("status", UNFINISHED)),
        ),
        # Beginnings and ends of numbers: the unique index finds them in the C collation only.
        Index(
            "ix_orders_order_number",
            "order_no",
            postgresql_ops={"order_no": "text_pattern_ops"},
        ),
        Index(
            "ix_orders_order_number_end",
            literal_column("reverse(order_no)").label("turned"),
            postgresql_ops={"turned": "text_pattern_ops"},
        ),
        # Filled in a moment later, so that placing an order need not wait for them.
        Index(
            "ix_orders_order_name_index",
            "name_index",
            postgresql_where=text("name_index IS NOT NULL"),
        ),
        Index(
            "ix_orders_order_phone_index",
            "phone_index",
            postgresql_where=text("phone_index IS NOT NULL"),
        ),
        Index("ix_orders_order_not_indexed", "id", postgresql_where=text("phone_index IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_no: Mapped[str] = mapped_column(unique=True)
    buyer_id: Mapped[UUID]
    asked: Mapped[str]
    status: Mapped[str]
    goods_fen: Mapped[Fen]
    discount_fen: Mapped[Fen]
    freight_fen: Mapped[Fen]
    total_fen: Mapped[Fen]
    remark: Mapped[str]
    province: Mapped[str]
    city: Mapped[str]
    district: Mapped[str]
    name_sealed: Mapped[bytes]
    phone_sealed: Mapped[bytes]
    detail_sealed: Mapped[bytes]
    source: Mapped[str]
    source_tags: Mapped[list[Any]]
    attribution: Mapped[dict[str, Any]]
    placed_at: Mapped[datetime]
    pay_by: Mapped[datetime]
    after_sale_days: Mapped[int]
    """Terms of sale as they were when the order was placed, like the two below."""
    confirm_after_shipped_days: Mapped[int]
    confirm_after_signed_days: Mapped[int]
    name_index: Mapped[bytes | None] = mapped_column(default=None)
    """Like the next one blind, of the receiver; see `recipients`."""
    phone_index: Mapped[bytes | None] = mapped_column(default=None)
    affiliate_id: Mapped[UUID | None] = mapped_column(default=None)
    room_id: Mapped[UUID | None] = mapped_column(default=None)
    session_id: Mapped[UUID | None] = mapped_column(default=None)
    pin_id: Mapped[UUID | None] = mapped_column(default=None)
    media_time_ms: Mapped[int | None] = mapped_column(default=None)
    paid_at: Mapped[datetime | None] = mapped_column(default=None)
    accepted_at: Mapped[datetime | None] = mapped_column(default=None)
    shipped_at: Mapped[datetime | None] = mapped_column(default=None)
    in_transit_at: Mapped[datetime | None] = mapped_column(default=None)
    signed_at: Mapped[datetime | None] = mapped_column(default=None)
    confirm_by: Mapped[datetime | None] = mapped_column(default=None)
    """When receipt is assumed; None while that clock stands, or has not begun."""
    received_at: Mapped[datetime | None] = mapped_column(default=None)
    completed_at: Mapped[datetime | None] = mapped_column(default=None)
    closing_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    close_reason: Mapped[str | None] = mapped_column(default=None)
    unsent: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """Pieces that are still to be sent: neither in a parcel nor asked back before they left."""
    lines: Mapped[list["OrderLine"]] = relationship(
        lazy="raise", order_by="OrderLine.no", default_factory=list
    )

    def become(self, status: OrderStatus) -> None:
        """Raises `ImpossibleTransition` when there is no such step."""
        if not may_become(OrderStatus(self.status), status):
            raise ImpossibleTransition(self.id, OrderStatus(self.status), status)
        self.status = status.value

    def is_payable(self, at: datetime) -> bool:
        """Unpaid, not being closed, and in time."""
        is_open = self.status == OrderStatus.placed and self.closing_at is None
        return is_open and at < self.pay_by

    def pay_left_s(self, at: datetime) -> int:
        """Whole seconds left to pay; none when it cannot be paid any more."""
        return math.ceil((self.pay_by - at).total_seconds()) if self.is_payable(at) else 0

    def is_past_after_sale(self, at: datetime) -> bool:
        """Received, and the days in which it may be sent back are over."""
        received_at = self.received_at
        if received_at is None:
            return False
        return after_sale_deadline(received_at, self.after_sale_days) <= at

    def sold(self) -> list[tuple[UUID, int]]:
        """(product, quantity) of each line."""
        return [(line.product_id, line.quantity) for line in self.lines]

    def sold_live(self) -> dict[UUID, Fen]:
        """By broadcast, what was chosen while it was on air; freight where the order belongs."""
        sold: dict[UUID, Fen] = {}
        for line in self.lines:
            if line.session_id and line.source == Source.live:
                sold[line.session_id] = Fen(sold.get(line.session_id, 0) + line.paid_fen)
        if self.session_id in sold:
            sold[self.session_id] = Fen(sold[self.session_id] + self.freight_fen)
        return sold

    def held_lines(self) -> list[tuple[UUID, UUID, int]]:
        """(order, SKU, quantity) of each line, for the verbs of stock."""
        return [(self.id, line.sku_id, line.quantity) for line in self.lines]


class BroadcastSales(Model):
    """What was paid of things chosen while a broadcast was on air; `verify` adds it up again."""

    __tablename__ = "orders_broadcast_sales"

    session_id: Mapped[UUID] = mapped_column(primary_key=True)
    orders: Mapped[int]
    sales_fen: Mapped[Fen]
    """With the freight of orders that belong to it; refunds are not taken off."""


class OrderLine(Model):
    """A SKU as it was sold: title, picture and price are copied, never looked up again."""

    __tablename__ = "orders_line"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("paid_fen = goods_fen - discount_fen AND paid_fen >= 0", name="sums"),
        CheckConstraint(
            "refunded_quantity BETWEEN 0 AND quantity AND refunded_fen BETWEEN 0 AND paid_fen",
            name="refunds",
        ),
        CheckConstraint(one_of("source", Source), name="source"),
        Index("ix_orders_line_product", "product_id"),
        Index(
            "ix_orders_line_session", "session_id", postgresql_where=text("session_id IS NOT NULL")
        ),
    )

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders_order.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    sku_id: Mapped[UUID]
    product_id: Mapped[UUID]
    category_id: Mapped[UUID | None]
    title: Mapped[str]
    spec: Mapped[str]
    picture_key: Mapped[str | None]
    unit_fen: Mapped[Fen]
    quantity: Mapped[int]
    goods_fen: Mapped[Fen]
    discount_fen: Mapped[Fen]
    paid_fen: Mapped[Fen]
    source: Mapped[str]
    """Where this line was chosen: a basket may be filled in several places."""
    room_id: Mapped[UUID | None] = mapped_column(default=None)
    session_id: Mapped[UUID | None] = mapped_column(default=None)
    pin_id: Mapped[UUID | None] = mapped_column(default=None)
    media_time_ms: Mapped[int | None] = mapped_column(default=None)
    cost_fen: Mapped[Fen | None] = mapped_column(default=None)
    refunded_quantity: Mapped[int] = mapped_column(default=0, server_default="0")
    refunded_fen: Mapped[Fen] = mapped_column(default=Fen(0), server_default="0")


class AfterSale(Model):
    """A request for money back.

    `lines` holds `{no, quantity, amount_fen, unsent}` of each line asked; `unsent` pieces of it
    never left the house. `amount_fen` includes `freight_fen`, which is decided with the refund.
    """

    __tablename__ = "orders_after_sale"
    __table_args__ = (
        CheckConstraint(one_of("status", AfterSaleStatus), name="status"),
        CheckConstraint(one_of("kind", AfterSaleKind), name="kind"),
        Index(
            "ix_orders_after_sale_open",
            "order_id",
            postgresql_where=text(one_of("status", OPEN_AFTER_SALES)),
        ),
        Index("ix_orders_after_sale_order", "order_id"),
        Index(
            "ix_orders_after_sale_parcel",
            "return_tracking_no",
            postgresql_where=text("return_tracking_no IS NOT NULL"),
        ),
        Index("ix_orders_after_sale_applied", "applied_at", "id"),
        Index(
            "ix_orders_after_sale_refunded",
            "refunded_at",
            postgresql_where=text("refunded_at IS NOT NULL"),
        ),
        Index("ix_orders_after_sale_buyer", "buyer_id", "applied_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders_order.id"))
    buyer_id: Mapped[UUID]
    asked: Mapped[str]
    kind: Mapped[str]
    reason: Mapped[str]
    lines: Mapped[list[Any]] = mapped_column(JSONB)
    amount_fen: Mapped[Fen]
    freight_fen: Mapped[Fen]
    status: Mapped[str]
    applied_at: Mapped[datetime]
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    refused_reason: Mapped[str | None] = mapped_column(default=None)
    return_carrier: Mapped[str | None] = mapped_column(default=None)
    return_tracking_no: Mapped[str | None] = mapped_column(default=None)
    is_restocked: Mapped[bool] = mapped_column(default=False)
    """Goods that came back went on the shelf again; what never left always does."""
    refunded_at: Mapped[datetime | None] = mapped_column(default=None)

    def become(self, status: AfterSaleStatus) -> None:
        """Raises `AfterSaleImpossible` when there is no such step."""
        if not after_sale_may_become(AfterSaleStatus(self.status), status):
            raise AfterSaleImpossible(self.id, AfterSaleStatus(self.status), status)
        self.status = status.value
