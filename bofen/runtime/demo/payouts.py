"""Affiliates of the demo's past: who applies, who is frozen, who is paid out and who is not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bofen.affiliates import applications, withdrawals
from bofen.affiliates.applications import Decision
from bofen.affiliates.rules import AffiliateStatus, WithdrawalStatus
from bofen.flows import withdraw
from bofen.flows.withdraw import Wish
from bofen.gateways.payments.protocol import TransferOutcome, TransferState
from bofen.identity.rules import Role
from bofen.kit.db import Tx
from bofen.kit.money import Fen
from bofen.ledger import queries as ledger
from bofen.runtime.demo import people
from bofen.runtime.demo.cast import applies, person
from bofen.runtime.demo.sales import Stage
from bofen.runtime.demo.story import named

_YUAN = 100
_REASON = "收款实名与申请人不一致，请核对后重新申请"


class End(StrEnum):
    """What becomes of a withdrawal. `waiting`: one of two persons has agreed to it."""

    paid = "paid"
    failed = "failed"
    refused = "refused"
    waiting = "waiting"


@dataclass(frozen=True)
class Payout:
    """All that is available is asked for, to the yuan, but for what the affiliate leaves."""

    day: int
    promoter: int
    end: End
    hour: float = 11.0
    share_percent: int = 100


PAYOUTS = (
    Payout(26, 0, End.paid),
    Payout(33, 2, End.failed),
    Payout(34, 2, End.paid),
    Payout(36, 0, End.paid),
    Payout(46, 0, End.paid),
    Payout(52, 1, End.refused),
    Payout(54, 0, End.paid, share_percent=60),
    Payout(55, 2, End.paid),
    Payout(58, 1, End.waiting),
)


async def pay_out(tx: Tx, stage: Stage, payout: Payout, at: datetime) -> None:
    """One withdrawal from asking to its end; nothing where too little is available."""
    promoter = stage.cast.promoters[payout.promoter]
    found = (await ledger.balances(tx, [promoter.id]))[promoter.id]
    amount_fen = found.payable_fen * payout.share_percent // 100 // _YUAN * _YUAN
    if amount_fen < 10 * _YUAN:
        return
    wish = Wish(
        named(f"withdrawal {payout.day} {payout.promoter}"),
        promoter.id,
        promoter.person_id,
        Fen(amount_fen),
    )
    made = await withdraw.ask(tx, stage.services.transfers, wish, at)
    finance, owner = stage.cast.staff[Role.finance], stage.cast.staff[Role.owner]
    if made.status == WithdrawalStatus.requested:
        later = at + timedelta(hours=3)
        if payout.end is End.refused:
            await withdrawals.refuse(tx, made.id, _REASON, finance, later)
            return
        await withdraw.approve(tx, stage.services.vault, made.id, finance, later)
        if payout.end is End.waiting:
            return
        await withdraw.approve(tx, stage.services.vault, made.id, owner, later)
    await withdraw.apply_state(tx, made.out_bill_no, _told(made.out_bill_no, payout.end), at)


def _told(number: str, end: End) -> TransferState:
    """What WeChat Pay says of the transfer."""
    if end is End.failed:
        return TransferState(
            number, TransferOutcome.failed, "FAIL", fail_reason="PAYEE_ACCOUNT_ABNORMAL"
        )
    return TransferState(number, TransferOutcome.paid, "SUCCESS")


async def people_of(tx: Tx, stage: Stage, day: int, at: datetime) -> None:
    """Who asks to be an affiliate on this day, and who is frozen."""
    reviewer = stage.cast.staff[Role.reviewer]
    for openid, name, introduction, on, status in people.APPLICANTS:
        if on == day:
            person_id = await person(tx, stage.services, openid, name, at)
            made = await applies(tx, stage.services, person_id, name, introduction, at)
            if status is not AffiliateStatus.pending:
                decision = Decision(status, people.REFUSED_FOR)
                decided_at = at + timedelta(hours=4)
                await applications.decide(tx, made.id, decision, reviewer, decided_at)
    name, on, reason = people.FROZEN
    if on == day:
        no = [known[1] for known in people.AFFILIATES].index(name)
        frozen = Decision(AffiliateStatus.frozen, reason)
        await applications.decide(tx, stage.cast.promoters[no].id, frozen, reviewer, at)
