"""A payment that is learned of late counts on its own day, also when that day was added up."""

import asyncio
import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bofen.kit.days import day_of
from bofen.kit.db import Database
from bofen.reports import days, rolling, sales
from bofen.reports.days import Range
from bofen.reports.verify import verify
from tests.conftest import NOON
from tests.flows.affiliates_given import services
from tests.flows.trade_given import Sku, a_buyer, a_sku, pay, placed, wish, with_attempt

DAY = timedelta(days=1)


async def sold_late(own: Database, sku: Sku, paid_at: datetime, learned_at: datetime) -> int:
    """One piece, paid then and told later; what it cost."""
    order = await placed(own, wish(await a_buyer(own), (sku, 1)), at=paid_at)
    notice = await with_attempt(own, order, at=paid_at)
    await pay(own, replace(notice, paid_at=paid_at), at=learned_at)
    return order.total_fen


async def told(own: Database, first: date, last: date) -> dict[date, int]:
    async with own.reading() as tx:
        found = await sales.daily(tx, Range(first, last))
    return {date.fromisoformat(day.on): day.sales_fen for day in found if day.sales_fen}


async def lies(own: Database) -> list[str]:
    async with own.reading() as tx:
        return [str(breach) for breach in await verify(tx) if "rolled" in breach.promise]


async def test_a_day_that_was_added_up_takes_a_payment_found_later(own: Database) -> None:
    sku = await a_sku(own)
    first = await sold_late(own, sku, NOON, NOON)
    await rolling.roll_up(services(own), NOON + 5 * DAY)

    late = await sold_late(own, sku, NOON + timedelta(hours=1), NOON + 6 * DAY)
    before_the_sweep = await told(own, day_of(NOON), day_of(NOON))
    await rolling.roll_up(services(own), NOON + 6 * DAY)

    assert before_the_sweep == {day_of(NOON): first + late}
    assert await told(own, day_of(NOON), day_of(NOON)) == before_the_sweep
    assert await lies(own) == []


@pytest.mark.parametrize("seed", range(5))
async def test_whatever_arrives_when_the_days_are_what_the_orders_say(
    own: Database, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a story that can be told again
    sku, now = await a_sku(own), NOON
    expected: dict[date, int] = defaultdict(int)
    for _ in range(12):
        if chance.random() < 0.7:
            paid_at = now - chance.randint(0, 12) * DAY - timedelta(minutes=chance.randint(0, 999))
            expected[day_of(paid_at)] += await sold_late(own, sku, paid_at, now)
        else:
            now += chance.randint(0, 5) * DAY
            await rolling.roll_up(services(own), now)
        assert await lies(own) == []
        assert await told(own, day_of(NOON - 20 * DAY), day_of(now)) == expected


async def test_a_day_that_is_added_up_at_this_moment_waits_for_the_payment(own: Database) -> None:
    sku = await a_sku(own)
    await sold_late(own, sku, NOON, NOON)
    later = NOON + 6 * DAY

    async with own.transaction() as paying:
        await days.reopen(paying, [NOON], later)
        sweeping = asyncio.ensure_future(rolling.roll_up(services(own), later))
        await _waits(own)
        await paying.fetch("UPDATE orders_order SET paid_at = paid_at + interval '1 second'")
        await paying.fetch("UPDATE orders_order SET total_fen = total_fen, source = 'affiliate'")
    await sweeping

    assert await lies(own) == []


async def _waits(own: Database) -> None:
    """Until somebody stands in front of a lock."""
    async with asyncio.timeout(10), own.transaction() as tx:
        while not await tx.fetch(
            "SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'advisory'"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        ):
            await asyncio.sleep(0.01)
