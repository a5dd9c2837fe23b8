"""Locks of a process never use up the connections that their holders work on."""

import asyncio

from bofen.kit.db import Database


async def test_more_holders_than_connections_all_get_their_work_done(db: Database) -> None:
    few = Database(db.url, {}, connections_max=2)
    inside = 0
    everybody_is_in = asyncio.Event()

    async def works(n: int) -> None:
        nonlocal inside
        async with few.alone(f"sweep {n}") as is_alone:
            assert is_alone
            inside += 1
            if inside == 6:
                everybody_is_in.set()
            await everybody_is_in.wait()
            async with few.transaction() as tx:
                await tx.fetch("SELECT 1")

    async with asyncio.timeout(20):
        await asyncio.gather(*(works(n) for n in range(6)))
    await few.close()
