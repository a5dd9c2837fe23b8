"""Refunds that a provider will not finish: seen, sent again, or settled by two persons."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.identity import audit, phones
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.kit.crypto import Vault
from bofen.kit.db import Tx
from bofen.kit.model import one_of
from bofen.kit.money import Fen
from bofen.kit.paging import Page, page_of, read_cursor, read_text, read_time
from bofen.payments import refunds
from bofen.payments.errors import OwnSettlement, RefundImpossible, SettlementNotAsked
from bofen.payments.models import Refund
from bofen.payments.rules import IN_DOUBT, Number, RefundStatus


@dataclass(frozen=True)
class RefundInDoubt:
    """A refund that waits for a person; `after_sale_id` None: money that came too late."""

    provider: str
    out_refund_no: str
    order_id: UUID
    after_sale_id: UUID | None
    amount_fen: Fen
    reason: str
    status: RefundStatus
    asked_at: datetime
    called_at: datetime | None
    settle_reason: str | None
    settle_asked_by: UUID | None
    settle_asked_at: datetime | None


WAITING = f"refund.{one_of('status', IN_DOUBT)} AND refund.replaced_by IS NULL"
"""The provider will not finish this refund, and no other has taken its place."""

_IN_DOUBT = f"""
SELECT refund.provider, refund.out_refund_no, attempt.order_id, refund.after_sale_id,
  refund.amount_fen, refund.reason, refund.status, refund.asked_at, refund.called_at,
  refund.settle_reason, refund.settle_asked_by, refund.settle_asked_at
FROM payments_refund refund JOIN payments_attempt attempt USING (provider, out_trade_no)
WHERE {WAITING}
  AND ($1::timestamptz IS NULL OR (refund.asked_at, refund.out_refund_no) > ($1, $2))
ORDER BY refund.asked_at, refund.out_refund_no LIMIT $3
"""  # noqa: S608


async def in_doubt(tx: Tx, cursor: str | None, limit: int) -> Page[RefundInDoubt]:
    """Those that wait for a person, longest first."""
    asked_at, no = read_cursor(cursor, read_time, read_text) if cursor else (None, None)
    rows = await tx.rows(RefundInDoubt, _IN_DOUBT, asked_at, no, limit + 1)
    return page_of(rows, limit, lambda row: (row.asked_at, row.out_refund_no))


async def send_again(tx: Tx, number: Number, by: StaffMember, at: datetime) -> Number:
    """Ask the provider once more; the number that is asked with.

    The same number where the provider may still know it: it pays once. A number that it has closed
    never pays, so the refund goes on under the next one.
    """
    refund = await _locked(tx, number)
    if refund.status == RefundStatus.closed:
        sent = await _replace(tx, refund, at)
    else:
        refund.become(RefundStatus.sent)
        refund.called_at = refund.polled_at = None  # Asked after again only once it was called.
        sent = number
    refund.settle_reason = refund.settle_asked_by = refund.settle_asked_at = None
    await tx.flush()
    await refunds.enqueue(tx, sent)
    await _record(tx, by, Deed.refund_sent_again, refund, at, sent_as=sent.no)
    return sent


async def _replace(tx: Tx, refund: Refund, at: datetime) -> Number:
    # `-` counts payments in a number of ours already (`payments.rules.next_number`).
    base, _, tries = refund.out_refund_no.partition("_")
    no = f"{base}_{int(tries or 1) + 1}"
    refund.replaced_by = no
    tx.add(
        Refund(
            provider=refund.provider,
            out_refund_no=no,
            out_trade_no=refund.out_trade_no,
            amount_fen=refund.amount_fen,
            reason=refund.reason,
            asked_at=at,
            after_sale_id=refund.after_sale_id,
        )
    )
    return Number(refund.provider, no)


async def ask_settlement(
    tx: Tx, number: Number, reason: str, by: StaffMember, at: datetime
) -> None:
    """Somebody has given the money back another way, and says how; a second person confirms."""
    refund = await _locked(tx, number)
    refund.settle_reason, refund.settle_asked_by, refund.settle_asked_at = reason, by.id, at
    await tx.flush()
    await _record(tx, by, Deed.refund_settlement_asked, refund, at, reason=reason)


async def settle(tx: Tx, vault: Vault, number: Number, by: StaffMember, at: datetime) -> None:
    """The second person says that the money is back.

    Raises `SettlementNotAsked`, and `OwnSettlement` for who has asked himself, by any login.
    """
    refund = await _locked(tx, number)
    if refund.settle_asked_by is None:
        raise SettlementNotAsked(number.no)
    if await phones.is_one_human(tx, vault, by.id, refund.settle_asked_by):
        raise OwnSettlement
    refund.become(RefundStatus.settled)
    refund.settled_by, refund.settled_at = by.id, at
    await tx.flush()
    await _record(tx, by, Deed.refund_settled_by_hand, refund, at, reason=refund.settle_reason)


async def _locked(tx: Tx, number: Number) -> Refund:
    """The refund, held, if it waits for a person; else `RefundImpossible`."""
    refund, _ = await refunds.lock(tx, number)
    status = RefundStatus(refund.status)
    if status not in IN_DOUBT or refund.replaced_by:
        raise RefundImpossible(number.no, status, RefundStatus.sent)
    return refund


async def _record(
    tx: Tx, by: StaffMember, deed: Deed, refund: Refund, at: datetime, **facts: str | None
) -> None:
    subject = f"refund:{refund.out_refund_no}"
    await audit.record(tx, by, deed, subject, at, amount_fen=refund.amount_fen, **facts)
