"""The verbs of payments: numbers first, calls later, each outcome written once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, tuple_

from bofen.gateways.payments.protocol import PaymentState
from bofen.kit.db import Tx
from bofen.kit.money import Fen
from bofen.payments.errors import AmountDiffers
from bofen.payments.models import Attempt
from bofen.payments.rules import AttemptStatus, Number, next_number


@dataclass(frozen=True)
class PaidNotice:
    """Money that a provider says has come in, by notice or by query: both take the same way."""

    provider: str
    out_trade_no: str
    transaction_id: str
    amount_fen: Fen
    paid_at: datetime
    notice_id: str | None = None
    """The provider's id of the notice; None when we asked."""

    @property
    def number(self) -> Number:
        """The payment number that was paid."""
        return Number(self.provider, self.out_trade_no)


def paid_notice(
    provider: str, state: PaymentState, notice_id: str | None = None
) -> PaidNotice | None:
    """What a provider's answer or notice says of money; None when none has come in."""
    if state.paid is None:
        return None
    paid = state.paid
    return PaidNotice(
        provider, state.out_trade_no, paid.transaction_id, paid.amount_fen, paid.at, notice_id
    )


async def keep_notices(tx: Tx, notices: Sequence[PaidNotice], at: datetime) -> None:
    """Write down which notices were acted on; one that is told again is there already."""
    kept = [notice for notice in notices if notice.notice_id]
    await tx.fetch(
        "INSERT INTO payments_notice (provider, id, event_type, at)"
        " SELECT provider, id, 'paid', $3 FROM unnest($1::text[], $2::text[]) AS n(provider, id)"
        " ON CONFLICT DO NOTHING",
        [notice.provider for notice in kept],
        [notice.notice_id for notice in kept],
        at,
    )


@dataclass(frozen=True)
class AttemptDraft:
    """A payment that is about to be opened for an order whose row the caller holds."""

    order_id: UUID
    order_no: str
    provider: str
    payer_ref: str | None
    amount_fen: Fen
    expires_at: datetime


async def open_attempt(tx: Tx, draft: AttemptDraft, at: datetime) -> Attempt:
    """The order's open number at this provider, however often it is asked for.

    The first number is the order's own; after one that the provider closed comes the next.
    """
    made = await _of_order(tx, draft.order_id)
    earlier = [attempt for attempt in made if attempt.provider == draft.provider]
    for attempt in earlier:
        if attempt.status == AttemptStatus.open:
            return attempt
    attempt = Attempt(
        provider=draft.provider,
        out_trade_no=next_number(draft.order_no, len(earlier)),
        order_id=draft.order_id,
        payer_ref=draft.payer_ref,
        amount_fen=draft.amount_fen,
        created_at=at,
        expires_at=draft.expires_at,
    )
    tx.add(attempt)
    await tx.flush()
    return attempt


async def keep_cashier(tx: Tx, number: Number, cashier_ref: str) -> None:
    """What the provider's cashier is opened with, now and at every later try."""
    await tx.fetch(
        "UPDATE payments_attempt SET cashier_ref = $3 WHERE provider = $1 AND out_trade_no = $2",
        number.provider,
        number.no,
        cashier_ref,
    )


async def orders_of(tx: Tx, numbers: Collection[Number]) -> dict[Number, UUID]:
    """Which order each number is to pay; one that we never made is not in the answer."""
    rows = await tx.fetch(
        "SELECT provider, out_trade_no, order_id FROM payments_attempt"
        " WHERE (provider, out_trade_no) IN (SELECT * FROM unnest($1::text[], $2::text[]))",
        [number.provider for number in numbers],
        [number.no for number in numbers],
    )
    return {Number(row["provider"], row["out_trade_no"]): row["order_id"] for row in rows}


async def lock_attempts(tx: Tx, numbers: Collection[Number]) -> dict[Number, Attempt]:
    """Locked in number order. The orders they belong to are locked first, by the caller."""
    keys = [(number.provider, number.no) for number in numbers]
    query = select(Attempt).where(tuple_(Attempt.provider, Attempt.out_trade_no).in_(keys))
    found = await tx.scalars(
        query.order_by(Attempt.provider, Attempt.out_trade_no)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {attempt.number: attempt for attempt in found}


def succeed(attempt: Attempt, notice: PaidNotice) -> bool | AmountDiffers:
    """Whether this notice is the one that paid; False for a repeat."""
    if notice.amount_fen != attempt.amount_fen:
        return AmountDiffers(attempt.out_trade_no, attempt.amount_fen, notice.amount_fen)
    if attempt.status == AttemptStatus.succeeded:
        return False
    attempt.become(AttemptStatus.succeeded)
    attempt.transaction_id = notice.transaction_id
    attempt.paid_at = notice.paid_at
    return True


async def _of_order(tx: Tx, order_id: UUID) -> list[Attempt]:
    query = select(Attempt).where(Attempt.order_id == order_id).order_by(Attempt.created_at)
    return list(await tx.scalars(query.execution_options(populate_existing=True)))


async def open_attempts(tx: Tx, order_id: UUID) -> list[Attempt]:
    """Every number, at any provider, under which the order can still be paid."""
    return [one for one in await _of_order(tx, order_id) if one.status == AttemptStatus.open]


async def close_attempts(tx: Tx, order_id: UUID) -> None:
    """The order is closed, and so are its numbers: their providers take no more money."""
    for attempt in await open_attempts(tx, order_id):
        attempt.become(AttemptStatus.closed)
    await tx.flush()


async def attempt_closed(tx: Tx, number: Number) -> None:
    """The provider has closed a number by itself: the buyer may open the next one."""
    for attempt in (await lock_attempts(tx, [number])).values():
        if attempt.status == AttemptStatus.open:
            attempt.become(AttemptStatus.closed)
    await tx.flush()


_CLAIM = """
UPDATE payments_attempt attempt SET polled_at = $1
FROM (SELECT provider, out_trade_no FROM payments_attempt
  WHERE status = 'open' AND cashier_ref IS NOT NULL AND coalesce(polled_at, created_at) < $2
  ORDER BY coalesce(polled_at, created_at) LIMIT $3 FOR UPDATE SKIP LOCKED) due
WHERE attempt.provider = due.provider AND attempt.out_trade_no = due.out_trade_no
RETURNING attempt.provider, attempt.out_trade_no
"""


async def claim_to_poll(tx: Tx, at: datetime, quiet: timedelta, limit: int) -> Sequence[Number]:
    """Open payment numbers that nobody asked about for this long; those asked last wait longest."""
    rows = await tx.fetch(_CLAIM, at, at - quiet, limit)
    return [Number(row["provider"], row["out_trade_no"]) for row in rows]
