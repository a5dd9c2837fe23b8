"""Withdrawals: the whole balance leaves once, comes back whole, and debts are worked off."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from bofen.affiliates import withdrawals
from bofen.affiliates.errors import (
    AffiliateFrozen,
    BalanceTooSmall,
    OwnWithdrawal,
    WithdrawalDecided,
    WithdrawalPending,
    WithdrawalTooSmall,
)
from bofen.affiliates.withdrawals import Withdrawal, WithdrawalAsked
from bofen.flows import withdraw
from bofen.gateways.wechat_pay.words import transfer_state
from bofen.identity.rules import Role, StaffMember
from bofen.kit.db import Database
from bofen.kit.errors import IdReused, ProviderError, Refusal
from bofen.kit.money import Fen
from bofen.ledger import service as ledger
from bofen.ledger.rules import Account, Balances, Reason, Transfer
from tests.conftest import NOON
from tests.flows.affiliates_given import (
    APPID,
    RELEASED,
    Wallets,
    an_affiliate,
    available,
    balances,
    person_of,
    refunded,
    services,
)


async def asked(
    db: Database, affiliate_id: UUID, amount: int, withdrawal_id: UUID | None = None
) -> Withdrawal:
    person_id = await person_of(db, affiliate_id)
    async with db.transaction() as tx:
        return await withdraw.ask(
            tx, APPID, (withdrawal_id or uuid4(), Fen(amount)), (affiliate_id, person_id), RELEASED
        )


async def a_staff(db: Database, login: str | None = None) -> StaffMember:
    staff_id = uuid4()
    async with db.transaction() as tx:
        await tx.fetch(
            "INSERT INTO identity_staff"
            " (id, login, name, password_hash, role, created_at, is_active)"
            " VALUES ($1, $2, '财务', '!', 'finance', $3, true)",
            staff_id,
            login or str(staff_id),
            NOON,
        )
    return StaffMember(staff_id, "小郑", Role.finance)


async def test_a_withdrawal_goes_to_the_wallet(db: Database) -> None:
    affiliate_id, wallets = await an_affiliate(db), Wallets()
    shop = services(db, wallets)
    await available(db, affiliate_id, 5_000, RELEASED)
    made = await asked(db, affiliate_id, 3_000)
    held = await balances(db, affiliate_id)

    waiting = await withdraw.send(shop, made.id, RELEASED)
    wallets.end(made.out_bill_no, "SUCCESS")
    ended = await withdraw.check(shop, made.id, RELEASED)

    assert held == Balances(payable_fen=Fen(2_000), in_transit_fen=Fen(3_000))
    assert (waiting.status, waiting.package_info) == ("waiting_user", "package")
    assert (ended.status, ended.package_info) == ("paid", None)
    assert await balances(db, affiliate_id) == Balances(
        payable_fen=Fen(2_000), paid_out_fen=Fen(3_000)
    )


async def test_the_same_withdrawal_asked_twice_is_one(db: Database) -> None:
    affiliate_id, withdrawal_id = await an_affiliate(db), uuid4()
    await available(db, affiliate_id, 5_000, RELEASED)

    first = await asked(db, affiliate_id, 3_000, withdrawal_id)
    second = await asked(db, affiliate_id, 3_000, withdrawal_id)

    assert first == second
    assert (await balances(db, affiliate_id)).in_transit_fen == 3_000
    with pytest.raises(IdReused):
        await asked(db, affiliate_id, 2_000, withdrawal_id)


async def test_eight_withdrawals_of_everything_at_once_are_one(db: Database) -> None:
    affiliate_id = await an_affiliate(db)
    await available(db, affiliate_id, 10_000, RELEASED)

    answers = await asyncio.gather(
        *(asked(db, affiliate_id, 10_000) for _ in range(8)), return_exceptions=True
    )

    assert sum(isinstance(one, Withdrawal) for one in answers) == 1
    assert sum(isinstance(one, WithdrawalPending) for one in answers) == 7
    assert await balances(db, affiliate_id) == Balances(in_transit_fen=Fen(10_000))


async def test_without_the_queue_eight_would_all_find_the_balance(db: Database) -> None:
    """The control: look, then hold, and nothing between: the balance goes out eight times."""
    affiliate_id, looked = await an_affiliate(db), asyncio.Barrier(8)
    await available(db, affiliate_id, 10_000, RELEASED)

    async def unguarded() -> None:
        found = (await balances(db, affiliate_id)).payable_fen
        await looked.wait()
        withdrawal_id = uuid4()
        held = Transfer(
            Reason.withdrawal_held,
            str(withdrawal_id),
            withdrawal_id,
            affiliate_id,
            Account.commission_payable,
            Account.withdrawal_in_transit,
            found,
        )
        async with db.transaction() as tx:
            await ledger.post(tx, [held], RELEASED)

    await asyncio.gather(*(unguarded() for _ in range(8)))

    assert await balances(db, affiliate_id) == Balances(
        payable_fen=Fen(-70_000), in_transit_fen=Fen(80_000)
    )


@pytest.mark.parametrize(
    ("amount", "refusal"), [(999, WithdrawalTooSmall), (5_001, BalanceTooSmall)]
)
async def test_too_little_and_too_much_are_refused(
    db: Database, amount: int, refusal: type[Refusal]
) -> None:
    affiliate_id = await an_affiliate(db)
    await available(db, affiliate_id, 5_000, RELEASED)

    with pytest.raises(refusal):
        await asked(db, affiliate_id, amount)

    assert await balances(db, affiliate_id) == Balances(payable_fen=Fen(5_000))


async def test_a_frozen_affiliate_withdraws_nothing(db: Database) -> None:
    affiliate_id = await an_affiliate(db)
    await available(db, affiliate_id, 5_000, RELEASED)
    async with db.transaction() as tx:
        await tx.fetch(
            "UPDATE affiliates_affiliate SET status = 'frozen' WHERE id = $1", affiliate_id
        )

    with pytest.raises(AffiliateFrozen):
        await asked(db, affiliate_id, 5_000)


async def test_a_large_withdrawal_waits_for_a_second_person(db: Database) -> None:
    affiliate_id, wallets, by = await an_affiliate(db), Wallets(), await a_staff(db)
    shop = services(db, wallets)
    await available(db, affiliate_id, 300_000, RELEASED)
    made = await asked(db, affiliate_id, 200_001)
    await withdraw.send(shop, made.id, RELEASED)
    assert (made.status, wallets.calls) == ("requested", [])

    async with db.transaction() as tx:
        await withdraw.approve(tx, shop.vault, made.id, by, RELEASED)
    sent = await withdraw.send(shop, made.id, RELEASED)

    assert sent.status == "waiting_user"
    assert wallets.names == ["张晓梅"]
    with pytest.raises(WithdrawalDecided):
        async with db.transaction() as tx:
            await withdraw.refuse(tx, made.id, by, "重复", RELEASED)


async def test_a_refused_withdrawal_comes_back_whole(db: Database) -> None:
    affiliate_id, by = await an_affiliate(db), await a_staff(db)
    await available(db, affiliate_id, 300_000, RELEASED)
    made = await asked(db, affiliate_id, 300_000)

    async with db.transaction() as tx:
        refused = await withdraw.refuse(tx, made.id, by, "实名不符", RELEASED)

    assert (refused.status, refused.fail_reason) == ("refused", "实名不符")
    assert await balances(db, affiliate_id) == Balances(payable_fen=Fen(300_000))


async def test_nobody_approves_his_own_withdrawal(db: Database) -> None:
    affiliate_id, phone = await an_affiliate(db), f"139{uuid4().int % 10**8:08}"
    shop = services(db)
    by, person_id = await a_staff(db, phone), await person_of(db, affiliate_id)
    async with db.transaction() as tx:
        await tx.fetch(
            "UPDATE identity_person SET phone_index = $2 WHERE id = $1",
            person_id,
            shop.vault.blind_index(phone),
        )
    await available(db, affiliate_id, 300_000, RELEASED)
    made = await asked(db, affiliate_id, 300_000)

    with pytest.raises(OwnWithdrawal):
        async with db.transaction() as tx:
            await withdraw.approve(tx, shop.vault, made.id, by, RELEASED)


async def test_a_lost_answer_keeps_the_number_and_sends_once(db: Database) -> None:
    affiliate_id, wallets = await an_affiliate(db), Wallets(lose_answers=1)
    shop = services(db, wallets)
    await available(db, affiliate_id, 5_000, RELEASED)
    made = await asked(db, affiliate_id, 5_000)

    with pytest.raises(ProviderError):
        await withdraw.send(shop, made.id, RELEASED)
    unclear = await balances(db, affiliate_id)
    await withdraw.transfer_withdrawal(shop, {"withdrawal_id": str(made.id)})

    assert unclear.in_transit_fen == 5_000
    assert set(wallets.calls) == {made.out_bill_no}
    assert list(wallets.states) == [made.out_bill_no]


async def test_the_poll_finds_what_no_notice_told(db: Database) -> None:
    affiliate_id, wallets = await an_affiliate(db), Wallets()
    shop = services(db, wallets)
    await available(db, affiliate_id, 5_000, RELEASED)
    made = await asked(db, affiliate_id, 5_000)
    await withdraw.send(shop, made.id, RELEASED)
    wallets.end(made.out_bill_no, "CANCELLED", "24小时内未确认")

    await withdraw.poll(shop, RELEASED + timedelta(days=1))

    async with db.transaction() as tx:
        ended = await withdrawals.one(tx, made.id)
    assert (ended.status, ended.fail_reason) == ("failed", "24小时内未确认")
    assert await balances(db, affiliate_id) == Balances(payable_fen=Fen(5_000))


async def test_a_certain_refusal_gives_the_amount_back(db: Database) -> None:
    affiliate_id, wallets = await an_affiliate(db), Wallets(refuse=True)
    shop = services(db, wallets)
    await available(db, affiliate_id, 5_000, RELEASED)
    made = await asked(db, affiliate_id, 5_000)

    ended = await withdraw.send(shop, made.id, RELEASED)

    assert (ended.status, ended.fail_reason) == ("failed", "收款用户未实名")
    assert await balances(db, affiliate_id) == Balances(payable_fen=Fen(5_000))


async def test_notices_repeated_at_once_and_late_change_nothing(db: Database) -> None:
    affiliate_id, wallets = await an_affiliate(db), Wallets()
    await available(db, affiliate_id, 5_000, RELEASED)
    made = await asked(db, affiliate_id, 5_000)
    await withdraw.send(services(db, wallets), made.id, RELEASED)

    async def notice(state: str, amount: int = 5_000) -> None:
        told = {"out_bill_no": made.out_bill_no, "state": state, "transfer_amount": amount}
        await withdraw.transfer_told(services(db, wallets), transfer_state(told), RELEASED)

    await notice("SUCCESS", 4_999)
    assert (await balances(db, affiliate_id)).in_transit_fen == 5_000
    await asyncio.gather(*(notice("SUCCESS") for _ in range(6)))
    await notice("FAIL")

    assert await balances(db, affiliate_id) == Balances(paid_out_fen=Fen(5_000))


async def test_a_refund_after_the_pay_out_is_a_debt_that_later_commission_works_off(
    db: Database,
) -> None:
    affiliate_id, wallets = await an_affiliate(db), Wallets()
    shop = services(db, wallets)
    sale = await available(db, affiliate_id, 5_000, RELEASED)
    made = await asked(db, affiliate_id, 5_000)
    await withdraw.send(shop, made.id, RELEASED)
    wallets.end(made.out_bill_no, "SUCCESS")
    await withdraw.check(shop, made.id, RELEASED)

    await refunded(db, sale, sale.base_fen)
    in_debt = await balances(db, affiliate_id)
    with pytest.raises(BalanceTooSmall):
        await asked(db, affiliate_id, 1_000)
    await available(db, affiliate_id, 7_000, RELEASED)

    assert (in_debt.payable_fen, in_debt.debt_fen) == (-5_000, 5_000)
    assert (await balances(db, affiliate_id)).payable_fen == 2_000


async def test_a_withdrawal_while_a_refund_arrives_never_creates_money(db: Database) -> None:
    affiliate_id = await an_affiliate(db)
    sale = await available(db, affiliate_id, 5_000, RELEASED)

    await asyncio.gather(
        refunded(db, sale, sale.base_fen),
        *(asked(db, affiliate_id, 5_000) for _ in range(4)),
        return_exceptions=True,
    )

    found = await balances(db, affiliate_id)
    assert found.payable_fen + found.in_transit_fen == 0


def test_the_number_of_a_transfer_is_letters_and_digits() -> None:
    asked_for = WithdrawalAsked(uuid4(), uuid4(), Fen(1), "o")

    assert asked_for.id.hex.isalnum()
    assert len(asked_for.id.hex) == 32
