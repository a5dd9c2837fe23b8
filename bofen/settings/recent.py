"""Settings for those who are asked too often to read them each time."""

from datetime import datetime, timedelta

from bofen.kit.db import Database
from bofen.kit.flight import SingleFlight
from bofen.settings import service
from bofen.settings.rules import Settings

FRESH = timedelta(seconds=30)


class RecentSettings:
    """The settings in force, as they were at most `FRESH` ago: for limits, never for money."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: tuple[datetime, Settings] | None = None
        self._reading: SingleFlight[None, tuple[datetime, Settings]] = SingleFlight()

    async def at(self, at: datetime) -> Settings:
        """Asks the database when what is known is no longer fresh; whoever comes then, once."""
        if self._known is None or at - self._known[0] >= FRESH:
            self._known = await self._reading.ask(None, lambda: self._read(at))
        return self._known[1]

    async def _read(self, at: datetime) -> tuple[datetime, Settings]:
        async with self._db.transaction() as tx:
            return at, await service.in_force(tx, at)
