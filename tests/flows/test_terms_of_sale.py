"""What the merchant may decide counts for orders placed from then on."""

from datetime import timedelta

from bofen.flows.place_orders import PlacedOrder
from bofen.kit.db import Database
from bofen.kit.money import Fen
from bofen.orders import service as orders
from bofen.orders.errors import BasketTooDear, PriceChanged, TooManyOpenOrders
from bofen.settings import service as settings
from bofen.settings.rules import Trade
from tests.conftest import NOON
from tests.flows.trade_given import a_buyer, a_sku, pay, place, staff, wish, with_attempt

TOMORROW = NOON + timedelta(days=1)


async def decided(own: Database, trade: Trade) -> None:
    """From tomorrow on."""
    by = await staff(own)
    async with own.transaction() as tx:
        await settings.write(tx, settings.Change(trade, 0, TOMORROW), by, NOON)


async def test_freight_and_terms_are_those_of_the_day_of_the_order(own: Database) -> None:
    await decided(
        own,
        Trade(
            pay_within_min=30,
            freight_fen=Fen(12_00),
            freight_free_from_fen=Fen(200_00),
            after_sale_days=15,
            confirm_after_shipped_days=20,
            confirm_after_signed_days=9,
        ),
    )
    sku, buyer = await a_sku(own, price_fen=5_000), await a_buyer(own)

    before, late = await place(own, wish(buyer, (sku, 1)), wish(buyer, (sku, 2), total_fen=11_200))
    refused, after = await place(
        own, wish(buyer, (sku, 1)), wish(buyer, (sku, 1), total_fen=6_200), at=TOMORROW
    )

    assert isinstance(before, PlacedOrder)
    assert isinstance(after, PlacedOrder)
    assert isinstance(late, PriceChanged)
    assert isinstance(refused, PriceChanged)
    assert refused.quote["freight_fen"] == 1_200
    async with own.transaction() as tx:
        old, new = await orders.lock(tx, before.order_id), await orders.lock(tx, after.order_id)
    assert old.pay_by == NOON + timedelta(minutes=15)
    assert new.pay_by == TOMORROW + timedelta(minutes=30)
    assert (old.after_sale_days, new.after_sale_days) == (7, 15)
    assert (old.confirm_after_shipped_days, new.confirm_after_shipped_days) == (10, 20)
    assert (old.confirm_after_signed_days, new.confirm_after_signed_days) == (7, 9)


async def test_everything_ships_free_where_the_merchant_says_so(own: Database) -> None:
    await decided(own, Trade(freight_free_from_fen=Fen(0)))
    sku, buyer = await a_sku(own, price_fen=1), await a_buyer(own)

    (answer,) = await place(own, wish(buyer, (sku, 1), total_fen=1), at=TOMORROW)

    assert isinstance(answer, PlacedOrder)


async def test_how_many_unpaid_orders_one_may_have_is_the_merchant_s_decision(
    own: Database,
) -> None:
    await decided(own, Trade(open_orders_max=2))
    sku, buyer = await a_sku(own), await a_buyer(own)

    answers = await place(own, *(wish(buyer, (sku, 1)) for _ in range(3)), at=TOMORROW)

    assert isinstance(answers[2], TooManyOpenOrders)
    assert answers[2].open_max == 2


async def test_the_days_to_send_back_are_those_of_the_order(own: Database) -> None:
    await decided(own, Trade(after_sale_days=15))
    sku, buyer = await a_sku(own), await a_buyer(own)
    (old,), (new,) = [await place(own, wish(buyer, (sku, 1)), at=at) for at in (NOON, TOMORROW)]
    assert isinstance(old, PlacedOrder)
    assert isinstance(new, PlacedOrder)
    for order in (old, new):
        await pay(own, await with_attempt(own, order))
        async with own.transaction() as tx:
            locked = await orders.lock(tx, order.order_id)
            await orders.mark_shipped(tx, locked, TOMORROW)
            await orders.receive(tx, [locked], TOMORROW)
    ten_days_later = TOMORROW + timedelta(days=10)

    async with own.transaction() as tx:
        due = await orders.past_after_sale_window(tx, ten_days_later, 10)
        await orders.complete(tx, [old.order_id, new.order_id], ten_days_later)
        states = [(await orders.lock(tx, one.order_id)).status for one in (old, new)]

    assert due == [old.order_id]
    assert states == ["completed", "received"]


async def test_a_basket_that_no_order_can_cost_is_refused_in_the_same_words(own: Database) -> None:
    """Two hundred million yuan: a quote that no order can keep is no quote."""
    sku, buyer = await a_sku(own, price_fen=10**9), await a_buyer(own)

    (answer,) = await place(own, wish(buyer, (sku, 20), total_fen=2 * 10**10))

    assert isinstance(answer, BasketTooDear)
