"""How others see that a worker lives: it says so in the database every few seconds."""

import asyncio
import os
import platform
from datetime import datetime, timedelta
from typing import Any

from bofen.kit import clock, log
from bofen.kit.db import Database, Tx
from bofen.kit.errors import Unavailable
from bofen.kit.ids import new_id

EVERY = timedelta(seconds=5)
FRESH = timedelta(seconds=20)
"""A worker that has said nothing for so long is not there."""
_FORGOTTEN = timedelta(hours=1)
_log = log.get(__name__)


async def beat(db: Database) -> None:
    """Until cancelled; a database that is away is told when it is back."""
    worker_id, started_at = new_id(), clock.now()
    while True:
        at = clock.now()
        try:
            async with db.transaction() as tx:
                await tx.fetch(
                    "INSERT INTO worker_beat (id, host, pid, started_at, beat_at)"
                    " VALUES ($1, $2, $3, $4, $5)"
                    " ON CONFLICT (id) DO UPDATE SET beat_at = excluded.beat_at",
                    worker_id,
                    platform.node(),
                    os.getpid(),
                    started_at,
                    at,
                )
                await tx.fetch("DELETE FROM worker_beat WHERE beat_at < $1", at - _FORGOTTEN)
        except Unavailable as reason:
            _log.warning("beat_waits", what=reason.what)
        await asyncio.sleep(EVERY.total_seconds())


async def living(tx: Tx, at: datetime) -> list[dict[str, Any]]:
    """The workers that live at `at`: host, pid, started_at and beat_at, oldest first."""
    return await tx.fetch(
        "SELECT host, pid, started_at, beat_at FROM worker_beat WHERE beat_at > $1"
        " ORDER BY started_at, id",
        at - FRESH,
    )
