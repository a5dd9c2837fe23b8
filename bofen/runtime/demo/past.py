"""Lays down the demo's past, day by day, by the flows that people use, each with its own moment.

The broadcasts come first, so that the room is free for the one that is live; then everything else.
Each day is one transaction that says so itself: a shop that is killed meanwhile goes on where it
stopped. The sweeps that would act on the past as if it were today are held off until it is over.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from uuid import UUID

from bofen.flows.receipt import auto_confirm, complete
from bofen.flows.services import Services
from bofen.flows.settle import settle_daily
from bofen.flows.sold_counts import count_sold
from bofen.identity.rules import Role
from bofen.inventory import service as inventory
from bofen.inventory.service import Paper
from bofen.kit import clock, log
from bofen.kit.days import day_of, midnight
from bofen.kit.db import Database, Tx
from bofen.kit.errors import Refusal
from bofen.reports.days import reopen
from bofen.reports.rolling import roll_up
from bofen.runtime.demo import cast, payouts, sales, shows
from bofen.runtime.demo.payouts import PAYOUTS, pay_out
from bofen.runtime.demo.provider import tell_provider
from bofen.runtime.demo.sales import Stage
from bofen.runtime.demo.story import DAYS, Day, Fate, Sale, all_sales, named, story

_log = log.get(__name__)
_HELD_OFF = ("auto_confirm", "complete", "settle", "poll_tracks", "roll_up")
_RESTOCKED_EVERY = 10
_AGAIN_S = 0.1
_TO_SHIP = 3
"""Of the newest orders so many are left to the newcomer, whatever the hour of his first start."""

Told = Callable[[], Awaitable[object]]
Event = Callable[[Tx, Stage, Sale, datetime], Awaitable[None]]


@dataclass(frozen=True)
class Happening:
    """Something that becomes of one order at one moment."""

    at: datetime
    sale: Sale
    event: Event


async def plan(tx: Tx, at: datetime) -> datetime:
    """An empty shop is to have a past that ends at `at`: the moment at which it begins."""
    last_on = day_of(at)
    days = [last_on - timedelta(days=no) for no in range(DAYS, -1, -1)]
    await tx.fetch(
        'INSERT INTO runtime_demo_day ("on", planned_at) SELECT d, $2 FROM unnest($1::date[]) AS d',
        days,
        at,
    )
    return midnight(days[0]) + timedelta(hours=9)


class Past:
    """The past of one shop: `lay` it down, and wait for the part that is needed."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._db: Database = services.db
        self.shows_over = asyncio.Event()

    async def lay(self) -> None:
        """Whatever of it is not there yet. Somebody else who lays it is not disturbed."""
        try:
            async with self._db.alone("demo past") as is_alone:
                days = await self._missing() if is_alone else []
                if days:
                    async with AsyncExitStack() as held:
                        for sweep in _HELD_OFF:
                            await held.enter_async_context(_held_off(self._db, sweep))
                        await self._lay(days)
        finally:
            self.shows_over.set()

    async def _missing(self) -> list[date]:
        async with self._db.transaction() as tx:
            rows = await tx.fetch('SELECT "on" FROM runtime_demo_day WHERE laid_at IS NULL')
        return [row["on"] for row in rows]

    async def _lay(self, missing: Sequence[date]) -> None:
        async with self._db.transaction() as tx:
            rows = await tx.fetch(
                'SELECT max("on") AS last_on, max(planned_at) AS until FROM runtime_demo_day'
            )
            last_on, until = rows[0]["last_on"], rows[0]["until"]
            days = story(last_on)
            began_at = midnight(days[0].on) + timedelta(hours=9, minutes=30)
            found = await cast.gather(tx, self._services, began_at)
        told = _Telling(self._services, Stage(self._services, found, until), days)
        for day in days:
            await told.show(day)
        self.shows_over.set()
        for day in days:
            if day.on == last_on:
                # While this day is missing, whoever is killed comes back for what follows it.
                await self._added_up(until)
            if day.on in missing:
                await told.day(day)
        await self._added_up(until)

    async def _added_up(self, until: datetime) -> None:
        await count_sold(self._services, until)
        await roll_up(self._services, until)
        await tell_provider(self._services, until)


