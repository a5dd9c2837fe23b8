"""A withdrawal from asking to the affiliate's WeChat wallet.

The amount is held, and the number is made, before WeChat Pay is called; an unclear answer changes
neither. Notice and poll tell the end, whichever comes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bofen.affiliates import queries as affiliates
from bofen.affiliates import withdrawals
from bofen.affiliates.errors import (
    ApproverUnknown,
    OwnWithdrawal,
    PayeeFrozen,
    PayeePhoneNeeded,
    WeChatNeeded,
)
from bofen.affiliates.models import Withdrawal
from bofen.affiliates.rules import SENT, AffiliateStatus, WithdrawalStatus
from bofen.affiliates.withdrawals import Approver, Payee, TransferNews, WithdrawalAsked
from bofen.flows.services import Services
from bofen.gateways.payments.protocol import (
    TransferAsked,
    TransferOutcome,
    TransferProvider,
    TransferState,
)
from bofen.gateways.wechat_pay.words import NAME
from bofen.identity import links as staff_links
from bofen.identity import phones
from bofen.identity import service as identity
from bofen.identity.rules import StaffMember
from bofen.kit import clock, log
from bofen.kit.crypto import Vault
from bofen.kit.db import Tx
from bofen.kit.errors import ProviderError
from bofen.kit.money import Fen
from bofen.settings import service as settings

JOB = "transfer_withdrawal"
PROVIDER = NAME
"""Who pays withdrawals out; each keeps the name of its own for ever."""
REMARK = "推广佣金"
POLLED_AFTER = timedelta(minutes=1)
POLLED_MAX = 100

_log = log.get(__name__)


@dataclass(frozen=True)
class Wish:
    """A withdrawal as an affiliate asks for it; `id` is the client's."""

    id: UUID
    affiliate_id: UUID
    person_id: UUID
    amount_fen: Fen


async def ask(
    tx: Tx, transfers: Mapping[str, TransferProvider], wish: Wish, at: datetime
) -> Withdrawal:
    """Hold the amount; small ones are sent at once, large ones wait for two other persons.

    Raises `WeChatNeeded` for a person whom the provider cannot name, because he never signed in by
    its app, and what `withdrawals.ask` refuses.
    """
    appid = transfers[PROVIDER].payee_appid
    payee_ref = await identity.openid_of(tx, wish.person_id, appid)
    if payee_ref is None:
        raise WeChatNeeded
    payout = (await settings.in_force(tx, at)).payout
    asked = WithdrawalAsked(
        wish.id,
        wish.affiliate_id,
        wish.amount_fen,
        Payee(PROVIDER, payee_ref),
        await phones.has_proved(tx, wish.person_id),
    )
    made = await withdrawals.ask(tx, asked, payout, at)
    if made.status == WithdrawalStatus.approved:
        await tx.enqueue(JOB, {"withdrawal_id": made.id})
    return made


async def approve(
    tx: Tx, vault: Vault, withdrawal_id: UUID, by: StaffMember, at: datetime
) -> Withdrawal:
    """One person's yes; the second one sends it.

    Raises `ApproverUnknown` for a login of which nobody knows whose it is, `OwnWithdrawal` for
    the payee's own, `PayeePhoneNeeded`, `PayeeFrozen`, and what `withdrawals.approve` refuses.
    """
    withdrawal = await withdrawals.lock(tx, withdrawal_id)
    payee = await affiliates.affiliate(tx, withdrawal.affiliate_id)
    approver = await _approver(tx, vault, withdrawal_id, payee.person_id, by)
    if by.id in approver.payees_logins:
        raise OwnWithdrawal
    if not await phones.has_proved(tx, payee.person_id):
        raise PayeePhoneNeeded
    if payee.status == AffiliateStatus.frozen:
        raise PayeeFrozen
    await withdrawals.approve(tx, withdrawal, approver, at)
    if withdrawal.status == WithdrawalStatus.approved:
        await tx.enqueue(JOB, {"withdrawal_id": withdrawal_id})
    return withdrawal


async def _approver(
    tx: Tx, vault: Vault, withdrawal_id: UUID, payee_id: UUID, by: StaffMember
) -> Approver:
    """Who this is among those who have approved, by the phones that all of them have proved."""
    person_id = await staff_links.person_of_staff(tx, by.id)
    if person_id is None:
        raise ApproverUnknown
    given = (await withdrawals.approvers(tx, [withdrawal_id])).get(withdrawal_id, [])
    staff = await phones.marks_of_staff(tx, vault, {by.id, *given})
    payee = await phones.marks_of_person(tx, payee_id)
    return Approver(
        by,
        person_id,
        own_logins=frozenset(login for login, marks in staff.items() if marks & staff[by.id]),
        payees_logins=frozenset(login for login, marks in staff.items() if marks & payee),
    )


