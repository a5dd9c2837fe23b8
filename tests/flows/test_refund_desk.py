"""Refunds that a provider will not finish: named, sent again, settled by two; the rest goes on."""

from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

import pytest

from bofen.flows import refunds as flow
from bofen.flows.send_refund import poll_refunds, send_refund
from bofen.flows.services import Services
from bofen.gateways.payments.protocol import RefundAsked, RefundOutcome, RefundState
from bofen.identity import links
from bofen.kit import clock
from bofen.kit.db import Database
from bofen.kit.errors import ProviderError
from bofen.orders.models import AfterSale
from bofen.payments import desk
from bofen.payments.errors import OwnSettlement, RefundImpossible, SettlementNotAsked
from bofen.payments.rules import Number, RefundStatus
from tests.conftest import NOON
from tests.flows.test_orders_paid import services_with
from tests.flows.test_refunds import a_paid_order, apply, number_of, parcel
from tests.flows.trade_given import (
    PROVIDER,
    VAULT,
    Buyer,
    a_buyer,
    a_sku,
    staff,
    status,
    stock,
)

R = RefundOutcome


@dataclass
class Bank:
    """A provider in memory: what becomes of a refund, and whether it takes it at all."""

    outcome: RefundOutcome = R.succeeded
    refuses: bool = False
    known: dict[str, RefundOutcome] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)

    async def refund(self, asked: RefundAsked) -> RefundState:
        self.calls.append(asked.out_refund_no)
        if self.refuses:
            raise ProviderError(PROVIDER, "PARAM_ERROR", is_final=True)
        self.known[asked.out_refund_no] = self.outcome
        return RefundState(asked.out_refund_no, self.outcome)

    async def query_refund(self, out_refund_no: str) -> RefundState:
        return RefundState(out_refund_no, self.known.get(out_refund_no, R.unknown))


@dataclass
class Case:
    """An order of two, of which one piece is being paid back by a bank that will not."""

    db: Database
    services: Services
    bank: Bank
    buyer: Buyer
    order_id: UUID
    after_sale: AfterSale

    async def send(self, number: Number) -> None:
        facts = {"provider": number.provider, "out_refund_no": number.no}
        await send_refund(self.services, facts)

    async def waiting(self) -> list[tuple[str, RefundStatus]]:
        async with self.db.transaction() as tx:
            page = await desk.in_doubt(tx, None, 100)
        return [
            (row.out_refund_no, row.status) for row in page.items if row.order_id == self.order_id
        ]

    async def state(self) -> str:
        async with self.db.transaction() as tx:
            rows = await tx.fetch(
                "SELECT status FROM orders_after_sale WHERE id = $1", self.after_sale.id
            )
        return str(rows[0]["status"])


async def a_case(db: Database, bank: Bank) -> Case:
    sku, buyer = await a_sku(db), await a_buyer(db)
    order_id = await a_paid_order(db, (sku, 2), buyer=buyer)
    asked = await apply(db, buyer, order_id, (1, 1))
    by = await staff(db)
    await db.run(lambda tx: flow.approve(tx, asked.id, by, NOON))
    case = Case(db, services_with(db, cast("Any", bank)), bank, buyer, order_id, asked)
    await case.send(number_of(asked))
    return case


@pytest.mark.parametrize(
    ("bank", "expected"),
    [
        (Bank(R.abnormal), RefundStatus.abnormal),
        (Bank(R.closed), RefundStatus.closed),
        (Bank(refuses=True), RefundStatus.refused),
    ],
)
async def test_a_refund_that_fails_is_named_and_the_rest_of_the_order_goes_on(
    db: Database, bank: Bank, expected: RefundStatus
) -> None:
    case = await a_case(db, bank)

    assert await case.waiting() == [(number_of(case.after_sale).no, expected)]
    assert await case.state() == "refunding"
    await parcel(db, case.order_id)
    more = await apply(db, case.buyer, case.order_id, (1, 1))
    assert more.status == "applied"
    assert await status(db, case.order_id) == "shipped"


async def test_a_closed_number_is_followed_by_the_next_and_that_pays(db: Database) -> None:
    case = await a_case(db, Bank(R.closed))
    first, by = number_of(case.after_sale), await staff(db)

    second = await db.run(lambda tx: desk.send_again(tx, first, by, clock.now()))
    case.bank.outcome = R.closed
    await _a_minute_later(db, first)
    await case.send(second)
    third = await db.run(lambda tx: desk.send_again(tx, second, by, clock.now()))
    case.bank.outcome = R.succeeded
    await _a_minute_later(db, second)
    await case.send(third)

    assert case.bank.calls == [first.no, f"{first.no}_2", f"{first.no}_3"]
    assert await case.waiting() == []
    assert await case.state() == "done"
    with pytest.raises(RefundImpossible):
        await db.run(lambda tx: desk.send_again(tx, first, by, clock.now()))


