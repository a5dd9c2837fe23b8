"""What an order and an after-sale may do, when, and for how much. No clock, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bofen.identity.rules import Recipient
from bofen.kit.days import day_of, midnight
from bofen.kit.money import Fen, units

LINES_MAX = 50
QUANTITY_MAX = 999


class OrderStatus(StrEnum):
    """How far an order came; what the buyer sees is `Shown`."""

    placed = "placed"
    paid = "paid"
    shipped = "shipped"
    received = "received"
    completed = "completed"
    cancelled = "cancelled"
    refunded = "refunded"


class AfterSaleStatus(StrEnum):
    """How far a request for money back came."""

    applied = "applied"
    returning = "returning"
    returned = "returned"
    refunding = "refunding"
    done = "done"
    refused = "refused"
    withdrawn = "withdrawn"


class AfterSaleKind(StrEnum):
    """Money only, or the goods come back first."""

    refund = "refund"
    return_and_refund = "return_and_refund"


class Source(StrEnum):
    """Where an order came from; one primary source excludes the others."""

    live = "live"
    affiliate = "affiliate"
    replay = "replay"
    shop = "shop"


class CloseReason(StrEnum):
    """Why an order was closed unpaid: its buyer cancelled, or the time to pay was over."""

    buyer = "buyer"
    timeout = "timeout"


class RefusedFor(StrEnum):
    """Why something of an order cannot be asked back."""

    status = "status"
    window = "window"
    quantity = "quantity"


class Tag(StrEnum):
    """What else is true of an order beside its primary source."""

    affiliate = "affiliate"


class Shown(StrEnum):
    """What the buyer sees: a projection of order, parcels and after-sales."""

    submitted = "submitted"
    paid = "paid"
    shipped = "shipped"
    in_transit = "in_transit"
    signed = "signed"
    refunding = "refunding"
    refunded = "refunded"
    cancelled = "cancelled"
    completed = "completed"


_O, _A = OrderStatus, AfterSaleStatus

NEXT: Mapping[OrderStatus, frozenset[OrderStatus]] = {
    _O.placed: frozenset({_O.paid, _O.cancelled}),
    _O.paid: frozenset({_O.shipped, _O.refunded}),
    _O.shipped: frozenset({_O.received, _O.refunded}),
    _O.received: frozenset({_O.completed, _O.refunded}),
    _O.completed: frozenset(),
    _O.cancelled: frozenset(),
    _O.refunded: frozenset(),
}
AFTER_SALE_NEXT: Mapping[AfterSaleStatus, frozenset[AfterSaleStatus]] = {
    _A.applied: frozenset({_A.returning, _A.refunding, _A.refused, _A.withdrawn}),
    _A.returning: frozenset({_A.returned, _A.refunding, _A.withdrawn}),
    _A.returned: frozenset({_A.refunding, _A.refused}),
    _A.refunding: frozenset({_A.done}),
    _A.done: frozenset(),
    _A.refused: frozenset(),
    _A.withdrawn: frozenset(),
}
OPEN_AFTER_SALES = (_A.applied, _A.returning, _A.returned, _A.refunding)
REFUNDABLE = frozenset({_O.paid, _O.shipped, _O.received})


def may_become(now: OrderStatus, then: OrderStatus) -> bool:
    """Whether an order may take this step."""
    return then in NEXT[now]


def after_sale_may_become(now: AfterSaleStatus, then: AfterSaleStatus) -> bool:
    """Whether an after-sale may take this step."""
    return then in AFTER_SALE_NEXT[now]


def shown(
    status: OrderStatus, *, is_refunding: bool, is_in_transit: bool, is_signed: bool
) -> Shown:
    """What the buyer is told; an open after-sale comes first."""
    if is_refunding:
        return Shown.refunding
    if status is OrderStatus.shipped:
        if is_signed:
            return Shown.signed
        return Shown.in_transit if is_in_transit else Shown.shipped
    return {
        OrderStatus.placed: Shown.submitted,
        OrderStatus.paid: Shown.paid,
        OrderStatus.received: Shown.signed,
        OrderStatus.completed: Shown.completed,
        OrderStatus.cancelled: Shown.cancelled,
        OrderStatus.refunded: Shown.refunded,
    }[status]


def source_of(
    *, is_in_room: bool, has_affiliate: bool, is_in_replay: bool = False
) -> tuple[Source, list[Tag]]:
    """The one primary source, and the tags beside it."""
    tags = [Tag.affiliate] if has_affiliate else []
    if is_in_room:
        return Source.live, tags
    if is_in_replay:
        return Source.replay, tags
    return (Source.affiliate if has_affiliate else Source.shop), tags


def after_sale_deadline(received_at: datetime, days: int) -> datetime:
    """The end of the last of `days` days, counted from the day after receipt, in Shanghai."""
    return midnight(day_of(received_at) + timedelta(days=days + 1))


@dataclass(frozen=True)
class RefundableLine:
    """A line, and how much of it is refunded or asked to be (`taken`)."""

    no: int
    quantity: int
    paid_fen: Fen
    taken_quantity: int
    taken_fen: Fen

    @property
    def refundable_quantity(self) -> int:
        """Pieces that nobody has asked money for yet."""
        return self.quantity - self.taken_quantity


def refund_amount(line: RefundableLine, quantity: int) -> Fen:
    """What `quantity` more pieces give back.

    The difference of what the first pieces cost together, so any order of partial refunds, with
    refusals in between, ends exactly at the paid amount.
    """
    assert 0 < quantity <= line.refundable_quantity
    first = units(line.paid_fen, line.quantity)[: line.taken_quantity + quantity]
    return Fen(sum(first) - line.taken_fen)


def gives_back_freight(lines: Sequence[RefundableLine], asked: Mapping[int, int]) -> bool:
    """Whether after `asked` nothing of the order is left (asked only of unshipped orders)."""
    return all(line.refundable_quantity == asked.get(line.no, 0) for line in lines)


@dataclass(frozen=True)
class DraftLine:
    """A line as it will be sold: everything copied, nothing looked up again."""

    sku_id: UUID
    product_id: UUID
    category_id: UUID | None
    title: str
    spec: str
    picture_key: str | None
    unit_fen: Fen
    quantity: int
    goods_fen: Fen
    discount_fen: Fen
    paid_fen: Fen
    cost_fen: Fen | None


@dataclass(frozen=True)
class TermsOfSale:
    """What the buyer was promised when he ordered; a later change of settings is not for him."""

    pay_by: datetime
    after_sale_days: int
    confirm_after_shipped_days: int
    confirm_after_signed_days: int


@dataclass(frozen=True)
class DraftOrder:
    """An order that is about to be written."""

    id: UUID
    order_no: str
    buyer_id: UUID
    asked: str
    lines: tuple[DraftLine, ...]
    goods_fen: Fen
    discount_fen: Fen
    freight_fen: Fen
    total_fen: Fen
    remark: str
    recipient: Recipient
    terms: TermsOfSale
    source: Source
    source_tags: list[Tag]
    room_id: UUID | None
    session_id: UUID | None
    pin_id: UUID | None
    media_time_ms: int | None
    affiliate_id: UUID | None
    attribution: dict[str, object]