@asynccontextmanager
async def _held_off(db: Database, sweep: str) -> AsyncIterator[None]:
    """No worker runs this sweep meanwhile; one that is at it now is waited for."""
    while True:
        async with db.alone(sweep) as is_alone:
            if is_alone:
                yield
                return
        await asyncio.sleep(_AGAIN_S)


class _Telling:
    """One run through the days."""

    def __init__(self, services: Services, stage: Stage, days: Sequence[Day]) -> None:
        self._services, self._db, self._stage, self._days = services, services.db, stage, days
        self._happenings = _by_day(all_sales(days), stage.until)
        self._last_show = max(
            (day.no for day in days if day.show and day.show.ended_at <= stage.until), default=-1
        )

    async def show(self, day: Day) -> None:
        """The broadcast of a day, with all that was bought in it; the goods for it come before."""
        try:
            await self._shown(day, is_with_show=True)
        except Refusal as refusal:
            # Somebody has changed the room meanwhile; the day goes on without its broadcast.
            _log.info("demo_show_left_out", day=str(day.on), code=refusal.code)
            await self._shown(day, is_with_show=False)

    async def _shown(self, day: Day, *, is_with_show: bool) -> None:
        async with self._db.transaction() as tx:
            if not await _claim(tx, day.on, "shows_at", self._stage.until):
                return
            await self._restock(tx, day)
            if day.show and is_with_show:
                is_last = day.no == self._last_show
                await shows.broadcast(tx, self._stage, day.show, is_last=is_last)

    async def _restock(self, tx: Tx, day: Day) -> None:
        """What the next days will sell: in the end there is as much as at the beginning."""
        if day.no % _RESTOCKED_EVERY:
            return
        coming = self._days[day.no : day.no + _RESTOCKED_EVERY]
        pieces: Counter[UUID] = Counter()
        for sale in all_sales(coming):
            if sale.fate is not Fate.unpaid and sales.happened(sale, self._stage.until):
                for goods, which, quantity in sale.lines:
                    pieces[self._stage.cast.sku(goods, which)] += quantity
        if pieces:
            paper = Paper(named(f"receipt {day.no}"), "补货入库")
            at = min(midnight(day.on) + timedelta(hours=9, minutes=40), self._stage.until)
            by = self._stage.cast.staff[Role.warehouse]
            await inventory.receive(tx, sorted(pieces.items()), paper, by, at)

    async def day(self, day: Day) -> None:
        """Everything else of a day, and what the sweeps of its night make of it."""
        try:
            await self._written(day, is_careful=False)
        except Refusal:
            # Somebody has changed what the story counts on: each event is tried by itself.
            await self._written(day, is_careful=True)
        night = min(midnight(day.on + timedelta(days=1)), self._stage.until)
        await auto_confirm(self._services, night)
        await complete(self._services, night)

    async def _written(self, day: Day, *, is_careful: bool) -> None:
        until = self._stage.until
        morning = midnight(day.on) + timedelta(hours=3)
        if morning <= until:
            await settle_daily(self._services, morning)
        async with self._db.transaction() as tx:
            if not await _claim(tx, day.on, "laid_at", until):
                return
            for told in self._begun(tx, day):
                await _tried(tx, told, is_careful=is_careful)
            for told in await self._gone_on(tx, day):
                await _tried(tx, told, is_careful=is_careful)

    def _begun(self, tx: Tx, day: Day) -> Iterator[Told]:
        """What is bought outside of the broadcast, and what becomes of affiliates."""
        stage = self._stage
        for _, sold in groupby(day.sales, lambda sale: sale.at):
            yield partial(sales.sell, tx, stage, list(sold), is_in_room=False)
        ten = midnight(day.on) + timedelta(hours=10)
        if ten <= stage.until:
            yield partial(payouts.people_of, tx, stage, day.no, ten)
        for each in PAYOUTS:
            at = midnight(day.on) + timedelta(hours=each.hour)
            if each.day == day.no and at + timedelta(hours=4) <= stage.until:
                yield partial(pay_out, tx, stage, each, at)

    async def _gone_on(self, tx: Tx, day: Day) -> list[Told]:
        """What becomes on this day of orders that are there."""
        coming = self._happenings.get(day.on, ())
        bought = await _bought(tx, coming)
        return [
            partial(what.event, tx, self._stage, what.sale, what.at)
            for what in coming
            if what.sale.id in bought
        ]


