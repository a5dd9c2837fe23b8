"""How orders and after-sales look from outside: to their buyer, and masked to staff."""

from datetime import datetime
from uuid import UUID

from bofen.gateways.storage.addresses import picture_url
from bofen.kit.crypto import Vault, mask_name, mask_phone
from bofen.orders.models import Order, OrderLine
from bofen.orders.queries import AfterSaleView, OrderView
from bofen.orders.rules import (
    REFUNDABLE,
    AfterSaleKind,
    AfterSaleStatus,
    CloseReason,
    OrderStatus,
    Shown,
    Source,
    Tag,
)
from bofen.web.shapes import Shape


class LineOut(Shape):
    """A line as it was sold; `refundable_quantity` is neither refunded nor asked back."""

    no: int
    sku_id: UUID
    product_id: UUID
    title: str
    spec: str
    picture: str | None
    unit_fen: int
    quantity: int
    paid_fen: int
    refunded_quantity: int
    refundable_quantity: int
    source: Source
    """Where this line was chosen: a basket may be filled in several places."""
    media_time_ms: int | None
    """How far into the broadcast."""


class RecipientOut(Shape):
    """The name and the phone are masked, and of the street only the beginning is shown."""

    name: str
    phone: str
    province: str
    city: str
    district: str
    detail: str


class Can(Shape):
    """What the buyer may do now."""

    pay: bool
    cancel: bool
    confirm: bool
    after_sale: bool


class OrderOut(Shape):
    """An order. `shown` is what its buyer is told, `total_fen` what he pays or has paid."""

    id: UUID
    order_no: str
    shown: Shown
    status: OrderStatus
    source: Source
    source_tags: list[Tag]
    placed_at: datetime
    pay_by: datetime
    pay_left_s: int
    """Seconds left to pay when this was answered: a device's own clock may be wrong."""
    paid_at: datetime | None
    accepted_at: datetime | None
    shipped_at: datetime | None
    signed_at: datetime | None
    received_at: datetime | None
    completed_at: datetime | None
    closed_at: datetime | None
    close_reason: CloseReason | None
    lines: list[LineOut]
    goods_fen: int
    discount_fen: int
    freight_fen: int
    total_fen: int
    refunded_fen: int
    """With the freight that was given back."""
    unsent: int
    """Pieces that are still to be sent."""
    address: RecipientOut
    remark: str
    can: Can


def order_out(view: OrderView, vault: Vault, at: datetime) -> OrderOut:
    """As its buyer sees it at `at`, the recipient masked."""
    order = view.order
    given = {name: getattr(order, name) for name in _SAME}
    return OrderOut(
        **given,
        shown=view.shown,
        pay_left_s=order.pay_left_s(at),
        lines=[_line_out(line, view.asked.get(line.no, 0)) for line in order.lines],
        refunded_fen=sum(line.refunded_fen for line in order.lines) + view.refunded_freight_fen,
        address=_masked(order, vault),
        can=_can(view, at),
    )


_SAME = OrderOut.model_fields.keys() - {
    *("shown", "pay_left_s", "lines", "refunded_fen", "address", "can")
}


def _line_out(line: OrderLine, asked: int) -> LineOut:
    return LineOut(
        no=line.no,
        sku_id=line.sku_id,
        product_id=line.product_id,
        title=line.title,
        spec=line.spec,
        picture=picture_url(line.picture_key),
        unit_fen=line.unit_fen,
        quantity=line.quantity,
        paid_fen=line.paid_fen,
        refunded_quantity=line.refunded_quantity,
        refundable_quantity=line.quantity - line.refunded_quantity - asked,
        source=Source(line.source),
        media_time_ms=line.media_time_ms,
    )


def opened(order: Order, vault: Vault) -> RecipientOut:
    """Everything the courier needs. Only for the buyer, and for staff who said why."""
    return RecipientOut(
        name=vault.open(order.name_sealed),
        phone=vault.open(order.phone_sealed),
        province=order.province,
        city=order.city,
        district=order.district,
        detail=vault.open(order.detail_sealed),
    )


def _masked(order: Order, vault: Vault) -> RecipientOut:
    plain = opened(order, vault)
    return plain.model_copy(
        update={
            "name": mask_name(plain.name),
            "phone": mask_phone(plain.phone),
            "detail": f"{plain.detail[:3]}****",
        }
    )


def _can(view: OrderView, at: datetime) -> Can:
    order, status = view.order, OrderStatus(view.order.status)
    has_pieces = any(
        line.quantity > line.refunded_quantity + view.asked.get(line.no, 0) for line in order.lines
    )
    return Can(
        pay=order.is_payable(at),
        cancel=status is OrderStatus.placed,
        confirm=status is OrderStatus.shipped and not view.is_refunding and not order.unsent,
        after_sale=status in REFUNDABLE and has_pieces and not order.is_past_after_sale(at),
    )


class AfterSaleLineOut(Shape):
    """What is asked back of a line, and the money for it."""

    no: int
    title: str
    spec: str
    picture: str | None
    quantity: int
    amount_fen: int


class AfterSaleOut(Shape):
    """A request for money back. `amount_fen` is all of it: it includes `freight_fen`."""

    id: UUID
    order_id: UUID
    order_no: str
    kind: AfterSaleKind
    status: AfterSaleStatus
    reason: str
    lines: list[AfterSaleLineOut]
    amount_fen: int
    freight_fen: int
    applied_at: datetime
    decided_at: datetime | None
    refused_reason: str | None
    return_carrier: str | None
    return_tracking_no: str | None
    refunded_at: datetime | None


def after_sale_out(view: AfterSaleView) -> AfterSaleOut:
    """The same for buyer and staff."""
    same = AfterSaleOut.model_fields.keys() - {"order_no", "lines"}
    return AfterSaleOut(
        **{name: getattr(view.after_sale, name) for name in same},
        order_no=view.order_no,
        lines=[
            AfterSaleLineOut(
                no=line.no,
                title=line.title,
                spec=line.spec,
                picture=picture_url(line.picture_key),
                quantity=line.quantity,
                amount_fen=line.amount_fen,
            )
            for line in view.lines
        ],
    )
