"""The verbs of a stock-take: begun, counted row by row, then confirmed or cancelled.

Locks are taken in the order take → stock by SKU id → rows of the take. Whoever counts holds the
take shared: many count at once, and nobody while it ends.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.inventory import queries, rules, service
from bofen.inventory.errors import InStockTake, NothingCounted, StockTakeEnded
from bofen.inventory.rules import Counted, CountProblem, StockLevel, TakeLine, TakeStatus
from bofen.kit import once
from bofen.kit.days import day_of
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.once import Request

_QUEUE = "stock_takes"


@dataclass(frozen=True)
class TakeDraft:
    """A count that somebody wants to begin; its client made the id.

    No `sku_ids`: of all. `includes_unsent`: what is paid and not sent yet lies on the shelf and is
    counted too.
    """

    id: UUID
    sku_ids: tuple[UUID, ...]
    note: str
    includes_unsent: bool


@dataclass(frozen=True)
class Beginning:
    """What is asked, the SKUs in the order of the sheet, and what of them has not left yet."""

    draft: TakeDraft
    sku_ids: Sequence[UUID]
    unsent: Mapping[UUID, int]


@dataclass(frozen=True)
class Take:
    """A stock-take as it stands."""

    id: UUID
    number: str
    status: TakeStatus
    note: str
    includes_unsent: bool


@dataclass(frozen=True)
class Entry:
    """Numbers that one person sends together, named by his client: sent twice, they count once."""

    id: UUID
    rows: Sequence[Counted]


async def begin(tx: Tx, beginning: Beginning, by: StaffMember, at: datetime) -> None:
    """Write down what the books say, with what has not left. A repeat changes nothing.

    Raises `InStockTake` for a SKU that another open take has, and `IdReused`.
    """
    draft, sku_ids = beginning.draft, list(beginning.sku_ids)
    await tx.queue_up(_QUEUE)
    asked = once.fingerprint(draft)
    if await _is_begun(tx, draft.id, Request(by.id, asked)):
        return
    if others := await queries.open_takes(tx, sku_ids):
        raise InStockTake(*next(iter(others.items())))
    day = f"PD{day_of(at):%y%m%d}-"
    await tx.fetch(_BEGIN, draft.id, day, draft.note, draft.includes_unsent, asked, by.id, at)
    await tx.fetch(
        "INSERT INTO inventory_take_line (take_id, sku_id, no, book_at_begin, is_open)"
        " SELECT $1::uuid, sku_id, no, coalesce(stock.on_hand, 0) + unsent, true"
        " FROM unnest($2::uuid[], $3::bigint[]) WITH ORDINALITY AS wanted (sku_id, unsent, no)"
        " LEFT JOIN inventory_stock stock USING (sku_id)",
        draft.id,
        sku_ids,
        [beginning.unsent.get(sku_id, 0) for sku_id in sku_ids],
    )
    await _audit(tx, Deed.stock_take_begun, draft.id, by, at, skus=len(sku_ids))


_BEGIN = """
INSERT INTO inventory_take
  (id, number, status, note, includes_unsent, asked, begun_by, begun_at)
SELECT $1::uuid, $2::text || 1 + count(*), 'open', $3::text, $4::boolean, $5::text, $6::uuid,
  $7::timestamptz
