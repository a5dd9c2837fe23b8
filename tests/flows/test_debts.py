"""Debts: worked off by later commission, or written off by the owner, once."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from bofen.affiliates import debts
from bofen.affiliates.debts import WriteOffAsked
from bofen.affiliates.errors import (
    BalanceTooSmall,
    DebtChanged,
)
from bofen.flows import withdraw
from bofen.identity.rules import Role
from bofen.kit.db import Database
from bofen.kit.money import Fen
from bofen.ledger.rules import Balances
from bofen.reports.promises import PROMISES
from bofen.reports.verify import verify
from tests.flows.affiliates_given import (
    RELEASED,
    Wallets,
    a_member,
    an_affiliate,
    asked,
    available,
    balances,
    refunded,
    services,
)

LEDGER_PROMISES = {
    "every ledger transfer sums to zero",
    "what was released is payable, in transit or paid out",
}
assert PROMISES.keys() >= LEDGER_PROMISES


async def in_debt(db: Database, affiliate_id: UUID) -> None:
    """5 000 fen were paid out, and the sale they came from was refunded."""
    wallets = Wallets()
    shop = services(db, wallets)
    sale = await available(db, affiliate_id, 5_000, RELEASED)
    made = await asked(db, affiliate_id, 5_000)
    await withdraw.send(shop, made.id, RELEASED)
    wallets.end(made.out_bill_no, "SUCCESS")
    await withdraw.check(shop, made.id, RELEASED)
    await refunded(db, sale, sale.base_fen)


async def test_a_refund_after_the_pay_out_is_a_debt_that_later_commission_works_off(
    db: Database,
) -> None:
    affiliate_id = await an_affiliate(db)
    await in_debt(db, affiliate_id)
    owing = await balances(db, affiliate_id)
    with pytest.raises(BalanceTooSmall):
        await asked(db, affiliate_id, 1_000)
    await available(db, affiliate_id, 7_000, RELEASED)

    assert (owing.payable_fen, owing.debt_fen) == (-5_000, 5_000)
    assert (await balances(db, affiliate_id)).payable_fen == 2_000


async def test_a_debt_is_written_off_once_however_many_ask(own: Database) -> None:
    affiliate_id, owner = await an_affiliate(own), await a_member(own, Role.owner)
    await in_debt(own, affiliate_id)
    asked_for = WriteOffAsked(uuid4(), affiliate_id, Fen(5_000), "买家恶意退款")

    async def write_off(wanted: WriteOffAsked) -> None:
        async with own.transaction() as tx:
            await debts.write_off(tx, wanted, owner, RELEASED)

    others = [replace(asked_for, id=uuid4()) for _ in range(3)]
    answers = await asyncio.gather(
        *(write_off(one) for one in (asked_for, asked_for, *others)), return_exceptions=True
    )

    assert await balances(own, affiliate_id) == Balances(paid_out_fen=Fen(5_000))
    assert sum(isinstance(one, DebtChanged) for one in answers) >= 3
    async with own.reading() as tx:
        broken = [breach.promise for breach in await verify(tx)]
        deeds = await tx.fetch("SELECT facts FROM identity_audit WHERE action = 'debt_written_off'")
    assert len(deeds) == 1
    assert not LEDGER_PROMISES & set(broken)


async def test_a_debt_that_has_changed_is_not_written_off(db: Database) -> None:
    affiliate_id, owner = await an_affiliate(db), await a_member(db, Role.owner)
    await in_debt(db, affiliate_id)

    stale = WriteOffAsked(uuid4(), affiliate_id, Fen(4_000), "看错了")
    with pytest.raises(DebtChanged):
        async with db.transaction() as tx:
            await debts.write_off(tx, stale, owner, RELEASED)

    assert (await balances(db, affiliate_id)).debt_fen == 5_000
