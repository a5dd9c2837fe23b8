"""Jobs that failed too often and wait for a person, and the workers that would run them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from bofen.flows import held_jobs
from bofen.kit import clock, jobs
from bofen.reports.workers import living
from bofen.web.deps import Db, StaffMayWriteSettings
from bofen.web.shapes import Body, FactOut, Line, PathNumber, Shape, facts_out

router = APIRouter(prefix="/jobs", tags=["jobs"])

JobId = Annotated[int, Field(ge=1, le=2**62)]


class HeldJobOut(Shape):
    """A job that used up its tries. `facts` name what it is about, by id."""

    id: int
    name: str
    facts: Sequence[FactOut]
    attempts: int
    created_at: datetime
    held_at: datetime
    error: str


class WorkerOut(Shape):
    """A worker that was heard of within the last seconds."""

    host: str
    pid: int
    started_at: datetime


class QueueOut(Shape):
    """What waits. `oldest_s`: for how long the oldest job has been due and not begun."""

    held: Sequence[HeldJobOut]
    workers: Sequence[WorkerOut]
    waiting: int
    oldest_s: int


@router.get("")
async def queue(_: StaffMayWriteSettings, db: Db) -> QueueOut:
    """The whole queue at a glance; of the held jobs the 200 oldest."""
    async with db.transaction() as tx:
        held = await jobs.held(tx)
        workers = await living(tx, clock.now())
        waiting = await jobs.waiting(tx)
    return QueueOut(
        held=[HeldJobOut(**vars(job) | {"facts": facts_out(job.facts)}) for job in held],
        workers=[WorkerOut(**vars(worker)) for worker in workers],
        waiting=waiting.count,
        oldest_s=waiting.oldest_s,
    )


class JobsRun(Body):
    """Held jobs: what failed of one cause is run again together."""

    job_ids: Annotated[tuple[JobId, ...], Field(min_length=1, max_length=jobs.HELD_MAX)]


class JobsQueued(Shape):
    """How many of them were held, and are queued now."""

    queued: int


@router.post("/run")
async def run_again(asked: JobsRun, staff: StaffMayWriteSettings, db: Db) -> JobsQueued:
    """Queue jobs anew, with all their tries. Running a job twice does nothing twice."""
    async with db.transaction() as tx:
        queued = await held_jobs.run_again(tx, staff, asked.job_ids, clock.now())
    return JobsQueued(queued=queued)


class JobDropped(Body):
    """Why nobody needs it any more."""

    reason: Annotated[Line, Field(min_length=2, max_length=200)]


@router.post("/{job_id}/drop", status_code=204)
async def drop(job_id: PathNumber, asked: JobDropped, staff: StaffMayWriteSettings, db: Db) -> None:
    """It is never run: for what a person has put right in another way, which `reason` says."""
    async with db.transaction() as tx:
        await held_jobs.drop(tx, staff, job_id, asked.reason, clock.now())
