"""Who earned a sale, at what rate, what remains after refunds, and how long a buyer stays bound."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from bofen.kit.money import WHOLE, BasisPoints, Fen, share

LEVELS_MAX = 3
"""The cap of the law, also a CHECK of the database. Only level 1 is built."""
PRODUCT_RATES_MAX = 2_000

_SHOP_BP = BasisPoints(1_000)
_CAP_BP = BasisPoints(5_000)
_WITHDRAWAL_MIN_FEN = Fen(10_00)
_AUTOMATIC_MAX_FEN = Fen(2_000_00)


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


class Tier(StrEnum):
    standard = "standard"
    gold = "gold"
    diamond = "diamond"


@dataclass(frozen=True)
class Terms:
    """One version of the merchant's commission plan. There is no field for head-count."""

    version: int = 0
    shop_bp: BasisPoints = _SHOP_BP
    tiers_bp: Mapping[str, BasisPoints] = field(default_factory=dict)
    categories_bp: Mapping[str, BasisPoints] = field(default_factory=dict)
    products_bp: Mapping[str, BasisPoints] = field(default_factory=dict)
    cap_bp: BasisPoints = _CAP_BP
    holding_days: int = 7
    binding_days: int = 30
    protection_days: int = 7
    share_days: int = 7
    withdrawal_min_fen: Fen = _WITHDRAWAL_MIN_FEN
    automatic_max_fen: Fen = _AUTOMATIC_MAX_FEN

    def to_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name != "version"}

    @classmethod
    def from_json(cls, version: int, terms: Mapping[str, Any]) -> Self:
        return cls(version=version, **terms)


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
    buyer_id: UUID, candidates: Sequence[Candidate], terms: Terms, at: datetime
) -> Attribution:
    """The first valid candidate earns: explicit share, then host of the room, then binding."""
    winner: Candidate | None = None
    losers: list[Loser] = []
    for candidate in sorted(candidates, key=lambda one: _ORDER.index(one.kind)):
        why = _why_not(candidate, buyer_id, terms, at)
        if why is None and winner is None:
            winner = candidate
        else:
            losers.append(Loser(candidate.kind, candidate.affiliate_id, why or "outranked"))
    if winner is None:
        return Attribution(None, AttributionKind.none, losers)
    return Attribution(winner.affiliate_id, winner.kind, losers)


def _why_not(candidate: Candidate, buyer_id: UUID, terms: Terms, at: datetime) -> str | None:
    if candidate.person_id == buyer_id:
        return "self_purchase"
    if candidate.status != AffiliateStatus.approved:
        return f"affiliate_{candidate.status.value}"
    if candidate.expires_at and candidate.expires_at <= at:
        return "expired"
    is_share = candidate.kind == AttributionKind.share
    if is_share and candidate.since_at:
        return "expired" if at - candidate.since_at > timedelta(days=terms.share_days) else None
    return None


@dataclass(frozen=True)
class Rate:
    """The one rate that applies to a line, where it came from, and what limited it."""

    rate_bp: BasisPoints
    source: str
    asked_bp: BasisPoints
    limited_by: str | None = None


@dataclass(frozen=True)
class Earner:
    """What of an affiliate decides a rate."""

    tier: str
    rate_bp: BasisPoints | None = None


def rate_of(
    terms: Terms, product_id: UUID, category_id: UUID | None, earner: Earner
) -> tuple[str, BasisPoints]:
    """Product before category before the affiliate's own rate before tier before the shop's."""
    offers = (
        ("product", terms.products_bp.get(str(product_id))),
        ("category", terms.categories_bp.get(str(category_id))),
        ("affiliate", earner.rate_bp),
        ("tier", terms.tiers_bp.get(earner.tier)),
    )
    return next(
        ((source, rate_bp) for source, rate_bp in offers if rate_bp is not None),
        ("shop", terms.shop_bp),
    )


def limited_rate(
    terms: Terms, source: str, asked_bp: BasisPoints, base_fen: Fen, cost_fen: Fen | None
) -> Rate:
    """`asked_bp`, but never above the cap, nor above the margin where the cost is known."""
    limits = [(asked_bp, None), (terms.cap_bp, "cap")]
    if cost_fen is not None and base_fen > 0:
        margin_bp = BasisPoints(max(0, base_fen - cost_fen) * WHOLE // base_fen)
        limits.append((margin_bp, "margin"))
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
    terms: Terms, buyer_id: UUID, clicked: Candidate, current: Bound | None, at: datetime
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
    is_protected = at < current.bound_at + timedelta(days=terms.protection_days)
    return Touch.protected if is_protected else Touch.bound
