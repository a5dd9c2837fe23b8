"""Which workers live: each says so in the database every few seconds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bofen.kit.db import Tx

FRESH = timedelta(seconds=20)
"""A worker that has said nothing for so long is not there."""


@dataclass(frozen=True)
class LivingWorker:
    """One process that runs jobs and sweeps."""

    host: str
    pid: int
    started_at: datetime


async def living(tx: Tx, at: datetime) -> list[LivingWorker]:
    """Those who live at `at`, the oldest first."""
    return await tx.rows(
        LivingWorker,
        "SELECT host, pid, started_at FROM worker_beat WHERE beat_at > $1 ORDER BY started_at, id",
        at - FRESH,
    )