async def _tried(tx: Tx, told: Told, *, is_careful: bool) -> None:
    if not is_careful:
        await told()
        return
    with contextlib.suppress(Refusal):
        async with tx.begin_nested():
            await told()


async def _bought(tx: Tx, happenings: Sequence[Happening]) -> set[UUID]:
    """Of these orders those that are there: people may have changed what the story counts on."""
    rows = await tx.fetch(
        "SELECT id FROM orders_order WHERE id = ANY($1::uuid[]) AND paid_at IS NOT NULL",
        [what.sale.id for what in happenings],
    )
    return {row["id"] for row in rows}


async def _claim(tx: Tx, on: date, part: str, at: datetime) -> bool:
    """Whether this part of a day is ours to write, in this transaction.

    After a death a worker may have added the day up half written: it is added up anew.
    """
    rows = await tx.fetch(
        f'UPDATE runtime_demo_day SET {part} = $2 WHERE "on" = $1 AND {part} IS NULL RETURNING 1',  # noqa: S608
        on,
        at,
    )
    if rows:
        noon = midnight(on) + timedelta(hours=12)
        await reopen(tx, (noon, noon + timedelta(days=1)), clock.now())
    return bool(rows)


def _by_day(told: Sequence[Sale], until: datetime) -> dict[date, list[Happening]]:
    """What becomes of all orders, by the day on which it happens."""
    paid = [each for each in told if each.fate is not Fate.unpaid and sales.happened(each, until)]
    kept = sorted((each.at, each.no) for each in paid if each.fate is Fate.kept)
    waiting = {no for _, no in kept[-_TO_SHIP:]}
    found = [
        happening
        for sale in paid
        if sale.no not in waiting
        for happening in _life(sale, until)
        if happening.at <= until
    ]
    found.sort(key=lambda happening: (happening.at, happening.sale.no))
    return {on: list(some) for on, some in groupby(found, lambda one: day_of(one.at))}


def _life(sale: Sale, until: datetime) -> Iterator[Happening]:
    """An order from the warehouse to its end."""
    asked_at = sale.asked_back_at
    if sale.fate is Fate.cancelled:
        yield Happening(asked_at, sale, sales.ask_back)
        yield Happening(asked_at + timedelta(hours=1), sale, sales.decide)
        return
    yield Happening(sale.ship_at, sale, sales.send)
    if sale.second_parcel_at:
        yield Happening(sale.second_parcel_at, sale, sales.send_second)
    yield Happening(min(sale.signed_at, until), sale, sales.deliver)
    if sale.fate is Fate.kept:
        if sale.confirm_at:
            yield Happening(sale.confirm_at, sale, sales.confirm)
        return
    yield Happening(asked_at, sale, sales.ask_back)
    yield Happening(asked_at + timedelta(hours=20), sale, sales.decide)
    if sale.fate is not Fate.refused:
        yield Happening(asked_at + timedelta(hours=30), sale, sales.send_back)
        yield Happening(asked_at + timedelta(hours=80), sale, sales.inspect)
