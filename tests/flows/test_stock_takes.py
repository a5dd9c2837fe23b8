"""A stock-take beside a shop that goes on selling: a difference is what is really missing."""

import asyncio
from uuid import UUID

import pytest

from bofen.flows import stock_takes
from bofen.inventory import queries as levels
from bofen.inventory import service as inventory
from bofen.inventory import takes
from bofen.inventory.errors import BelowHeld, InStockTake, NothingCounted, StockTakeEnded
from bofen.inventory.rules import Counted, CountProblem, HoldAsked, TakeStatus
from bofen.inventory.service import Paper
from bofen.inventory.takes import Entry, TakeDraft
from bofen.kit.db import Database
from bofen.kit.errors import IdReused
from bofen.kit.ids import new_id
from bofen.reports import stock_takes as reports
from bofen.reports import unsent
from bofen.reports.promises import OF_STOCK
from bofen.reports.stock_takes import SheetLine, TakeSummary, Wanted
from tests.conftest import NOON
from tests.flows.trade_given import (
    Sku,
    a_buyer,
    a_sku,
    pay,
    placed,
    staff,
    stock,
    wish,
    with_attempt,
)


async def begun(db: Database, *skus: Sku, includes_unsent: bool = False) -> UUID:
    draft = TakeDraft(new_id(), tuple(sku.id for sku in skus), "月底", includes_unsent)
    by = await staff(db)
    async with db.transaction() as tx:
        await stock_takes.begin(tx, draft, by, NOON)
    return draft.id


async def counts(
    db: Database, take_id: UUID, *rows: Counted, entry_id: UUID | None = None
) -> dict[UUID, CountProblem]:
    by = await staff(db)
    async with db.transaction() as tx:
        return await stock_takes.count(tx, take_id, Entry(entry_id or new_id(), rows), by, NOON)


async def confirms(db: Database, take_id: UUID) -> None:
    by = await staff(db)
    async with db.transaction() as tx:
        await takes.confirm(tx, take_id, by, NOON)


async def summary(db: Database, take_id: UUID) -> TakeSummary:
    async with db.transaction() as tx:
        return await reports.take(tx, take_id)


async def sheet(db: Database, take_id: UUID) -> list[SheetLine]:
    async with db.transaction() as tx:
        return list((await reports.sheet(tx, take_id, Wanted(), 100, None)).items)


async def posted(db: Database, paper_id: UUID) -> dict[UUID, int]:
    async with db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT sku_id, quantity FROM inventory_movement WHERE reference_id = $1", paper_id
        )
    return {row["sku_id"]: row["quantity"] for row in rows}


async def sells(db: Database, sku: Sku, quantity: int) -> None:
    """Held and paid at once, as the stock sees it."""
    order_id = new_id()
    async with db.transaction() as tx:
        await inventory.hold(tx, [HoldAsked(order_id, ((sku.id, quantity),))], NOON)
        await inventory.commit(tx, [(order_id, sku.id, quantity)], NOON)


async def broken(db: Database, *skus: Sku) -> list[dict[str, object]]:
    """What the promises of stock find of these SKUs."""
    async with db.transaction() as tx:
        found = [row for sql in OF_STOCK.values() for row in await tx.fetch(sql)]
    return [row for row in found if row["sku_id"] in {sku.id for sku in skus}]


async def test_a_confirmed_difference_is_one_paper_in_the_journal(db: Database) -> None:
    more, less, right, uncounted = [await a_sku(db, 10) for _ in range(4)]
    take_id = await begun(db, more, less, right, uncounted)

    problems = await counts(
        db, take_id, Counted(more.id, 12), Counted(less.id, 7), Counted(right.id, 10)
    )
    before = await summary(db, take_id)
    assert [await stock(db, sku) for sku in (more, less)] == [(10, 0), (10, 0)], "not yet"
    await confirms(db, take_id)

    assert problems == {}
    assert (before.counted, before.skus, before.different) == (3, 4, 2)
    assert (before.surplus, before.missing) == (2, 3)
    assert await posted(db, take_id) == {more.id: 2, less.id: -3, right.id: 0}
    on_hand = [(await stock(db, sku))[0] for sku in (more, less, right, uncounted)]
    assert on_hand == [12, 7, 10, 10]
    assert (await summary(db, take_id)).status is TakeStatus.confirmed
    assert await broken(db, more, less, right, uncounted) == []


async def test_what_is_sold_after_a_row_was_counted_does_not_falsify_it(db: Database) -> None:
    sku = await a_sku(db, 10)
    take_id = await begun(db, sku)
    await sells(db, sku, 1)

    await counts(db, take_id, Counted(sku.id, 8))
    await sells(db, sku, 2)
    await confirms(db, take_id)

    assert await posted(db, take_id) == {sku.id: -1}
    assert await stock(db, sku) == (6, 0)


