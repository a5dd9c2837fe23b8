from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bofen.kit.errors import Refusal
from bofen.orders.rules import AfterSaleStatus, OrderStatus, RefusedFor


@dataclass(eq=False)
class ImpossibleTransition(Refusal):
    """An order cannot take this step from where it is."""

    code = "order_impossible_transition"
    order_id: UUID
    now: OrderStatus
    wanted: OrderStatus


@dataclass(eq=False)
class AfterSaleImpossible(Refusal):
    """An after-sale cannot take this step from where it is."""

    code = "after_sale_impossible_transition"
    after_sale_id: UUID
    now: AfterSaleStatus
    wanted: AfterSaleStatus


@dataclass(eq=False)
class PriceChanged(Refusal):
    """The total the buyer saw is not today's; `quote` is."""

    code = "price_changed"
    quote: dict[str, Any]


@dataclass(eq=False)
class NotSold(Refusal):
    """The SKU does not exist, or its product is not listed."""

    code = "product_not_sold"
    sku_id: UUID


@dataclass(eq=False)
class TooManyOpenOrders(Refusal):
    """A buyer with `open_max` unpaid orders pays or cancels one first."""

    code = "too_many_open_orders"
    open_max: int


@dataclass(eq=False)
class DuplicateLine(Refusal):
    """Two lines of one SKU: ask for the sum instead."""

    code = "duplicate_line"
    status = 422
    sku_id: UUID


@dataclass(eq=False)
class OrderNotPayable(Refusal):
    """Paid already, closed, or too late."""

    code = "order_not_payable"
    order_id: UUID


@dataclass(eq=False)
class OrderNotCancellable(Refusal):
    """Paid already, or under way: ask for an after-sale instead."""

    code = "order_not_cancellable"
    order_id: UUID


@dataclass(eq=False)
class CloseUnclear(Refusal):
    """The payment provider does not say whether money may still come in: nothing was changed."""

    code = "order_close_unclear"
    status = 503
    order_id: UUID


@dataclass(eq=False)
class BasketTooDear(Refusal):
    """More money than one order can cost."""

    code = "basket_too_dear"
    status = 422
    total_max_fen: int


@dataclass(eq=False)
class NotRefundable(Refusal):
    """Not paid, past its window, or more pieces than are left."""

    code = "not_refundable"
    order_id: UUID
    reason: RefusedFor


@dataclass(eq=False)
class NotAllSent(Refusal):
    """Something of the order is still to be sent: it cannot be received as a whole."""

    code = "order_not_all_sent"
    order_id: UUID


@dataclass(eq=False)
class AfterSaleOpen(Refusal):
    """First the open after-sale has to end."""

    code = "after_sale_open"
    order_id: UUID