async def _a_minute_later(db: Database, number: Number) -> None:
    async with db.transaction() as tx:
        await tx.fetch(
            "UPDATE payments_refund SET called_at = called_at - interval '2 minutes'"
            " WHERE out_refund_no = $1",
            number.no,
        )


async def test_an_unclear_refund_is_sent_again_under_its_own_number(db: Database) -> None:
    case = await a_case(db, Bank(refuses=True))
    number, by = number_of(case.after_sale), await staff(db)

    case.bank.refuses = False
    assert await db.run(lambda tx: desk.send_again(tx, number, by, NOON)) == number
    await case.send(number)

    assert case.bank.calls == [number.no, number.no]
    assert await case.state() == "done"


async def test_a_refusal_of_a_refund_that_was_paid_before_is_not_believed(db: Database) -> None:
    """The answer of the first call was lost; the second is refused because all is paid back."""
    bank = Bank(refuses=True)
    sku, buyer = await a_sku(db), await a_buyer(db)
    asked = await apply(db, buyer, await a_paid_order(db, (sku, 1), buyer=buyer), (1, 1))
    by = await staff(db)
    await db.run(lambda tx: flow.approve(tx, asked.id, by, NOON))
    bank.known[number_of(asked).no] = R.succeeded

    number = number_of(asked)
    facts = {"provider": number.provider, "out_refund_no": number.no}
    await send_refund(services_with(db, cast("Any", bank)), facts)

    assert await status(db, asked.order_id) == "refunded"


async def test_two_persons_settle_what_the_provider_cannot(db: Database) -> None:
    case = await a_case(db, Bank(R.abnormal))
    number, first, second = number_of(case.after_sale), await staff(db), await staff(db)

    with pytest.raises(SettlementNotAsked):
        await db.run(lambda tx: flow.settle_by_hand(tx, VAULT, number, second, NOON))
    await db.run(lambda tx: desk.ask_settlement(tx, number, "银行转账 0815", first, NOON))
    with pytest.raises(OwnSettlement):
        await db.run(lambda tx: flow.settle_by_hand(tx, VAULT, number, first, NOON))
    await db.run(lambda tx: flow.settle_by_hand(tx, VAULT, number, second, NOON))

    assert await case.state() == "done"
    assert await case.waiting() == []
    async with db.transaction() as tx:
        deeds = await tx.fetch(
            "SELECT action, staff_id FROM identity_audit WHERE subject = $1 ORDER BY id",
            f"refund:{number.no}",
        )
    assert deeds == [
        {"action": "refund_settlement_asked", "staff_id": first.id},
        {"action": "refund_settled_by_hand", "staff_id": second.id},
    ]


async def test_two_logins_of_one_person_do_not_settle(db: Database) -> None:
    case, person = await a_case(db, Bank(R.abnormal)), await a_buyer(db)
    number, first, second = number_of(case.after_sale), await staff(db), await staff(db)
    await db.run(lambda tx: desk.ask_settlement(tx, number, "银行转账 0815", first, NOON))
    for login in (first, second):
        await db.run(lambda tx, of=login: links.link_staff(tx, of.id, person.id, first, NOON))

    with pytest.raises(OwnSettlement):
        await db.run(lambda tx: flow.settle_by_hand(tx, VAULT, number, second, NOON))


async def test_the_next_number_of_a_closed_refund_is_no_other_payment_s(db: Database) -> None:
    """Money that came late goes back as L and its own number; the third payment's ends in -3."""
    case = await a_case(db, Bank(R.closed))
    number = number_of(case.after_sale)
    by = await staff(db)

    again = await db.run(lambda tx: desk.send_again(tx, number, by, NOON))

    assert again.no == f"{number.no}_2"


async def test_money_that_arrives_after_all_changes_nothing_that_was_settled(db: Database) -> None:
    case = await a_case(db, Bank(R.abnormal))
    number, first, second = number_of(case.after_sale), await staff(db), await staff(db)
    await db.run(lambda tx: desk.ask_settlement(tx, number, "银行转账 0815", first, NOON))
    await db.run(lambda tx: flow.settle_by_hand(tx, VAULT, number, second, NOON))

    await db.run(lambda tx: flow.refund_succeeded(tx, number, NOON))
    await poll_refunds(case.services, clock.now())

    assert await case.state() == "done"
    async with db.transaction() as tx:
        refund = await tx.fetch(
            "SELECT status FROM payments_refund WHERE out_refund_no = $1", number.no
        )
    assert refund == [{"status": "settled"}]


async def test_what_never_left_is_for_sale_while_the_money_is_stuck(db: Database) -> None:
    sku, buyer = await a_sku(db), await a_buyer(db)
    order_id = await a_paid_order(db, (sku, 2), buyer=buyer)
    asked = await apply(db, buyer, order_id, (1, 1))
    by = await staff(db)
    await db.run(lambda tx: flow.approve(tx, asked.id, by, NOON))

    assert await stock(db, sku) == (99, 0)
