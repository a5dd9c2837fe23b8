"""How others see that a worker lives: it says so in the database every few seconds."""

import asyncio
import os
import platform
from datetime import timedelta

from bofen.kit import clock, log
from bofen.kit.db import Database
from bofen.kit.errors import Unavailable
from bofen.kit.ids import new_id

EVERY = timedelta(seconds=5)
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
