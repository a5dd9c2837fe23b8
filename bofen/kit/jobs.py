"""Jobs that failed too often and wait for a person: seen, run again, or dropped.

The queue is PgQueuer's (docs/decisions/0004-outbox.md); a job that used up its tries has the
status `failed` there and stands still until somebody decides.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bofen.kit.db import Tx

HELD_MAX = 200


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


async def held(tx: Tx) -> list[HeldJob]:
    """The oldest first, at most 200: whoever has more has one cause."""
    rows = await tx.fetch(
        "SELECT job.id, job.entrypoint AS name, job.payload, job.attempts,"
        " job.created AS created_at, job.updated AS held_at, last.traceback"
        " FROM pgqueuer job LEFT JOIN LATERAL (SELECT traceback FROM pgqueuer_log log"
        "  WHERE log.job_id = job.id AND traceback IS NOT NULL ORDER BY log.id DESC LIMIT 1"
        " ) last ON true"
        " WHERE job.status = 'failed' ORDER BY job.id LIMIT $1",
        HELD_MAX,
    )
    return [
        HeldJob(facts=_facts(row.pop("payload")), error=_error(row.pop("traceback")), **row)
        for row in rows
    ]


async def run_again(tx: Tx, job_ids: Sequence[int]) -> int:
    """Queue held jobs anew, with all their tries; how many of them were held."""
    rows = await tx.fetch(
        "WITH again AS (UPDATE pgqueuer SET status = 'queued', execute_after = now(),"
        "  updated = now(), attempts = 0, queue_manager_id = NULL"
        "  WHERE id = ANY($1::bigint[]) AND status = 'failed' RETURNING id, entrypoint, priority)"
        " INSERT INTO pgqueuer_log (job_id, status, entrypoint, priority)"
        " SELECT id, 'queued', entrypoint, priority FROM again RETURNING job_id",
        list(job_ids),
    )
    return len(rows)


async def drop(tx: Tx, job_id: int) -> HeldJob | None:
    """Take a held job out of the queue for good, and answer it; None when it is not held."""
    found = next((job for job in await held(tx) if job.id == job_id), None)
    rows = await tx.fetch(
        "WITH gone AS (DELETE FROM pgqueuer WHERE id = $1 AND status = 'failed'"
        "  RETURNING id, entrypoint, priority)"
        " INSERT INTO pgqueuer_log (job_id, status, entrypoint, priority)"
        " SELECT id, 'deleted', entrypoint, priority FROM gone RETURNING job_id",
        job_id,
    )
    return found if rows else None


def _facts(payload: bytes | None) -> dict[str, Any]:
    return dict(json.loads(payload or b"{}"))


def _error(traceback: Any) -> str:
    """The kind and the text, without the stack: enough to see whether trying again can help."""
    found = json.loads(traceback) if isinstance(traceback, str) else traceback
    if not found:
        return ""
    return f"{found.get('exception_type', '')}: {found.get('exception_message', '')}"[:500]
