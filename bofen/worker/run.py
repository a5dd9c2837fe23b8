"""Runs jobs from the outbox and the sweeps that come back by themselves."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import asyncpg
from pgqueuer import AsyncpgPoolDriver, DatabaseRetryEntrypointExecutor, Job, PgQueuer

from bofen.flows.services import Services
from bofen.kit import clock, log
from bofen.kit.db import driver_url
from bofen.kit.errors import Unavailable
from bofen.kit.supervise import Patience, keep_running

JobFunction = Callable[[Services, dict[str, Any]], Awaitable[None]]
SweepFunction = Callable[[Services, datetime], Awaitable[object]]

_log = log.get(__name__)
_ATTEMPTS_MAX = 12
_CONCURRENT_MAX = 20
_FINISH_WITHIN_S = 3.0
_POLL = timedelta(seconds=30)
_DATABASE_AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, Unavailable)
_FOR_EVER = Patience(short_runs_max=None, pause_max_s=5.0)


@dataclass(frozen=True)
class Sweep:
    """Work found by looking, not by being told: `run` every `every`, on one worker at a time."""

    run: SweepFunction
    every: timedelta


class Interrupted(Exception):  # noqa: N818 - the job has not failed: it is run again
    """The worker stops while the job is running."""


async def run_jobs(services: Services, jobs: dict[str, JobFunction]) -> None:
    """Until cancelled: at least once each, retried with growing delays, then held for a person.

    A database that restarts is waited for, and listened to again.
    """
    work = partial(_run_queue, services, jobs)
    await keep_running("jobs", work, _FOR_EVER, expected=_DATABASE_AWAY)


async def _run_queue(services: Services, jobs: dict[str, JobFunction]) -> None:
    """One life of the queue: until cancelled, or until a connection to the database is lost."""
    async with _connections(services.db.url) as pool:
        queue = PgQueuer(AsyncpgPoolDriver(pool))
        for name, function in jobs.items():
            queue.entrypoint(
                name,
                on_failure="hold",
                executor_factory=partial(
                    DatabaseRetryEntrypointExecutor, max_attempts=_ATTEMPTS_MAX
                ),
            )(_entrypoint(services, name, function))
        running = asyncio.create_task(
            queue.run(
                dequeue_timeout=_POLL,
                batch_size=_CONCURRENT_MAX // 2,
                max_concurrent_tasks=_CONCURRENT_MAX,
                shutdown_on_listener_failure=True,
            )
        )
        lost = asyncio.create_task(_until_lost(pool))
        try:
            await asyncio.wait({running, lost}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            lost.cancel()
            await _finish(queue, running)
        if lost.done() and not lost.cancelled():
            raise ConnectionError("the connection to the database was lost")
        running.result()


@asynccontextmanager
async def _connections(url: str) -> AsyncIterator["asyncpg.Pool[asyncpg.Record]"]:
    pool = await asyncpg.create_pool(driver_url(url), min_size=1, max_size=6)
    try:
        yield pool
    finally:
        pool.terminate()  # a graceful close would wait for connections that nobody gives back


async def _until_lost(pool: "asyncpg.Pool[asyncpg.Record]") -> None:
    """Until the server ends a connection that does nothing but wait for that."""
    ended = asyncio.Event()
    async with pool.acquire() as connection:
        connection.add_termination_listener(lambda _: ended.set())
        await ended.wait()


async def _finish(queue: PgQueuer, running: "asyncio.Task[None]") -> None:
    """Take no more jobs, let those that run come to their end, interrupt what takes too long."""
    queue.shutdown.set()
    await asyncio.wait({running}, timeout=_FINISH_WITHIN_S)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await running


def _entrypoint(
    services: Services, name: str, function: JobFunction
) -> Callable[[Job], Awaitable[None]]:
    async def run(job: Job) -> None:
        log.bind(job=name, job_id=str(job.id))
        try:
            await function(services, json.loads(job.payload or b"{}"))
        except asyncio.CancelledError as error:
            # PgQueuer would take a cancelled job for one that nobody wants any more.
            raise Interrupted(name) from error
        except Unavailable as reason:
            _log.warning("job_waits", attempt=job.attempts, what=reason.what)
            raise
        except Exception:
            _log.exception("job_failed", attempt=job.attempts)
            raise

    return run


async def run_sweeps(services: Services, sweeps: dict[str, Sweep]) -> None:
    """Until cancelled: each sweep in its own rhythm; a failing one is logged and comes again."""
    async with asyncio.TaskGroup() as group:
        for name, sweep in sweeps.items():
            group.create_task(_repeat(services, name, sweep))


async def _repeat(services: Services, name: str, sweep: Sweep) -> None:
    log.bind(sweep=name)
    while True:
        try:
            await _sweep(services, name, sweep)
        except _DATABASE_AWAY as error:
            _log.warning("sweep_waits", error=str(error) or type(error).__name__)
        except Exception:  # noqa: BLE001 - it comes again, and the log says what happened
            _log.exception("sweep_failed")
        await asyncio.sleep(sweep.every.total_seconds())


async def _sweep(services: Services, name: str, sweep: Sweep) -> None:
    """Once, unless another worker is at it. The lock is the connection's, and dies with it."""
    async with services.db.alone(name) as is_alone:
        if is_alone:
            await sweep.run(services, clock.now())
