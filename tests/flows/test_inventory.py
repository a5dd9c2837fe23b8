"""Stock under a crowd: nobody gets a box that is not there, and the journal always agrees."""

import asyncio
import random
from contextlib import suppress
from uuid import UUID

import pytest

from bofen.inventory import queries, service
from bofen.inventory.errors import BelowHeld, NotHeld, OutOfStock
from bofen.inventory.events import LowStock
from bofen.inventory.rules import HoldAsked
from bofen.inventory.service import Paper
from bofen.kit.db import Database, Tx
from bofen.kit.ids import new_id
from bofen.reports.promises import PROMISES
from tests.conftest import NOON
from tests.given import a_clerk
from tests.statements import counted


async def stocked(db: Database, on_hand: int) -> UUID:
    sku_id = new_id()
    async with db.transaction() as tx:
        await service.receive(tx, [(sku_id, on_hand)], Paper(new_id()), await a_clerk(tx), NOON)
    return sku_id


async def level(db: Database, sku_id: UUID) -> tuple[int, int]:
    async with db.transaction() as tx:
        row = (await queries.levels(tx, [sku_id]))[sku_id]
    return row.on_hand, row.held


async def hold_one(db: Database, sku_id: UUID, quantity: int = 1) -> UUID | None:
    order_id = new_id()
    async with db.transaction() as tx:
        answers = await service.hold(tx, [HoldAsked(order_id, ((sku_id, quantity),))], NOON)
    return None if answers[order_id] else order_id


async def test_a_hundred_buyers_share_ten_boxes(db: Database) -> None:
    sku_id = await stocked(db, 10)

    got = await asyncio.gather(*(hold_one(db, sku_id) for _ in range(100)))

    assert sum(order is not None for order in got) == 10
    assert await level(db, sku_id) == (10, 10)


async def test_without_the_lock_the_same_crowd_oversells(db: Database) -> None:
    """The control: reading, then deciding, then writing is the race that the lock prevents."""
    sku_id = await stocked(db, 10)
    everybody_has_read = asyncio.Barrier(12)

    async def read_check_write() -> bool:
        async with db.transaction() as tx:
            free = (await service.available(tx, [sku_id]))[sku_id]
            await everybody_has_read.wait()
            return free >= 1

    promised = await asyncio.gather(*(read_check_write() for _ in range(12)))

    assert sum(promised) > 10


async def test_one_batch_serves_first_come_first_served(db: Database) -> None:
    sku_id, other = await stocked(db, 3), await stocked(db, 100)
    first, too_many, last = new_id(), new_id(), new_id()
    asked = [
        HoldAsked(first, ((sku_id, 2), (other, 1))),
        HoldAsked(too_many, ((other, 1), (sku_id, 2))),
        HoldAsked(last, ((sku_id, 1),)),
    ]

    async with db.transaction() as tx:
        answers = await service.hold(tx, asked, NOON)

    assert answers[first] is None
    assert isinstance(refusal := answers[too_many], OutOfStock)
    assert (refusal.sku_id, refusal.wanted, refusal.available) == (sku_id, 2, 1)
    assert answers[last] is None
    assert await level(db, other) == (100, 1)


async def test_a_sku_that_was_never_received_is_out_of_stock(db: Database) -> None:
    assert await hold_one(db, new_id()) is None


async def test_committing_twice_sells_once(db: Database) -> None:
    sku_id = await stocked(db, 5)
    order_id = await hold_one(db, sku_id, 2)
    assert order_id

    async def commit() -> None:
        async with db.transaction() as tx:
            await service.commit(tx, [(order_id, sku_id, 2)], NOON)

    await asyncio.gather(*(commit() for _ in range(8)))

    assert await level(db, sku_id) == (3, 0)


async def test_releasing_twice_frees_once(db: Database) -> None:
    sku_id = await stocked(db, 5)
    order_id = await hold_one(db, sku_id, 2)
    assert order_id
    await hold_one(db, sku_id, 1)

    async def release() -> None:
        async with db.transaction() as tx:
            await service.release(tx, [(order_id, sku_id, 2)], NOON)

    await asyncio.gather(*(release() for _ in range(8)))

    assert await level(db, sku_id) == (5, 1)


async def test_stock_that_was_given_back_is_not_sold(db: Database) -> None:
    sku_id = await stocked(db, 5)
    order_id = await hold_one(db, sku_id, 2)
    assert order_id
    async with db.transaction() as tx:
        await service.release(tx, [(order_id, sku_id, 2)], NOON)

    with pytest.raises(NotHeld):
        async with db.transaction() as tx:
            await service.commit(tx, [(order_id, sku_id, 2)], NOON)

    assert await level(db, sku_id) == (5, 0)


async def test_an_order_cannot_sell_what_another_holds(db: Database) -> None:
    sku_id = await stocked(db, 5)
    await hold_one(db, sku_id, 5)

    with pytest.raises(NotHeld):
        async with db.transaction() as tx:
            await service.commit(tx, [(new_id(), sku_id, 1)], NOON)


async def test_promised_stock_cannot_be_written_off_or_counted_away(db: Database) -> None:
    sku_id = await stocked(db, 5)
    await hold_one(db, sku_id, 4)

    with pytest.raises(BelowHeld):
        async with db.transaction() as tx:
            await service.write_off(tx, [(sku_id, 2)], Paper(new_id()), await a_clerk(tx), NOON)
    with pytest.raises(BelowHeld):
        async with db.transaction() as tx:
            await service.take_stock(tx, [(sku_id, 3)], Paper(new_id()), await a_clerk(tx), NOON)

    assert await level(db, sku_id) == (5, 4)


