"""Lists and sweeps read by indexes find exactly what the rules say, in the order they say."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from bofen.catalog import service as catalog
from bofen.catalog.rules import ProductDraft, SkuDraft
from bofen.flows.receipt import confirm_receipt
from bofen.gateways.couriers.protocol import TrackStatus
from bofen.inventory import queries as inventory
from bofen.inventory import service as stock_verbs
from bofen.inventory.service import Paper
from bofen.kit.db import Database
from bofen.kit.ids import new_id, short_token
from bofen.live import queries as live
from bofen.orders import queries
from bofen.orders import service as orders
from bofen.orders.models import AFTER_SALE_END
from bofen.orders.queries import Wanted
from bofen.orders.rules import Shown, after_sale_deadline
from bofen.reports import find_orders
from bofen.shipping import service as shipping
from tests.conftest import NOON
from tests.flows.test_refunds import a_paid_order, apply, parcel, ship
from tests.flows.trade_given import VAULT, Sku, a_buyer, a_sku, placed, staff, wish

DAY = timedelta(days=1)


async def rename(db: Database, sku: Sku, title: str) -> None:
    by = await staff(db)
    async with db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT category_id, pictures FROM catalog_product WHERE id = $1", sku.product_id
        )
        draft = ProductDraft(
            title=title,
            subtitle="",
            category_id=rows[0]["category_id"],
            brand="",
            tags=(),
            pictures=tuple(rows[0]["pictures"]),
            detail_html="",
            options=(),
            skus=(SkuDraft({}, sku.price_fen),),
        )
        await catalog.edit(tx, sku.product_id, draft, by, NOON)


async def found(db: Database, text: str) -> list[UUID]:
    async with db.reading() as tx:
        matching = await find_orders.matching(tx, VAULT, text)
        page = await queries.page(tx, Wanted(), None, 20, matching)
    return [view.order.id for view in page.items]


@pytest.mark.parametrize("named_max", [0, 2_000])
async def test_orders_are_found_by_words_of_the_title_they_were_sold_under(
    db: Database, monkeypatch: pytest.MonkeyPatch, named_max: int
) -> None:
    """Whether lines are few and their orders named, or many and the newest orders asked."""
    monkeypatch.setattr(find_orders, "NAMED_MAX", named_max)
    sku, word, buyer = await a_sku(db), short_token(8).lower(), await a_buyer(db)
    before = await a_paid_order(db, (sku, 1), buyer=buyer)
    await rename(db, sku, f"龙井新茶 Lumi{word} 罐装")
    first = await a_paid_order(db, (sku, 1), buyer=buyer)
    await rename(db, sku, "绿茶")
    second = await a_paid_order(db, (await a_sku(db), 1), (sku, 1), buyer=buyer)

    assert await found(db, f"lumi{word}") == [first]
    assert await found(db, f"新茶 LUMI{word}") == [first]
    assert await found(db, f"lumi{word} 绿") == []
    assert {before, second}.isdisjoint(await found(db, f"lumi{word}"))


async def test_orders_of_several_such_lines_leave_no_other_out(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines are counted, not orders: two lines of one order are as many as may be named."""
    monkeypatch.setattr(find_orders, "NAMED_MAX", 2)
    buyer, word = await a_buyer(db), short_token(8).lower()
    skus = [await a_sku(db) for _ in range(3)]
    for n, sku in enumerate(skus):
        await rename(db, sku, f"{word} {n}")
    orders_ = [await a_paid_order(db, *((sku, 1) for sku in skus), buyer=buyer) for _ in range(3)]

    assert await found(db, word) == sorted(orders_, reverse=True)


