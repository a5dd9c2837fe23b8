"""Releasing commission whose holding time has passed: some thousands of lines at a time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bofen.kit.db import Tx
from bofen.ledger import service as ledger
from bofen.ledger.rules import Account, Reason, Transfer


@dataclass(frozen=True)
class Place:
    """Where a run has got to in the order of (release time, id)."""

    release_at: datetime
    commission_id: UUID


@dataclass(frozen=True)
class Run:
    """One settlement: what is due until `until_at` counts for the day `period_on`."""

    period_on: date
    until_at: datetime
    lines_max: int


_IN_TURN = "SELECT pg_advisory_xact_lock(hashtextextended('settlement', 0))"
"""Two runs at once would number the parts of one affiliate's day alike."""

_RELEASE = """
WITH due AS MATERIALIZED (
  SELECT commission.id, commission.affiliate_id, commission.release_at,
    commission.amount_fen - commission.reversed_fen AS amount_fen
  FROM affiliates_commission commission
  WHERE commission.status = 'pending' AND commission.blocks = 0 AND commission.release_at <= $2
    AND ($4::timestamptz IS NULL OR (commission.release_at, commission.id) > ($4, $5::uuid))
    AND NOT EXISTS (
      SELECT FROM affiliates_affiliate affiliate
      WHERE affiliate.id = commission.affiliate_id AND affiliate.status = 'frozen')
  ORDER BY commission.release_at, commission.id LIMIT $3
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
SELECT made.id, made.affiliate_id, made.amount_fen, last.release_at AS last_at, last.id AS last_id
FROM made, LATERAL (SELECT release_at, id FROM due ORDER BY release_at DESC, id DESC LIMIT 1) last
"""


async def in_turn(tx: Tx) -> None:
    """Wait until nobody else releases commission; nobody does before this transaction ends."""
    await tx.fetch(_IN_TURN)


async def release(tx: Tx, run: Run, after: Place | None) -> Place | None:
    """Release the next lines of a run; None when nothing is left.

    Frozen affiliates and orders with an open after-sale wait. Each affiliate gets one settlement
    and one transfer for his share of these lines.
    """
    await in_turn(tx)
    rows = await tx.fetch(
        _RELEASE,
        run.period_on,
        run.until_at,
        run.lines_max,
        after.release_at if after else None,
        after.commission_id if after else None,
    )
    if not rows:
        return None
    await ledger.post(tx, [_transfer(row) for row in rows], run.until_at)
    return Place(rows[0]["last_at"], rows[0]["last_id"])


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
