import asyncio
import os
import sys

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.ext.asyncio import create_async_engine

from bofen.kit.ids import new_id
from bofen.runtime.migrate import metadata, upgrade
from tests.conftest import running_postgres

_UPGRADE = "import sys; from bofen.runtime.migrate import upgrade; upgrade(sys.argv[1])"


async def test_an_empty_database_gets_exactly_the_models_shape() -> None:
    server = running_postgres()
    name = f"drift_{new_id().hex}"
    await server.make_database(name)

    await asyncio.to_thread(upgrade, server.url(name))

    engine = create_async_engine(server.url(name))
    async with engine.connect() as connection:
        difference = await connection.run_sync(
            lambda sync: compare_metadata(
                MigrationContext.configure(
                    sync,
                    opts={
                        "include_name": lambda n, kind, _: (
                            kind != "table" or not n.startswith("pgqueuer")
                        )
                    },
                ),
                metadata(),
            )
        )
    await engine.dispose()
    assert difference == []


async def test_two_processes_that_migrate_at_once_take_turns() -> None:
    server = running_postgres()
    name = f"twice_{new_id().hex}"
    await server.make_database(name)

    processes = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _UPGRADE, server.url(name)),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for _ in range(2)
    ]

    assert [await process.wait() for process in processes] == [0, 0]
