"""A worker is stopped and its database restarted: no job is lost, and none stands still."""

import asyncio
import contextlib
import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from bofen.flows.services import Services
from bofen.kit.db import Database
from bofen.kit.ids import new_id
from bofen.runtime.migrate import upgrade
from bofen.runtime.postgres import USER, EmbeddedPostgres
from bofen.worker.run import JobFunction, Sweep, run_jobs, run_sweeps
from tests.web.conftest import Shop


@asynccontextmanager
async def _working(services: Services, jobs: dict[str, JobFunction]) -> AsyncIterator[None]:
    running = asyncio.create_task(run_jobs(services, jobs))
    try:
        yield
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


async def _ask(services: Services, job: str, number: int) -> None:
    async with services.db.transaction() as tx:
        await tx.enqueue(job, {"number": number})


@asynccontextmanager
async def _own_database(shop: Shop, folder: Path) -> AsyncIterator[tuple[EmbeddedPostgres, Any]]:
    server = EmbeddedPostgres(folder / "postgres", is_durable=False)
    await server.start()
    await server.make_database(USER)
    await asyncio.to_thread(upgrade, server.url())
    db = Database(server.url(), {})
    try:
        yield server, dataclasses.replace(shop.services, db=db)
    finally:
        await db.close()
        await server.stop()


async def test_a_job_that_a_stopping_worker_interrupts_is_run_again(
    shop: Shop, monkeypatch: Any
) -> None:
    monkeypatch.setattr("bofen.worker.run._FINISH_WITHIN_S", 0.2)
    name, started, done = f"slow_{new_id().hex}", asyncio.Event(), asyncio.Event()

    async def slow(_: Services, facts: dict[str, Any]) -> None:
        if started.is_set():
            done.set()
        started.set()
        await asyncio.wait_for(done.wait(), 20)

    async with _working(shop.services, {name: slow}):
        await _ask(shop.services, name, 1)
        await asyncio.wait_for(started.wait(), 10)
    assert not done.is_set()

    async with _working(shop.services, {name: slow}):
        await asyncio.wait_for(done.wait(), 20)


async def test_a_stopping_worker_lets_a_job_come_to_its_end(shop: Shop) -> None:
    name, started, ended = f"brief_{new_id().hex}", asyncio.Event(), list[int]()

    async def brief(_: Services, facts: dict[str, Any]) -> None:
        started.set()
        await asyncio.sleep(0.3)
        ended.append(facts["number"])

    async with _working(shop.services, {name: brief}):
        await _ask(shop.services, name, 7)
        await asyncio.wait_for(started.wait(), 10)

    assert ended == [7]


async def test_jobs_and_sweeps_go_on_after_the_database_was_restarted(
    shop: Shop, tmp_path: Path
) -> None:
    done: asyncio.Queue[int] = asyncio.Queue()
    swept = asyncio.Event()

    async def note(_: Services, facts: dict[str, Any]) -> None:
        done.put_nowait(facts["number"])

    async def look(_: Services, __: Any) -> None:
        swept.set()

    async with _own_database(shop, tmp_path) as (server, services):
        sweeping = asyncio.create_task(
            run_sweeps(services, {"look": Sweep(look, timedelta(seconds=0.2))})
        )
        async with _working(services, {"note": note}):
            await _ask(services, "note", 1)
            assert await asyncio.wait_for(done.get(), 10) == 1

            await server.stop()
            await asyncio.sleep(0.5)
            await server.start()

            swept.clear()
            await asyncio.wait_for(swept.wait(), 10)
            await _ask(services, "note", 2)
            assert await asyncio.wait_for(done.get(), 10) == 2
        sweeping.cancel()
        await asyncio.gather(sweeping, return_exceptions=True)


async def test_one_sweep_is_at_work_at_a_time(shop: Shop) -> None:
    name = new_id().hex
    async with shop.services.db.alone(name) as first, shop.services.db.alone(name) as second:
        assert (first, second) == (True, False)
    async with shop.services.db.alone(name) as third:
        assert third
