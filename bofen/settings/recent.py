"""Settings for those who are asked too often to read them each time."""

from datetime import datetime, timedelta

from bofen.kit.db import Database
from bofen.settings import service
from bofen.settings.rules import Settings

FRESH = timedelta(seconds=30)


class RecentSettings:
    """The settings in force, as they were at most `FRESH` ago: for limits, never for money."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._read: tuple[datetime, Settings] | None = None

    async def at(self, at: datetime) -> Settings:
        """Asks the database when what is known is no longer fresh."""
        if self._read is None or at - self._read[0] >= FRESH:
            async with self._db.transaction() as tx:
                self._read = (at, await service.in_force(tx, at))
        return self._read[1]
