"""Who earned a sale, at what rate, what remains after refunds, and how long a buyer stays bound."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from bofen.kit.money import WHOLE, BasisPoints, Fen, share
from bofen.settings.rules import Binding

LEVELS_MAX = 3
"""The cap of the law, also a CHECK of the database. Only level 1 is built."""
CAP_BP_MAX = BasisPoints(5_000)
"""No line pays more than half of its base, whatever a plan says; also a promise of `verify`."""
PLAN_RATES_MAX = 4_000
PLAN_AHEAD_MAX = timedelta(days=366)
"""How far ahead a plan may be written."""


class AffiliateStatus(StrEnum):
    pending = "pending"
    approved = "approved"
    refused = "refused"
    frozen = "frozen"
    closed = "closed"


MAY_BECOME: Mapping[AffiliateStatus, frozenset[AffiliateStatus]] = {
    AffiliateStatus.pending: frozenset({AffiliateStatus.approved, AffiliateStatus.refused}),
    AffiliateStatus.refused: frozenset({AffiliateStatus.pending}),
    AffiliateStatus.approved: frozenset({AffiliateStatus.frozen, AffiliateStatus.closed}),
    AffiliateStatus.frozen: frozenset({AffiliateStatus.approved, AffiliateStatus.closed}),
    AffiliateStatus.closed: frozenset(),
}


def may_become(now: AffiliateStatus, then: AffiliateStatus) -> bool:
    return then in MAY_BECOME[now]


class TargetKind(StrEnum):
    """What a share link may lead to."""

    product = "product"
    room = "room"
    shop = "shop"


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


class AttributionKind(StrEnum):
    share = "share"
    host = "host"
    binding = "binding"
    none = "none"


@dataclass(frozen=True)
class Candidate:
    """Somebody who might have earned the sale, as it was found."""

    kind: AttributionKind
    affiliate_id: UUID
    person_id: UUID
    status: AffiliateStatus
    since_at: datetime | None = None
    """When a share was last opened, or a buyer was bound."""
    expires_at: datetime | None = None


@dataclass(frozen=True)
class Loser:
    kind: AttributionKind
    affiliate_id: UUID
    why: str


@dataclass(frozen=True)
class Attribution:
    """Who earns on an order, and why the others do not."""

    affiliate_id: UUID | None
    kind: AttributionKind
    losers: list[Loser] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        return {
            "affiliate_id": str(self.affiliate_id) if self.affiliate_id else None,
            "kind": self.kind.value,
            "losers": [
                {"kind": one.kind.value, "affiliate_id": str(one.affiliate_id), "why": one.why}
                for one in self.losers
            ],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        winner = stored.get("affiliate_id")
        return cls(
            UUID(winner) if winner else None,
            AttributionKind(stored.get("kind", AttributionKind.none)),
            [
                Loser(AttributionKind(one["kind"]), UUID(one["affiliate_id"]), one["why"])
                for one in stored.get("losers", ())
            ],
        )


_ORDER = (AttributionKind.share, AttributionKind.host, AttributionKind.binding)


def attribute(
    buyer_id: UUID, candidates: Sequence[Candidate], binding: Binding, at: datetime
) -> Attribution:
    """The first valid candidate earns: explicit share, then host of the room, then binding."""
    winner: Candidate | None = None
    losers: list[Loser] = []
    for candidate in sorted(candidates, key=lambda one: _ORDER.index(one.kind)):
        why = _why_not(candidate, buyer_id, binding, at)
        if why is None and winner is None:
            winner = candidate
        else:
            losers.append(Loser(candidate.kind, candidate.affiliate_id, why or "outranked"))
    if winner is None:
        return Attribution(None, AttributionKind.none, losers)
    return Attribution(winner.affiliate_id, winner.kind, losers)


def _why_not(candidate: Candidate, buyer_id: UUID, binding: Binding, at: datetime) -> str | None:
    if candidate.person_id == buyer_id:
        return "self_purchase"
    if candidate.status != AffiliateStatus.approved:
        return f"affiliate_{candidate.status.value}"
    if candidate.expires_at and candidate.expires_at <= at:
        return "expired"
    is_share = candidate.kind == AttributionKind.share
    if is_share and candidate.since_at:
        return "expired" if at - candidate.since_at > timedelta(days=binding.share_days) else None
    return None


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


class Touch(StrEnum):
    """What became of a click on a share link by a signed-in person."""

    bound = "bound"
    renewed = "renewed"
    protected = "protected"
    self_click = "self_click"
    not_active = "not_active"


@dataclass(frozen=True)
class Bound:
    """The binding that stands when a click arrives."""

    affiliate_id: UUID
    bound_at: datetime
    expires_at: datetime


def touch(
    binding: Binding, buyer_id: UUID, clicked: Candidate, current: Bound | None, at: datetime
) -> Touch:
    """The last valid click wins, but not within the protection of a binding with another."""
    if clicked.person_id == buyer_id:
        return Touch.self_click
    if clicked.status != AffiliateStatus.approved:
        return Touch.not_active
    if current is None or current.expires_at <= at:
        return Touch.bound
    if current.affiliate_id == clicked.affiliate_id:
        return Touch.renewed
    is_protected = at < current.bound_at + timedelta(days=binding.protection_days)
    return Touch.protected if is_protected else Touch.bound
