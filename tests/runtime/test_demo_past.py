"""The demo's past: laid by the real flows, whole, in time, once, and the same every time."""

import asyncio
import contextlib
import dataclasses
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any, cast

import pytest_asyncio

from bofen.flows.services import Services
from bofen.flows.ship import ShipAsked, ship
from bofen.gateways.wechat_pay.words import NAME as WECHAT_PAY
from bofen.gateways.words.guard import ListedWords
from bofen.identity import queries
from bofen.identity.rules import Role, StaffMember
from bofen.kit import clock
from bofen.kit.days import day_of
from bofen.kit.db import Database
from bofen.reports import sales
from bofen.reports.days import Range
from bofen.reports.rolling import roll_up
from bofen.reports.verify import verify
from bofen.runtime import demo
from bofen.runtime.demo.story import DAYS, all_sales, story
from tests.flows.affiliates_given import Wallets
from tests.web.conftest import shop_on

_SUMS = """
SELECT (SELECT count(*) FROM orders_order) AS orders,
  (SELECT sum(total_fen) FROM orders_order WHERE paid_at IS NOT NULL) AS paid_fen,
  (SELECT count(*) FROM orders_after_sale) AS after_sales,
  (SELECT sum(amount_fen) FROM orders_after_sale WHERE refunded_at IS NOT NULL) AS refunded_fen,
  (SELECT sum(amount_fen - reversed_fen) FROM affiliates_commission) AS commission_fen,
  (SELECT sum(amount_fen) FROM affiliates_settlement) AS settled_fen,
  (SELECT sum(amount_fen) FROM affiliates_withdrawal WHERE status = 'paid') AS withdrawn_fen,
  (SELECT count(*) FROM live_session WHERE status = 'ended') AS sessions,
  (SELECT count(*) FROM live_message) AS messages,
  (SELECT count(*) FROM live_pin) AS pins,
  (SELECT sum(on_hand) FROM inventory_stock) AS on_hand,
  (SELECT count(*) FROM reports_rolled) AS rolled
"""


@pytest_asyncio.fixture
async def empty(own: Database) -> AsyncIterator[Services]:
    """A shop without anything in it."""
    async with shop_on(own) as shop:
        wallets = {WECHAT_PAY: cast("Any", Wallets())}
        words = ListedWords.shipped()
        yield dataclasses.replace(shop.services, transfers=wallets, words=words)


async def sums(db: Database) -> dict[str, Any]:
    async with db.transaction() as tx:
        return (await tx.fetch(_SUMS))[0]


async def counted(db: Database, table: str) -> Counter[str]:
    async with db.transaction() as tx:
        rows = await tx.fetch(f"SELECT status, count(*) AS n FROM {table} GROUP BY status")  # noqa: S608
    return Counter({row["status"]: row["n"] for row in rows})


async def test_a_newcomer_finds_something_of_everything_and_nothing_of_the_future(
    empty: Services,
) -> None:
    await demo.seed(empty)
    until = clock.now()
    await demo.Past(empty).lay()
    await _is_of_the_past(empty.db, until)

    orders = await counted(empty.db, "orders_order")
    assert orders.keys() >= {"paid", "shipped", "received", "completed", "cancelled", "refunded"}
    assert orders.total() > 250
    after_sales = await counted(empty.db, "orders_after_sale")
    assert after_sales.keys() >= {"done", "refused", "applied"}
    commissions = await counted(empty.db, "affiliates_commission")
    assert commissions.keys() >= {"pending", "released", "reversed"}
    withdrawals = await counted(empty.db, "affiliates_withdrawal")
    assert withdrawals.keys() >= {"paid", "failed", "refused", "requested"}
    affiliates = await counted(empty.db, "affiliates_affiliate")
    assert affiliates.keys() >= {"approved", "pending", "refused", "frozen"}
    messages = await counted(empty.db, "live_message")
    assert (messages["held"], messages["shown"] > 400) == (1, True)
    products = await counted(empty.db, "catalog_product")
    assert products == {"listed": 12, "draft": 1}
    async with empty.db.reading() as tx:
        assert await verify(tx) == []
        parcels = await tx.fetch("SELECT DISTINCT status FROM shipping_shipment")
        today = day_of(clock.now())
        days = await sales.daily(tx, Range(date.fromordinal(today.toordinal() - DAYS), today))
        by_source = await tx.fetch("SELECT DISTINCT source FROM orders_line")
    assert {"signed", "in_transit"} <= {row["status"] for row in parcels}
    assert sum(day.orders > 0 for day in days) > DAYS * 0.7
    assert {row["source"] for row in by_source} == {"live", "affiliate", "shop"}


