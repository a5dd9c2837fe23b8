"""Reading the ledger: balances are added up from the entries, never stored."""

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


async def balances(tx: Tx, owner_ids: Collection[UUID]) -> dict[UUID, Balances]:
    """The balances of each owner, also of one who never earned."""
    rows = await tx.fetch(
        "SELECT owner_id, account, sum(amount_fen)::bigint AS amount_fen FROM ledger_entry"
        " WHERE owner_id = ANY($1::uuid[]) GROUP BY owner_id, account",
        list(owner_ids),
    )
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
WITH moved AS (
  SELECT max(id) AS id, reason, source, subject_id, min(at) AS at,
    coalesce(sum(amount_fen) FILTER (WHERE account = 'commission_payable'), 0) AS payable_fen,
    coalesce(sum(amount_fen) FILTER (WHERE account = 'commission_pending'), 0) AS pending_fen,
    max(amount_fen) AS moved_fen
  FROM ledger_entry WHERE owner_id = $1
  GROUP BY reason, source, subject_id
), running AS (
  SELECT *, sum(payable_fen) OVER upward AS available_after_fen,
    sum(pending_fen) OVER upward AS expected_after_fen
  FROM moved WINDOW upward AS (ORDER BY id)
)
SELECT id, reason, subject_id, at, available_after_fen::bigint, expected_after_fen::bigint,
  (CASE WHEN reason IN ('reversed', 'withdrawal_held') THEN -moved_fen ELSE moved_fen END)::bigint
    AS amount_fen,
  CASE WHEN payable_fen = 0 AND pending_fen <> 0 THEN 'expected' ELSE 'available' END AS side
FROM running WHERE id < $2 ORDER BY id DESC LIMIT $3
"""
_NEWEST = 2**62


async def statement(
    tx: Tx, owner_id: UUID, limit: int, cursor: str | None = None
) -> Page[StatementLine]:
    """Every transfer of one owner, newest first, each with the balances after it."""
    (before,) = read_cursor(cursor, read_number) if cursor else (_NEWEST,)
    rows = await tx.rows(StatementLine, _STATEMENT, owner_id, before, limit + 1)
    return page_of(rows, limit, lambda line: (line.id,))
