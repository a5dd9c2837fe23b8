"""Reading the ledger: balances are added up from the entries since the last closing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bofen.kit.db import Tx
from bofen.kit.money import Fen
from bofen.kit.paging import Page, page_of, read_cursor, read_number
from bofen.ledger.rules import Account, Balances, Reason

_NAMES = {
    Account.commission_pending: "pending_fen",
    Account.commission_payable: "payable_fen",
    Account.withdrawal_in_transit: "in_transit_fen",
    Account.paid_out: "paid_out_fen",
}


_BALANCES = """
SELECT owner_id, account, sum(amount_fen)::bigint AS amount_fen
FROM (
  SELECT owner_id, account, amount_fen FROM ledger_closing WHERE owner_id = ANY($1::uuid[])
  UNION ALL
  SELECT owner_id, account, amount_fen FROM ledger_entry
  WHERE owner_id = ANY($1::uuid[])
    AND id > (SELECT coalesce(max(until_id), 0) FROM ledger_closed)
) AS parts
GROUP BY owner_id, account
"""


async def balances(tx: Tx, owner_ids: Collection[UUID]) -> dict[UUID, Balances]:
    """The balances of each owner, also of one who never earned."""
    rows = await tx.fetch(_BALANCES, list(owner_ids))
    found: dict[UUID, dict[str, Fen]] = {owner_id: {} for owner_id in owner_ids}
    for row in rows:
        if name := _NAMES.get(row["account"]):
            found[row["owner_id"]][name] = row["amount_fen"]
    return {owner_id: Balances(**amounts) for owner_id, amounts in found.items()}


class Side(StrEnum):
    """Which of an owner's two figures a transfer changed: what he expects, or what he has."""

    expected = "expected"
    available = "available"


@dataclass(frozen=True)
class StatementLine:
    """One transfer as its owner sees it, with what was available and expected after it."""

    id: int
    reason: Reason
    side: Side
    subject_id: UUID
    amount_fen: Fen
    at: datetime
    available_after_fen: Fen
    expected_after_fen: Fen


_STATEMENT = """
SELECT last.id, last.reason, last.subject_id, moved.at, moved.payable_fen, moved.pending_fen,
  (CASE WHEN last.reason IN ('reversed', 'withdrawal_held') THEN -moved.moved_fen
    ELSE moved.moved_fen END) AS amount_fen
FROM (
  SELECT id, reason, source, subject_id FROM ledger_entry entry
  WHERE owner_id = $1 AND id < $2 AND NOT EXISTS (
    SELECT FROM ledger_entry later WHERE later.source = entry.source
      AND later.reason = entry.reason AND later.owner_id = $1 AND later.id > entry.id)
  ORDER BY id DESC LIMIT $3
) AS last, LATERAL (
  SELECT min(at) AS at, max(amount_fen) AS moved_fen,
    coalesce(sum(amount_fen) FILTER (WHERE account = 'commission_payable'), 0)::bigint
      AS payable_fen,
    coalesce(sum(amount_fen) FILTER (WHERE account = 'commission_pending'), 0)::bigint
      AS pending_fen
  FROM ledger_entry side
  WHERE side.source = last.source AND side.reason = last.reason AND side.owner_id = $1
) AS moved
ORDER BY last.id DESC
"""
"""A transfer stands at the later of its two entries. One more is read: is there another page?"""


async def statement(
    tx: Tx, owner_id: UUID, limit: int, cursor: str | None = None
) -> Page[StatementLine]:
    """Every transfer of one owner, newest first, each with the balances after it.

    The balances before the last line of a page stand in the cursor: what is older never changes.
    """
    if cursor:
        before, available_fen, expected_fen = read_cursor(cursor, *[read_number] * 3)
    else:
        now = (await balances(tx, [owner_id]))[owner_id]
        before, available_fen, expected_fen = _NEWEST, now.payable_fen, now.pending_fen
    lines, places = [], {}
    for row in await tx.fetch(_STATEMENT, owner_id, before, limit + 1):
        payable_fen, pending_fen = row.pop("payable_fen"), row.pop("pending_fen")
        is_expected = payable_fen == 0 and pending_fen != 0
        line = StatementLine(
            **row | {"reason": Reason(row["reason"])},
            side=Side.expected if is_expected else Side.available,
            available_after_fen=Fen(available_fen),
            expected_after_fen=Fen(expected_fen),
        )
        available_fen, expected_fen = available_fen - payable_fen, expected_fen - pending_fen
        lines.append(line)
        places[line.id] = (line.id, available_fen, expected_fen)
    return page_of(lines, limit, lambda line: places[line.id])


_NEWEST = 2**62