async def test_the_number_itself_posted_later_would_bring_back_what_was_sold(db: Database) -> None:
    """The control: without the book of the moment, two pieces that are gone are on hand again."""
    sku, by = await a_sku(db, 10), await staff(db)
    await sells(db, sku, 1)
    counted = 8
    await sells(db, sku, 2)

    async with db.transaction() as tx:
        await inventory.take_stock(tx, [(sku.id, counted)], Paper(new_id()), by, NOON)

    assert await stock(db, sku) == (8, 0), "six lie there"


async def test_a_crowd_that_buys_while_rows_are_counted_makes_no_difference(db: Database) -> None:
    """Twenty pieces lie there all the time: a piece that is paid stays until it is sent."""
    sku = await a_sku(db, 20)
    take_id = await begun(db, sku, includes_unsent=True)
    notices = []
    for _ in range(8):
        order = await placed(db, wish(await a_buyer(db), (sku, 1)))
        notices.append(await with_attempt(db, order))

    async def count_again() -> list[int | None]:
        seen = []
        for _ in range(6):
            (row,) = await sheet(db, take_id)
            await counts(db, take_id, Counted(sku.id, 20, row.counted))
            seen += [line.difference for line in await sheet(db, take_id)]
        return seen

    seen, *_ = await asyncio.gather(count_again(), *(pay(db, notice) for notice in notices))
    await confirms(db, take_id)

    assert set(seen) == {0}
    assert await stock(db, sku) == (12, 0)
    async with db.transaction() as tx:
        assert await unsent.pieces(tx, [sku.id]) == {sku.id: 8}


async def test_asked_before_the_stock_is_held_a_payment_would_be_a_difference(
    db: Database,
) -> None:
    """The control: what has not left, then the stock, and between both somebody pays."""
    sku = await a_sku(db, 20)
    notice = await with_attempt(db, await placed(db, wish(await a_buyer(db), (sku, 1))))

    async with db.transaction() as tx:
        left = await unsent.pieces(tx, [sku.id])
        await pay(db, notice)
        held = await inventory.lock(tx, [sku.id])

    assert takes.books_of(held, [sku.id], left) == {sku.id: 19}, "twenty lie there"


async def test_confirmed_by_eight_at_once_it_is_posted_once(db: Database) -> None:
    sku = await a_sku(db, 10)
    take_id = await begun(db, sku)
    await counts(db, take_id, Counted(sku.id, 9))

    await asyncio.gather(*(confirms(db, take_id) for _ in range(8)))
    await confirms(db, take_id)

    assert await stock(db, sku) == (9, 0)
    assert await posted(db, take_id) == {sku.id: -1}
    async with db.transaction() as tx:
        deeds = await tx.fetch(
            "SELECT facts FROM identity_audit WHERE subject = $1 AND action = $2",
            inventory.subject_of(take_id),
            "stock_take_confirmed",
        )
    assert len(deeds) == 1, "and told once"


async def test_two_papers_of_one_count_would_post_it_twice(db: Database) -> None:
    """The control: of two open stock-takes with one SKU each finds the same piece missing."""
    sku, by = await a_sku(db, 10), await staff(db)
    for _ in range(2):
        async with db.transaction() as tx:
            await inventory.post_differences(tx, new_id(), {sku.id: -1}, by, NOON)

    assert await stock(db, sku) == (8, 0), "nine lie there"


async def test_a_sku_is_in_one_open_stock_take_however_many_begin_at_once(db: Database) -> None:
    sku, other = await a_sku(db), await a_sku(db)

    begun_ones = await asyncio.gather(
        *(begun(db, sku, other) for _ in range(5)), return_exceptions=True
    )

    (take_id,) = [one for one in begun_ones if isinstance(one, UUID)]
    refused = [one for one in begun_ones if isinstance(one, InStockTake)]
    assert {one.number for one in refused} == {(await summary(db, take_id)).number}
    assert len(refused) == 4
    with pytest.raises(InStockTake):
        await takes_at_once(db, sku)
    async with db.transaction() as tx:
        await takes.cancel(tx, take_id, await staff(db), NOON)
    assert await begun(db, sku)


async def takes_at_once(db: Database, sku: Sku) -> None:
    """The quick count of one SKU, without a sheet."""
    by = await staff(db)
    async with db.transaction() as tx:
        await inventory.take_stock(tx, [(sku.id, 9)], Paper(new_id()), by, NOON)


async def test_a_quick_count_that_was_posted_before_answers_again(db: Database) -> None:
    sku, by, paper = await a_sku(db, 10), await staff(db), Paper(new_id())
    async with db.transaction() as tx:
        await inventory.take_stock(tx, [(sku.id, 9)], paper, by, NOON)
    await begun(db, sku)

    async with db.transaction() as tx:
        await inventory.take_stock(tx, [(sku.id, 9)], paper, by, NOON)

    assert await stock(db, sku) == (9, 0)


