"""Withdrawals: money leaves what is available when asked for, and comes back whole if it fails."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select, tuple_

from bofen.affiliates.errors import (
    AffiliateFrozen,
    ApprovedAlready,
    BalanceTooSmall,
    PhoneNeeded,
    WithdrawalDecided,
    WithdrawalPending,
    WithdrawalTooSmall,
)
from bofen.affiliates.models import Affiliate, Approval, Withdrawal
from bofen.affiliates.rules import APPROVALS_NEEDED, OPEN, SENT, AffiliateStatus, WithdrawalStatus
from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.kit import once
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.money import Fen
from bofen.kit.once import Request, fingerprint
from bofen.kit.paging import Page, page_of, read_cursor, read_id, read_time
from bofen.ledger import queries as balances
from bofen.ledger import service as ledger
from bofen.ledger.rules import Account, Reason, Transfer
from bofen.settings.rules import Payout

_A = Account


@dataclass(frozen=True)
class Payee:
    """Whom a provider pays: the provider's name, and what it calls the person."""

    provider: str
    ref: str


@dataclass(frozen=True)
class WithdrawalAsked:
    """What an affiliate wants to be paid out. `id` is the client's."""

    id: UUID
    affiliate_id: UUID
    amount_fen: Fen
    payee: Payee
    has_proved_phone: bool
    """Whoever approves must be seen to be somebody else."""


async def ask(tx: Tx, asked: WithdrawalAsked, payout: Payout, at: datetime) -> Withdrawal:
    """Hold the amount for a withdrawal. The affiliate's row is the queue: one asks at a time.

    Raises `IdReused`, `AffiliateFrozen`, `WithdrawalPending`, `BalanceTooSmall`,
    `WithdrawalTooSmall`, or `PhoneNeeded` for what people would have to approve.
    """
    affiliate = await tx.get(
        Affiliate, asked.affiliate_id, with_for_update=True, populate_existing=True
    )
    if affiliate is None:
        raise NotFound("affiliate")
    request = Request(asked.affiliate_id, fingerprint(asked.amount_fen))
    found = await tx.get(Withdrawal, asked.id)
    if found:
        made = Request(found.affiliate_id, found.asked)
        if refusal := once.earlier(asked.id, made, request):
            raise refusal
        return found
    await _check(tx, asked, AffiliateStatus(affiliate.status), payout)
    needs_approval = _needs_approval(asked, payout)
    status = WithdrawalStatus.requested if needs_approval else WithdrawalStatus.approved
    withdrawal = Withdrawal(
        id=asked.id,
        affiliate_id=asked.affiliate_id,
        amount_fen=asked.amount_fen,
        out_bill_no=asked.id.hex,
        provider=asked.payee.provider,
        payee_ref=asked.payee.ref,
        status=status.value,
        asked=request.asked,
        created_at=at,
        needs_approval=needs_approval,
    )
    tx.add(withdrawal)
    await tx.flush()
    await _move(tx, withdrawal, Reason.withdrawal_held, at)
    return withdrawal


async def _check(tx: Tx, asked: WithdrawalAsked, status: AffiliateStatus, payout: Payout) -> None:
    if status == AffiliateStatus.frozen:
        raise AffiliateFrozen
    pending = await tx.scalar(
        select(Withdrawal.created_at).where(
            Withdrawal.affiliate_id == asked.affiliate_id, Withdrawal.status.in_(OPEN)
        )
    )
    if pending:
        raise WithdrawalPending(pending)
    found = await balances.balances(tx, [asked.affiliate_id])
    available_fen = found[asked.affiliate_id].payable_fen
    if asked.amount_fen > available_fen:
        raise BalanceTooSmall(available_fen)
    if asked.amount_fen < payout.withdrawal_min_fen:
        raise WithdrawalTooSmall(payout.withdrawal_min_fen)
    if _needs_approval(asked, payout) and not asked.has_proved_phone:
        raise PhoneNeeded(payout.automatic_max_fen)


def _needs_approval(asked: WithdrawalAsked, payout: Payout) -> bool:
    return asked.amount_fen > payout.automatic_max_fen


