"""Jobs that failed too often: a person who has put right what was wrong decides about each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.kit import jobs
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.jobs import HeldJob


async def run_again(tx: Tx, by: StaffMember, job_ids: Sequence[int], at: datetime) -> int:
    """Queue them anew, with all their tries; how many of them were held."""
    found = await jobs.run_again(tx, job_ids)
    for job in found:
        await audit.record(tx, by, Deed.job_run_again, f"job:{job.id}", at, **_about(job))
    return len(found)


async def drop(tx: Tx, by: StaffMember, job_id: int, reason: str, at: datetime) -> None:
    """It is never run. What it was about stays in the record of the deed. Raises `NotFound`."""
    job = await jobs.drop(tx, job_id)
    if job is None:
        raise NotFound("job")
    facts = {**_about(job), "reason": reason}
    await audit.record(tx, by, Deed.job_dropped, f"job:{job_id}", at, **facts)


def _about(job: HeldJob) -> dict[str, Any]:
    error = {"error": job.error} if job.error else {}
    return {**job.facts, "job": job.name, **error}
