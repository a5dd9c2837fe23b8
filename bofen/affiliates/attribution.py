"""Who earns on an order that is being placed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.affiliates import rules
from bofen.affiliates.rules import AffiliateStatus, Attribution, AttributionKind, Candidate
from bofen.kit.db import Tx
from bofen.settings.rules import Binding


@dataclass(frozen=True)
class AttributionAsked:
    """An order that is being placed. `key` is the caller's own name for it."""

    key: UUID
    buyer_id: UUID
    share_token: str | None
    host_affiliate_id: UUID | None
    at: datetime


_CANDIDATES = """
SELECT asked.key, claim.kind, claim.affiliate_id, claim.since_at, claim.expires_at,
  affiliate.person_id, affiliate.status
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[])
  AS asked(key, buyer_id, share_token, host_affiliate_id),
LATERAL (
  SELECT 'share' AS kind, link.affiliate_id, NULL::timestamptz AS expires_at, (
      SELECT max(click.at) FROM affiliates_click click
      WHERE click.buyer_id = asked.buyer_id AND click.token = link.token
    ) AS since_at
  FROM affiliates_link link WHERE link.token = asked.share_token
  UNION ALL
  SELECT 'host', asked.host_affiliate_id, NULL, NULL WHERE asked.host_affiliate_id IS NOT NULL
  UNION ALL
  SELECT 'binding', binding.affiliate_id, binding.expires_at, binding.bound_at
  FROM affiliates_binding binding
  WHERE binding.buyer_id = asked.buyer_id AND binding.ended_at IS NULL
) AS claim
JOIN affiliates_affiliate affiliate ON affiliate.id = claim.affiliate_id
"""


async def attribute(
    tx: Tx, asked: Sequence[AttributionAsked], binding: Binding
) -> dict[UUID, Attribution]:
    """Who earns on each order, by key. One statement, however many orders."""
    rows = await tx.fetch(
        _CANDIDATES,
        [order.key for order in asked],
        [order.buyer_id for order in asked],
        [order.share_token for order in asked],
        [order.host_affiliate_id for order in asked],
    )
    found: dict[UUID, list[Candidate]] = {order.key: [] for order in asked}
    for row in rows:
        found[row["key"]].append(
            Candidate(
                AttributionKind(row["kind"]),
                row["affiliate_id"],
                row["person_id"],
                AffiliateStatus(row["status"]),
                row["since_at"],
                row["expires_at"],
            )
        )
    return {
        order.key: rules.attribute(order.buyer_id, found[order.key], binding, order.at)
        for order in asked
    }
