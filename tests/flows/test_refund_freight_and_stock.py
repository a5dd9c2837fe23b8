"""Freight goes back once or never, and pieces that never left are for sale again."""

import asyncio
import contextlib
import random
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from bofen.flows import refunds
from bofen.kit.db import ConstraintViolated, Database, Tx
from bofen.kit.ids import new_id
from bofen.orders.errors import ImpossibleTransition
from bofen.orders.models import AfterSale
from bofen.reports.promises import PROMISES
from bofen.reports.verify import Breach, verify
from bofen.shipping.errors import NothingToShip, TooManyInParcel
from bofen.shipping.rules import ParcelLine
from tests.conftest import NOON
from tests.flows.test_refunds import (
    a_paid_order,
    apply,
    number_of,
    parcel,
    refund,
)
from tests.flows.trade_given import Buyer, a_buyer, a_sku, staff, stock

ON_THE_SHELF = "what an after-sale puts back on the shelf is in the journal"
LEFT_THE_HOUSE = "what was sold left the house, or never will"
STOCK_PROMISES = {ON_THE_SHELF, LEFT_THE_HOUSE, "nobody gets back more than he paid"}
assert PROMISES.keys() >= STOCK_PROMISES


async def withdraw(db: Database, buyer: Buyer, after_sale: AfterSale) -> None:
    await db.run(lambda tx: refunds.withdraw_after_sale(tx, buyer.id, after_sale.id, NOON))


async def refuse(db: Database, after_sale: AfterSale) -> None:
    by = await staff(db)
    await db.run(lambda tx: refunds.refuse(tx, after_sale.id, "商品完好", by, NOON))


async def paid_back(db: Database, order_id: UUID) -> tuple[int, int]:
    """What went back of an order, and how much of it is freight."""
    async with db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT coalesce(sum(amount_fen), 0)::int AS amount_fen,"
            " coalesce(sum(freight_fen), 0)::int AS freight_fen FROM orders_after_sale"
            " WHERE order_id = $1 AND status IN ('refunding', 'done')",
            order_id,
        )
    return rows[0]["amount_fen"], rows[0]["freight_fen"]


async def breaches(db: Database) -> list[Breach]:
    async with db.reading() as tx:
        return [each for each in await verify(tx) if each.promise in STOCK_PROMISES]


async def test_freight_stays_while_a_piece_is_still_to_be_sent(own: Database) -> None:
    """Two of 1 000 and 800 freight: one is asked back, then the other; the first is withdrawn."""
    sku, buyer = await a_sku(own, price_fen=1_000), await a_buyer(own)
    order_id = await a_paid_order(own, (sku, 2), buyer=buyer)
    first = await apply(own, buyer, order_id, (1, 1))
    second = await apply(own, buyer, order_id, (1, 1))

    await withdraw(own, buyer, first)
    await refund(own, second)
    assert await paid_back(own, order_id) == (1_000, 0)

    await parcel(own, order_id)
    await refund(own, await apply(own, buyer, order_id, (1, 1)))
    assert await paid_back(own, order_id) == (2_000, 0)


@dataclass
class History:
    """An order of three pieces, and what was asked of it so far; the model counts pieces only."""

    db: Database
    buyer: Buyer
    order_id: UUID
    chance: random.Random
    waiting: list[AfterSale] = field(default_factory=list)
    free: int = 3
    is_sent: bool = False

    async def apply(self) -> None:
        if self.free:
            quantity = self.chance.randint(1, self.free)
            self.waiting.append(await apply(self.db, self.buyer, self.order_id, (1, quantity)))
            self.free -= quantity

    async def ship(self) -> None:
        with contextlib.suppress(ImpossibleTransition, NothingToShip, TooManyInParcel):
            await parcel(self.db, self.order_id, ParcelLine(1, 1))
            self.is_sent = True

    def _drawn(self) -> AfterSale | None:
        waiting = self.waiting
        return waiting.pop(self.chance.randrange(len(waiting))) if waiting else None

    async def approve(self) -> None:
        if asked := self._drawn():
            await refund(self.db, asked)

    async def withdraw(self) -> None:
        if asked := self._drawn():
            await withdraw(self.db, self.buyer, asked)
            self.free += asked.lines[0]["quantity"]

    async def refuse(self) -> None:
        if asked := self._drawn():
            await refuse(self.db, asked)
            self.free += asked.lines[0]["quantity"]

    async def end(self) -> None:
        """Everything that is left is asked back and paid back."""
        for asked in self.waiting:
            await refund(self.db, asked)
        if self.free:
            last = await apply(self.db, self.buyer, self.order_id, (1, self.free))
            await refund(self.db, last)


