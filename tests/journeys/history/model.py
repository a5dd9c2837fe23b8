"""A slow model of the shop's money and stock, written from the rules of the trade.

It shares no line with the shop: whole orders are walked again for every question, nothing is
kept up to date, and every figure is counted piece by piece. Money in fen, rates in basis points.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from uuid import UUID

FREIGHT_FEN = 800
FREE_FROM_FEN = 9_900


class Where(Enum):
    """Where one piece of an order is; `back` lies on the shelf again, `lost` was written off."""

    house = "house"
    sent = "sent"
    back = "back"
    lost = "lost"


@dataclass
class Piece:
    """One piece of a line: what it cost, where it is, and which request asks for its money."""

    unit_fen: int
    where: Where = Where.house
    asked_by: UUID | None = None
    is_refunded: bool = False


@dataclass
class Line:
    """One line of an order: its SKU and its pieces."""

    sku_id: str
    pieces: list[Piece]

    def asked(self, request: UUID) -> list[Piece]:
        return [piece for piece in self.pieces if piece.asked_by == request]

    def free(self, where: Where) -> list[Piece]:
        """Pieces there that nobody asks money for."""
        return [p for p in self.pieces if p.where is where and not p.asked_by and not p.is_refunded]


@dataclass
class Request:
    """A request for money back. `pieces` are the ones it named, by line number."""

    id: UUID
    is_return: bool
    pieces: dict[int, list[Piece]]
    state: str = "applied"
    freight_fen: int = 0

    @property
    def amount_fen(self) -> int:
        return self.freight_fen + sum(p.unit_fen for ps in self.pieces.values() for p in ps)


@dataclass
class Order:
    """An order as the trade sees it."""

    id: UUID
    lines: list[Line]
    state: str = "placed"
    requests: list[Request] = field(default_factory=list)
    parcels: list[str] = field(default_factory=list)

    @property
    def goods_fen(self) -> int:
        return sum(piece.unit_fen for line in self.lines for piece in line.pieces)

    @property
    def freight_fen(self) -> int:
        return 0 if self.goods_fen >= FREE_FROM_FEN else FREIGHT_FEN

    @property
    def total_fen(self) -> int:
        return self.goods_fen + self.freight_fen

    @property
    def is_paid(self) -> bool:
        return self.state not in {"placed", "cancelled"}

    @property
    def pieces(self) -> list[Piece]:
        return [piece for line in self.lines for piece in line.pieces]

    @property
    def refunded_fen(self) -> int:
        """All that went back, freight included."""
        return sum(r.amount_fen for r in self.requests if r.state in {"refunding", "done"})

    def open_requests(self) -> list[Request]:
        return [r for r in self.requests if r.state in {"applied", "returning", "returned"}]

    def approve(self, request: Request) -> None:
        """Money goes back now, or once the goods are here."""
        if request.is_return:
            request.state = "returning"
        else:
            self._refund(request)

    def inspect(self, request: Request, *, is_restocked: bool) -> None:
        """The goods are here and were looked at."""
        for pieces in request.pieces.values():
            for piece in pieces:
                piece.where = Where.back if is_restocked else Where.lost
        self._refund(request)

    def _refund(self, request: Request) -> None:
        request.state = "refunding"
        for pieces in request.pieces.values():
            for piece in pieces:
                piece.is_refunded = True
                if piece.where is Where.house:
                    piece.where = Where.back
        if all(piece.is_refunded for piece in self.pieces):
            self.state = "refunded"
            request.freight_fen = 0 if self.parcels else self.freight_fen

    def give_up(self, request: Request, state: str) -> None:
        """Withdrawn by the buyer, or refused by staff: its pieces are free again."""
        request.state = state
        for pieces in request.pieces.values():
            for piece in pieces:
                piece.asked_by = None


@dataclass
class Model:
    """Everything that happened. `received` is what came into the warehouse, by SKU."""

    rate_bp: int
    received: dict[str, int]
    orders: list[Order] = field(default_factory=list)
    withdrawn_fen: int = 0
    withdrawing_fen: int = 0

    def on_hand(self, sku_id: str) -> int:
        """Received, less what was sold and did not come back to the shelf."""
        gone = sum(
            1
            for order in self.orders
            if order.is_paid
            for line in order.lines
            if line.sku_id == sku_id
            for piece in line.pieces
            if piece.where is not Where.back
        )
        return self.received[sku_id] - gone

    def held(self, sku_id: str) -> int:
        return sum(
            len(line.pieces)
            for order in self.orders
            if order.state == "placed"
            for line in order.lines
            if line.sku_id == sku_id
        )

    def commission_fen(self) -> int:
        """What the affiliate earns after every refund: floor once for each line.

        The one buyer of a history is bound to her, whether or not an order names her link.
        """
        total = 0
        for order in self.orders:
            if order.is_paid:
                for line in order.lines:
                    base = sum(piece.unit_fen for piece in line.pieces if not piece.is_refunded)
                    total += base * self.rate_bp // 10_000
        return total


def differences(model: Model, seen: dict[str, Any]) -> list[str]:
    """What the shop says otherwise than the model; none when both are right."""
    found = []
    for sku_id in model.received:
        mine = (model.on_hand(sku_id), model.held(sku_id))
        if mine != seen["stock"][sku_id]:
            found.append(f"stock of {sku_id}: model {mine}, shop {seen['stock'][sku_id]}")
    for order in model.orders:
        told = seen["refunded"].get(str(order.id), 0)
        if order.refunded_fen != told:
            found.append(f"refunds of {order.id}: model {order.refunded_fen}, provider {told}")
    if model.commission_fen() != seen["commission_fen"]:
        mine_fen = model.commission_fen()
        found.append(f"commission: model {mine_fen}, shop {seen['commission_fen']}")
    return found
