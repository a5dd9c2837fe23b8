"""Releasing commission whose holding time has passed: some affiliates at a time, each at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bofen.kit.db import Tx
from bofen.ledger import service as ledger
from bofen.ledger.rules import Account, Reason, Transfer


@dataclass(frozen=True)
class Run:
    """One settlement: what is due until `until_at` counts for the day `period_on`."""

    period_on: date
    until_at: datetime


"""Two runs at once would number the parts of one affiliate's day alike."""

_IS_DUE = "status = 'pending' AND blocks = 0 AND release_at"
_DUE = f"""
SELECT affiliate_id, count(*) AS lines FROM affiliates_commission commission
WHERE {_IS_DUE} <= $1 AND NOT EXISTS (
  SELECT FROM affiliates_affiliate affiliate
  WHERE affiliate.id = commission.affiliate_id AND affiliate.status = 'frozen')
GROUP BY affiliate_id ORDER BY affiliate_id
"""  # noqa: S608


async def due(tx: Tx, run: Run, lines_max: int) -> list[list[UUID]]:
    """The affiliates who have something coming, in groups of about `lines_max` lines together.

    Nobody's lines are divided: each gets one settlement and one transfer, however many there are.
    """
    groups: list[list[UUID]] = []
    left = 0
    for row in await tx.fetch(_DUE, run.until_at):
        if not groups or row["lines"] > left:
            groups.append([])
            left = lines_max
        groups[-1].append(row["affiliate_id"])
        left -= row["lines"]
    return groups


_RELEASE = f"""
WITH due AS MATERIALIZED (
  SELECT commission.id, commission.affiliate_id,
    commission.amount_fen - commission.reversed_fen AS amount_fen
  FROM affiliates_commission commission
  WHERE {_IS_DUE} <= $2 AND commission.affiliate_id = ANY($3::uuid[])
    AND NOT EXISTS (
      SELECT FROM affiliates_affiliate affiliate
      WHERE affiliate.id = commission.affiliate_id AND affiliate.status = 'frozen')
  ORDER BY commission.id
  FOR UPDATE OF commission SKIP LOCKED
), made AS (
  INSERT INTO affiliates_settlement (id, affiliate_id, period_on, part, lines, amount_fen, at)
  SELECT gen_random_uuid(), affiliate_id, $1, 1 + coalesce((
      SELECT max(earlier.part) FROM affiliates_settlement earlier
      WHERE earlier.affiliate_id = due.affiliate_id AND earlier.period_on = $1), 0),
    count(*), sum(amount_fen), $2
  FROM due GROUP BY affiliate_id
  RETURNING id, affiliate_id, amount_fen
), released AS (
  UPDATE affiliates_commission commission SET status = 'released', settlement_id = made.id
  FROM due JOIN made USING (affiliate_id) WHERE commission.id = due.id
)
SELECT id, affiliate_id, amount_fen FROM made
"""  # noqa: S608


async def in_turn(tx: Tx) -> None:
    """Wait until nobody else releases commission; nobody does before this transaction ends."""
    await tx.queue_up("settlement")


async def release(tx: Tx, run: Run, affiliate_ids: Sequence[UUID]) -> None:
    """Release all that is due to these affiliates: a settlement and a transfer for each.

    Those who were frozen meanwhile and orders with an open after-sale wait; a line that somebody
    else holds is left for the next run.
    """
    await in_turn(tx)
    rows = await tx.fetch(_RELEASE, run.period_on, run.until_at, list(affiliate_ids))
    await ledger.post(tx, [_transfer(row) for row in rows], run.until_at)


def _transfer(row: dict[str, Any]) -> Transfer:
    return Transfer(
        Reason.released,
        str(row["id"]),
        row["id"],
        row["affiliate_id"],
        Account.commission_pending,
        Account.commission_payable,
        row["amount_fen"],
    )
