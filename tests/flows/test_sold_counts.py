"""How many were sold is what the paid orders say, whoever pays, sends back and counts at once."""

import asyncio

import pytest

from bofen.flows.sold_counts import count_sold
from bofen.kit.db import Database
from bofen.reports.verify import verify
from tests.conftest import NOON
from tests.flows.affiliates_given import services
from tests.flows.test_refunds import apply, refund
from tests.flows.trade_given import Sku, a_buyer, a_sku, pay, placed, wish, with_attempt


async def sells(db: Database, sku: Sku, quantity: int) -> None:
    order = await placed(db, wish(await a_buyer(db), (sku, quantity)))
    await pay(db, await with_attempt(db, order))


async def sold_of(db: Database, sku: Sku) -> int:
    async with db.reading() as tx:
        assert await verify(tx) == []
        rows = await tx.fetch(
            "SELECT sold_count FROM catalog_product WHERE id = $1", sku.product_id
        )
    return int(rows[0]["sold_count"])


async def test_what_is_paid_counts_and_what_is_refunded_does_not(own: Database) -> None:
    sku, buyer = await a_sku(own), await a_buyer(own)
    order = await placed(own, wish(buyer, (sku, 3)))
    await sells(own, sku, 2)
    assert await sold_of(own, sku) == 0, "it is noted, and not counted yet"

    await count_sold(services(own), NOON)
    assert await sold_of(own, sku) == 2, "an order that nobody pays counts nothing"

    notice = await with_attempt(own, order)
    await pay(own, notice, notice)
    await pay(own, notice)
    await refund(own, await apply(own, buyer, order.order_id, (1, 1)))
    await count_sold(services(own), NOON)
    await count_sold(services(own), NOON)
    assert await sold_of(own, sku) == 4


async def test_who_sells_and_who_counts_at_once_lose_nothing(own: Database) -> None:
    sku = await a_sku(own, on_hand=100)

    await asyncio.gather(
        *(sells(own, sku, 1) for _ in range(12)),
        *(count_sold(services(own), NOON) for _ in range(6)),
    )
    await count_sold(services(own), NOON)

    assert await sold_of(own, sku) == 12


async def test_many_notes_are_counted_in_parts(
    own: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bofen.flows.sold_counts._NOTES_MAX", 2)
    first, second = await a_sku(own), await a_sku(own)
    for sku in (first, second, first, second, first):
        await sells(own, sku, 1)

    await count_sold(services(own), NOON)

    assert (await sold_of(own, first), await sold_of(own, second)) == (3, 2)
