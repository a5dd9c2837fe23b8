"""A part that ends is run again, later each time, until it is plain that it stays dead."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from bofen.kit.supervise import GaveUp, Patience, keep_running
from bofen.runtime.errors import Ended
from bofen.runtime.parts import Parts

QUICK = Patience(short_runs_max=3, short_s=5.0, pause_s=0.01, pause_max_s=0.02)


async def test_a_part_that_fails_is_run_again_and_again_and_then_given_up() -> None:
    lives = 0

    async def dies() -> None:
        nonlocal lives
        lives += 1
        raise OSError

    with pytest.raises(GaveUp, match="media"):
        await keep_running("media", dies, QUICK, expected=(OSError,))

    assert lives == 4


async def test_whoever_lived_long_enough_begins_anew() -> None:
    lives = 0

    async def lives_and_dies() -> None:
        nonlocal lives
        lives += 1
        if lives == 20:
            await asyncio.Event().wait()

    patient = Patience(short_runs_max=3, short_s=0.0, pause_s=0.001)
    running = asyncio.create_task(keep_running("media", lives_and_dies, patient))
    async with asyncio.timeout(5):
        while lives < 20:
            await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_one_dead_part_stops_all_and_says_which() -> None:
    ended = asyncio.Event()

    async def well() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def dies() -> None:
        raise Ended("media", -9)

    async with AsyncExitStack() as stack:
        parts = Parts(stack, QUICK)
        parts.run("web", well)
        parts.run("media", dies)
        await asyncio.wait_for(parts.stopped.wait(), 5)

    assert parts.dead == "media"
    assert ended.is_set()
