"""The verbs of payments: numbers first, calls later, each outcome written once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.money import Fen
from bofen.payments.errors import AmountDiffers
from bofen.payments.models import Attempt, Refund

REFUND_SPACING = timedelta(seconds=61)
"""WeChat Pay wants a minute between refunds of one payment (protocols: 3.4)."""
WECHAT_PAY = "wechat_pay"


@dataclass(frozen=True)
class PaidNotice:
    """What the provider says, by callback or by query: both take the same way."""

    out_trade_no: str
    transaction_id: str
    amount_fen: Fen
    paid_at: datetime


async def is_new_notice(tx: Tx, notice_id: str, event_type: str, at: datetime) -> bool:
    rows = await tx.fetch(
        "INSERT INTO payments_notice (provider, id, event_type, at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT DO NOTHING RETURNING id",
        WECHAT_PAY, notice_id, event_type, at,
    )  # fmt: skip
    return bool(rows)


async def open_attempt(tx: Tx, attempt: Attempt) -> Attempt:
    """The order's payment number: the first one, however often it is asked for."""
    found = await tx.scalar(select(Attempt).where(Attempt.order_id == attempt.order_id))
    if found is not None:
        return found
    tx.add(attempt)
    await tx.flush()
    return attempt


async def keep_prepay(tx: Tx, out_trade_no: str, prepay_id: str) -> None:
    await tx.fetch(
        "UPDATE payments_attempt SET prepay_id = $2 WHERE out_trade_no = $1",
        out_trade_no,
        prepay_id,
    )


async def orders_of(tx: Tx, out_trade_nos: Collection[str]) -> dict[str, UUID]:
    rows = await tx.fetch(
        "SELECT out_trade_no, order_id FROM payments_attempt WHERE out_trade_no = ANY($1::text[])",
        list(out_trade_nos),
    )
    return {row["out_trade_no"]: row["order_id"] for row in rows}


async def lock_attempts(tx: Tx, out_trade_nos: Collection[str]) -> dict[str, Attempt]:
    """Locked in number order. The orders they belong to are locked first, by the caller."""
    query = select(Attempt).where(Attempt.out_trade_no.in_(out_trade_nos))
    found = await tx.scalars(
        query.order_by(Attempt.out_trade_no)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {attempt.out_trade_no: attempt for attempt in found}


def succeed(attempt: Attempt, notice: PaidNotice) -> bool:
    """Whether this notice is the one that paid; False for a repeat."""
    if notice.amount_fen != attempt.amount_fen:
        raise AmountDiffers(attempt.out_trade_no, attempt.amount_fen, notice.amount_fen)
    if attempt.status == "succeeded":
        return False
    attempt.status = "succeeded"
    attempt.transaction_id = notice.transaction_id
    attempt.paid_at = notice.paid_at
    return True


async def attempt_of(tx: Tx, order_id: UUID) -> Attempt | None:
    return await tx.scalar(select(Attempt).where(Attempt.order_id == order_id))


async def ask_refund(tx: Tx, refund: Refund) -> None:
    """Write the refund's number down and have it sent once this transaction has committed."""
    tx.add(refund)
    await tx.flush()
    await tx.enqueue("send_refund", {"out_refund_no": refund.out_refund_no})


async def lock_refund(tx: Tx, out_refund_no: str) -> tuple[Refund, Attempt]:
    """A refund and its payment, both held."""
    refund = await tx.get(Refund, out_refund_no)
    if refund is None:
        raise NotFound("refund")
    attempts = await lock_attempts(tx, [refund.out_trade_no])
    await tx.refresh(refund)
    return refund, attempts[refund.out_trade_no]


async def last_call_at(tx: Tx, out_trade_no: str, other_than: str) -> datetime | None:
    rows = await tx.fetch(
        "SELECT max(called_at) AS at FROM payments_refund"
        " WHERE out_trade_no = $1 AND out_refund_no <> $2",
        out_trade_no,
        other_than,
    )
    return rows[0]["at"]  # type: ignore[no-any-return]


async def open_numbers(tx: Tx, before: datetime, limit: int) -> Sequence[str]:
    """Payment numbers still open that were made before `before`, oldest first."""
    rows = await tx.fetch(
        "SELECT out_trade_no FROM payments_attempt WHERE status = 'open'"
        " AND prepay_id IS NOT NULL AND created_at < $1 ORDER BY created_at LIMIT $2",
        before,
        limit,
    )
    return [row["out_trade_no"] for row in rows]


async def unsettled_refunds(tx: Tx, before: datetime, limit: int) -> Sequence[str]:
    rows = await tx.fetch(
        "SELECT out_refund_no FROM payments_refund WHERE status = 'sent'"
        " AND called_at < $1 ORDER BY called_at LIMIT $2",
        before,
        limit,
    )
    return [row["out_refund_no"] for row in rows]
