"""Withdrawals: the whole balance leaves once, comes back whole, and debts are worked off."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from bofen.affiliates import withdrawals
from bofen.affiliates.errors import (
    AffiliateFrozen,
    BalanceTooSmall,
    WithdrawalPending,
    WithdrawalTooSmall,
)
from bofen.affiliates.models import Withdrawal
from bofen.affiliates.rules import WITHDRAWAL_MAY_BECOME
from bofen.flows import withdraw
from bofen.gateways.wechat_pay.words import transfer_state
from bofen.kit.db import Database
from bofen.kit.errors import IdReused, ProviderError, Refusal
from bofen.kit.money import Fen
from bofen.ledger import service as ledger
from bofen.ledger.rules import Account, Balances, Reason, Transfer
from tests.flows.affiliates_given import (
    RELEASED,
    Wallets,
    an_affiliate,
    asked,
    available,
    balances,
    refunded,
    services,
)


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
    assert (waiting.status, waiting.confirm_token) == ("waiting_user", "package")
    assert (ended.status, ended.confirm_token) == ("paid", None)
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

    assert sum(isinstance(answer, Withdrawal) for answer in answers) == 1
    assert sum(isinstance(answer, WithdrawalPending) for answer in answers) == 7
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


async def test_what_was_approved_waits_while_the_affiliate_is_frozen(db: Database) -> None:
    affiliate_id, wallets = await an_affiliate(db), Wallets()
    shop = services(db, wallets)
    await available(db, affiliate_id, 5_000, RELEASED)
    made = await asked(db, affiliate_id, 5_000)
    status = "UPDATE affiliates_affiliate SET status = $2 WHERE id = $1"
    async with db.transaction() as tx:
        await tx.fetch(status, affiliate_id, "frozen")
    waiting = await withdraw.check(shop, made.id, RELEASED)
    calls_while_frozen = list(wallets.calls)
    async with db.transaction() as tx:
        await tx.fetch(status, affiliate_id, "approved")

    await withdraw.check(shop, made.id, RELEASED)

    assert (waiting.status, calls_while_frozen) == ("approved", [])
    assert wallets.calls == [made.out_bill_no]


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
        ended = await withdrawals.read(tx, made.id)
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


def test_every_step_of_a_withdrawal_is_allowed_or_refused() -> None:
    allowed = {
        (now.value, then.value) for now, after in WITHDRAWAL_MAY_BECOME.items() for then in after
    }

    assert allowed == {
        ("requested", "approved"),
        ("requested", "refused"),
        ("approved", "waiting_user"),
        ("approved", "paid"),
        ("approved", "failed"),
        ("waiting_user", "paid"),
        ("waiting_user", "failed"),
    }


async def test_the_number_of_a_transfer_is_letters_and_digits(db: Database) -> None:
    affiliate_id = await an_affiliate(db)
    await available(db, affiliate_id, 5_000, RELEASED)

    made = await asked(db, affiliate_id, 5_000)

    assert made.out_bill_no.isalnum()
    assert len(made.out_bill_no) == 32
