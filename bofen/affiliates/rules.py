"""Who earned a sale, at what rate, what remains after refunds, and how long a buyer stays bound."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from bofen.kit.days import SHOP_ZONE
from bofen.settings.rules import Binding

LEVELS_MAX = 3
"""The cap of the law, also a CHECK of the database. Only level 1 is built."""


class AffiliateStatus(StrEnum):
    """How far an application came, and whether an affiliate may act."""

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
    """Whether staff may bring an affiliate from one status to the other."""
    return then in MAY_BECOME[now]


class CommissionStatus(StrEnum):
    """`reversed`: all of it went back before it was released."""

    pending = "pending"
    released = "released"
    reversed = "reversed"


class WithdrawalStatus(StrEnum):
    """`requested` waits for people, `approved` for the provider, `waiting_user` for the payee."""

    requested = "requested"
    approved = "approved"
    waiting_user = "waiting_user"
    paid = "paid"
    failed = "failed"
    refused = "refused"


_W = WithdrawalStatus
WITHDRAWAL_MAY_BECOME: Mapping[WithdrawalStatus, frozenset[WithdrawalStatus]] = {
    _W.requested: frozenset({_W.approved, _W.refused}),
    _W.approved: frozenset({_W.waiting_user, _W.paid, _W.failed}),
    _W.waiting_user: frozenset({_W.paid, _W.failed}),
    _W.paid: frozenset(),
    _W.failed: frozenset(),
    _W.refused: frozenset(),
}
SENT = frozenset({_W.approved, _W.waiting_user})
"""A provider may know of it: its word is asked for until it has ended."""
OPEN = SENT | {_W.requested}
"""Not ended: an affiliate has one of these at a time."""
APPROVALS_NEEDED = 2
"""Persons who agree to what is above the automatic limit, none of them the payee."""


class TargetKind(StrEnum):
    """What a share link may lead to."""

    product = "product"
    room = "room"
    shop = "shop"


class AttributionKind(StrEnum):
    """By what right somebody earns on an order; the first of them wins."""

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


class LossReason(StrEnum):
    """Why somebody who might have earned does not."""

    outranked = "outranked"
    self_purchase = "self_purchase"
    expired = "expired"
    never_opened = "never_opened"
    """The order names a share link that this buyer has not opened."""
    affiliate_pending = "affiliate_pending"
    affiliate_refused = "affiliate_refused"
    affiliate_frozen = "affiliate_frozen"
    affiliate_closed = "affiliate_closed"


@dataclass(frozen=True)
class Loser:
    """Somebody who might have earned, and why he does not."""

    kind: AttributionKind
    affiliate_id: UUID
    why: LossReason


@dataclass(frozen=True)
class Attribution:
    """Who earns on an order, and why the others do not."""

    affiliate_id: UUID | None
    kind: AttributionKind
    losers: list[Loser] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """As it is kept on the order: plain values, ids as text."""
        return {
            "affiliate_id": str(self.affiliate_id) if self.affiliate_id else None,
            "kind": self.kind.value,
            "losers": [
                {
                    "kind": loser.kind.value,
                    "affiliate_id": str(loser.affiliate_id),
                    "why": loser.why.value,
                }
                for loser in self.losers
            ],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What `to_json` wrote, whichever version wrote it."""
        winner = stored.get("affiliate_id")
        return cls(
            UUID(winner) if winner else None,
            AttributionKind(stored.get("kind", AttributionKind.none)),
            [
                Loser(
                    AttributionKind(loser["kind"]),
                    UUID(loser["affiliate_id"]),
                    LossReason(loser["why"]),
                )
                for loser in stored.get("losers", ())
            ],
        )


_ORDER = (AttributionKind.share, AttributionKind.host, AttributionKind.binding)


def attribute(
    buyer_id: UUID, candidates: Sequence[Candidate], binding: Binding, at: datetime
) -> Attribution:
    """The first valid candidate earns: explicit share, then host of the room, then binding."""
    winner: Candidate | None = None
    losers: list[Loser] = []
    for candidate in sorted(candidates, key=lambda found: _ORDER.index(found.kind)):
        why = _why_not(candidate, buyer_id, binding, at)
        if why is None and winner is None:
            winner = candidate
        else:
            losers.append(
                Loser(candidate.kind, candidate.affiliate_id, why or LossReason.outranked)
            )
    if winner is None:
        return Attribution(None, AttributionKind.none, losers)
    return Attribution(winner.affiliate_id, winner.kind, losers)


def _why_not(
    candidate: Candidate, buyer_id: UUID, binding: Binding, at: datetime
) -> LossReason | None:
    if candidate.person_id == buyer_id:
        return LossReason.self_purchase
    if candidate.status != AffiliateStatus.approved:
        return LossReason(f"affiliate_{candidate.status.value}")
    if candidate.expires_at and candidate.expires_at <= at:
        return LossReason.expired
    if candidate.kind == AttributionKind.share:
        if candidate.since_at is None:
            return LossReason.never_opened
        if at - candidate.since_at > timedelta(days=binding.share_days):
            return LossReason.expired
    return None


SETTLED_FROM = time(2)
"""Of each day of the shop's calendar."""


def last_settlement_at(at: datetime) -> datetime:
    """The last two o'clock in the morning in Shanghai, at `at` or before; in `at`'s own zone."""
    local = at.astimezone(SHOP_ZONE)
    today = datetime.combine(local.date(), SETTLED_FROM, SHOP_ZONE)
    return (today if today <= local else today - timedelta(days=1)).astimezone(at.tzinfo)


def available_at(release_at: datetime) -> datetime:
    """When commission that is due from `release_at` on is released: the next settlement."""
    last = last_settlement_at(release_at)
    return last if last == release_at else last + timedelta(days=1)


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