async def test_orders_are_found_by_their_number_and_its_beginning(db: Database) -> None:
    sku, buyer = await a_sku(db), await a_buyer(db)
    order = await placed(db, wish(buyer, (sku, 1)))
    night = await placed(db, wish(buyer, (sku, 1)), at=NOON.replace(hour=15, minute=59))
    next_day = await placed(db, wish(buyer, (sku, 1)), at=NOON.replace(hour=16))

    assert await found(db, order.order_no) == [order.order_id]
    assert await found(db, f" {order.order_no[:12].lower()} ") == [order.order_id]
    assert await found(db, order.order_no[:15] + "U") == []
    for beginning in ("2606", "260601"):
        assert night.order_id in await found(db, beginning)
    assert next_day.order_id not in await found(db, "260601")
    november = await placed(db, wish(buyer, (sku, 1)), at=NOON.replace(month=11, day=26))
    for beginning in ("2611", "26112"):  # Of many days, though a lenient reader finds one in them.
        assert november.order_id in await found(db, beginning)
    assert await found(db, "_" * 16) == []
    assert await found(db, "261399") == []


async def test_what_is_being_refunded_is_listed_newest_first_and_nowhere_else(
    db: Database,
) -> None:
    sku, buyer = await a_sku(db), await a_buyer(db)
    asked = [await a_paid_order(db, (sku, 1), buyer=buyer) for _ in range(3)]
    kept = await a_paid_order(db, (sku, 1), buyer=buyer)
    for order_id in asked:
        await apply(db, buyer, order_id, (1, 1))

    async with db.reading() as tx:
        lists = {
            shown: await queries.page(tx, Wanted(buyer.id, shown), None, 10)
            for shown in (Shown.refunding, Shown.paid)
        }
        pages = [await queries.page(tx, Wanted(buyer.id, Shown.refunding), None, 2)]
        pages += [await queries.page(tx, Wanted(buyer.id, Shown.refunding), pages[0].next, 2)]

    listed = {shown: [view.order.id for view in page.items] for shown, page in lists.items()}
    assert set(listed[Shown.refunding]) == set(asked)
    assert listed[Shown.paid] == [kept]
    assert [view.order.id for page in pages for view in page.items] == listed[Shown.refunding]


async def test_what_has_left_waits_to_be_received_however_far_it_has_come(db: Database) -> None:
    sku, buyer = await a_sku(db), await a_buyer(db)
    waiting, sent, asked_back, received = [
        await a_paid_order(db, (sku, 2), buyer=buyer) for _ in range(4)
    ]
    for order_id in (sent, asked_back, received):
        await ship(db, order_id)
    await apply(db, buyer, asked_back, (1, 1))
    await db.run(lambda tx: confirm_receipt(tx, buyer.id, received, NOON))

    async with db.reading() as tx:
        page = await queries.page(tx, Wanted(buyer.id, is_to_receive=True), None, 10)

    assert [view.order.id for view in page.items] == [asked_back, sent]
    assert waiting not in {view.order.id for view in page.items}


async def test_an_after_sale_window_ends_in_sql_when_the_rule_says(db: Database) -> None:
    moments = [NOON + timedelta(hours=7 * i, microseconds=i) for i in range(40)]
    cases = [(at, days) for at in moments for days in (0, 7, 15)]
    async with db.transaction() as tx:
        rows = await tx.fetch(
            f"SELECT {AFTER_SALE_END} AS ends_at"  # noqa: S608
            " FROM unnest($1::timestamptz[], $2::int[])"
            " WITH ORDINALITY AS asked(received_at, after_sale_days, nth) ORDER BY nth",
            [at for at, _ in cases],
            [days for _, days in cases],
        )

    assert [row["ends_at"] for row in rows] == [after_sale_deadline(*case) for case in cases]


async def test_only_orders_past_their_window_are_taken_up(db: Database) -> None:
    order_id = await a_paid_order(db, (await a_sku(db), 1), buyer=await a_buyer(db))
    async with db.transaction() as tx:
        await tx.fetch(
            "UPDATE orders_order SET status = 'received', received_at = $2, after_sale_days = 7"
            " WHERE id = $1",
            order_id,
            NOON,
        )
        ends_at = after_sale_deadline(NOON, 7)
        early = await orders.past_after_sale_window(tx, ends_at - timedelta(seconds=1), 100)
        due = await orders.past_after_sale_window(tx, ends_at, 100)

    assert order_id not in early
    assert order_id in due


