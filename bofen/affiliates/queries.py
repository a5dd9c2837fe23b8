"""Reading affiliates: who somebody is, and how he stands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.affiliates import plan, rates
from bofen.affiliates.plan import Sold
from bofen.affiliates.rates import DEFAULT_TIER
from bofen.affiliates.rules import AffiliateStatus
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.money import BasisPoints, Fen
from bofen.kit.paging import Page, page_of, read_cursor, read_id, read_time


@dataclass(frozen=True)
class AffiliateRow:
    """An affiliate without anything sealed."""

    id: UUID
    person_id: UUID
    status: AffiliateStatus
    tier: str
    tier_name: str
    rate_bp: BasisPoints | None
    """His own rate, where he has one."""
    real_name_masked: str
    introduction: str
    agreement_version: str
    agreed_at: datetime
    applied_at: datetime
    decided_at: datetime | None
    decision_reason: str | None


_AFFILIATES = f"""
SELECT affiliate.id, person_id, status, tier.code AS tier, tier.name AS tier_name,
  standing.rate_bp, real_name_masked, introduction, agreement_version, agreed_at, applied_at,
  decided_at, decision_reason
FROM affiliates_affiliate affiliate
LEFT JOIN LATERAL (
  SELECT tier, rate_bp FROM affiliates_standing WHERE affiliate_id = affiliate.id
  ORDER BY id DESC LIMIT 1) AS standing ON true
JOIN affiliates_tier tier ON tier.code = coalesce(standing.tier, '{DEFAULT_TIER}')
"""  # noqa: S608


async def of_person(tx: Tx, person_id: UUID) -> AffiliateRow | None:
    """The affiliate that this person is, or asked to be."""
    rows = await tx.rows(AffiliateRow, _AFFILIATES + " WHERE person_id = $1", person_id)
    return rows[0] if rows else None


async def affiliate(tx: Tx, affiliate_id: UUID) -> AffiliateRow:
    """The affiliate; raises `NotFound`."""
    rows = await tx.rows(AffiliateRow, _AFFILIATES + " WHERE affiliate.id = $1", affiliate_id)
    if not rows:
        raise NotFound("affiliate")
    return rows[0]


async def listed(
    tx: Tx, status: AffiliateStatus | None, limit: int, cursor: str | None
) -> Page[AffiliateRow]:
    """Newest applications first."""
    before_at, before_id = read_cursor(cursor, read_time, read_id) if cursor else (None, None)
    rows = await tx.rows(
        AffiliateRow,
        _AFFILIATES + " WHERE ($1::text IS NULL OR status = $1) AND ($2::timestamptz IS NULL"
        "  OR (applied_at, affiliate.id) < ($2::timestamptz, $3::uuid))"
        " ORDER BY applied_at DESC, affiliate.id DESC LIMIT $4",
        status.value if status else None,
        before_at,
        before_id,
        limit + 1,
    )
    return page_of(rows, limit, lambda row: (row.applied_at, row.id))


async def usual_rate_bp(tx: Tx, affiliate_id: UUID, at: datetime) -> BasisPoints:
    """What the affiliate earns at `at` on a product that has no rate of its own."""
    found = await plan.offers(tx, [Sold(affiliate_id, None, None, at)])
    return rates.rate_of(found[0], Fen(0), None).rate_bp


@dataclass(frozen=True)
class Payee:
    """Who is paid, as staff may know it."""

    id: UUID
    person_id: UUID
    real_name_masked: str


async def payees(tx: Tx, affiliate_ids: Collection[UUID]) -> dict[UUID, Payee]:
    """Who each affiliate is, real names as `张**`."""
    rows = await tx.rows(
        Payee,
        "SELECT id, person_id, real_name_masked FROM affiliates_affiliate"
        " WHERE id = ANY($1::uuid[])",
        list(affiliate_ids),
    )
    return {row.id: row for row in rows}
