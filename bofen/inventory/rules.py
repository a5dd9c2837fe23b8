"""How stock moves: first come, first served; a whole order or nothing; every piece journalled."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from bofen.inventory.errors import BelowHeld, NotHeld, OutOfStock

LOW_BELOW = 10
"""Available pieces below which a SKU counts as low, where the merchant set nothing else."""

Line = tuple[UUID, int]
"""A SKU and how many of it."""

OrderLine = tuple[UUID, UUID, int]
"""An order, a SKU and how many of it."""


class MovementKind(StrEnum):
    """Why stock moved: each kind moves on hand, held, or both."""

    receipt = "receipt"
    hold = "hold"
    release = "release"
    commit = "commit"
    returned = "return"
    stock_take = "stock_take"
    damage = "damage"


class ReferenceKind(StrEnum):
    """What a movement belongs to; with the reference's id it names one posting."""

    order = "order"
    after_sale = "after_sale"
    receipt = "receipt"
    damage = "damage"
    stock_take = "stock_take"


_K = MovementKind
MOVES_ON_HAND = frozenset({_K.receipt, _K.commit, _K.returned, _K.stock_take, _K.damage})
MOVES_HELD = frozenset({_K.hold, _K.release, _K.commit})
ENDS_A_HOLD = frozenset({_K.release, _K.commit})
BY_HAND = (_K.receipt, _K.returned, _K.stock_take, _K.damage)
"""The few lines of a journal that no order wrote."""


@dataclass(frozen=True)
class StockLevel:
    """One SKU's stock. Of a SKU that was never received there is none."""

    sku_id: UUID
    on_hand: int = 0
    held: int = 0
    low_below: int = LOW_BELOW

    @property
    def available(self) -> int:
        """What may still be promised."""
        return self.on_hand - self.held

    @property
    def is_low(self) -> bool:
        """Whether staff should order more; the table computes the same."""
        return self.available < self.low_below


@dataclass(frozen=True)
class HoldAsked:
    """What one order wants to be held, all of it or nothing."""

    order_id: UUID
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Move:
    """A change that is about to happen, with its sign."""

    sku_id: UUID
    kind: MovementKind
    quantity: int
    reference_id: UUID


@dataclass(frozen=True)
class Posted:
    """A move and the level it leaves behind."""

    move: Move
    after: StockLevel


def added_up(lines: Iterable[Line]) -> dict[UUID, int]:
    """How many of each SKU, in SKU order; two lines of one SKU become one."""
    sums: dict[UUID, int] = defaultdict(int)
    for sku_id, quantity in lines:
        assert quantity > 0
        sums[sku_id] += quantity
    return dict(sorted(sums.items()))


def deal(
    asked: Sequence[HoldAsked], levels: Mapping[UUID, StockLevel]
) -> tuple[dict[UUID, OutOfStock | None], list[Move]]:
    """Who gets the stock: in the order of asking, each order wholly or not at all."""
    free = {sku_id: level.available for sku_id, level in levels.items()}
    answers: dict[UUID, OutOfStock | None] = {}
    moves: list[Move] = []
    for order in asked:
        wanted = added_up(order.lines)
        refusal = _shortage(wanted, free)
        answers[order.order_id] = refusal
        if refusal:
            continue
        for sku_id, quantity in wanted.items():
            free[sku_id] -= quantity
            moves.append(Move(sku_id, MovementKind.hold, quantity, order.order_id))
    return answers, moves


def _shortage(wanted: Mapping[UUID, int], free: Mapping[UUID, int]) -> OutOfStock | None:
    for sku_id, quantity in wanted.items():
        available = free.get(sku_id, 0)
        if available < quantity:
            return OutOfStock(sku_id, quantity, available)
    return None


