"""The verbs of stock. Each is a fixed number of statements, however many orders it serves.

Rows are locked once, in SKU order, before anything is decided; the decision is a pure function.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.inventory import queries, rules
from bofen.inventory.errors import InStockTake, OutOfStock
from bofen.inventory.events import BackInStock, LowStock, SoldOut
from bofen.inventory.rules import (
    LOW_BELOW,
    HoldAsked,
    Line,
    Move,
    MovementKind,
    OrderLine,
    Posted,
    ReferenceKind,
    StockLevel,
)
from bofen.kit.db import Event, Tx
from bofen.kit.ids import new_id

BUYER, PAYMENT, SHOP = "buyer", "payment", "shop"
"""Who moved stock, where it was no member of staff."""


def actor_of(by: StaffMember) -> str:
    """How the journal names a member of staff."""
    return f"staff:{by.id}"


async def hold(tx: Tx, asked: Sequence[HoldAsked], at: datetime) -> dict[UUID, OutOfStock | None]:
    """Promise stock, first come first served; each order gets everything it asked for or nothing.

    The answer has every order: None where stock is held now, else what was missing.
    """
    levels = await lock(tx, {sku_id for order in asked for sku_id, _ in order.lines})
    answers, moves = rules.deal(asked, levels)
    await _write(tx, levels, moves, _Journal(ReferenceKind.order, BUYER, at))
    return answers


async def commit(tx: Tx, order_lines: Sequence[OrderLine], at: datetime) -> None:
    """Held stock is sold: it leaves the warehouse. A repeat changes nothing."""
    await _end_holds(
        tx, MovementKind.commit, order_lines, _Journal(ReferenceKind.order, PAYMENT, at)
    )


async def release(tx: Tx, order_lines: Sequence[OrderLine], at: datetime) -> None:
    """Held stock is free again. A repeat changes nothing."""
    await _end_holds(tx, MovementKind.release, order_lines, _Journal(ReferenceKind.order, SHOP, at))


async def put_back(tx: Tx, reference_id: UUID, lines: Sequence[Line], at: datetime) -> None:
    """Goods that came back are on the shelf again, once for each `reference_id`."""
    journal = _Journal(ReferenceKind.after_sale, SHOP, at)
    await _add(tx, MovementKind.returned, reference_id, lines, journal)


@dataclass(frozen=True)
class Paper:
    """What a movement by hand stands on: its own id, made by the client, and a note."""

    id: UUID
    note: str = ""


async def receive(
    tx: Tx, lines: Sequence[Line], paper: Paper, by: StaffMember, at: datetime
) -> None:
    """Goods arrive, once for each paper."""
    journal = _Journal(ReferenceKind.receipt, actor_of(by), at)
    await _add(tx, MovementKind.receipt, paper.id, lines, journal)
    await _audit(tx, Deed.stock_received, paper, by, at)


async def write_off(
    tx: Tx, lines: Sequence[Line], paper: Paper, by: StaffMember, at: datetime
) -> None:
    """Damaged goods leave; what is promised to orders cannot (raises `BelowHeld`)."""
    journal = _Journal(ReferenceKind.damage, actor_of(by), at)
    await _add(tx, MovementKind.damage, paper.id, lines, journal)
    await _audit(tx, Deed.stock_written_off, paper, by, at)


async def take_stock(
    tx: Tx, counted: Sequence[Line], paper: Paper, by: StaffMember, at: datetime
) -> None:
    """What was counted is what is on hand; the difference goes into the journal.

    Raises `InStockTake` for a SKU that an open stock-take has: there it would count twice.
    """
    skus = dict(counted)
    levels = await _opened(tx, skus)
    moved = await _journal_of(tx, [paper.id], ReferenceKind.stock_take, list(skus))
    fresh = [sku_id for sku_id in skus if (paper.id, sku_id) not in moved]
    if others := await queries.open_takes(tx, fresh):
        raise InStockTake(*next(iter(others.items())))
    await post_differences(tx, paper.id, rules.count(skus, levels), by, at)
    await _audit(tx, Deed.stock_taken, paper, by, at)


async def post_differences(
    tx: Tx, paper_id: UUID, wrong_by: Mapping[UUID, int], by: StaffMember, at: datetime
) -> None:
    """By so much each SKU's stock on hand was wrong, found once for each paper.

    Raises `BelowHeld` where what is promised to orders would be counted away.
    """
    levels = await _opened(tx, wrong_by)
    moved = await _journal_of(tx, [paper_id], ReferenceKind.stock_take, list(wrong_by))
    moves = [
        Move(sku_id, MovementKind.stock_take, difference, paper_id)
        for sku_id, difference in wrong_by.items()
        if (paper_id, sku_id) not in moved
    ]
    await _write(tx, levels, moves, _Journal(ReferenceKind.stock_take, actor_of(by), at))


async def set_low_below(
    tx: Tx, sku_ids: Collection[UUID], low_below: int, by: StaffMember, at: datetime
) -> None:
    """From now on these SKUs count as low below so many available pieces.

    Told as low at once where fewer are available, and only then. A repeat changes nothing.
    """
    before = await _opened(tx, sku_ids)
    after = {
        sku_id: replace(level, low_below=low_below)
        for sku_id, level in before.items()
        if level.low_below != low_below
    }
    if not after:
        return
    await tx.fetch(
        "UPDATE inventory_stock SET low_below = $2 WHERE sku_id = ANY($1::uuid[])",
        list(after),
        low_below,
    )
    await tx.emit(*_events(before, after))
    changes = {
        f"sku:{sku_id}": {"before": before[sku_id].low_below, "after": low_below}
        for sku_id in after
    }
    await audit.record_each(tx, by, Deed.stock_limit_changed, changes, at)


async def _audit(tx: Tx, deed: Deed, paper: Paper, by: StaffMember, at: datetime) -> None:
    await audit.record(tx, by, deed, subject_of(paper.id), at, note=paper.note)


def subject_of(paper_id: UUID) -> str:
    """How a movement by hand is named among the deeds, where its note is kept."""
    return f"stock:{paper_id}"


async def open_skus(tx: Tx, sku_ids: Collection[UUID], low_below: int = LOW_BELOW) -> None:
    """New SKUs have stock: none. They count as low below `low_below` available pieces."""
    await tx.fetch(
        "INSERT INTO inventory_stock (sku_id, on_hand, held, low_below)"
        " SELECT sku_id, 0, 0, $2 FROM unnest($1::uuid[]) AS sku_id ORDER BY sku_id"
        " ON CONFLICT DO NOTHING",
        list(sku_ids),
        low_below,
    )


async def available(tx: Tx, sku_ids: Collection[UUID]) -> dict[UUID, int]:
    """What could be promised now; 0 for a SKU without stock."""
    rows = await tx.fetch(
        "SELECT sku_id, on_hand - held AS available FROM inventory_stock"
        " WHERE sku_id = ANY($1::uuid[])",
        list(sku_ids),
    )
    return dict.fromkeys(sku_ids, 0) | {row["sku_id"]: row["available"] for row in rows}


@dataclass(frozen=True)
class _Journal:
    """What every line of one posting has in common."""

    reference_kind: ReferenceKind
    actor: str
    at: datetime


async def lock(tx: Tx, sku_ids: Collection[UUID]) -> dict[UUID, StockLevel]:
    """The stock of these SKUs, which nobody else moves until this transaction ends."""
    rows = await tx.rows(
        StockLevel,
        "SELECT sku_id, on_hand, held, low_below FROM inventory_stock"
        " WHERE sku_id = ANY($1::uuid[]) ORDER BY sku_id FOR NO KEY UPDATE",
        list(sku_ids),
    )
    return {row.sku_id: row for row in rows}


async def _opened(tx: Tx, sku_ids: Collection[UUID]) -> dict[UUID, StockLevel]:
    await open_skus(tx, sku_ids)
    return await lock(tx, sku_ids)


async def _journal_of(
    tx: Tx,
    reference_ids: Collection[UUID],
    reference_kind: ReferenceKind,
    sku_ids: Collection[UUID],
) -> dict[tuple[UUID, UUID], dict[MovementKind, int]]:
    """Read after the stock rows are locked, so nobody else is moving the same stock."""
    rows = await tx.fetch(
        "SELECT reference_id, sku_id, kind, quantity FROM inventory_movement"
        " WHERE reference_id = ANY($1::uuid[]) AND reference_kind = $2"
        " AND sku_id = ANY($3::uuid[])",
        list(reference_ids),
        reference_kind.value,
        list(sku_ids),
    )
    moved: dict[tuple[UUID, UUID], dict[MovementKind, int]] = defaultdict(dict)
    for row in rows:
        moved[row["reference_id"], row["sku_id"]][MovementKind(row["kind"])] = row["quantity"]
    return moved


async def _end_holds(
    tx: Tx, kind: MovementKind, lines: Sequence[OrderLine], journal: _Journal
) -> None:
    skus = {sku_id for _, sku_id, _ in lines}
    levels = await lock(tx, skus)
    moved = await _journal_of(tx, {line[0] for line in lines}, journal.reference_kind, skus)
    await _write(tx, levels, rules.end_holds(kind, lines, moved), journal)


async def _add(
    tx: Tx, kind: MovementKind, reference_id: UUID, lines: Iterable[Line], journal: _Journal
) -> None:
    sums = rules.added_up(lines)
    levels = await _opened(tx, sums)
    moved = await _journal_of(tx, [reference_id], journal.reference_kind, list(sums))
    sign = -1 if kind is MovementKind.damage else 1
    moves = [
        Move(sku_id, kind, sign * quantity, reference_id)
        for sku_id, quantity in sums.items()
        if kind not in moved.get((reference_id, sku_id), {})
    ]
    await _write(tx, levels, moves, journal)


async def _write(
    tx: Tx, levels: dict[UUID, StockLevel], moves: Sequence[Move], journal: _Journal
) -> None:
    """The journal and the levels."""
    if not moves:
        return
    posted = rules.post(moves, levels)
    last = {line.move.sku_id: line.after for line in posted}
    # In the order of posting, also within one millisecond: each line's balance follows from the
    # one before it.
    ids = sorted(new_id() for _ in posted)
    rows = [_row(line_id, line, journal) for line_id, line in zip(ids, posted, strict=True)]
    await tx.copy("inventory_movement", _MOVEMENT, rows)
    await tx.fetch(
        _LEVELS,
        list(last),
        [level.on_hand for level in last.values()],
        [level.held for level in last.values()],
    )
    await tx.emit(*_events(levels, last))


_MOVEMENT = (
    *("id", "sku_id", "kind", "quantity", "on_hand_after", "held_after"),
    *("reference_id", "reference_kind", "actor", "at"),
)


def _row(line_id: UUID, line: Posted, journal: _Journal) -> tuple[object, ...]:
    move, after = line.move, line.after
    return (
        *(line_id, move.sku_id, move.kind.value, move.quantity, after.on_hand, after.held),
        *(move.reference_id, journal.reference_kind.value, journal.actor, journal.at),
    )


def _events(before: dict[UUID, StockLevel], after: dict[UUID, StockLevel]) -> list[Event]:
    events: list[Event] = []
    for sku_id, level in after.items():
        was = before.get(sku_id, StockLevel(sku_id))
        if rules.is_newly_sold_out(was, level):
            events.append(SoldOut(sku_id))
        if rules.is_back_in_stock(was, level):
            events.append(BackInStock(sku_id))
        if rules.is_newly_low(was, level):
            events.append(LowStock(sku_id, level.available))
    return events


_LEVELS = """
UPDATE inventory_stock s SET on_hand = l.on_hand, held = l.held
FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS l (sku_id, on_hand, held)
WHERE s.sku_id = l.sku_id
"""
