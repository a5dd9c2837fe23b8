"""A database of one's own, for tests that look at everything there is."""

from collections.abc import AsyncIterator

import pytest_asyncio

from bofen.kit.db import Database
from bofen.kit.ids import short_token
from bofen.worker.subscriptions import SUBSCRIBERS
from tests.conftest import running_postgres


@pytest_asyncio.fixture(loop_scope="session")
async def own() -> AsyncIterator[Database]:
    server = running_postgres()
    name = f"own_{short_token(10).lower()}"
    await server.make_database(name, template="bofen_template")
    database = Database(server.url(name), SUBSCRIBERS, connections_max=8)
    yield database
    await database.close()
