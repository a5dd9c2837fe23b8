"""Whoever hangs up in a transaction leaves nothing behind: no lock, and no transaction."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from bofen.kit.db import Database
from bofen.kit.ids import new_id


@pytest.fixture
async def alone(db: Database) -> AsyncIterator[Database]:
    """One connection only: the next in line gets the one that was left."""
    single = Database(db.url, {}, connections_max=1)
    yield single
    await single.close()


async def _adds(db: Database, name: str) -> None:
    async with db.transaction() as tx:
        await tx.fetch(
            "INSERT INTO identity_person (id, nickname, created_at) VALUES ($1, $2, now())",
            new_id(),
            name,
        )


async def _is_kept(db: Database, name: str) -> bool:
    async with db.transaction() as tx:
        return bool(await tx.fetch("SELECT 1 FROM identity_person WHERE nickname = $1", name))


async def test_hung_up_at_any_moment_the_next_one_s_work_is_kept(
    db: Database, alone: Database
) -> None:
    """In the pool, in BEGIN, in a statement, in COMMIT: after more and more turns of the loop."""
    await _adds(alone, "早来的")  # The connection is there; what follows is a matter of turns.
    for turns in range(0, 400, 4):
        kept = f"下一位{new_id()}"
        task = asyncio.create_task(_adds(alone, f"挂断{new_id()}"))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

        await _adds(alone, kept)

        assert await _is_kept(db, kept), turns


async def test_hung_up_twice_nobody_waits_for_its_locks(db: Database, alone: Database) -> None:
    name = f"锁{new_id()}"
    await _adds(db, name)
    locked = "SELECT 1 FROM identity_person WHERE nickname = $1 FOR UPDATE"
    is_locked = asyncio.Event()

    async def holds() -> None:
        async with alone.transaction() as tx:
            await tx.fetch(locked, name)
            is_locked.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(holds())
    await is_locked.wait()
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task

    async with asyncio.timeout(10), db.transaction() as tx:
        assert await tx.fetch(locked, name)


async def test_hung_up_in_a_statement_of_the_orm_is_hung_up_and_not_refused(
    alone: Database,
) -> None:
    """Whoever goes on after a refusal would go on after he was told to stop."""
    is_asking = asyncio.Event()

    async def asks() -> None:
        async with alone.transaction() as tx:
            is_asking.set()
            await tx.execute(text("SELECT pg_sleep(20)"))

    for turns in (0, 2, 6, 20):
        task = asyncio.create_task(asks())
        await is_asking.wait()
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert task.cancelled()


async def test_a_question_is_its_own_transaction_and_hung_up_it_harms_nobody(
    db: Database, alone: Database
) -> None:
    async with alone.question() as tx:
        (first,) = await tx.fetch("SELECT pg_current_xact_id() AS id")
        (second,) = await tx.fetch("SELECT pg_current_xact_id() AS id")
        assert first != second
    for turns in range(0, 100, 4):
        kept = f"下一位{new_id()}"
        task = asyncio.create_task(_asks(alone))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

        await _adds(alone, kept)

        assert await _is_kept(db, kept), turns


async def _asks(db: Database) -> None:
    async with db.question() as tx:
        await tx.fetch("SELECT nickname FROM identity_person")
