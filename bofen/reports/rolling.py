"""Keeps the finished days of the reports, so that a year is as quick to read as a week."""

from datetime import datetime
from typing import Protocol

from bofen.kit.db import Database
from bofen.reports import days


class WithDatabase(Protocol):
    """All that this sweep needs of the services."""

    @property
    def db(self) -> Database:
        """The merchant's database."""


async def roll_up(services: WithDatabase, at: datetime) -> int:
    """The sweep: add up every finished day that was not; the number of them."""
    async with services.db.transaction() as tx:
        waiting = await days.unfinished(tx, at)
    for on in waiting:
        async with services.db.transaction() as tx:
            await days.roll(tx, on, at)
    return len(waiting)