FROM inventory_take WHERE number LIKE $2 || '%'
"""


async def _is_begun(tx: Tx, take_id: UUID, now: Request) -> bool:
    rows = await tx.rows(
        Request, "SELECT begun_by AS by, asked FROM inventory_take WHERE id = $1", take_id
    )
    if rows and (reused := once.earlier(take_id, rows[0], now)):
        raise reused
    return bool(rows)


async def hold_open(tx: Tx, take_id: UUID) -> Take:
    """The take, which nobody can end until this transaction does. Raises `StockTakeEnded`."""
    take = await _locked(tx, take_id, "FOR SHARE")
    if take.status is not TakeStatus.open:
        raise StockTakeEnded(take.number)
    return take


async def _locked(tx: Tx, take_id: UUID, how: str) -> Take:
    rows = await tx.rows(
        Take,
        f"SELECT id, number, status, note, includes_unsent FROM inventory_take"  # noqa: S608
        f" WHERE id = $1 {how}",
        take_id,
    )
    if not rows:
        raise NotFound("stock_take")
    return rows[0]


async def count(
    tx: Tx, take: Take, entry: Entry, books: Mapping[UUID, int], by: StaffMember, at: datetime
) -> dict[UUID, CountProblem]:
    """Write down what was counted, each against its book of this moment; those that cannot be
    are answered with the reason. Whoever calls holds the take and the stock of these SKUs.
    """
    skus = [row.sku_id for row in entry.rows]
    lines = await tx.rows(
        TakeLine,
        "SELECT sku_id, counted, entry_id FROM inventory_take_line"
        " WHERE take_id = $1 AND sku_id = ANY($2::uuid[]) ORDER BY sku_id FOR UPDATE",
        take.id,
        skus,
    )
    fit, problems = rules.accept(entry.id, entry.rows, {line.sku_id: line for line in lines})
    await tx.fetch(
        "UPDATE inventory_take_line line SET counted = new.counted, book = new.book,"
        " counted_by = $5, counted_at = $6, entry_id = $7"
        " FROM unnest($2::uuid[], $3::bigint[], $4::bigint[]) AS new (sku_id, counted, book)"
        " WHERE line.take_id = $1 AND line.sku_id = new.sku_id",
        take.id,
        [row.sku_id for row in fit],
        [row.quantity for row in fit],
        [books[row.sku_id] for row in fit],
        by.id,
        at,
        entry.id,
    )
    return problems


def books_of(
    levels: Mapping[UUID, StockLevel], sku_ids: Sequence[UUID], unsent: Mapping[UUID, int]
) -> dict[UUID, int]:
    """What should lie on the shelf: on hand, and what is sold and has not left."""
    nothing = StockLevel(UUID(int=0))
    return {
        sku_id: levels.get(sku_id, nothing).on_hand + unsent.get(sku_id, 0) for sku_id in sku_ids
    }


async def confirm(tx: Tx, take_id: UUID, by: StaffMember, at: datetime) -> None:
    """The differences of what was counted go into the journal; what was not counted stays.

    A repeat changes nothing. Raises `NothingCounted`, `StockTakeEnded` for a cancelled one, and
    `BelowHeld` for a difference that would take what is promised to orders.
    """
    take = await _locked(tx, take_id, "FOR UPDATE")
    if take.status is TakeStatus.confirmed:
        return
    if take.status is TakeStatus.cancelled:
        raise StockTakeEnded(take.number)
    rows = await tx.fetch(
        "SELECT sku_id, counted - book AS difference FROM inventory_take_line"
        " WHERE take_id = $1 AND counted IS NOT NULL",
        take_id,
    )
    if not rows:
        raise NothingCounted(take.number)
    differences = {row["sku_id"]: row["difference"] for row in rows}
    await service.post_differences(tx, take_id, differences, by, at)
    await _end(tx, take_id, TakeStatus.confirmed, by, at)
    different = sum(1 for difference in differences.values() if difference)
    facts = {"note": take.note, "number": take.number, "skus": len(rows), "different": different}
    await _audit(tx, Deed.stock_take_confirmed, take_id, by, at, **facts)


async def cancel(tx: Tx, take_id: UUID, by: StaffMember, at: datetime) -> None:
    """What was counted is forgotten by the books. A repeat changes nothing.

    Raises `StockTakeEnded` for one that is confirmed.
    """
    take = await _locked(tx, take_id, "FOR UPDATE")
    if take.status is TakeStatus.cancelled:
        return
    if take.status is TakeStatus.confirmed:
        raise StockTakeEnded(take.number)
    await _end(tx, take_id, TakeStatus.cancelled, by, at)
    await _audit(tx, Deed.stock_take_cancelled, take_id, by, at, number=take.number)


async def _end(tx: Tx, take_id: UUID, status: TakeStatus, by: StaffMember, at: datetime) -> None:
    await tx.fetch(
        "UPDATE inventory_take SET status = $2, ended_by = $3, ended_at = $4 WHERE id = $1",
        take_id,
        status.value,
        by.id,
        at,
    )
    await tx.fetch("UPDATE inventory_take_line SET is_open = false WHERE take_id = $1", take_id)


async def _audit(
    tx: Tx, deed: Deed, take_id: UUID, by: StaffMember, at: datetime, **facts: object
) -> None:
    await audit.record(tx, by, deed, service.subject_of(take_id), at, **facts)