_MOVES = {
    Reason.withdrawal_held: (_A.commission_payable, _A.withdrawal_in_transit),
    Reason.withdrawal_paid: (_A.withdrawal_in_transit, _A.paid_out),
    Reason.withdrawal_returned: (_A.withdrawal_in_transit, _A.commission_payable),
}


async def _move(tx: Tx, withdrawal: Withdrawal, reason: Reason, at: datetime) -> None:
    leaves, enters = _MOVES[reason]
    moved = Transfer(
        reason,
        str(withdrawal.id),
        withdrawal.id,
        withdrawal.affiliate_id,
        leaves,
        enters,
        withdrawal.amount_fen,
    )
    await ledger.post(tx, [moved], at)


@dataclass(frozen=True)
class Approver:
    """Who says yes, and which of those who said it before are who."""

    by: StaffMember
    person_id: UUID
    own_logins: frozenset[UUID]
    """The approver's, his present one among them."""
    payees_logins: frozenset[UUID]
    """Of the payee himself, as is known by now: what they said does not count."""


async def approve(tx: Tx, withdrawal: Withdrawal, approver: Approver, at: datetime) -> None:
    """One more person says yes; with the second the withdrawal may be sent.

    `withdrawal` is locked. Raises `WithdrawalDecided`, and `ApprovedAlready` for a person who has
    said yes before, under whatever login.
    """
    _check_undecided(withdrawal)
    given = list(await tx.scalars(select(Approval).where(Approval.withdrawal_id == withdrawal.id)))
    if any(one.staff_id in approver.own_logins for one in given):
        raise ApprovedAlready
    void = [one for one in given if one.staff_id in approver.payees_logins]
    for one in void:
        await tx.delete(one)
    by, approvals = approver.by, len(given) - len(void) + 1
    tx.add(
        Approval(withdrawal_id=withdrawal.id, staff_id=by.id, person_id=approver.person_id, at=at)
    )
    if approvals >= APPROVALS_NEEDED:
        withdrawal.become(WithdrawalStatus.approved)
    await tx.flush()
    await audit.record(
        tx,
        by,
        Deed.withdrawal_approved,
        f"withdrawal:{withdrawal.id}",
        at,
        amount_fen=withdrawal.amount_fen,
        approvals=approvals,
    )


async def refuse(
    tx: Tx, withdrawal_id: UUID, reason: str, by: StaffMember, at: datetime
) -> Withdrawal:
    """Staff say no, with a reason that the affiliate reads: the whole amount comes back."""
    withdrawal = await lock(tx, withdrawal_id)
    _check_undecided(withdrawal)
    withdrawal.become(WithdrawalStatus.refused)
    withdrawal.fail_reason, withdrawal.finished_at = reason, at
    await tx.flush()
    await _move(tx, withdrawal, Reason.withdrawal_returned, at)
    await audit.record(
        tx,
        by,
        Deed.withdrawal_refused,
        f"withdrawal:{withdrawal_id}",
        at,
        amount_fen=withdrawal.amount_fen,
        reason=reason,
    )
    return withdrawal


def _check_undecided(withdrawal: Withdrawal) -> None:
    if withdrawal.status != WithdrawalStatus.requested:
        raise WithdrawalDecided(withdrawal.status)


@dataclass(frozen=True)
class TransferNews:
    """What the provider says of a transfer that has not ended.

    `confirm_token` opens the payee's confirmation; `provider_state` is the provider's own word.
    """

    provider_state: str
    is_waiting: bool
    confirm_token: str | None = None


async def under_way(tx: Tx, withdrawal: Withdrawal, news: TransferNews, at: datetime) -> None:
    """The transfer exists at the provider; where it waits for him, the payee may confirm it."""
    withdrawal.provider_state, withdrawal.polled_at = news.provider_state, at
    withdrawal.confirm_token = news.confirm_token or withdrawal.confirm_token
    if news.is_waiting and withdrawal.status != WithdrawalStatus.waiting_user:
        withdrawal.become(WithdrawalStatus.waiting_user)
    await tx.flush()


async def paid(tx: Tx, withdrawal: Withdrawal, provider_state: str, at: datetime) -> None:
    """The money has arrived at the payee."""
    withdrawal.become(WithdrawalStatus.paid)
    await _finish(tx, withdrawal, provider_state, at)
    await _move(tx, withdrawal, Reason.withdrawal_paid, at)


