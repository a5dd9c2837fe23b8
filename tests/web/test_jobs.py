"""Jobs that failed too often: seen with their reason, run again, or dropped by who says why."""

import asyncio
import contextlib
from typing import Any
from uuid import UUID

from bofen.flows.services import Services
from bofen.identity.rules import Role
from bofen.kit import clock, jobs
from bofen.kit.ids import new_id
from bofen.worker.run import run_jobs
from tests.web.conftest import Headers, Shop


async def _held(shop: Shop, monkeypatch: Any, name: str) -> int:
    """A job that a worker has tried and laid aside; its id."""
    monkeypatch.setattr("bofen.worker.run._ATTEMPTS_MAX", 0)

    async def fails(_: Services, facts: dict[str, Any]) -> None:
        message = f"no parcel {facts['shipment_id']} at 13912345678"
        raise LookupError(message)

    async with shop.services.db.transaction() as tx:
        await tx.enqueue(name, {"shipment_id": "s1"})
    running = asyncio.create_task(run_jobs(shop.services, {name: fails}))
    try:
        async with asyncio.timeout(20):
            while True:
                async with shop.services.db.transaction() as tx:
                    found = [job for job in await jobs.held(tx) if job.name == name]
                if found:
                    return found[0].id
                await asyncio.sleep(0.05)
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


async def _queue(shop: Shop, owner: Headers) -> dict[str, Any]:
    answer = await shop.client.get("/api/merchant/jobs", headers=owner)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def _deeds(shop: Shop, job_id: int) -> list[str]:
    async with shop.services.db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT action FROM identity_audit WHERE subject = $1", f"job:{job_id}"
        )
    return [row["action"] for row in rows]


async def test_a_held_job_is_seen_and_run_again(shop: Shop, monkeypatch: Any) -> None:
    name, owner = f"ship_{new_id().hex}", await shop.staff()
    job_id = await _held(shop, monkeypatch, name)
    (seen,) = [job for job in (await _queue(shop, owner))["held"] if job["id"] == job_id]
    assert (seen["name"], seen["facts"]) == (
        name,
        [{"name": "shipment_id", "value": "s1"}],
    )
    assert seen["error"] == "LookupError: no parcel s1 at 139****5678"

    for queued in (1, 0):
        answer = await shop.client.post(
            "/api/merchant/jobs/run", json={"job_ids": [job_id, job_id, 2**60]}, headers=owner
        )
        assert (answer.status_code, answer.json()) == (200, {"queued": queued})

    done = asyncio.Event()

    async def succeeds(_: Services, __: dict[str, Any]) -> None:
        done.set()

    running = asyncio.create_task(run_jobs(shop.services, {name: succeeds}))
    await asyncio.wait_for(done.wait(), 20)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert await _deeds(shop, job_id) == ["job_run_again"]


async def test_a_job_is_dropped_with_a_reason(shop: Shop, monkeypatch: Any) -> None:
    owner = await shop.staff()
    job_id = await _held(shop, monkeypatch, f"drop_{new_id().hex}")
    path = f"/api/merchant/jobs/{job_id}/drop"
    assert (await shop.client.post(path, json={}, headers=owner)).status_code == 422

    done = await shop.client.post(path, json={"reason": "电话里说好了"}, headers=owner)

    assert done.status_code == 204
    assert job_id not in [job["id"] for job in (await _queue(shop, owner))["held"]]
    assert await _deeds(shop, job_id) == ["job_dropped"]


async def test_the_queue_is_the_owner_s(shop: Shop) -> None:
    for role in (Role.operator, Role.finance, Role.warehouse):
        answer = await shop.client.get("/api/merchant/jobs", headers=await shop.staff(role))
        assert answer.status_code == 403


async def test_workers_that_live_and_jobs_that_wait_are_counted(shop: Shop) -> None:
    owner, at, worker_id = await shop.staff(), clock.now(), new_id()
    async with shop.services.db.transaction() as tx:
        await tx.fetch(
            "INSERT INTO worker_beat (id, host, pid, started_at, beat_at)"
            " VALUES ($1, 'machine', 7, $2, $2)",
            worker_id,
            at,
        )
        await tx.enqueue(f"nobody_runs_{new_id().hex}", {})
    queue = await _queue(shop, owner)

    assert {"host": "machine", "pid": 7} in [
        {key: worker[key] for key in ("host", "pid")} for worker in queue["workers"]
    ]
    assert queue["waiting"] >= 1
    async with shop.services.db.transaction() as tx:
        await tx.fetch("DELETE FROM worker_beat WHERE id = $1", UUID(str(worker_id)))
