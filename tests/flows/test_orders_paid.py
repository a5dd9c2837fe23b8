import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import pytest

from bofen.flows.cancel import cancel, close, close_unpaid
from bofen.flows.pay import learn
from bofen.flows.services import Services
from bofen.gateways.payments.protocol import Paid, PaymentOutcome, PaymentState
from bofen.kit.crypto import Vault
from bofen.kit.db import Database
from bofen.kit.errors import ProviderError
from bofen.kit.ids import new_id
from bofen.kit.money import Fen
from bofen.kit.settings import Settings
from bofen.orders import queries
from bofen.orders.errors import CloseUnclear, OrderNotCancellable
from bofen.orders.rules import CloseReason
from bofen.payments import service as payments
from bofen.payments.errors import AmountDiffers, UnknownPayment
from bofen.payments.service import PaidNotice
from bofen.reports.verify import verify
from tests.conftest import NOON
from tests.flows.test_refunds import apply, refund
from tests.flows.trade_given import (
    PROVIDER,
    Buyer,
    a_buyer,
    a_sku,
    pay,
    placed,
    status,
    stock,
    wish,
    with_attempt,
)

LATER = NOON + timedelta(minutes=16)


class Cashier:
    """A provider in memory: what was paid, and whether closing works."""

    def __init__(self) -> None:
        self.paid: dict[str, PaidNotice] = {}
        self.closed: set[str] = set()
        self.is_silent = False

    async def close(self, out_trade_no: str) -> None:
        if self.is_silent:
            raise ProviderError("wechat_pay", "NO_ANSWER", is_final=False)
        if out_trade_no in self.paid:
            raise ProviderError("wechat_pay", "INVALID_REQUEST", is_final=True)
        self.closed.add(out_trade_no)

    async def query(self, out_trade_no: str) -> PaymentState:
        if self.is_silent:
            raise ProviderError("wechat_pay", "NO_ANSWER", is_final=False)
        if notice := self.paid.get(out_trade_no):
            paid = Paid(notice.transaction_id, notice.amount_fen, notice.paid_at)
            return PaymentState(out_trade_no, PaymentOutcome.paid, paid)
        is_closed = out_trade_no in self.closed
        outcome = PaymentOutcome.closed if is_closed else PaymentOutcome.open
        return PaymentState(out_trade_no, outcome)


def services_with(db: Database, cashier: Cashier) -> Services:
    nothing = cast("Any", None)
    return Services(
        Settings(), db, nothing, nothing, Vault(b"k" * 32), nothing, nothing,
        {PROVIDER: cast("Any", cashier)}, {}, nothing, nothing, nothing, nothing,
    )  # fmt: skip


async def refunds_of(db: Database, out_trade_no: str) -> list[dict[str, Any]]:
    async with db.transaction() as tx:
        return await tx.fetch(
            "SELECT amount_fen FROM payments_refund WHERE out_trade_no = $1", out_trade_no
        )


async def test_a_second_notice_changes_nothing(db: Database) -> None:
    sku, buyer = await a_sku(db), await a_buyer(db)
    order = await placed(db, wish(buyer, (sku, 2)))
    notice = await with_attempt(db, order)

    answers = [await pay(db, notice), await pay(db, notice, notice)]

    assert answers == [[order.order_id], [order.order_id, order.order_id]]
    assert await stock(db, sku) == (98, 0)


async def test_twenty_notices_at_once_pay_once(db: Database) -> None:
    sku, buyer = await a_sku(db), await a_buyer(db)
    order = await placed(db, wish(buyer, (sku, 1)))
    notice = await with_attempt(db, order)

    await asyncio.gather(*(pay(db, notice) for _ in range(20)))

    assert await status(db, order.order_id) == "paid"
    assert await stock(db, sku) == (99, 0)


async def test_another_amount_or_an_unknown_number_changes_nothing(db: Database) -> None:
    sku, buyer = await a_sku(db), await a_buyer(db)
    order = await placed(db, wish(buyer, (sku, 1)))
    notice = await with_attempt(db, order)

    wrong = replace(notice, amount_fen=Fen(notice.amount_fen - 1))
    unknown = replace(notice, out_trade_no="nobody")
    answers = await pay(db, wrong, unknown)

    assert [type(answer) for answer in answers] == [AmountDiffers, UnknownPayment]
    assert await status(db, order.order_id) == "placed"
    assert await stock(db, sku) == (100, 1)


