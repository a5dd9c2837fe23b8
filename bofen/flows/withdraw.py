"""A withdrawal from asking to the affiliate's WeChat wallet.

The amount is held, and the number is made, before WeChat Pay is called; an unclear answer changes
neither. Notice and poll tell the end, whichever comes first.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bofen.affiliates import withdrawals
from bofen.affiliates.errors import OwnWithdrawal, WeChatNeeded
from bofen.affiliates.withdrawals import Withdrawal, WithdrawalAsked
from bofen.flows.services import Services
from bofen.gateways.payments.protocol import TransferAsked, TransferOutcome, TransferState
from bofen.gateways.wechat_pay.words import NAME
from bofen.identity import audit
from bofen.identity import service as identity
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.kit import clock, log
from bofen.kit.crypto import Vault
from bofen.kit.db import Tx
from bofen.kit.errors import ProviderError
from bofen.kit.money import Fen
from bofen.settings import service as settings

JOB = "transfer_withdrawal"
REMARK = "推广佣金"
POLLED_AFTER = timedelta(minutes=1)
POLLED_MAX = 100

_log = log.get(__name__)


async def ask(
    tx: Tx, appid: str, withdrawal: tuple[UUID, Fen], affiliate: tuple[UUID, UUID], at: datetime
) -> Withdrawal:
    """Hold the amount; small ones are sent at once, large ones wait for a second person.

    `withdrawal` is (id, amount), `affiliate` is (id, person).
    """
    withdrawal_id, amount_fen = withdrawal
    affiliate_id, person_id = affiliate
    openid = await identity.openid_of(tx, person_id, appid)
    if openid is None:
        raise WeChatNeeded
    asked = WithdrawalAsked(withdrawal_id, affiliate_id, amount_fen, openid)
    payout = (await settings.in_force(tx, at)).payout
    made = await withdrawals.ask(tx, asked, payout, at)
    if made.status == "approved":
        await tx.enqueue(JOB, {"withdrawal_id": made.id})
    return made


async def approve(
    tx: Tx, vault: Vault, withdrawal_id: UUID, by: StaffMember, at: datetime
) -> Withdrawal:
    """The second person says yes. Whoever asked must be somebody else."""
    asked = await withdrawals.lock(tx, withdrawal_id)
    if await _is_own(tx, vault, asked, by.id):
        raise OwnWithdrawal
    approved = await withdrawals.decide(tx, withdrawal_id, by.id, None, at)
    subject, amount_fen = f"withdrawal:{withdrawal_id}", approved.amount_fen
    await audit.record(tx, by, Deed.withdrawal_approved, subject, at, amount_fen=amount_fen)
    await tx.enqueue(JOB, {"withdrawal_id": withdrawal_id})
    return approved


async def refuse(
    tx: Tx, withdrawal_id: UUID, by: StaffMember, reason: str, at: datetime
) -> Withdrawal:
    """Staff say no: the whole amount is available to the affiliate again."""
    refused = await withdrawals.decide(tx, withdrawal_id, by.id, reason, at)
    facts = {"amount_fen": refused.amount_fen, "reason": reason}
    await audit.record(tx, by, Deed.withdrawal_refused, f"withdrawal:{withdrawal_id}", at, **facts)
    return refused


async def _is_own(tx: Tx, vault: Vault, asked: Withdrawal, staff_id: UUID) -> bool:
    """Whether the member of staff is the affiliate: staff who sign in by phone are known by it."""
    logins = await tx.fetch("SELECT login FROM identity_staff WHERE id = $1", staff_id)
    rows = await tx.fetch(
        "SELECT 1 FROM affiliates_affiliate affiliate"
        " JOIN identity_person person ON person.id = affiliate.person_id"
        " WHERE affiliate.id = $1 AND person.phone_index = ANY($2::bytea[])",
        asked.affiliate_id,
        [vault.blind_index(row["login"]) for row in logins],
    )
    return bool(rows)


async def transfer_withdrawal(services: Services, facts: dict[str, Any]) -> None:
    """The job: have WeChat Pay send an approved withdrawal. Safe to run again."""
    await send(services, UUID(facts["withdrawal_id"]), clock.now())


async def send(services: Services, withdrawal_id: UUID, at: datetime) -> Withdrawal:
    """Ask WeChat Pay for the transfer, always with the same number; unclear answers are raised."""
    async with services.db.transaction() as tx:
        withdrawal = await withdrawals.one(tx, withdrawal_id)
        name = await withdrawals.sealed_name(tx, withdrawal.affiliate_id)
    if withdrawal.status != "approved":
        return withdrawal
    provider = services.transfers[NAME]
    is_named = withdrawal.amount_fen >= provider.named_from_fen
    try:
        state = await provider.transfer(
            TransferAsked(
                withdrawal.out_bill_no,
                withdrawal.openid,
                withdrawal.amount_fen,
                REMARK,
                services.vault.open(name) if is_named else None,
            )
        )
    except ProviderError as error:
        if not error.is_final:
            raise
        state = await _state_after_refusal(services, withdrawal, error)
    return await _told(services, withdrawal.out_bill_no, state, at)


async def _state_after_refusal(
    services: Services, withdrawal: Withdrawal, refusal: ProviderError
) -> TransferState:
    """WeChat Pay said no: only when it also knows no such transfer is the money ours again."""
    state = await services.transfers[NAME].query_transfer(withdrawal.out_bill_no)
    if state.outcome is not TransferOutcome.unknown:
        return state
    reason = refusal.message or refusal.code
    return TransferState(withdrawal.out_bill_no, TransferOutcome.failed, "FAIL", fail_reason=reason)


async def poll(services: Services, at: datetime) -> int:
    """The second leg: ask about every transfer that was not heard of for a minute."""
    async with services.db.transaction() as tx:
        ids = await withdrawals.unfinished(tx, at - POLLED_AFTER, POLLED_MAX)
    for withdrawal_id in ids:
        try:
            await check(services, withdrawal_id, at)
        except ProviderError as error:
            _log.warning("transfer_unclear", withdrawal=str(withdrawal_id), code=error.code)
    return len(ids)


async def check(services: Services, withdrawal_id: UUID, at: datetime) -> Withdrawal:
    """What WeChat Pay knows of this transfer now; one that never reached it is sent again."""
    async with services.db.transaction() as tx:
        withdrawal = await withdrawals.one(tx, withdrawal_id)
    if withdrawal.status not in {"approved", "waiting_user"}:
        return withdrawal
    state = await services.transfers[NAME].query_transfer(withdrawal.out_bill_no)
    if state.outcome is TransferOutcome.unknown and withdrawal.status == "approved":
        return await send(services, withdrawal_id, at)
    return await _told(services, withdrawal.out_bill_no, state, at)


async def _told(
    services: Services, out_bill_no: str, state: TransferState, at: datetime
) -> Withdrawal:
    async with services.db.transaction() as tx:
        return await _apply(tx, out_bill_no, state, at)


async def transfer_told(services: Services, state: TransferState, at: datetime) -> None:
    """What a provider's notice says of a transfer; another amount than ours changes nothing."""

    async def story(tx: Tx) -> None:
        withdrawal = await withdrawals.lock_bill(tx, state.out_bill_no)
        if state.amount_fen not in (None, withdrawal.amount_fen):
            _log.error("transfer_amount_differs", withdrawal=str(withdrawal.id))
            return
        await _apply(tx, state.out_bill_no, state, at)

    await services.db.run(story)


async def _apply(tx: Tx, out_bill_no: str, state: TransferState, at: datetime) -> Withdrawal:
    """One state of a transfer, once: a finished withdrawal hears nothing more."""
    withdrawal = await withdrawals.lock_bill(tx, out_bill_no)
    if withdrawal.status not in {"approved", "waiting_user"}:
        return withdrawal
    if state.outcome is TransferOutcome.paid:
        await withdrawals.paid(tx, withdrawal, at)
    elif state.outcome is TransferOutcome.failed:
        reason = state.fail_reason or state.provider_state
        await withdrawals.failed(tx, withdrawal, state.provider_state, reason, at)
    elif state.outcome is not TransferOutcome.unknown:
        await withdrawals.wait_for_user(
            tx, withdrawal, state.provider_state, state.confirm_token, at
        )
    return await withdrawals.one(tx, withdrawal.id)