async def _is_of_the_past(db: Database, until: datetime) -> None:
    async with db.transaction() as tx:
        for table, column in (
            ("orders_order", "placed_at"),
            ("orders_order", "paid_at"),
            ("orders_order", "signed_at"),
            ("orders_order", "received_at"),
            ("orders_after_sale", "applied_at"),
            ("orders_after_sale", "refunded_at"),
            ("shipping_shipment", "shipped_at"),
            ("live_session", "ended_at"),
            ("live_message", "at"),
            ("inventory_movement", "at"),
            ("ledger_entry", "at"),
            ("affiliates_withdrawal", "finished_at"),
            ("identity_audit", "at"),
        ):
            rows = await tx.fetch(f"SELECT max({column}) AS last FROM {table}")  # noqa: S608
            last: datetime | None = rows[0]["last"]
            assert last is not None, (table, column)
            assert last <= until, (table, column)


async def test_killed_at_any_moment_and_begun_again_it_is_the_same(empty: Services) -> None:
    """Every few days the shop dies; what comes out is what one that lived would have written."""
    await demo.seed(empty)
    deaths = 0
    while True:
        laying = asyncio.create_task(demo.Past(empty).lay())
        await asyncio.wait({laying}, timeout=0.4 + 0.3 * deaths)
        if laying.done():
            await laying
            break
        laying.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await laying
        deaths += 1
        await roll_up(empty, clock.now())
        async with empty.db.reading() as tx:
            assert await verify(tx) == [], "also half written everything agrees"

    assert deaths > 1
    async with empty.db.reading() as tx:
        assert await verify(tx) == []
    before = await sums(empty.db)
    await demo.Past(empty).lay()
    assert await sums(empty.db) == before


def test_the_story_is_the_same_every_time_and_has_no_two_orders_alike() -> None:
    one, other = story(date(2026, 6, 1)), story(date(2026, 6, 1))

    assert one == other
    told = all_sales(one)
    assert len({sale.id for sale in told}) == len(told)


async def test_a_newcomer_may_meddle_while_it_is_laid(empty: Services) -> None:
    """What the story counts on is gone: the rest of it is there, and everything adds up."""
    await demo.seed(empty)
    past = demo.Past(empty)
    laying = asyncio.create_task(past.lay())
    await past.shows_over.wait()
    async with empty.db.transaction() as tx:
        await tx.fetch("UPDATE catalog_product SET status = 'delisted' WHERE title LIKE '%口红%'")
        owner = (await queries.staff_of_role(tx, Role.owner)).popitem()
        by = StaffMember(*owner, Role.owner)
        rows = await tx.fetch("SELECT id FROM orders_order WHERE status = 'paid' LIMIT 5")
        for row in rows:
            asked = ShipAsked(row["id"], "jd", f"JD{row['id'].int % 10**10:010d}")
            await ship(tx, empty.vault, asked, by, clock.now())
    await laying

    assert (await counted(empty.db, "orders_order")).total() > 200
    async with empty.db.reading() as tx:
        assert await verify(tx) == []


async def test_a_shop_with_goods_of_its_own_gets_no_past(own: Database) -> None:
    async with shop_on(own) as shop:
        await shop.product()
        await demo.seed(shop.services)
        await demo.Past(shop.services).lay()

        assert (await sums(own))["orders"] == 0
