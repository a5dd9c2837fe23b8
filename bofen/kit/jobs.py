"""Jobs that failed too often and wait for a person: seen, run again, or dropped.

The queue is PgQueuer's (docs/decisions/0004-outbox.md); a job that used up its tries has the
status `failed` there and stands still until somebody decides.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pgqueuer import Queries
from pgqueuer.types import JobId

from bofen.kit.db import JobDriver, Tx
from bofen.kit.log import redacted

HELD_MAX = 200
_ERROR_MAX = 500


@dataclass(frozen=True)
class HeldJob:
    """`facts` is what the job was given; `error` the kind and text of its last failure."""

    id: int
    name: str
    facts: dict[str, Any]
    attempts: int
    created_at: datetime
    held_at: datetime
    error: str


HELD = "job.status = 'failed'"
"""It failed too often and stands still until somebody decides."""

_HELD = f"""
SELECT job.id, job.entrypoint AS name, job.payload, job.attempts,
  job.created AS created_at, job.updated AS held_at, last.traceback
FROM pgqueuer job LEFT JOIN LATERAL (
  SELECT traceback FROM pgqueuer_log log
  WHERE log.job_id = job.id AND traceback IS NOT NULL ORDER BY log.id DESC LIMIT 1
) last ON true
WHERE {HELD} AND ($1::bigint[] IS NULL OR job.id = ANY($1))
ORDER BY job.id LIMIT $2
"""  # noqa: S608


async def held(tx: Tx, job_ids: Sequence[int] | None = None) -> list[HeldJob]:
    """The oldest first, at most 200: whoever has more has one cause.

    Of `job_ids`, which are locked until something is decided about them, or all, to look at.
    """
    sql = _HELD if job_ids is None else f"{_HELD} FOR UPDATE OF job"
    rows = await tx.fetch(sql, None if job_ids is None else list(job_ids), HELD_MAX)
    return [
        HeldJob(facts=_facts(row.pop("payload")), error=_error(row.pop("traceback")), **row)
        for row in rows
    ]


async def run_again(tx: Tx, job_ids: Sequence[int]) -> list[HeldJob]:
    """Queue held jobs anew, with all their tries; those of them that were held."""
    found = await held(tx, job_ids)
    await Queries(JobDriver(tx)).requeue_jobs([JobId(job.id) for job in found])  # type: ignore[arg-type]
    return found


async def drop(tx: Tx, job_id: int) -> HeldJob | None:
    """Take a held job out of the queue for good; None when it is not held."""
    found = await held(tx, [job_id])
    await tx.fetch("DELETE FROM pgqueuer WHERE id = ANY($1::bigint[])", [job.id for job in found])
    return found[0] if found else None


@dataclass(frozen=True)
class Waiting:
    """How many jobs are due, and for how many seconds the oldest of them."""

    count: int
    oldest_s: int


async def waiting(tx: Tx) -> Waiting:
    """What the workers have not begun. A number that grows means too few, or none."""
    rows = await tx.rows(
        Waiting,
        "SELECT count(*)::int AS count,"
        " coalesce(extract(epoch FROM now() - min(execute_after)), 0)::int AS oldest_s"
        " FROM pgqueuer WHERE status = 'queued' AND execute_after <= now()",
    )
    return rows[0]


def _facts(payload: bytes | None) -> dict[str, Any]:
    return dict(json.loads(payload or b"{}"))


def _error(traceback: Any) -> str:
    """The kind and the text, without the stack: enough to see whether trying again can help."""
    found = json.loads(traceback) if isinstance(traceback, str) else traceback
    if not found:
        return ""
    text = f"{found.get('exception_type', '')}: {found.get('exception_message', '')}"
    return redacted(text)[:_ERROR_MAX]


async def forget_history(tx: Tx, before: datetime, limit: int) -> int:
    """What jobs did before that, at most `limit` lines; how many there were.

    A job that is held keeps its own: its last failure is the reason that a person reads.
    """
    return await tx.changed(
        "DELETE FROM pgqueuer_log WHERE id IN (SELECT log.id FROM pgqueuer_log log"
        " WHERE log.created < $1"
        "  AND NOT EXISTS (SELECT FROM pgqueuer job WHERE job.id = log.job_id)"
        " ORDER BY log.created LIMIT $2)",
        *(before, limit),
    )
