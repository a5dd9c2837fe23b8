"""Writes a new migration from what the models say and the newest migration made: read it, edit it.

python tools/migration.py "what it does"
"""

import asyncio
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alembic import command

from bofen.runtime.migrate import config, metadata, upgrade
from bofen.runtime.postgres import USER, EmbeddedPostgres


async def main(title: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedPostgres(Path(folder), is_durable=False)
        await server.start()
        await server.make_database(USER)
        try:
            await asyncio.to_thread(upgrade, server.url())
            made = config(server.url())
            made.attributes["metadata"] = metadata()
            await asyncio.to_thread(command.revision, made, title, autogenerate=True)
        finally:
            await server.stop()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