def end_holds(
    kind: MovementKind,
    lines: Iterable[OrderLine],
    journal: Mapping[tuple[UUID, UUID], Mapping[MovementKind, int]],
) -> list[Move]:
    """The moves that commit or release held stock, once: a repeat moves nothing.

    `journal` holds, for each (order, SKU), the moves there have been. Raises `NotHeld` for stock
    that the order does not hold, or that ended the other way.
    """
    assert kind in ENDS_A_HOLD
    sums: dict[tuple[UUID, UUID], int] = defaultdict(int)
    for order_id, sku_id, quantity in lines:
        sums[order_id, sku_id] += quantity
    moves = []
    for (order_id, sku_id), quantity in sums.items():
        moved = journal.get((order_id, sku_id), {})
        if kind in moved:
            continue
        if moved.get(MovementKind.hold) != quantity or ENDS_A_HOLD & moved.keys():
            raise NotHeld(order_id, sku_id)
        moves.append(Move(sku_id, kind, -quantity, order_id))
    return moves


def count(counted: Mapping[UUID, int], levels: Mapping[UUID, StockLevel]) -> dict[UUID, int]:
    """By how much each SKU's stock on hand was wrong."""
    return {
        sku_id: quantity - levels.get(sku_id, StockLevel(sku_id)).on_hand
        for sku_id, quantity in counted.items()
    }


def post(moves: Sequence[Move], levels: Mapping[UUID, StockLevel]) -> list[Posted]:
    """Each move with the level after it, one after the other."""
    now = dict(levels)
    posted = []
    for move in moves:
        level = now.get(move.sku_id, StockLevel(move.sku_id))
        after = replace(
            level,
            on_hand=level.on_hand + (move.quantity if move.kind in MOVES_ON_HAND else 0),
            held=level.held + (move.quantity if move.kind in MOVES_HELD else 0),
        )
        if after.held > after.on_hand:
            raise BelowHeld(move.sku_id, level.on_hand, level.held, level.available)
        now[move.sku_id] = after
        posted.append(Posted(move, after))
    return posted


def is_newly_sold_out(before: StockLevel, after: StockLevel) -> bool:
    """Whether this posting took the last piece that could be promised."""
    return before.available > 0 and after.available == 0


def is_back_in_stock(before: StockLevel, after: StockLevel) -> bool:
    """The other way: what was sold out can be bought again."""
    return before.available <= 0 < after.available


def is_newly_low(before: StockLevel, after: StockLevel) -> bool:
    """Whether this crossed the limit downwards, or the limit was raised above it: once, until it
    recovers.
    """
    return after.is_low and not before.is_low


class TakeStatus(StrEnum):
    """A stock-take is open until somebody confirms or cancels it."""

    open = "open"
    confirmed = "confirmed"
    cancelled = "cancelled"


class CountProblem(StrEnum):
    """Why a number that was counted cannot be written down."""

    not_in_take = "not_in_take"
    counted_meanwhile = "counted_meanwhile"


@dataclass(frozen=True)
class Counted:
    """A number that somebody counted. `was`: the number that stood there when he did, or None."""

    sku_id: UUID
    quantity: int
    was: int | None = None


@dataclass(frozen=True)
class TakeLine:
    """A row of a stock-take: what was counted last, and with which entry it came."""

    sku_id: UUID
    counted: int | None
    entry_id: UUID | None


def accept(
    entry_id: UUID, rows: Iterable[Counted], lines: Mapping[UUID, TakeLine]
) -> tuple[list[Counted], dict[UUID, CountProblem]]:
    """What of an entry is to be written down, and what cannot be: another has counted meanwhile.

    A row that came with the same entry before is neither: it is there.
    """
    fit: dict[UUID, Counted] = {}
    problems = {}
    for row in rows:
        line = lines.get(row.sku_id)
        if line is None:
            problems[row.sku_id] = CountProblem.not_in_take
        elif line.entry_id == entry_id:
            continue
        elif line.counted != row.was:
            problems[row.sku_id] = CountProblem.counted_meanwhile
        else:
            fit[row.sku_id] = row
    return list(fit.values()), problems
