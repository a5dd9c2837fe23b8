"""What an order and an after-sale may do, when, and for how much. No clock, no database."""

from collections.abc import Iterable, Mapping
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
UNFINISHED = (_O.placed, _O.paid, _O.shipped, _O.received)
"""Something is still to happen to such an order."""
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
AWAITING_STAFF = (_A.applied, _A.returned)
"""Staff are to decide, or to look at what came back."""
PAID_BACK = (_A.refunding, _A.done)
"""Decided for good: the money is on its way or back."""
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


def source_of(broadcast: Source | None, *, has_affiliate: bool) -> tuple[Source, list[Tag]]:
    """The one primary source, and the tags beside it; a broadcast is live or a replay."""
    tags = [Tag.affiliate] if has_affiliate else []
    return broadcast or (Source.affiliate if has_affiliate else Source.shop), tags


def after_sale_deadline(received_at: datetime, days: int) -> datetime:
    """The end of the last of `days` days, counted from the day after receipt, in Shanghai."""
    return midnight(day_of(received_at) + timedelta(days=days + 1))


@dataclass(frozen=True)
class Pause:
    """A time in which the clock of receipt stands; `until_at` None: it still does."""

    from_at: datetime
    until_at: datetime | None = None


def receipt_assumed_at(
    clocks: Iterable[tuple[datetime, int]], pauses: Iterable[Pause]
) -> datetime | None:
    """When the buyer is taken to have the goods: the earliest end of the clocks.

    Each clock is its start and its days; it stands still in the pauses and then goes on with what
    was left. None while a pause lasts, and without a clock.
    """
    merged = _merged(pauses)
    if any(pause.until_at is None for pause in merged):
        return None
    spans = [(pause.from_at, pause.until_at) for pause in merged if pause.until_at]
    ends = [_end_of(start, timedelta(days=days), spans) for start, days in clocks]
    return min(ends, default=None)


def _end_of(
    start: datetime, length: timedelta, spans: Iterable[tuple[datetime, datetime]]
) -> datetime:
    end = start + length
    for from_at, until_at in spans:
        if from_at < end and until_at > start:
            end += until_at - max(from_at, start)
    return end


def _merged(pauses: Iterable[Pause]) -> list[Pause]:
    """In order, without overlaps: two reasons to wait at once are one wait."""
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda pause: pause.from_at):
        last = merged[-1] if merged else None
        if last is None or (last.until_at is not None and last.until_at < pause.from_at):
            merged.append(pause)
        elif last.until_at is not None and (
            pause.until_at is None or pause.until_at > last.until_at
        ):
            merged[-1] = Pause(last.from_at, pause.until_at)
    return merged


@dataclass(frozen=True)
class LineStanding:
    """A line, and what has become of its pieces.

    `taken` pieces are refunded or asked back. `taken_unsent` of them never left the house; the
    other ones did, like the `sent` ones that nobody asks back.
    """

    no: int
    quantity: int
    paid_fen: Fen
    taken_quantity: int = 0
    taken_fen: Fen = Fen(0)
    taken_unsent: int = 0
    sent: int = 0

    @property
    def refundable_quantity(self) -> int:
        """Pieces that are neither refunded nor asked back."""
        return self.quantity - self.taken_quantity

    @property
    def unsent(self) -> int:
        """Pieces that are still to be sent."""
        return self.quantity - self.sent - self.taken_unsent

    @property
    def taken_sent(self) -> int:
        """Pieces that left and are refunded or asked back."""
        return self.taken_quantity - self.taken_unsent

    @property
    def with_buyer(self) -> int:
        """Pieces that left and that nobody asks back."""
        return self.sent - self.taken_sent


def refund_amount(line: LineStanding, quantity: int) -> Fen:
    """What `quantity` more pieces give back.

    The difference of what the first pieces cost together, so any order of partial refunds, with
    refusals in between, ends exactly at the paid amount.
    """
    assert 0 < quantity <= line.refundable_quantity
    first = units(line.paid_fen, line.quantity)[: line.taken_quantity + quantity]
    return Fen(sum(first) - line.taken_fen)


def never_left(line: LineStanding, quantity: int, kind: AfterSaleKind) -> int:
    """How many of `quantity` pieces asked back are among those that never left the house.

    Who wants money only gets it for what was not sent yet, as far as that goes; who sends goods
    back has them.
    """
    assert 0 < quantity <= line.refundable_quantity
    if kind is AfterSaleKind.refund:
        return min(quantity, line.unsent)
    return quantity - min(quantity, line.with_buyer)


def gives_back_freight(
    lines: Iterable[tuple[int, int]], *, is_anything_sent: bool, is_given_back: bool
) -> bool:
    """Whether the freight goes back with the refund that is being made.

    `lines` pairs what each line holds with what is refunded of it, this refund included. What is
    only asked for counts as still to be sent: it may be refused.
    """
    if is_anything_sent or is_given_back:
        return False
    return all(quantity == refunded for quantity, refunded in lines)


@dataclass(frozen=True)
class Moment:
    """Where in which broadcast something was chosen; outside of one, nowhere."""

    room_id: UUID | None = None
    session_id: UUID | None = None
    pin_id: UUID | None = None
    media_time_ms: int | None = None


NOWHERE = Moment()


@dataclass(frozen=True)
class LineSource:
    """Where a line was chosen: a basket may be filled in several places."""

    source: Source
    moment: Moment


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
    line_sources: tuple[LineSource, ...]
    """Of each line, in the same order."""
    goods_fen: Fen
    discount_fen: Fen
    freight_fen: Fen
    total_fen: Fen
    remark: str
    recipient: Recipient
    terms: TermsOfSale
    source: Source
    source_tags: list[Tag]
    moment: Moment
    affiliate_id: UUID | None
    attribution: dict[str, object]
