from dataclasses import dataclass
from uuid import UUID

from bofen.kit.errors import Refusal


@dataclass(eq=False)
class OutOfStock(Refusal):
    """Fewer pieces can be promised than were asked for."""

    code = "out_of_stock"
    sku_id: UUID
    wanted: int
    available: int


@dataclass(eq=False)
class NotHeld(Refusal):
    """Stock can only leave an order that holds it: never held, held otherwise, or given back."""

    code = "not_held"
    reference_id: UUID
    sku_id: UUID


@dataclass(eq=False)
class BelowHeld(Refusal):
    """What is promised to orders cannot be counted or written away."""

    code = "below_held"
    sku_id: UUID
    on_hand: int
    held: int
    available: int


@dataclass(eq=False)
class InStockTake(Refusal):
    """An open stock-take has this SKU: what is counted goes there, or it would count twice."""

    code = "in_stock_take"
    sku_id: UUID
    number: str


@dataclass(eq=False)
class StockTakeEnded(Refusal):
    """The stock-take was confirmed or cancelled: nothing in it can be changed any more."""

    code = "stock_take_ended"
    number: str


@dataclass(eq=False)
class NothingCounted(Refusal):
    """A stock-take cannot be confirmed before anything was counted."""

    code = "nothing_counted"
    number: str
