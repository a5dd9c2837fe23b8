"""Do money, stock and orders agree? Each promise is a question whose answer must be no rows."""

from dataclasses import dataclass
from typing import Any

from typing_extensions import override

from bofen.kit.db import Tx, plain
from bofen.reports import days
from bofen.reports.days import Range
from bofen.reports.promises import PROMISES

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


async def verify(tx: Tx) -> list[Breach]:
    """Every breach found, from one snapshot; nothing is repaired."""
    breaches = []
    for promise, question in PROMISES.items():
        rows = await tx.fetch(f"SELECT * FROM ({question}) AS broken LIMIT {FOUND_MAX}")  # noqa: S608
        breaches += [Breach(promise, row) for row in rows]
    return breaches + await _rolled_days(tx)


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


async def _rolled_days(tx: Tx) -> list[Breach]:
    """Every rolled-up day still equals what the orders say."""
    rolled = await tx.fetch(
        'SELECT min("on") AS first_on, max("on") AS last_on FROM reports_rolled'
    )
    if rolled[0]["first_on"] is None:
        return []
    breaches = []
    for promise, (columns, table, question) in _ROLLED.items():
        rows = await tx.fetch(
            f"WITH told AS (SELECT {columns} FROM {table}), sold AS ("  # noqa: S608
            f"  SELECT * FROM ({question}) AS found"
            '   WHERE "on" IN (SELECT "on" FROM reports_rolled))'
            " (TABLE told EXCEPT TABLE sold) UNION ALL (TABLE sold EXCEPT TABLE told)"
            f" LIMIT {FOUND_MAX}",
            *Range(**rolled[0]).bounds(),
        )
        breaches += [Breach(promise, row) for row in rows]
    return breaches
