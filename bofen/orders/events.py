from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from bofen.kit.money import Fen


@dataclass(frozen=True)
class OrderPaid:
    """An order's money is here; everything that may not come late has happened already."""

    topic: ClassVar[str] = "orders.order_paid"
    order_id: UUID
    buyer_id: UUID
    room_id: UUID | None
    total_fen: Fen


@dataclass(frozen=True)
class OrderRefunded:
    """A refund has reached the buyer; `is_whole` when nothing of the order is left."""

    topic: ClassVar[str] = "orders.order_refunded"
    order_id: UUID
    amount_fen: Fen
    is_whole: bool
