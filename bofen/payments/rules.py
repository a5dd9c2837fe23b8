"""What a payment attempt and a refund may become, and when a refund may be sent. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

REFUND_SPACING = timedelta(seconds=61)
"""WeChat Pay wants a minute between two refunds of one payment (protocols 3.4)."""


class AttemptStatus(StrEnum):
    """`closed`: the provider takes no money for this number; what came in before still counts."""

    open = "open"
    succeeded = "succeeded"
    closed = "closed"


class RefundStatus(StrEnum):
    """How far a refund has come.

    `asked`: its number is written down. `sent`: the provider was asked, and may have paid.
    `succeeded`: the money is back. A person has to act on the others: `abnormal` (it left and did
    not arrive), `closed` (the provider will not pay under this number any more), `refused` (the
    provider would not take it). `settled`: a person has given the money back another way.
    """

    asked = "asked"
    sent = "sent"
    succeeded = "succeeded"
    abnormal = "abnormal"
    closed = "closed"
    refused = "refused"
    settled = "settled"


_A, _R = AttemptStatus, RefundStatus
ATTEMPT_NEXT: Mapping[AttemptStatus, frozenset[AttemptStatus]] = {
    _A.open: frozenset({_A.succeeded, _A.closed}),
    _A.closed: frozenset({_A.succeeded}),
    _A.succeeded: frozenset(),
}
REFUND_NEXT: Mapping[RefundStatus, frozenset[RefundStatus]] = {
    _R.asked: frozenset({_R.sent}),
    _R.sent: frozenset({_R.succeeded, _R.abnormal, _R.closed, _R.refused}),
    _R.abnormal: frozenset({_R.sent, _R.succeeded, _R.closed, _R.settled}),
    _R.refused: frozenset({_R.sent, _R.succeeded, _R.settled}),
    _R.closed: frozenset({_R.settled}),
    _R.succeeded: frozenset(),
    _R.settled: frozenset(),
}
IN_DOUBT = (_R.abnormal, _R.closed, _R.refused)
"""A person has to act; nothing is tried again by itself."""


def attempt_may_become(now: AttemptStatus, then: AttemptStatus) -> bool:
    """Closed and then paid happens: the buyer was quicker than our close."""
    return then in ATTEMPT_NEXT[now]


def refund_may_become(now: RefundStatus, then: RefundStatus) -> bool:
    """Whether this step exists."""
    return then in REFUND_NEXT[now]


@dataclass(frozen=True, order=True)
class Number:
    """A number of ours at one provider: of a payment (`out_trade_no`) or of a refund."""

    provider: str
    no: str


def next_number(base: str, used: int) -> str:
    """The number after `used` earlier ones of the same thing: `X`, `X-2`, `X-3` and so on."""
    return base if used == 0 else f"{base}-{used + 1}"


def must_wait(last_call_at: datetime | None, at: datetime) -> timedelta | None:
    """How long a refund has to wait for another one of the same payment, or None."""
    if last_call_at is None or at - last_call_at >= REFUND_SPACING:
        return None
    return REFUND_SPACING - (at - last_call_at)
