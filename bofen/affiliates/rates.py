"""The commission plan in figures: which rate applies to a line, and what it earns at that rate."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bofen.kit.money import WHOLE, BasisPoints, Fen, share

CAP_BP_MAX = BasisPoints(5_000)
"""No line pays more than half of its base, whatever a plan says; also a promise of `verify`."""
PLAN_RATES_MAX = 4_000
PLAN_AHEAD_MAX = timedelta(days=366)
"""How far ahead a plan may be written."""
DEFAULT_TIER = "normal"
"""The tier of an affiliate whom nobody has promoted yet; a migration writes its row."""


class RateKind(StrEnum):
    """What a rate of the commission plan is for."""

    tier = "tier"
    category = "category"
    product = "product"


class RateSource(StrEnum):
    """Which rate applied to a line, the most particular first."""

    product = "product"
    category = "category"
    affiliate = "affiliate"
    tier = "tier"
    shop = "shop"


class RateLimit(StrEnum):
    """What kept a commission below its rate."""

    cap = "cap"
    margin = "margin"


@dataclass(frozen=True)
class PlanRate:
    """One rate of a plan; `subject_id` is a tier's code, or a category's or product's id."""

    kind: RateKind
    subject_id: str
    rate_bp: BasisPoints


@dataclass(frozen=True)
class PlanDraft:
    """A commission plan as somebody wants it. There is no field for head-count."""

    shop_bp: BasisPoints
    cap_bp: BasisPoints
    rates: tuple[PlanRate, ...] = ()


def plan_fault(draft: PlanDraft, tiers: Collection[str]) -> str | None:
    """The part of a plan that cannot be, or None; `tiers` are the codes that exist."""
    if draft.cap_bp > CAP_BP_MAX:
        return "cap_bp"
    if draft.shop_bp > CAP_BP_MAX:
        return "shop_bp"
    if len(draft.rates) > PLAN_RATES_MAX:
        return "rates"
    seen: set[tuple[RateKind, str]] = set()
    for rate in draft.rates:
        is_known = rate.subject_id in tiers if rate.kind == RateKind.tier else True
        if not is_known or rate.rate_bp > CAP_BP_MAX or (rate.kind, rate.subject_id) in seen:
            return f"rates.{rate.kind.value}.{rate.subject_id}"
        seen.add((rate.kind, rate.subject_id))
    return None


class PlanStage(StrEnum):
    """Where a version of the plan stands in time."""

    coming = "coming"
    in_force = "in_force"
    past = "past"
    """It was in force once, or a later version came before its time did."""


def plan_stages(versions: Sequence[tuple[int, datetime]], at: datetime) -> Mapping[int, PlanStage]:
    """The stage of each (version, from_at), given newest first and without a gap."""
    stages: dict[int, PlanStage] = {}
    replaced_at: datetime | None = None
    for number, from_at in versions:
        is_replaced = replaced_at is not None and replaced_at <= max(from_at, at)
        if is_replaced:
            stages[number] = PlanStage.past
        else:
            stages[number] = PlanStage.coming if from_at > at else PlanStage.in_force
        replaced_at = min(from_at, replaced_at) if replaced_at else from_at
    return stages


@dataclass(frozen=True)
class Offers:
    """The rates that might apply to a line, each as it was when the line was paid."""

    plan_version: int
    shop_bp: BasisPoints
    cap_bp: BasisPoints
    tier: str
    tier_bp: BasisPoints | None = None
    affiliate_bp: BasisPoints | None = None
    category_bp: BasisPoints | None = None
    product_bp: BasisPoints | None = None


@dataclass(frozen=True)
class Rate:
    """The one rate that applies to a line, where it came from, and what limited it."""

    rate_bp: BasisPoints
    source: RateSource
    asked_bp: BasisPoints
    limited_by: RateLimit | None = None


def rate_of(offers: Offers, base_fen: Fen, cost_fen: Fen | None) -> Rate:
    """Product before category before the affiliate's own rate before tier before the shop's.

    Never above the plan's cap, nor above the margin where the cost of the whole line is known.
    """
    asked = (
        (RateSource.product, offers.product_bp),
        (RateSource.category, offers.category_bp),
        (RateSource.affiliate, offers.affiliate_bp),
        (RateSource.tier, offers.tier_bp),
    )
    source, asked_bp = next(
        ((source, rate_bp) for source, rate_bp in asked if rate_bp is not None),
        (RateSource.shop, offers.shop_bp),
    )
    limits: list[tuple[BasisPoints, RateLimit | None]] = [
        (asked_bp, None),
        (offers.cap_bp, RateLimit.cap),
    ]
    if cost_fen is not None and base_fen > 0:
        margin_bp = BasisPoints(max(0, base_fen - cost_fen) * WHOLE // base_fen)
        limits.append((margin_bp, RateLimit.margin))
    rate_bp, limited_by = min(limits, key=lambda limit: limit[0])
    return Rate(rate_bp, source, asked_bp, limited_by)


def target_fen(rate_bp: BasisPoints, base_fen: Fen, refunded_base_fen: Fen) -> Fen:
    """What the line earns once so much of it was refunded: computed anew, never multiplied on."""
    return share(Fen(max(0, base_fen - refunded_base_fen)), rate_bp)
