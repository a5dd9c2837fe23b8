import asyncio

from bofen.flows.place_orders import PlacedOrder
from bofen.inventory.errors import OutOfStock
from bofen.kit.db import Database
from bofen.kit.errors import IdReused, NotFound
from bofen.kit.ids import new_id
from bofen.orders.errors import DuplicateLine, NotSold, PriceChanged, TooManyOpenOrders
from tests.flows.trade_given import a_buyer, a_sku, place, placed, stock, wish
from tests.statements import counted


async def test_a_hundred_buyers_share_ten_boxes(db: Database) -> None:
    sku = await a_sku(db, on_hand=10)
    buyers = await asyncio.gather(*(a_buyer(db) for _ in range(100)))
    batches = [[wish(b, (sku, 1)) for b in buyers[i::10]] for i in range(10)]

    answers = await asyncio.gather(*(place(db, *batch) for batch in batches))

    flat = [answer for batch in answers for answer in batch]
    assert sum(isinstance(a, PlacedOrder) for a in flat) == 10
    assert sum(isinstance(a, OutOfStock) for a in flat) == 90
    assert await stock(db, sku) == (10, 10)


async def test_without_the_lock_the_same_crowd_buys_more_than_there_is(db: Database) -> None:
    """The control: reading, deciding and writing apart oversells."""
    sku = await a_sku(db, on_hand=10)
    everybody_has_read = asyncio.Barrier(12)

    async def naive() -> bool:
        async with db.transaction() as tx:
            rows = await tx.fetch(
                "SELECT on_hand - held AS free FROM inventory_stock WHERE sku_id = $1", sku.id
            )
            await everybody_has_read.wait()
            return bool(rows[0]["free"] >= 1)

    assert sum(await asyncio.gather(*(naive() for _ in range(12)))) == 12


async def test_ten_times_the_same_order_is_one_order(db: Database) -> None:
    sku, buyer, order_id = await a_sku(db), await a_buyer(db), new_id()

    answers = await asyncio.gather(
        *(place(db, wish(buyer, (sku, 2), order_id=order_id)) for _ in range(10))
    )

    made = [answer[0] for answer in answers]
    assert all(isinstance(one, PlacedOrder) for one in made)
    assert len({one.order_no for one in made if isinstance(one, PlacedOrder)}) == 1
    assert sum(one.is_new for one in made if isinstance(one, PlacedOrder)) == 1
    assert await stock(db, sku) == (100, 2)


async def test_a_nervous_thumb_within_one_batch_is_one_order(db: Database) -> None:
    sku, buyer, order_id = await a_sku(db), await a_buyer(db), new_id()

    answers = await place(db, *(wish(buyer, (sku, 1), order_id=order_id) for _ in range(3)))

    assert len({a.order_no for a in answers if isinstance(a, PlacedOrder)}) == 1
    assert await stock(db, sku) == (100, 1)


async def test_an_id_means_one_thing_and_belongs_to_one_buyer(db: Database) -> None:
    sku, buyer, stranger = await a_sku(db), await a_buyer(db), await a_buyer(db)
    first = wish(buyer, (sku, 1))
    await placed(db, first)

    other_content = wish(buyer, (sku, 2), order_id=first.order_id)
    other_buyer = wish(stranger, (sku, 1), order_id=first.order_id)

    answers = [*await place(db, other_content), *await place(db, other_buyer)]
    assert all(isinstance(answer, IdReused) for answer in answers)
    assert await stock(db, sku) == (100, 1)


async def test_one_refusal_never_spoils_its_neighbours(db: Database) -> None:
    good, gone = await a_sku(db), await a_sku(db, on_hand=0)
    delisted = await a_sku(db, is_listed=False)
    buyer, stranger = await a_buyer(db), await a_buyer(db)
    foreign_address = wish(buyer, (good, 1))
    foreign_address = wish(
        type(buyer)(buyer.id, stranger.address_id), (good, 1), order_id=foreign_address.order_id
    )

    answers = await place(
        db,
        wish(buyer, (good, 1)),
        wish(buyer, (good, 1), (gone, 1)),
        wish(buyer, (delisted, 1)),
        wish(buyer, (good, 1), total_fen=1),
        foreign_address,
        wish(buyer, (good, 1), (good, 2)),
        wish(buyer, (good, 1)),
    )

    kinds = [type(answer) for answer in answers]
    assert kinds == [
        PlacedOrder, OutOfStock, NotSold, PriceChanged, NotFound, DuplicateLine, PlacedOrder,
    ]  # fmt: skip
    assert await stock(db, good) == (100, 2)
    assert isinstance(answers[1], OutOfStock)
    assert answers[1].sku_id == gone.id


async def test_a_changed_price_comes_with_the_new_quote(db: Database) -> None:
    sku, buyer = await a_sku(db, price_fen=9_990), await a_buyer(db)

    (answer,) = await place(db, wish(buyer, (sku, 1), total_fen=5_000))

    assert isinstance(answer, PriceChanged)
    assert answer.quote["total_fen"] == 9_990
    assert await stock(db, sku) == (100, 0)


async def test_one_buyer_cannot_hold_the_whole_shelf_unpaid(db: Database) -> None:
    sku, buyer = await a_sku(db), await a_buyer(db)

    answers = await place(db, *(wish(buyer, (sku, 1)) for _ in range(25)))

    assert sum(isinstance(a, PlacedOrder) for a in answers) == 20
    assert sum(isinstance(a, TooManyOpenOrders) for a in answers) == 5


async def test_a_batch_of_a_hundred_takes_as_many_statements_as_one(db: Database) -> None:
    sku = await a_sku(db, on_hand=1_000)
    buyers = await asyncio.gather(*(a_buyer(db) for _ in range(101)))

    with counted(db) as one:
        await place(db, wish(buyers[0], (sku, 1)))
    with counted(db) as hundred:
        await place(db, *(wish(buyer, (sku, 1)) for buyer in buyers[1:]))

    assert hundred == one
    assert 5 <= len(one) <= 12
