"""Do money, stock and orders agree? Each promise is a question whose answer must be no rows."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from typing_extensions import override

from bofen.kit.db import Database, Tx, plain
from bofen.reports import days
from bofen.reports.days import Range
from bofen.reports.promises import (
    OF_AFFILIATES,
    OF_BROADCASTS,
    OF_ORDERS,
    OF_PRODUCTS,
    OF_STOCK,
    PROMISES,
)
from bofen.reports.proof import (
    ONLY_ORDERS,
    ONLY_OWNERS,
    ONLY_PRODUCTS,
    ONLY_SESSIONS,
    ONLY_SKUS,
    Proof,
    Touched,
    horizon,
    keep,
    touched_since,
)

SIDE_BY_SIDE = 3
FOUND_MAX = 20
"""Of each broken promise: the first ones are enough to go looking."""


@dataclass(frozen=True)
class Breach:
    """A promise that does not hold, and the first thing for which it does not."""

    promise: str
    facts: dict[str, Any]

    @override
    def __str__(self) -> str:
        told = ", ".join(f"{name}={plain(value)}" for name, value in self.facts.items())
        return f"{self.promise}: {told}"


@dataclass(frozen=True)
class Question:
    """A promise as SQL that finds exceptions to it."""

    promise: str
    sql: str
    args: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A promise that was looked at, what was found, and how far the whole has come."""

    promise: str
    breaches: list[Breach]
    seconds: float
    done: int
    of: int
    since: datetime | None
    """What was proved then was looked at only where it has changed; None: everything was."""


async def verify(tx: Tx) -> list[Breach]:
    """Every breach found, from one snapshot; nothing is repaired."""
    return [found for question in await _everything(tx) for found in await _ask(tx, question)]


async def verify_side_by_side(
    db: Database, at: datetime, *, is_whole: bool = False, side_by_side: int = SIDE_BY_SIDE
) -> AsyncIterator[Asked]:
    """The same from several connections that share one snapshot, each promise as it is done.

    Of what was proved before only that is looked at which has changed since, unless `is_whole`.
    However long a promise takes, the database does not end it. When all of them hold, that is kept
    as a proof for the next time.
    """
    async with db.reading() as tx:
        snapshot = (await tx.fetch("SELECT pg_export_snapshot() AS id"))[0]["id"]
        await tx.fetch("SET LOCAL statement_timeout = 0")
        proved = Proof(at, await horizon(tx))
        touched = None if is_whole else await touched_since(tx)
        since = touched.proof.at if touched else None
        waiting = _changed(touched) if touched else await _everything(tx)
        count, answers = len(waiting), asyncio.Queue[tuple[Question, list[Breach], float]]()
        is_broken = False

        async def work() -> None:
            async with db.reading() as other:
                await other.fetch(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
                await other.fetch("SET LOCAL statement_timeout = 0")
                await other.fetch("SET LOCAL work_mem = '128MB'")  # joins of whole tables
                while waiting:
                    question, started = waiting.pop(0), time.monotonic()
                    found = await _ask(other, question)
                    answers.put_nowait((question, found, time.monotonic() - started))

        async with asyncio.TaskGroup() as group:
            for _ in range(side_by_side):
                group.create_task(work())
            for done in range(1, count + 1):
                question, breaches, seconds = await answers.get()
                is_broken = is_broken or bool(breaches)
                yield Asked(question.promise, breaches, seconds, done, count, since)
    if not is_broken:
        async with db.transaction() as tx:
            await keep(tx, proved)


async def _ask(tx: Tx, question: Question) -> list[Breach]:
    rows = await tx.fetch(
        f"SELECT * FROM ({question.sql}) AS broken LIMIT {FOUND_MAX}",  # noqa: S608
        *question.args,
    )
    return [Breach(question.promise, row) for row in rows]


async def _everything(tx: Tx) -> list[Question]:
    rolled = await tx.fetch(
        'SELECT min("on") AS first_on, max("on") AS last_on FROM reports_rolled'
    )
    found = [Question(promise, sql) for promise, sql in PROMISES.items()]
    if rolled[0]["first_on"] is None:
        return found
    return found + _rolled_days(Range(**rolled[0]), (date.min, date.max))


def _changed(touched: Touched) -> list[Question]:
    narrowed = [
        Question(promise, f"{only} {sql}", (ids,))
        for promises, only, ids in (
            (OF_ORDERS, ONLY_ORDERS, touched.orders),
            (OF_AFFILIATES, ONLY_OWNERS, touched.owners),
            (OF_BROADCASTS, ONLY_SESSIONS, touched.sessions),
            (OF_PRODUCTS, ONLY_PRODUCTS, touched.products),
            (OF_STOCK, ONLY_SKUS, touched.skus),
        )
        for promise, sql in promises.items()
    ]
    of_days = [
        _rolled_days(each, (each.first_on, each.last_on)) for each in days.runs(touched.days)
    ]
    return narrowed + [question for questions in of_days for question in questions]


_ROLLED = {
    "a rolled-up day equals its orders": (
        '"on", source, has_affiliate, orders, sales_fen, refunds, refunds_fen',
        "reports_day",
        days.SALES,
    ),
    "a rolled-up day of a product equals its orders": (
        '"on", product_id, quantity, sales_fen, refunded_quantity, refunds_fen',
        "reports_product_day",
        days.PRODUCTS,
    ),
}


def _rolled_days(looked_at: Range, told: tuple[date, date]) -> list[Question]:
    """Every rolled-up day still equals what the orders say; `told` are the days read of reports."""
    return [
        Question(
            promise,
            f'WITH told AS (SELECT {columns} FROM {table} WHERE "on" BETWEEN $3 AND $4),'  # noqa: S608
            f" sold AS (SELECT {columns} FROM ({sold}) AS found"
            '   WHERE "on" IN (SELECT "on" FROM reports_rolled))'
            " (TABLE told EXCEPT TABLE sold) UNION ALL (TABLE sold EXCEPT TABLE told)",
            (*looked_at.bounds(), *told),
        )
        for promise, (columns, table, sold) in _ROLLED.items()
    ]