@pytest.mark.parametrize("seed", range(16))
async def test_any_order_of_requests_gives_back_at_most_what_was_paid(
    own: Database, seed: int
) -> None:
    sku, buyer = await a_sku(own, price_fen=1_000), await a_buyer(own)
    order_id = await a_paid_order(own, (sku, 3), buyer=buyer)
    chance = random.Random(seed)  # noqa: S311 - a story that can be told again
    history = History(own, buyer, order_id, chance)
    acts = [history.apply, history.apply, history.withdraw, history.refuse, history.approve]
    acts += [history.approve, history.ship] if seed % 2 else [history.approve]

    for _ in range(12):
        await chance.choice(acts)()
    await history.end()

    freight_fen = 0 if history.is_sent else 800
    assert await paid_back(own, order_id) == (3_000 + freight_fen, freight_fen)
    assert await breaches(own) == []


async def test_a_piece_refunded_before_the_other_one_left_is_on_the_shelf(own: Database) -> None:
    sku, buyer = await a_sku(own), await a_buyer(own)
    order_id = await a_paid_order(own, (sku, 2), buyer=buyer)

    asked = await apply(own, buyer, order_id, (1, 1))
    await parcel(own, order_id)
    await refund(own, asked)

    assert await stock(own, sku) == (99, 0)
    assert await breaches(own) == []


async def test_pieces_refunded_after_the_first_one_left_are_on_the_shelf(own: Database) -> None:
    sku, buyer = await a_sku(own), await a_buyer(own)
    order_id = await a_paid_order(own, (sku, 3), buyer=buyer)
    await parcel(own, order_id, ParcelLine(1, 1))

    await refund(own, await apply(own, buyer, order_id, (1, 2)))

    assert await stock(own, sku) == (99, 0)
    with pytest.raises(NothingToShip):
        await parcel(own, order_id)
    assert await breaches(own) == []


async def test_verify_finds_a_piece_that_was_lost(own: Database) -> None:
    sku, buyer = await a_sku(own), await a_buyer(own)
    order_id = await a_paid_order(own, (sku, 2), buyer=buyer)
    asked = await apply(own, buyer, order_id, (1, 1))
    await refund(own, asked)

    async with own.transaction() as tx:
        await tx.fetch(
            "DELETE FROM inventory_movement WHERE reference_id = $1 AND kind = 'return'", asked.id
        )

    found = await breaches(own)
    assert any(each.promise == ON_THE_SHELF and str(asked.id) in str(each) for each in found)


async def test_verify_finds_a_piece_that_left_twice(own: Database) -> None:
    sku, buyer = await a_sku(own), await a_buyer(own)
    order_id = await a_paid_order(own, (sku, 2), buyer=buyer)
    await parcel(own, order_id)

    async with own.transaction() as tx:
        await tx.fetch(
            """UPDATE shipping_shipment SET lines = '[{"no": 1, "quantity": 3}]'"""
            " WHERE order_id = $1",
            order_id,
        )

    found = await breaches(own)
    assert any(each.promise == LEFT_THE_HOUSE and str(order_id) in str(each) for each in found)


async def test_two_refunds_at_once_cannot_exceed_their_payment(own: Database) -> None:
    """Written past every rule of ours: the database itself says no to the second."""
    sku, buyer = await a_sku(own, price_fen=1_000), await a_buyer(own)
    order_id = await a_paid_order(own, (sku, 1), buyer=buyer)

    async def write() -> None:
        async def story(tx: Tx) -> None:
            await tx.fetch(
                "INSERT INTO payments_refund (provider, out_refund_no, out_trade_no, amount_fen,"
                " reason, asked_at, after_sale_id, status)"
                " SELECT provider, $1, out_trade_no, 1000, '', $2, $3, 'asked'"
                " FROM payments_attempt WHERE order_id = $4",
                f"R{new_id().hex}",
                NOON,
                new_id(),
                order_id,
            )

        await own.run(story)

    answers = await asyncio.gather(write(), write(), return_exceptions=True)

    assert sum(answer is None for answer in answers) == 1
    (refused,) = [answer for answer in answers if answer is not None]
    assert isinstance(refused, ConstraintViolated)


async def test_a_refund_that_is_told_again_puts_nothing_back_again(own: Database) -> None:
    sku, buyer = await a_sku(own), await a_buyer(own)
    order_id = await a_paid_order(own, (sku, 2), buyer=buyer)
    asked = await apply(own, buyer, order_id, (1, 1))
    await refund(own, asked)
    number = number_of(asked)
    await asyncio.gather(
        *(own.run(lambda tx: refunds.refund_succeeded(tx, number, NOON)) for _ in range(8))
    )

    assert await stock(own, sku) == (99, 0)