async def test_an_unpaid_order_is_closed_at_the_provider_and_then_its_stock_is_free(
    db: Database,
) -> None:
    sku, buyer, cashier = await a_sku(db), await a_buyer(db), Cashier()
    order = await placed(db, wish(buyer, (sku, 3)))
    await with_attempt(db, order)

    await close_unpaid(services_with(db, cashier), LATER)

    assert order.order_no in cashier.closed
    assert await status(db, order.order_id) == "cancelled"
    assert await stock(db, sku) == (100, 0)


async def test_while_the_provider_is_silent_the_stock_stays_held(db: Database) -> None:
    sku, buyer, cashier = await a_sku(db), await a_buyer(db), Cashier()
    order = await placed(db, wish(buyer, (sku, 1)))
    await with_attempt(db, order)
    cashier.is_silent = True

    assert not await close(services_with(db, cashier), order.order_id, CloseReason.timeout, LATER)

    assert await status(db, order.order_id) == "placed"
    assert await stock(db, sku) == (100, 1)


async def test_paid_just_before_it_was_closed_is_paid(db: Database) -> None:
    sku, buyer, cashier = await a_sku(db), await a_buyer(db), Cashier()
    order = await placed(db, wish(buyer, (sku, 1)))
    cashier.paid[order.order_no] = await with_attempt(db, order)

    assert not await close(services_with(db, cashier), order.order_id, CloseReason.timeout, LATER)

    assert await status(db, order.order_id) == "paid"
    assert await stock(db, sku) == (99, 0)


async def test_money_for_a_closed_order_goes_back(db: Database) -> None:
    sku, buyer, cashier = await a_sku(db), await a_buyer(db), Cashier()
    order = await placed(db, wish(buyer, (sku, 1)))
    notice = await with_attempt(db, order)
    await close(services_with(db, cashier), order.order_id, CloseReason.timeout, LATER)

    await asyncio.gather(*(pay(db, notice, at=LATER) for _ in range(5)))

    assert await status(db, order.order_id) == "cancelled"
    assert await refunds_of(db, order.order_no) == [{"amount_fen": order.total_fen}]
    assert await stock(db, sku) == (100, 0)


async def test_pay_against_cancel_has_one_winner(db: Database) -> None:
    for _ in range(8):
        sku, buyer, cashier = await a_sku(db), await a_buyer(db), Cashier()
        order = await placed(db, wish(buyer, (sku, 1)))
        notice = await with_attempt(db, order)
        services = services_with(db, cashier)

        async def customer(
            cashier: Cashier = cashier, notice: PaidNotice = notice
        ) -> list[UUID | Any]:
            if notice.out_trade_no in cashier.closed:
                return []
            cashier.paid[notice.out_trade_no] = notice
            return await pay(db, notice)

        await asyncio.gather(customer(), close(services, order.order_id, CloseReason.buyer, NOON))

        is_paid = await status(db, order.order_id) == "paid"
        back = await refunds_of(db, order.order_no)
        kept = order.order_no in cashier.paid and not back
        assert is_paid == kept
        assert await stock(db, sku) == ((99, 0) if is_paid else (100, 0))


async def test_in_one_batch_a_wrong_notice_does_not_hold_up_the_right_ones(db: Database) -> None:
    sku = await a_sku(db)
    made = [await placed(db, wish(await a_buyer(db), (sku, 1))) for _ in range(3)]
    notices = [await with_attempt(db, order) for order in made]
    wrong = replace(notices[1], amount_fen=Fen(1))

    answers = await pay(db, notices[0], wrong, notices[2])

    assert [isinstance(answer, AmountDiffers) for answer in answers] == [False, True, False]
    assert [await status(db, order.order_id) for order in made] == ["paid", "placed", "paid"]


async def test_after_the_provider_closed_a_number_the_order_is_paid_under_the_next(
    db: Database,
) -> None:
    sku, buyer, cashier = await a_sku(db), await a_buyer(db), Cashier()
    order = await placed(db, wish(buyer, (sku, 1)))
    first = await with_attempt(db, order)
    services = services_with(db, cashier)
    cashier.closed.add(first.out_trade_no)
    draft = payments.AttemptDraft(
        order.order_id, order.order_no, PROVIDER, "o", order.total_fen, LATER
    )

    await learn(services, first.number, NOON)
    second, again = [
        await db.run(lambda tx: payments.open_attempt(tx, draft, NOON)) for _ in range(2)
    ]

    assert second.out_trade_no == again.out_trade_no == f"{order.order_no}-2"
    await pay(db, replace(first, out_trade_no=second.out_trade_no))
    assert await status(db, order.order_id) == "paid"


