"""What reaches the database."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from asyncpg import Connection
from sqlalchemy import event

from bofen.kit.db import Database

_ASKS_TYPES = re.compile(r"typeinfo_tree|set_config\('jit'")
"""What the driver asks once on each connection, when it first meets a type."""


@contextmanager
def counted(db: Database) -> Iterator[list[str]]:
    """The statements of the transactions that begin meanwhile."""
    seen: list[str] = []
    heard: list[Connection[Any]] = []

    def note(record: Any) -> None:
        if not record.query.startswith(("BEGIN", "COMMIT")) and not _ASKS_TYPES.search(
            record.query
        ):
            seen.append(record.query)

    def hear(connection: Any, *_: object) -> None:
        heard.append(connection.driver_connection)
        connection.driver_connection.add_query_logger(note)

    event.listen(db.engine.sync_engine, "checkout", hear)
    yield seen
    event.remove(db.engine.sync_engine, "checkout", hear)
    for connection in heard:
        connection.remove_query_logger(note)