async def failed(
    tx: Tx, withdrawal: Withdrawal, provider_state: str, reason: str, at: datetime
) -> None:
    """The provider says for certain that no money left: the whole amount is available again."""
    withdrawal.become(WithdrawalStatus.failed)
    withdrawal.fail_reason = reason
    await _finish(tx, withdrawal, provider_state, at)
    await _move(tx, withdrawal, Reason.withdrawal_returned, at)


async def _finish(tx: Tx, withdrawal: Withdrawal, provider_state: str, at: datetime) -> None:
    withdrawal.provider_state, withdrawal.finished_at = provider_state, at
    withdrawal.confirm_token = None
    await tx.flush()


async def lock(tx: Tx, withdrawal_id: UUID) -> Withdrawal:
    """The withdrawal, for whoever changes it; raises `NotFound`."""
    found = await tx.get(Withdrawal, withdrawal_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound("withdrawal")
    return found


async def lock_bill(tx: Tx, out_bill_no: str) -> Withdrawal:
    """The withdrawal that a provider names by our number; raises `NotFound`."""
    found = await tx.scalar(
        select(Withdrawal)
        .where(Withdrawal.out_bill_no == out_bill_no)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound("withdrawal")
    return found


async def read(tx: Tx, withdrawal_id: UUID) -> Withdrawal:
    """The withdrawal as it stands; raises `NotFound`."""
    found = await tx.get(Withdrawal, withdrawal_id)
    if found is None:
        raise NotFound("withdrawal")
    return found


async def sealed_name(tx: Tx, affiliate_id: UUID) -> bytes:
    """The payee's real name, sealed: only a transfer that names him opens it."""
    rows = await tx.fetch(
        "SELECT real_name_sealed FROM affiliates_affiliate WHERE id = $1", affiliate_id
    )
    return bytes(rows[0]["real_name_sealed"])


_CLAIM = """
UPDATE affiliates_withdrawal withdrawal SET polled_at = $1
FROM (SELECT id FROM affiliates_withdrawal
  WHERE status = ANY($2::text[]) AND coalesce(polled_at, created_at) < $3
  ORDER BY coalesce(polled_at, created_at) LIMIT $4 FOR UPDATE SKIP LOCKED) due
WHERE withdrawal.id = due.id RETURNING withdrawal.id
"""


async def claim_to_poll(tx: Tx, at: datetime, quiet: timedelta, limit: int) -> list[UUID]:
    """Withdrawals under way that were not heard of for this long; those asked last wait longest."""
    rows = await tx.fetch(_CLAIM, at, [status.value for status in SENT], at - quiet, limit)
    return [row["id"] for row in rows]


async def of_affiliate(
    tx: Tx, affiliate_id: UUID, limit: int, cursor: str | None
) -> Page[Withdrawal]:
    """One affiliate's, newest first."""
    return await _page(tx, [Withdrawal.affiliate_id == affiliate_id], limit, cursor)


async def of_status(
    tx: Tx, status: WithdrawalStatus | None, limit: int, cursor: str | None
) -> Page[Withdrawal]:
    """Everybody's, newest first; of one status where that is asked."""
    wanted = [Withdrawal.status == status.value] if status else []
    return await _page(tx, wanted, limit, cursor)


async def _page(
    tx: Tx, wanted: Collection[ColumnElement[bool]], limit: int, cursor: str | None
) -> Page[Withdrawal]:
    query = select(Withdrawal).where(*wanted)
    place = tuple_(Withdrawal.created_at, Withdrawal.id)
    if cursor:
        query = query.where(place < tuple_(*read_cursor(cursor, read_time, read_id)))
    newest = query.order_by(Withdrawal.created_at.desc(), Withdrawal.id.desc())
    found = list(await tx.scalars(newest.limit(limit + 1)))
    return page_of(found, limit, lambda row: (row.created_at, row.id))


async def approvers(tx: Tx, withdrawal_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """The staff who have approved each withdrawal, in the order of their approval."""
    rows = await tx.scalars(
        select(Approval).where(Approval.withdrawal_id.in_(withdrawal_ids)).order_by(Approval.at)
    )
    found: dict[UUID, list[UUID]] = {}
    for row in rows:
        found.setdefault(row.withdrawal_id, []).append(row.staff_id)
    return found
