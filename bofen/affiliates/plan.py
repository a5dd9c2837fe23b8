"""The commission plan and the tiers: which rates apply to what was sold, and who writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.affiliates.errors import PlanChanged, PlanRefused, TierInUse, TierNameTaken
from bofen.affiliates.rates import DEFAULT_TIER, PLAN_AHEAD_MAX, Offers, PlanDraft, plan_fault
from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.kit.db import ConstraintViolated, Tx
from bofen.kit.errors import NotFound
from bofen.kit.money import BasisPoints


@dataclass(frozen=True)
class Sold:
    """What was sold through whom, and when it was paid: all that a rate depends on."""

    affiliate_id: UUID
    product_id: UUID | None
    category_id: UUID | None
    paid_at: datetime


_OFFERS = """
SELECT plan.version AS plan_version, plan.shop_bp, plan.cap_bp,
  coalesce(standing.tier, $5) AS tier, tier.rate_bp AS tier_bp, standing.rate_bp AS affiliate_bp,
  category.rate_bp AS category_bp, product.rate_bp AS product_bp
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[]) WITH ORDINALITY
  AS sold(affiliate_id, product_id, category_id, paid_at, no)
CROSS JOIN LATERAL (
  SELECT version, shop_bp, cap_bp FROM affiliates_plan WHERE from_at <= sold.paid_at
  ORDER BY version DESC LIMIT 1) AS plan
LEFT JOIN LATERAL (
  SELECT tier, rate_bp FROM affiliates_standing
  WHERE affiliate_id = sold.affiliate_id AND from_at <= sold.paid_at
  ORDER BY id DESC LIMIT 1) AS standing ON true
LEFT JOIN affiliates_plan_rate tier ON tier.version = plan.version
  AND tier.kind = 'tier' AND tier.subject_id = coalesce(standing.tier, $5)
LEFT JOIN affiliates_plan_rate category ON category.version = plan.version
  AND category.kind = 'category' AND category.subject_id = sold.category_id::text
LEFT JOIN affiliates_plan_rate product ON product.version = plan.version
  AND product.kind = 'product' AND product.subject_id = sold.product_id::text
ORDER BY sold.no
"""


async def offers(tx: Tx, sold: Sequence[Sold]) -> list[Offers]:
    """The rates that might apply to each line, in the order asked.

    One statement, and only the rates these lines need, however many a plan has.
    """
    return await tx.rows(
        Offers,
        _OFFERS,
        [one.affiliate_id for one in sold],
        [one.product_id for one in sold],
        [one.category_id for one in sold],
        [one.paid_at for one in sold],
        DEFAULT_TIER,
    )


@dataclass(frozen=True)
class PlanVersion:
    """One version of the plan without its rates; `rates` is how many it has."""

    version: int
    from_at: datetime
    shop_bp: BasisPoints
    cap_bp: BasisPoints
    made_at: datetime
    made_by: UUID | None
    rates: int


_VERSIONS = """
SELECT version, from_at, shop_bp, cap_bp, made_at, made_by, (
  SELECT count(*) FROM affiliates_plan_rate rate WHERE rate.version = plan.version) AS rates
FROM affiliates_plan plan
"""


async def versions(tx: Tx, limit: int) -> list[PlanVersion]:
    """The newest versions, newest first; there is always one."""
    return await tx.rows(PlanVersion, _VERSIONS + " ORDER BY version DESC LIMIT $1", limit)


async def version(tx: Tx, number: int) -> PlanVersion:
    """One version; raises `NotFound`."""
    found = await tx.rows(PlanVersion, _VERSIONS + " WHERE version = $1", number)
    if not found:
        raise NotFound("plan")
    return found[0]


async def in_force(tx: Tx, at: datetime) -> PlanVersion:
    """The version written last among those whose time has come."""
    found = await tx.rows(
        PlanVersion, _VERSIONS + " WHERE from_at <= $1 ORDER BY version DESC LIMIT 1", at
    )
    return found[0]


@dataclass(frozen=True)
class PlanChange:
    """The plan that shall hold `from_at` on. `version` is the one that the writer has read."""

    draft: PlanDraft
    version: int
    from_at: datetime


async def write(tx: Tx, change: PlanChange, by: StaffMember, at: datetime) -> int:
    """The next version of the plan; its number. What was promised before keeps its own version.

    Raises `PlanRefused` for a plan that breaks a limit or begins in the past, `PlanChanged` when
    somebody else was quicker: nobody overwrites what he has not seen.
    """
    draft = change.draft
    fault = plan_fault(draft, {tier.code for tier in await tiers(tx)})
    if not at <= change.from_at <= at + PLAN_AHEAD_MAX:
        fault = "from_at"
    if fault:
        raise PlanRefused(fault)
    made = await tx.fetch(
        "INSERT INTO affiliates_plan (version, from_at, shop_bp, cap_bp, made_at, made_by)"
        " SELECT $1 + 1, $2, $3, $4, $5, $6"
        " WHERE $1 = (SELECT max(version) FROM affiliates_plan)"
        " ON CONFLICT DO NOTHING RETURNING version",
        change.version,
        change.from_at,
        draft.shop_bp,
        draft.cap_bp,
        at,
        by.id,
    )
    if not made:
        raise PlanChanged(change.version)
    number = change.version + 1
    await tx.fetch(
        "INSERT INTO affiliates_plan_rate (version, kind, subject_id, rate_bp)"
        " SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bigint[])",
        number,
        [rate.kind.value for rate in draft.rates],
        [rate.subject_id for rate in draft.rates],
        [rate.rate_bp for rate in draft.rates],
    )
    await audit.record(tx, by, Deed.plan_changed, "plan", at, version=number)
    return number


@dataclass(frozen=True)
class Tier:
    """A step of the affiliates' ladder, lowest `position` first."""

    code: str
    name: str
    position: int


async def tiers(tx: Tx) -> list[Tier]:
    """Every tier, lowest first."""
    return await tx.rows(
        Tier, "SELECT code, name, position FROM affiliates_tier ORDER BY position, code"
    )


async def write_tier(tx: Tx, tier: Tier, by: StaffMember, at: datetime) -> None:
    """Add a tier, or give one another name or place. Raises `TierNameTaken`."""
    try:
        await tx.fetch(
            "INSERT INTO affiliates_tier (code, name, position) VALUES ($1, $2, $3)"
            " ON CONFLICT (code) DO UPDATE SET name = excluded.name, position = excluded.position",
            tier.code,
            tier.name,
            tier.position,
        )
    except ConstraintViolated as error:
        raise TierNameTaken(tier.name) from error
    await audit.record(tx, by, Deed.tier_written, f"tier:{tier.code}", at, name=tier.name)


async def remove_tier(tx: Tx, code: str, by: StaffMember, at: datetime) -> None:
    """Raises `TierInUse` once an affiliate has ever stood on it, and for the first tier of all."""
    held = await tx.fetch("SELECT 1 FROM affiliates_standing WHERE tier = $1 LIMIT 1", code)
    if held or code == DEFAULT_TIER:
        raise TierInUse(code)
    try:
        removed = await tx.fetch("DELETE FROM affiliates_tier WHERE code = $1 RETURNING code", code)
    except ConstraintViolated as error:
        raise TierInUse(code) from error
    if not removed:
        raise NotFound("tier")
    await audit.record(tx, by, Deed.tier_removed, f"tier:{code}", at)
