"""Settings for those who are asked too often to read them each time."""

from datetime import datetime, timedelta

from bofen.kit.db import Database
from bofen.kit.recent import Recent
from bofen.settings import service
from bofen.settings.rules import Settings

FRESH = timedelta(seconds=30)


class RecentSettings:
    """The settings in force, as they were at most `FRESH` ago: for limits, never for money."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: Recent[None, Settings] = Recent(FRESH.total_seconds())

    async def at(self, at: datetime) -> Settings:
        """Asks the database when what is known is no longer fresh; whoever comes then, once."""
        return await self._known.of(None, lambda: self._read(at), at.timestamp())

    async def _read(self, at: datetime) -> Settings:
        async with self._db.transaction() as tx:
            return await service.in_force(tx, at)
