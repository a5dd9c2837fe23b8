"""Do money, stock and orders agree? Each promise is a question whose answer must be no rows."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from typing_extensions import override

from bofen.kit.db import Database, Tx, plain
from bofen.reports import days
from bofen.reports.days import Range
from bofen.reports.promises import PROMISES

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


async def verify(tx: Tx) -> list[Breach]:
    """Every breach found, from one snapshot; nothing is repaired."""
    return [found for question in await _questions(tx) for found in await _ask(tx, question)]


async def verify_side_by_side(
    db: Database, side_by_side: int = SIDE_BY_SIDE
) -> AsyncIterator[Asked]:
    """The same from several connections that share one snapshot, each promise as it is done.

    However long one takes, the database does not end it.
    """
    async with db.reading() as tx:
        snapshot = (await tx.fetch("SELECT pg_export_snapshot() AS id"))[0]["id"]
        waiting = await _questions(tx)
        count, answers = len(waiting), asyncio.Queue[tuple[Question, list[Breach], float]]()

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
                yield Asked(question.promise, breaches, seconds, done, count)


async def _ask(tx: Tx, question: Question) -> list[Breach]:
    rows = await tx.fetch(
        f"SELECT * FROM ({question.sql}) AS broken LIMIT {FOUND_MAX}",  # noqa: S608
        *question.args,
    )
    return [Breach(question.promise, row) for row in rows]


async def _questions(tx: Tx) -> list[Question]:
    found = [Question(promise, sql) for promise, sql in PROMISES.items()]
    return found + await _rolled_days(tx)


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


async def _rolled_days(tx: Tx) -> list[Question]:
    """Every rolled-up day still equals what the orders say."""
    rolled = await tx.fetch(
        'SELECT min("on") AS first_on, max("on") AS last_on FROM reports_rolled'
    )
    if rolled[0]["first_on"] is None:
        return []
    return [
        Question(
            promise,
            f"WITH told AS (SELECT {columns} FROM {table}), sold AS ("  # noqa: S608
            f"  SELECT {columns} FROM ({sold}) AS found"
            '   WHERE "on" IN (SELECT "on" FROM reports_rolled))'
            " (TABLE told EXCEPT TABLE sold) UNION ALL (TABLE sold EXCEPT TABLE told)",
            Range(**rolled[0]).bounds(),
        )
        for promise, (columns, table, sold) in _ROLLED.items()
    ]
