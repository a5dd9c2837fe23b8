"""Databases of a former shape, with rows in them, brought to the newest."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bofen.kit.db import Database
from bofen.kit.ids import new_id
from bofen.runtime.migrate import upgrade
from tests.conftest import running_postgres


@dataclass(frozen=True)
class Former:
    """A database at an older revision: fill `db`, then take it `to_head`."""

    db: Database

    async def to_head(self) -> None:
        """Apply every migration that is missing."""
        await asyncio.to_thread(upgrade, self.db.url)
        await self.db.engine.dispose()


@asynccontextmanager
async def database_at(revision: str) -> AsyncIterator[Former]:
    """A new database with the shape it had at `revision`, and no rows but the migrations' own."""
    server = running_postgres()
    name = f"former_{new_id().hex}"
    await server.make_database(name)
    url = server.url(name)
    await asyncio.to_thread(upgrade, url, revision)
    database = Database(url, {})
    try:
        yield Former(database)
    finally:
        await database.close()