async def test_stock_is_listed_least_available_first_page_by_page(own: Database) -> None:
    by, pieces = await staff(own), [9, 0, 120, 10, 3, 2_000, 3, 7, 10_000, 11, 1]
    async with own.transaction() as tx:
        for count in pieces:
            sku_id = new_id()
            await stock_verbs.open_skus(tx, [sku_id])
            if count:
                await stock_verbs.receive(tx, [(sku_id, count)], Paper(new_id()), by, NOON)

    listed: dict[bool, list[int]] = {True: [], False: []}
    async with own.reading() as tx:
        for is_low, seen in listed.items():
            cursor = None
            while True:
                page = await inventory.stock_page(tx, is_low=is_low, limit=2, cursor=cursor)
                seen += [level.available for level in page.items]
                cursor = page.next
                if cursor is None:
                    break

    assert listed[False] == sorted(pieces)
    assert listed[True] == sorted(count for count in pieces if count < 10)


async def parcel_as(
    db: Database, status: TrackStatus, *, sent: datetime, polled: datetime, signed: datetime | None
) -> UUID:
    shipment = await parcel(
        db, await a_paid_order(db, (await a_sku(db), 1), buyer=await a_buyer(db))
    )
    async with db.transaction() as tx:
        await tx.fetch(
            "UPDATE shipping_shipment SET status = $2, shipped_at = $3, polled_at = $4,"
            " signed_at = $5 WHERE id = $1",
            *(shipment.id, status.value, sent, polled, signed),
        )
    return shipment.id


async def test_parcels_that_move_or_were_just_signed_are_asked_about(own: Database) -> None:
    at, state = NOON + 80 * DAY, TrackStatus
    old = at - timedelta(hours=5)
    asked = [
        await parcel_as(own, state.in_transit, sent=at - 9 * DAY, polled=old, signed=None),
        await parcel_as(own, state.signed, sent=at - 9 * DAY, polled=old, signed=at - DAY),
    ]
    for status, sent, polled, signed in (
        (state.in_transit, at - 9 * DAY, at - timedelta(hours=3), None),
        (state.in_transit, at - 61 * DAY, old, None),
        (state.signed, at - 9 * DAY, old, at - 3 * DAY),
        (state.returned, at - 9 * DAY, old, None),
    ):
        await parcel_as(own, status, sent=sent, polled=polled, signed=signed)

    async with own.transaction() as tx:
        assert sorted(await shipping.claim_to_poll(tx, at, 100)) == sorted(asked)
    async with own.transaction() as tx:
        assert await shipping.claim_to_poll(tx, at, 100) == []


async def test_the_broadcast_shown_is_the_one_on_air_else_the_next_else_the_last(
    db: Database,
) -> None:
    room_id = new_id()

    async def broadcast(title: str, status: str, at: datetime) -> None:
        async with db.transaction() as tx:
            await tx.fetch(
                "INSERT INTO live_session (id, room_id, title, scheduled_at, provider,"
                " stream_name, status, started_at, ended_at)"
                " VALUES ($1, $2, $3, $4, 'embedded', $5, $6, $4, $4)",
                *(new_id(), room_id, title, at, short_token(20), status),
            )

    async def shown() -> str:
        async with db.reading() as tx:
            session = await live.current_session(tx, room_id)
        assert session is not None
        return session.title

    async with db.transaction() as tx:
        await tx.fetch(
            "INSERT INTO live_room (id, title, host_name, created_at, epoch, seq, likes, viewers,"
            " slow_mode_s) VALUES ($1, '', '', $2, 1, 0, 0, 0, 0)",
            *(room_id, NOON),
        )
    await broadcast("first", "ended", NOON - 2 * DAY)
    await broadcast("last", "ended", NOON - DAY)
    assert await shown() == "last"
    await broadcast("later", "scheduled", NOON + 2 * DAY)
    await broadcast("next", "scheduled", NOON + DAY)
    assert await shown() == "next"
    await broadcast("now", "interrupted", NOON + 3 * DAY)
    assert await shown() == "now"
