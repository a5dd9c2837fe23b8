"""The verbs of refunds. Their number is written down first; the call follows as a job."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, select

from bofen.kit import log
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.money import Fen
from bofen.kit.text import shortened
from bofen.payments import service
from bofen.payments.models import Attempt, Refund
from bofen.payments.rules import AttemptStatus, Number, RefundStatus, must_wait, refund_may_become

_log = log.get(__name__)
SEND = "send_refund"
"""The job that calls the provider; its facts are `provider` and `out_refund_no`."""
_REASON_MAX = 80
_TOO_LATE = "订单已关闭，自动退款"


@dataclass(frozen=True)
class RefundDraft:
    """Money of an order that goes back for an after-sale."""

    order_id: UUID
    after_sale_id: UUID
    amount_fen: Fen
    reason: str


async def ask(tx: Tx, draft: RefundDraft, at: datetime) -> None:
    """Write the refund's number down and have it sent once this transaction has committed."""
    attempt = await _attempt_that_paid(tx, draft.order_id)
    await _write(
        tx,
        Refund(
            provider=attempt.provider,
            out_refund_no=f"R{draft.after_sale_id.hex}",
            out_trade_no=attempt.out_trade_no,
            amount_fen=draft.amount_fen,
            reason=shortened(draft.reason, _REASON_MAX),
            asked_at=at,
            after_sale_id=draft.after_sale_id,
        ),
    )


async def give_back(tx: Tx, attempt: Attempt, at: datetime) -> None:
    """Money came for an order that was closed, or paid already: all of it goes back."""
    await _write(
        tx,
        Refund(
            provider=attempt.provider,
            out_refund_no=f"L{attempt.out_trade_no}",
            out_trade_no=attempt.out_trade_no,
            amount_fen=attempt.amount_fen,
            reason=_TOO_LATE,
            asked_at=at,
        ),
    )


async def _write(tx: Tx, refund: Refund) -> None:
    tx.add(refund)
    await tx.flush()
    await enqueue(tx, refund.number)


async def enqueue(tx: Tx, number: Number) -> None:
    """Have the provider asked once this transaction has committed."""
    await tx.enqueue(SEND, _facts(number))


def _facts(number: Number) -> dict[str, str]:
    return {"provider": number.provider, "out_refund_no": number.no}


async def _attempt_that_paid(tx: Tx, order_id: UUID) -> Attempt:
    """The payment that the order was sold for, not one that came on top of it."""
    went_back = exists().where(
        Refund.provider == Attempt.provider,
        Refund.out_trade_no == Attempt.out_trade_no,
        Refund.after_sale_id.is_(None),
    )
    query = select(Attempt).where(
        Attempt.order_id == order_id, Attempt.status == AttemptStatus.succeeded, ~went_back
    )
    return (await tx.scalars(query)).one()


async def find(tx: Tx, number: Number) -> Refund | None:
    """A refund by its number, not locked."""
    return await tx.get(Refund, (number.provider, number.no), populate_existing=True)


async def lock(tx: Tx, number: Number) -> tuple[Refund, Attempt]:
    """A refund and its payment, both held."""
    refund = await find(tx, number)
    if refund is None:
        raise NotFound("refund")
    of_payment = Number(refund.provider, refund.out_trade_no)
    attempts = await service.lock_attempts(tx, [of_payment])
    await tx.refresh(refund)
    return refund, attempts[of_payment]


@dataclass(frozen=True)
class RefundCall:
    """What the provider is asked: the same at every try, so that it pays once."""

    out_trade_no: str
    amount_fen: Fen
    total_fen: Fen
    reason: str


async def begin_call(tx: Tx, number: Number, at: datetime) -> RefundCall | None:
    """Note that the provider is about to be asked.

    None when the refund has ended, or has to wait for another one of the same payment: then its
    job comes again by itself.
    """
    refund, attempt = await lock(tx, number)
    if refund.status not in (RefundStatus.asked, RefundStatus.sent):
        return None
    wait = must_wait(await _last_call_at(tx, refund), at)
    if wait:
        await tx.enqueue(SEND, _facts(number), after=wait)
        return None
    if refund.status == RefundStatus.asked:
        refund.become(RefundStatus.sent)
    refund.called_at = at
    await tx.flush()
    return RefundCall(attempt.out_trade_no, refund.amount_fen, attempt.amount_fen, refund.reason)


async def _last_call_at(tx: Tx, refund: Refund) -> datetime | None:
    rows = await tx.fetch(
        "SELECT max(called_at) AS at FROM payments_refund"
        " WHERE provider = $1 AND out_trade_no = $2 AND out_refund_no <> $3",
        refund.provider,
        refund.out_trade_no,
        refund.out_refund_no,
    )
    return rows[0]["at"]  # type: ignore[no-any-return]


async def succeed(tx: Tx, number: Number, at: datetime) -> bool:
    """Whether this is how we learn that the money is back; False for a repeat."""
    refund, _ = await lock(tx, number)
    if refund.status == RefundStatus.asked:
        refund.become(RefundStatus.sent)
    if not refund_may_become(RefundStatus(refund.status), RefundStatus.succeeded):
        if refund.status != RefundStatus.succeeded:
            _log.error("refund_paid_after_all", out_refund_no=number.no, status=refund.status)
        return False
    refund.become(RefundStatus.succeeded)
    refund.succeeded_at = at
    await tx.flush()
    return True


async def put_in_doubt(tx: Tx, number: Number, status: RefundStatus) -> bool:
    """The provider will not go on by itself; False when that is no news, or comes too late."""
    refund, _ = await lock(tx, number)
    if refund.status != RefundStatus.sent:
        return False
    refund.become(status)
    await tx.flush()
    return True


_CLAIM = """
UPDATE payments_refund refund SET polled_at = $1
FROM (SELECT provider, out_refund_no FROM payments_refund
  WHERE status = 'sent' AND greatest(called_at, polled_at) < $2
  ORDER BY greatest(called_at, polled_at) LIMIT $3 FOR UPDATE SKIP LOCKED) due
WHERE refund.provider = due.provider AND refund.out_refund_no = due.out_refund_no
RETURNING refund.provider, refund.out_refund_no
"""


async def claim_to_poll(tx: Tx, at: datetime, quiet: timedelta, limit: int) -> Sequence[Number]:
    """Refunds that were sent and not heard of for this long; those asked last wait longest."""
    rows = await tx.fetch(_CLAIM, at, at - quiet, limit)
    return [Number(row["provider"], row["out_refund_no"]) for row in rows]


async def send_again(tx: Tx, number: Number) -> None:
    """The provider says that it never heard of a refund we sent: the same number goes again."""
    refund = await find(tx, number)
    if refund and refund.status == RefundStatus.sent:
        await enqueue(tx, number)
