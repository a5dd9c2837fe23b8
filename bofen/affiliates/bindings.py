"""Whom a buyer is bound to: the last valid click on a share link wins, every click is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bofen.affiliates import rules
from bofen.affiliates.rules import AffiliateStatus, AttributionKind, Bound, Candidate, Touch
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.settings.rules import Binding


@dataclass(frozen=True)
class Click:
    """A signed-in person opened a share link."""

    buyer_id: UUID
    share_token: str
    at: datetime


_LINK = """
SELECT link.affiliate_id, affiliate.person_id, affiliate.status,
  binding.affiliate_id AS bound_to, binding.bound_at, binding.expires_at
FROM affiliates_link link
JOIN affiliates_affiliate affiliate ON affiliate.id = link.affiliate_id
LEFT JOIN affiliates_binding binding ON binding.buyer_id = $2 AND binding.ended_at IS NULL
WHERE link.token = $1
"""


async def bind(tx: Tx, click: Click, binding: Binding) -> Touch:
    """What became of a click. Raises `NotFound` for a token that no link has.

    Clicks of one buyer are taken in turn, so that two at once leave one binding.
    """
    await tx.queue_up(f"binding {click.buyer_id}")
    rows = await tx.fetch(_LINK, click.share_token, click.buyer_id)
    if not rows:
        raise NotFound("share link")
    row = rows[0]
    clicked = Candidate(
        AttributionKind.share,
        row["affiliate_id"],
        row["person_id"],
        AffiliateStatus(row["status"]),
    )
    current = (
        Bound(row["bound_to"], row["bound_at"], row["expires_at"]) if row["bound_to"] else None
    )
    outcome = rules.touch(binding, click.buyer_id, clicked, current, click.at)
    await tx.fetch(
        "INSERT INTO affiliates_click (buyer_id, token, affiliate_id, outcome, at)"
        " VALUES ($1, $2, $3, $4, $5)",
        click.buyer_id,
        click.share_token,
        clicked.affiliate_id,
        outcome.value,
        click.at,
    )
    if outcome in {Touch.bound, Touch.renewed}:
        await _rebind(tx, click, clicked.affiliate_id, outcome, binding)
    return outcome


async def join(tx: Tx, former_id: UUID, person_id: UUID, at: datetime) -> None:
    """Two accounts were one person's: his clicks are his, and the younger binding holds."""
    await tx.queue_up(f"binding {former_id}", f"binding {person_id}")
    await tx.fetch(
        "UPDATE affiliates_binding SET ended_at = $3, ended_reason = 'replaced' WHERE id IN ("
        "  SELECT id FROM affiliates_binding WHERE buyer_id IN ($1, $2) AND ended_at IS NULL"
        "  ORDER BY bound_at DESC, id DESC OFFSET 1)",
        former_id,
        person_id,
        at,
    )
    for table in ("affiliates_binding", "affiliates_click"):
        await tx.fetch(
            f"UPDATE {table} SET buyer_id = $2 WHERE buyer_id = $1",  # noqa: S608
            former_id,
            person_id,
        )


async def _rebind(
    tx: Tx, click: Click, affiliate_id: UUID, outcome: Touch, binding: Binding
) -> None:
    await tx.fetch(
        "UPDATE affiliates_binding SET ended_at = $2, ended_reason = CASE"
        "  WHEN expires_at <= $2 THEN 'expired' WHEN affiliate_id = $3 THEN 'renewed'"
        "  ELSE 'replaced' END"
        " WHERE buyer_id = $1 AND ended_at IS NULL",
        click.buyer_id,
        click.at,
        affiliate_id,
    )
    await tx.fetch(
        "INSERT INTO affiliates_binding (buyer_id, affiliate_id, bound_at, expires_at, reason)"
        " VALUES ($1, $2, $3, $4, $5)",
        click.buyer_id,
        affiliate_id,
        click.at,
        click.at + timedelta(days=binding.binding_days),
        outcome.value,
    )