async def test_a_receipt_counts_once(db: Database) -> None:
    sku_id, receipt = await stocked(db, 1), new_id()

    async def receive() -> None:
        async with db.transaction() as tx:
            await service.receive(tx, [(sku_id, 7)], Paper(receipt), await a_clerk(tx), NOON)

    await asyncio.gather(*(receive() for _ in range(6)))

    assert await level(db, sku_id) == (8, 0)


async def test_a_hundred_orders_take_as_many_statements_as_one(db: Database) -> None:
    sku_id = await stocked(db, 1000)
    taken: list[int] = []

    for orders in (1, 100):
        ids = [new_id() for _ in range(orders)]
        with counted(db) as statements:
            async with db.transaction() as tx:
                await service.hold(tx, [HoldAsked(i, ((sku_id, 1),)) for i in ids], NOON)
                await service.commit(tx, [(i, sku_id, 1) for i in ids], NOON)
        taken.append(len(statements))

    assert taken == [5, 5]


class RandomShop:
    """Does one random thing after the other, and keeps its own count of what is promised."""

    def __init__(self, db: Database, seed: int) -> None:
        self.db = db
        self.chance = random.Random(seed)  # noqa: S311 - a seed must repeat
        self.open_orders: list[tuple[UUID, UUID, int]] = []
        self.skus: list[UUID] = []

    async def step(self) -> None:
        verb = self.chance.choice([self.hold, self.hold, self.end, self.end, self.move])
        with suppress(BelowHeld):
            async with self.db.transaction() as tx:
                await verb(tx, self.chance.choice(self.skus), self.chance.randint(1, 5))

    async def hold(self, tx: Tx, sku_id: UUID, quantity: int) -> None:
        order_id = new_id()
        asked = [HoldAsked(order_id, ((sku_id, quantity),))]
        if (await service.hold(tx, asked, NOON))[order_id] is None:
            self.open_orders.append((order_id, sku_id, quantity))

    async def end(self, tx: Tx, _sku_id: UUID, _quantity: int) -> None:
        if self.open_orders:
            line = self.open_orders.pop(self.chance.randrange(len(self.open_orders)))
            end = self.chance.choice([service.commit, service.release])
            await end(tx, [line], NOON)

    async def move(self, tx: Tx, sku_id: UUID, quantity: int) -> None:
        verb = self.chance.choice([service.receive, service.write_off, service.take_stock])
        await verb(tx, [(sku_id, quantity)], Paper(new_id()), await a_clerk(tx), NOON)


@pytest.mark.parametrize("seed", range(4))
async def test_stock_is_always_the_sum_of_its_journal(db: Database, seed: int) -> None:
    """Random verbs, some refused, several at once: levels, journal and our own count agree."""
    shop = RandomShop(db, seed)
    shop.skus = [await stocked(db, shop.chance.randint(1, 30)) for _ in range(3)]

    for _ in range(15):
        await asyncio.gather(*(shop.step() for _ in range(4)))

    async with db.transaction() as tx:
        found = await tx.fetch(PROMISES["stock is what its journal adds up to"])
        wrong = [row for row in found if row["sku_id"] in shop.skus]
    assert wrong == []
    for sku_id in shop.skus:
        promised = sum(quantity for _, sku, quantity in shop.open_orders if sku == sku_id)
        assert (await level(db, sku_id))[1] == promised


async def test_low_stock_is_told_at_each_crossing_and_once(db: Database) -> None:
    """Down, further down, up to just below: once; above and down again: once more."""
    heard = Database(db.url, {LowStock.topic: ("hears_of_low_stock",)})
    sku_id = await stocked(db, 12)
    async with db.transaction() as tx:
        by = await a_clerk(tx)

    async def told() -> int:
        async with db.transaction() as tx:
            rows = await tx.fetch(
                "SELECT count(*) AS told FROM pgqueuer WHERE entrypoint = 'hears_of_low_stock'"
                " AND convert_from(payload, 'UTF8')::jsonb->>'sku_id' = $1",
                str(sku_id),
            )
        return int(rows[0]["told"])

    async def move(quantity: int) -> int:
        paper, line = Paper(new_id()), (sku_id, abs(quantity))
        verb = service.receive if quantity > 0 else service.write_off
        async with heard.transaction() as tx:
            await verb(tx, [line], paper, by, NOON)
        return await told()

    async def limit(low_below: int) -> int:
        async with heard.transaction() as tx:
            await service.set_low_below(tx, [sku_id], low_below, by, NOON)
        return await told()

    assert [await move(step) for step in (-2, -1, -5, 5, -1)] == [0, 1, 1, 1, 1]
    assert [await move(step) for step in (2, -2)] == [1, 2]
    assert [await limit(below) for below in (20, 8, 8, 9, 7)] == [2, 2, 2, 3, 3]
    await heard.close()


async def test_a_limit_set_beside_sales_is_never_lost_nor_loses_one(db: Database) -> None:
    sku_id = await stocked(db, 50)
    async with db.transaction() as tx:
        by = await a_clerk(tx)

    async def limit(low_below: int) -> None:
        async with db.transaction() as tx:
            await service.set_low_below(tx, [sku_id], low_below, by, NOON)

    await asyncio.gather(*(hold_one(db, sku_id) for _ in range(20)), limit(31), limit(31))

    async with db.transaction() as tx:
        found = (await queries.levels(tx, [sku_id]))[sku_id]
    assert (found.held, found.low_below) == (20, 31)
