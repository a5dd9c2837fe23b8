"""Runs jobs from the outbox and the sweeps that come back by themselves."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import asyncpg
from pgqueuer import AsyncpgPoolDriver, DatabaseRetryEntrypointExecutor, Job, PgQueuer
from sqlalchemy.engine import make_url

from bofen.flows.services import Services
from bofen.kit import clock, log

JobFunction = Callable[[Services, dict[str, Any]], Awaitable[None]]
SweepFunction = Callable[[Services, datetime], Awaitable[object]]

_log = log.get(__name__)
_ATTEMPTS_MAX = 12
_CONCURRENT_MAX = 20


@dataclass(frozen=True)
class Sweep:
    """Work found by looking, not by being told: `run` every `every`, on one worker at a time."""

    run: SweepFunction
    every: timedelta


async def run_jobs(services: Services, jobs: dict[str, JobFunction]) -> None:
    """Until cancelled: at least once each, retried with growing delays, then held for a person."""
    url = make_url(services.db.url)
    async with asyncpg.create_pool(
        host=url.query.get("host", url.host),
        port=url.port,
        user=url.username,
        password=url.password,
        database=url.database,
        min_size=1,
        max_size=4,
    ) as pool:
        queue = PgQueuer(AsyncpgPoolDriver(pool))
        for name, function in jobs.items():
            queue.entrypoint(
                name,
                on_failure="hold",
                executor_factory=partial(
                    DatabaseRetryEntrypointExecutor, max_attempts=_ATTEMPTS_MAX
                ),
            )(_entrypoint(services, name, function))
        await queue.run(batch_size=_CONCURRENT_MAX // 2, max_concurrent_tasks=_CONCURRENT_MAX)


def _entrypoint(
    services: Services, name: str, function: JobFunction
) -> Callable[[Job], Awaitable[None]]:
    async def run(job: Job) -> None:
        try:
            await function(services, json.loads(job.payload or b"{}"))
        except Exception:
            _log.exception("job_failed", job=name, attempt=job.attempts)
            raise

    return run


async def run_sweeps(services: Services, sweeps: dict[str, Sweep]) -> None:
    """Until cancelled: each sweep in its own rhythm; a failing one is logged and comes again."""
    async with asyncio.TaskGroup() as group:
        for name, sweep in sweeps.items():
            group.create_task(_repeat(services, name, sweep))


async def _repeat(services: Services, name: str, sweep: Sweep) -> None:
    while True:
        try:
            async with services.db.engine.connect() as connection:
                locked = "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine"
                mine = (await connection.exec_driver_sql(locked, (name,))).scalar()
                await connection.commit()
                if mine:
                    try:
                        await sweep.run(services, clock.now())
                    finally:
                        unlock = "SELECT pg_advisory_unlock(hashtextextended($1, 0))"
                        await connection.exec_driver_sql(unlock, (name,))
                        await connection.commit()
        except Exception:  # noqa: BLE001 - it comes again, and the log says what happened
            _log.exception("sweep_failed", sweep=name)
        await asyncio.sleep(sweep.every.total_seconds())
