"""Large withdrawals: two persons agree, neither of them the payee, whatever their logins."""

import asyncio
from uuid import UUID, uuid4

import pytest

from bofen.affiliates import applications, withdrawals
from bofen.affiliates.applications import Decision
from bofen.affiliates.errors import (
    ApprovedAlready,
    ApproverUnknown,
    OwnWithdrawal,
    PayeeFrozen,
    PayeePhoneNeeded,
    PhoneNeeded,
    WithdrawalDecided,
)
from bofen.affiliates.models import Withdrawal
from bofen.affiliates.rules import AffiliateStatus
from bofen.affiliates.withdrawals import Payee, WithdrawalAsked
from bofen.flows import withdraw
from bofen.gateways.wechat_pay.words import NAME
from bofen.identity import phones
from bofen.identity.rules import Role, StaffMember
from bofen.kit.db import Database
from bofen.kit.money import Fen
from bofen.ledger.rules import Balances
from bofen.settings import service as settings
from tests.flows.affiliates_given import (
    RELEASED,
    VAULT,
    Wallets,
    a_clerk,
    a_member,
    a_person,
    an_affiliate,
    asked,
    available,
    balances,
    person_of,
    services,
)


async def approved(db: Database, withdrawal_id: UUID, by: StaffMember) -> Withdrawal:
    async with db.transaction() as tx:
        return await withdraw.approve(tx, VAULT, withdrawal_id, by, RELEASED)


async def test_a_large_withdrawal_waits_for_two_persons(db: Database) -> None:
    affiliate_id, wallets = await an_affiliate(db), Wallets()
    first, second = await a_clerk(db), await a_clerk(db)
    shop = services(db, wallets)
    await available(db, affiliate_id, 300_000, RELEASED)
    made = await asked(db, affiliate_id, 200_001)
    await withdraw.send(shop, made.id, RELEASED)
    assert (made.status, wallets.calls) == ("requested", [])

    once = await approved(db, made.id, first)
    await withdraw.send(shop, made.id, RELEASED)
    assert (once.status, wallets.calls) == ("requested", [])
    with pytest.raises(ApprovedAlready):
        await approved(db, made.id, first)
    twice = await approved(db, made.id, second)
    sent = await withdraw.send(shop, made.id, RELEASED)

    assert (twice.status, sent.status) == ("approved", "waiting_user")
    assert wallets.names == ["张晓梅"]
    with pytest.raises(WithdrawalDecided):
        async with db.transaction() as tx:
            await withdrawals.refuse(tx, made.id, "重复", second, RELEASED)


async def test_two_logins_of_one_person_are_one_approval(db: Database) -> None:
    affiliate_id, person_id = await an_affiliate(db), await a_person(db)
    logins = [await a_clerk(db, person_id), await a_clerk(db, person_id)]
    await available(db, affiliate_id, 300_000, RELEASED)
    made = await asked(db, affiliate_id, 300_000)
    await approved(db, made.id, logins[0])

    with pytest.raises(ApprovedAlready):
        await approved(db, made.id, logins[1])


async def test_five_who_approve_at_once_send_it_once(db: Database) -> None:
    affiliate_id, clerks = await an_affiliate(db), [await a_clerk(db) for _ in range(5)]
    await available(db, affiliate_id, 300_000, RELEASED)
    made = await asked(db, affiliate_id, 300_000)

    answers = await asyncio.gather(
        *(approved(db, made.id, clerk) for clerk in clerks), return_exceptions=True
    )

    assert sum(isinstance(answer, WithdrawalDecided) for answer in answers) == 3
    async with db.transaction() as tx:
        given = (await withdrawals.approvers(tx, [made.id]))[made.id]
        jobs = await tx.fetch(
            "SELECT 1 FROM pgqueuer WHERE entrypoint = $1"
            " AND convert_from(payload, 'UTF8')::jsonb->>'withdrawal_id' = $2",
            withdraw.JOB,
            str(made.id),
        )
    assert (len(given), len(jobs)) == (2, 1)


async def test_nobody_approves_whose_person_is_unknown(db: Database) -> None:
    affiliate_id, clerk = await an_affiliate(db), await a_member(db, Role.finance)
    await available(db, affiliate_id, 300_000, RELEASED)
    made = await asked(db, affiliate_id, 300_000)

    with pytest.raises(ApproverUnknown):
        await approved(db, made.id, clerk)


async def test_nobody_approves_for_a_payee_of_whom_no_phone_is_known(db: Database) -> None:
    """As versions before let him ask, and his withdrawal still waits."""
    affiliate_id, clerk = await an_affiliate(db, has_phone=False), await a_clerk(db)
    await available(db, affiliate_id, 300_000, RELEASED)
    with pytest.raises(PhoneNeeded):
        await asked(db, affiliate_id, 300_000)
    former = WithdrawalAsked(
        uuid4(), affiliate_id, Fen(300_000), Payee(NAME, "o1"), has_proved_phone=True
    )
    async with db.transaction() as tx:
        payout = (await settings.in_force(tx, RELEASED)).payout
        made = await withdrawals.ask(tx, former, payout, RELEASED)

    with pytest.raises(PayeePhoneNeeded):
        await approved(db, made.id, clerk)


async def test_a_frozen_payee_is_not_paid(db: Database) -> None:
    affiliate_id, clerk = await an_affiliate(db), await a_clerk(db)
    await available(db, affiliate_id, 300_000, RELEASED)
    made = await asked(db, affiliate_id, 300_000)
    async with db.transaction() as tx:
        frozen = Decision(AffiliateStatus.frozen, "核实")
        await applications.decide(tx, affiliate_id, frozen, clerk, RELEASED)

    with pytest.raises(PayeeFrozen):
        await approved(db, made.id, clerk)


async def test_a_refused_withdrawal_comes_back_whole(db: Database) -> None:
    affiliate_id, clerk = await an_affiliate(db), await a_clerk(db)
    await available(db, affiliate_id, 300_000, RELEASED)
    made = await asked(db, affiliate_id, 300_000)

    async with db.transaction() as tx:
        refused = await withdrawals.refuse(tx, made.id, "实名不符", clerk, RELEASED)

    assert (refused.status, refused.fail_reason) == ("refused", "实名不符")
    assert await balances(db, affiliate_id) == Balances(payable_fen=Fen(300_000))


async def test_nobody_approves_his_own_withdrawal(db: Database) -> None:
    affiliate_id, phone = await an_affiliate(db), f"139{uuid4().int % 10**8:08}"
    person_id = await person_of(db, affiliate_id)
    async with db.transaction() as tx:
        await phones.prove(tx, VAULT, person_id, phone, RELEASED)
    by_link, by_login = await a_clerk(db, person_id), await a_clerk(db, login=phone)
    await available(db, affiliate_id, 300_000, RELEASED)
    made = await asked(db, affiliate_id, 300_000)

    for own in (by_link, by_login):
        with pytest.raises(OwnWithdrawal):
            await approved(db, made.id, own)