async def transfer_withdrawal(services: Services, facts: dict[str, Any]) -> None:
    """The job: have WeChat Pay send an approved withdrawal. Safe to run again."""
    await send(services, UUID(facts["withdrawal_id"]), clock.now())


async def send(services: Services, withdrawal_id: UUID, at: datetime) -> Withdrawal:
    """Ask WeChat Pay for the transfer, always with the same number; unclear answers are raised.

    Nothing is sent while the payee is frozen: `poll` comes again.
    """
    async with services.db.transaction() as tx:
        withdrawal = await withdrawals.read(tx, withdrawal_id)
        payee = await affiliates.affiliate(tx, withdrawal.affiliate_id)
        name = await withdrawals.sealed_name(tx, withdrawal.affiliate_id)
    is_frozen = payee.status == AffiliateStatus.frozen
    if withdrawal.status != WithdrawalStatus.approved or is_frozen:
        return withdrawal
    provider = services.transfers[withdrawal.provider]
    is_named = withdrawal.amount_fen >= provider.named_from_fen
    try:
        state = await provider.transfer(
            TransferAsked(
                withdrawal.out_bill_no,
                withdrawal.payee_ref,
                withdrawal.amount_fen,
                REMARK,
                services.vault.open(name) if is_named else None,
            )
        )
    except ProviderError as error:
        if not error.is_final:
            raise
        state = await _state_after_refusal(services, withdrawal, error)
    return await _applied(services, withdrawal.out_bill_no, state, at)


async def _state_after_refusal(
    services: Services, withdrawal: Withdrawal, refusal: ProviderError
) -> TransferState:
    """WeChat Pay said no: only when it also knows no such transfer is the money ours again."""
    state = await services.transfers[withdrawal.provider].query_transfer(withdrawal.out_bill_no)
    if state.outcome is not TransferOutcome.unknown:
        return state
    reason = refusal.message or refusal.code
    return TransferState(withdrawal.out_bill_no, TransferOutcome.failed, "FAIL", fail_reason=reason)


async def poll(services: Services, at: datetime) -> int:
    """The second leg: ask about every transfer that was not heard of for a minute."""
    async with services.db.transaction() as tx:
        ids = await withdrawals.claim_to_poll(tx, at, POLLED_AFTER, POLLED_MAX)
    for withdrawal_id in ids:
        try:
            await check(services, withdrawal_id, at)
        except ProviderError as error:
            _log.warning("transfer_unclear", withdrawal=str(withdrawal_id), code=error.code)
    return len(ids)


async def check(services: Services, withdrawal_id: UUID, at: datetime) -> Withdrawal:
    """What WeChat Pay knows of this transfer now; one that never reached it is sent again."""
    async with services.db.transaction() as tx:
        withdrawal = await withdrawals.read(tx, withdrawal_id)
    if withdrawal.status not in SENT:
        return withdrawal
    state = await services.transfers[withdrawal.provider].query_transfer(withdrawal.out_bill_no)
    if state.outcome is TransferOutcome.unknown and withdrawal.status == WithdrawalStatus.approved:
        return await send(services, withdrawal_id, at)
    return await _applied(services, withdrawal.out_bill_no, state, at)


async def _applied(
    services: Services, out_bill_no: str, state: TransferState, at: datetime
) -> Withdrawal:
    async with services.db.transaction() as tx:
        return await apply_state(tx, out_bill_no, state, at)


async def transfer_told(services: Services, state: TransferState, at: datetime) -> None:
    """What a provider's notice says of a transfer; another amount than ours changes nothing."""

    async def story(tx: Tx) -> None:
        withdrawal = await withdrawals.lock_bill(tx, state.out_bill_no)
        if state.amount_fen not in (None, withdrawal.amount_fen):
            _log.error("transfer_amount_differs", withdrawal=str(withdrawal.id))
            return
        await apply_state(tx, state.out_bill_no, state, at)

    await services.db.run(story)


async def apply_state(tx: Tx, out_bill_no: str, state: TransferState, at: datetime) -> Withdrawal:
    """One state of a transfer, once: a finished withdrawal hears nothing more."""
    withdrawal = await withdrawals.lock_bill(tx, out_bill_no)
    if withdrawal.status not in SENT:
        return withdrawal
    if state.outcome is TransferOutcome.paid:
        await withdrawals.paid(tx, withdrawal, state.provider_state, at)
    elif state.outcome is TransferOutcome.failed:
        reason = state.fail_reason or state.provider_state
        await withdrawals.failed(tx, withdrawal, state.provider_state, reason, at)
    elif state.outcome is not TransferOutcome.unknown:
        is_waiting = state.outcome is TransferOutcome.waiting_user
        news = TransferNews(state.provider_state, is_waiting, state.confirm_token)
        await withdrawals.under_way(tx, withdrawal, news, at)
    return withdrawal