async def test_money_that_comes_twice_for_one_order_goes_back_once(db: Database) -> None:
    """Two providers, or a number that was closed too late: the order is sold for the first."""
    sku, buyer = await a_sku(db), await a_buyer(db)
    order = await placed(db, wish(buyer, (sku, 1)))
    notice = await with_attempt(db, order)
    draft = payments.AttemptDraft(
        order.order_id, order.order_no, "other_pay", None, order.total_fen, LATER
    )
    await db.run(lambda tx: payments.open_attempt(tx, draft, NOON))
    other = replace(notice, provider="other_pay", transaction_id=f"x{notice.transaction_id}")

    await pay(db, notice)
    await asyncio.gather(*(pay(db, other) for _ in range(3)))

    async with db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT provider, amount_fen FROM payments_refund WHERE out_trade_no = $1",
            order.order_no,
        )
    assert rows == [{"provider": "other_pay", "amount_fen": order.total_fen}]
    assert await stock(db, sku) == (99, 0)


async def test_cancelling_while_the_provider_is_silent_says_try_again(db: Database) -> None:
    sku, buyer, cashier = await a_sku(db), await a_buyer(db), Cashier()
    order = await placed(db, wish(buyer, (sku, 1)))
    notice = await with_attempt(db, order)
    services = services_with(db, cashier)
    cashier.is_silent = True

    with pytest.raises(CloseUnclear):
        await cancel(services, buyer.id, order.order_id, NOON)

    cashier.is_silent = False
    cashier.paid[order.order_no] = notice
    with pytest.raises(OrderNotCancellable):
        await cancel(services, buyer.id, order.order_id, NOON)
    assert await status(db, order.order_id) == "paid"


async def in_broadcast(db: Database, session_id: UUID, count: int) -> list[PaidNotice]:
    """Orders placed while it was on air, and the notices that will pay them."""
    sku, notices = await a_sku(db), []
    for _ in range(count):
        order = await placed(db, wish(await a_buyer(db), (sku, 1)))
        async with db.transaction() as tx:
            for table, column in (("orders_order", "id"), ("orders_line", "order_id")):
                await tx.fetch(
                    f"UPDATE {table} SET session_id = $2, source = 'live' WHERE {column} = $1",  # noqa: S608
                    *(order.order_id, session_id),
                )
        notices.append(await with_attempt(db, order))
    return notices


async def sold_in(db: Database, session_id: UUID) -> tuple[int, int]:
    async with db.reading() as tx:
        sold = await queries.sold_in(tx, session_id)
        broken = [one for one in await verify(tx) if "broadcast" in one.promise]
    assert [one for one in broken if one.facts["session_id"] == session_id] == []
    return sold.orders, sold.sales_fen


async def test_a_broadcast_counts_each_paid_order_once_whoever_tells_and_whatever_goes_back(
    db: Database,
) -> None:
    session_id = new_id()
    first, *others = await in_broadcast(db, session_id, 8)
    assert await sold_in(db, session_id) == (0, 0)

    await pay(db, first, first)
    await asyncio.gather(*(pay(db, notice) for notice in [first, *others, *others]))
    assert await sold_in(db, session_id) == (8, 8 * first.amount_fen)

    buyer, order_id = await _buyer_of(db, first)
    await refund(db, await apply(db, buyer, order_id, (1, 1)))
    assert await status(db, order_id) == "refunded"
    assert await sold_in(db, session_id) == (8, 8 * first.amount_fen)


async def _buyer_of(db: Database, notice: PaidNotice) -> tuple[Buyer, UUID]:
    async with db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT id, buyer_id FROM orders_order WHERE order_no = $1", notice.out_trade_no
        )
    return Buyer(rows[0]["buyer_id"], new_id()), rows[0]["id"]


async def test_without_one_statement_counts_are_lost(db: Database) -> None:
    """The control: read, add, write, as the count must not be kept."""
    session_id = new_id()
    async with db.transaction() as tx:
        await tx.fetch("INSERT INTO orders_broadcast_sales VALUES ($1, 0, 0)", session_id)
    everybody_read = asyncio.Barrier(4)

    async def count() -> None:
        async with db.transaction() as tx:
            rows = await tx.fetch(
                "SELECT orders FROM orders_broadcast_sales WHERE session_id = $1", session_id
            )
            await everybody_read.wait()
            await tx.fetch(
                "UPDATE orders_broadcast_sales SET orders = $2 WHERE session_id = $1",
                *(session_id, rows[0]["orders"] + 1),
            )

    await asyncio.gather(*(count() for _ in range(4)))
    async with db.transaction() as tx:
        assert (await queries.sold_in(tx, session_id)).orders < 4
        await tx.fetch("DELETE FROM orders_broadcast_sales WHERE session_id = $1", session_id)