async def test_begun_twice_it_is_begun_once_and_another_under_its_id_is_refused(
    db: Database,
) -> None:
    sku, other, by = await a_sku(db), await a_sku(db), await staff(db)
    draft = TakeDraft(new_id(), (sku.id,), "", includes_unsent=False)

    async def begin(wanted: TakeDraft) -> None:
        async with db.transaction() as tx:
            await stock_takes.begin(tx, wanted, by, NOON)

    await asyncio.gather(*(begin(draft) for _ in range(4)))

    assert len(await sheet(db, draft.id)) == 1
    with pytest.raises(IdReused):
        await begin(TakeDraft(draft.id, (other.id,), "", includes_unsent=False))


async def test_of_two_who_count_one_row_the_second_is_told(db: Database) -> None:
    sku = await a_sku(db, 10)
    take_id = await begun(db, sku)

    first, second = await asyncio.gather(
        counts(db, take_id, Counted(sku.id, 9)), counts(db, take_id, Counted(sku.id, 7))
    )
    (row,) = await sheet(db, take_id)
    again = await counts(db, take_id, Counted(sku.id, 8, row.counted))

    assert sorted([first, second], key=len) == [{}, {sku.id: CountProblem.counted_meanwhile}]
    assert row.counted in {9, 7}
    assert again == {}
    assert [line.counted for line in await sheet(db, take_id)] == [8]


async def test_an_entry_sent_twice_counts_once_against_the_book_of_the_first(db: Database) -> None:
    sku = await a_sku(db, 10)
    take_id, entry_id = await begun(db, sku), new_id()

    await counts(db, take_id, Counted(sku.id, 10), entry_id=entry_id)
    await sells(db, sku, 2)
    again = await counts(db, take_id, Counted(sku.id, 10), entry_id=entry_id)
    (row,) = await sheet(db, take_id)

    assert again == {}
    assert (row.book, row.difference) == (10, 0)
    await counts(db, take_id, Counted(sku.id, 10, 10))
    (row,) = await sheet(db, take_id)
    assert (row.book, row.difference) == (8, 2), "counted anew, it is another count"


async def test_a_sku_of_another_sheet_is_named_and_the_rest_is_counted(db: Database) -> None:
    sku, stranger = await a_sku(db, 10), await a_sku(db, 10)
    take_id = await begun(db, sku)

    problems = await counts(db, take_id, Counted(stranger.id, 3), Counted(sku.id, 10))

    assert problems == {stranger.id: CountProblem.not_in_take}
    assert [row.counted for row in await sheet(db, take_id)] == [10]


async def test_what_is_promised_to_orders_is_not_counted_away(db: Database) -> None:
    sku, fine = await a_sku(db, 5), await a_sku(db, 5)
    async with db.transaction() as tx:
        await inventory.hold(tx, [HoldAsked(new_id(), ((sku.id, 4),))], NOON)
    take_id = await begun(db, sku, fine)
    await counts(db, take_id, Counted(sku.id, 3), Counted(fine.id, 4))

    with pytest.raises(BelowHeld):
        await confirms(db, take_id)

    assert [await stock(db, one) for one in (sku, fine)] == [(5, 4), (5, 0)], "all or nothing"
    assert [row.is_blocked for row in await sheet(db, take_id)] == [True, False]


async def test_a_cancelled_stock_take_posts_nothing_and_is_over(db: Database) -> None:
    sku, by = await a_sku(db, 10), await staff(db)
    take_id = await begun(db, sku)
    with pytest.raises(NothingCounted):
        await confirms(db, take_id)
    await counts(db, take_id, Counted(sku.id, 1))

    for _ in range(2):
        async with db.transaction() as tx:
            await takes.cancel(tx, take_id, by, NOON)

    with pytest.raises(StockTakeEnded):
        await confirms(db, take_id)
    with pytest.raises(StockTakeEnded):
        await counts(db, take_id, Counted(sku.id, 2, 1))
    assert await stock(db, sku) == (10, 0)
    assert await broken(db, sku) == []


async def test_one_cancels_while_another_confirms_and_one_of_them_wins(db: Database) -> None:
    sku, by = await a_sku(db, 10), await staff(db)
    take_id = await begun(db, sku)
    await counts(db, take_id, Counted(sku.id, 9))

    async def cancel() -> None:
        async with db.transaction() as tx:
            await takes.cancel(tx, take_id, by, NOON)

    answers = await asyncio.gather(confirms(db, take_id), cancel(), return_exceptions=True)

    assert [isinstance(one, StockTakeEnded) for one in answers].count(True) == 1
    is_confirmed = (await summary(db, take_id)).status is TakeStatus.confirmed
    assert await stock(db, sku) == (9 if is_confirmed else 10, 0)
    assert await broken(db, sku) == []


async def test_without_skus_the_sheet_has_all_that_can_be_sold(own: Database) -> None:
    skus = {(await a_sku(own, 3)).id for _ in range(3)}

    take_id = await begun(own)

    rows = await sheet(own, take_id)
    assert {row.sku_id for row in rows} == skus
    assert [row.no for row in rows] == [1, 2, 3]
    assert [row.title for row in rows] == sorted(row.title for row in rows)
    async with own.transaction() as tx:
        assert {one.on_hand for one in (await levels.levels(tx, skus)).values()} == {3}
