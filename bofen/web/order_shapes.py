"""How orders and after-sales look from outside: to their buyer, and masked to staff."""

from datetime import datetime
from uuid import UUID

from bofen.gateways.storage.addresses import picture_url
from bofen.kit.crypto import Vault, mask_name, mask_phone
from bofen.orders.models import Order, OrderLine
from bofen.orders.queries import AfterSaleView, OrderView
from bofen.orders.rules import REFUNDABLE, OrderStatus, after_sale_deadline
from bofen.web.shapes import Shape


class LineOut(Shape):
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


class AddressOut(Shape):
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
    remind: bool


class OrderOut(Shape):
    id: UUID
    order_no: str
    shown: str
    status: str
    source: str
    source_tags: list[str]
    placed_at: datetime
    pay_by: datetime
    paid_at: datetime | None
    accepted_at: datetime | None
    shipped_at: datetime | None
    signed_at: datetime | None
    received_at: datetime | None
    completed_at: datetime | None
    closed_at: datetime | None
    close_reason: str | None
    lines: list[LineOut]
    goods_fen: int
    discount_fen: int
    freight_fen: int
    total_fen: int
    refunded_fen: int
    address: AddressOut
    remark: str
    can: Can


def order_out(view: OrderView, vault: Vault, at: datetime) -> OrderOut:
    order = view.order
    given = {name: getattr(order, name) for name in _SAME}
    return OrderOut(
        **given,
        shown=view.shown.value,
        lines=[_line_out(line, view.asked.get(line.no, 0)) for line in order.lines],
        refunded_fen=sum(line.refunded_fen for line in order.lines),
        address=_masked(order, vault),
        can=_can(view, at),
    )


_SAME = OrderOut.model_fields.keys() - {"shown", "lines", "refunded_fen", "address", "can"}


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
    )


def opened(order: Order, vault: Vault) -> AddressOut:
    """Everything the courier needs. Only for the buyer, and for staff who said why."""
    return AddressOut(
        name=vault.open(order.name_sealed),
        phone=vault.open(order.phone_sealed),
        province=order.province,
        city=order.city,
        district=order.district,
        detail=vault.open(order.detail_sealed),
    )


def _masked(order: Order, vault: Vault) -> AddressOut:
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
    is_unpaid = status is OrderStatus.placed and order.closing_at is None
    has_pieces = any(
        line.quantity > line.refunded_quantity + view.asked.get(line.no, 0) for line in order.lines
    )
    in_time = order.received_at is None or at < after_sale_deadline(order.received_at)
    return Can(
        pay=is_unpaid and at < order.pay_by,
        cancel=status is OrderStatus.placed,
        confirm=status is OrderStatus.shipped and not view.is_refunding,
        after_sale=status in REFUNDABLE and has_pieces and in_time,
        remind=status is OrderStatus.paid,
    )


class AfterSaleLine(Shape):
    no: int
    title: str
    spec: str
    picture: str | None
    quantity: int
    amount_fen: int


class AfterSaleOut(Shape):
    id: UUID
    order_id: UUID
    order_no: str
    kind: str
    status: str
    reason: str
    lines: list[AfterSaleLine]
    amount_fen: int
    freight_fen: int
    applied_at: datetime
    decided_at: datetime | None
    refused_reason: str | None
    return_carrier: str | None
    return_tracking_no: str | None
    refunded_at: datetime | None


def after_sale_out(view: AfterSaleView) -> AfterSaleOut:
    same = AfterSaleOut.model_fields.keys() - {"order_no", "lines"}
    return AfterSaleOut(
        **{name: getattr(view.after_sale, name) for name in same},
        order_no=view.order_no,
        lines=[
            AfterSaleLine(
                no=line["no"],
                title=line["title"],
                spec=line["spec"],
                picture=picture_url(line["picture_key"]),
                quantity=line["quantity"],
                amount_fen=line["amount_fen"],
            )
            for line in view.lines
        ],
    )
