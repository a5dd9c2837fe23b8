"""One PostgreSQL for the run, one database for each worker, cloned from a migrated template."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bofen.kit.db import Database
from bofen.kit.ids import short_token
from bofen.runtime.migrate import upgrade
from bofen.runtime.postgres import EmbeddedPostgres
from bofen.worker.subscriptions import SUBSCRIBERS

NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)
"""Twelve o'clock in Shanghai."""

_TEMPLATE = "bofen_template"
_server: EmbeddedPostgres | None = None
_folder: Path | None = None
_loop: asyncio.AbstractEventLoop | None = None


def pytest_configure(config: pytest.Config) -> None:
    """The first process of the run starts the server; xdist workers find it by environment."""
    global _server, _folder, _loop  # noqa: PLW0603 - pytest's hooks share nothing else
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    _folder = Path(tempfile.mkdtemp(prefix="bofen-test-"))
    _server = EmbeddedPostgres(_folder / "postgres", is_durable=False)
    _loop = asyncio.new_event_loop()
    _loop.run_until_complete(_server.start())
    _loop.run_until_complete(_server.make_database(_TEMPLATE))
    upgrade(_server.url(_TEMPLATE))
    os.environ["BOFEN_TEST_POSTGRES"] = str(_folder / "postgres")


def pytest_unconfigure(config: pytest.Config) -> None:
    if _server is not None and _loop is not None and _folder is not None:
        _loop.run_until_complete(_server.stop())
        _loop.close()
        shutil.rmtree(_folder, ignore_errors=True)


def running_postgres() -> EmbeddedPostgres:
    """The server of this run, for tests that need databases of their own."""
    return EmbeddedPostgres(Path(os.environ["BOFEN_TEST_POSTGRES"]), is_durable=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def db(worker_id: str) -> AsyncIterator[Database]:
    """A migrated database. Tests commit; each makes its own ids and asserts only on them."""
    server = running_postgres()
    name = f"test_{worker_id}_{os.getpid()}"
    await server.make_database(name, template=_TEMPLATE)
    database = Database(server.url(name), SUBSCRIBERS)
    yield database
    await database.close()


@pytest_asyncio.fixture(loop_scope="session")
async def own() -> AsyncIterator[Database]:
    """A database of one's own, for tests that look at everything, or change what all obey."""
    server = running_postgres()
    name = f"own_{short_token(10).lower()}"
    await server.make_database(name, template=_TEMPLATE)
    database = Database(server.url(name), SUBSCRIBERS, connections_max=8)
    yield database
    await database.close()
