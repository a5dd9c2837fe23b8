"""What Redis does to the bus and to rate limits when it stalls, dies and comes back."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bofen.kit.bus import RedisBus
from bofen.kit.errors import TooMany
from bofen.kit.limits import Limit, RedisLimiter
from tests.redis_server import RedisServer, running_redis

TWICE = Limit("twice", times=2, seconds=60)


@asynccontextmanager
async def _listening(redis: RedisServer) -> AsyncIterator[tuple[RedisBus, asyncio.Queue[bytes]]]:
    bus, received = RedisBus(redis.url), asyncio.Queue[bytes]()

    async def keep(_: str, message: bytes) -> None:
        received.put_nowait(message)

    bus.listen("room.", keep)
    await bus.start()
    try:
        yield bus, received
    finally:
        await bus.close()


async def _until_received(bus: RedisBus, received: "asyncio.Queue[bytes]", text: bytes) -> None:
    """Published again and again until it arrives: the subscription may still be on its way."""
    async with asyncio.timeout(10):
        while True:
            await bus.publish("room.1", text)
            try:
                while await asyncio.wait_for(received.get(), 0.2) != text:
                    pass
            except TimeoutError:
                continue
            return


async def test_a_frozen_redis_delays_a_publisher_once_and_raises_nothing() -> None:
    async with running_redis() as redis, _listening(redis) as (bus, received):
        await _until_received(bus, received, b"before")
        redis.freeze()
        started = time.monotonic()
        for _ in range(20):
            await bus.publish("room.1", b"into the ice")
        assert time.monotonic() - started < 2.5

        redis.thaw()
        await _until_received(bus, received, b"after")


async def test_the_first_message_after_a_restart_is_sent_on_a_fresh_connection() -> None:
    async with running_redis() as redis, _listening(redis) as (other, received):
        sender = RedisBus(redis.url)
        await sender.publish("room.1", b"makes a connection")
        await redis.kill()
        await sender.publish("room.1", b"nobody is there")
        await redis.start()
        await _until_received(other, received, b"the listener is back")

        await sender.publish("room.1", b"the first one")

        async with asyncio.timeout(5):
            while await received.get() != b"the first one":
                pass
        await sender.close()


@pytest.mark.parametrize("how", ["frozen", "dead"])
async def test_limits_hold_and_answer_soon_while_redis_is_away(how: str) -> None:
    async with running_redis() as redis:
        limiter = RedisLimiter(redis.url)
        await limiter.take(TWICE, "warm")
        if how == "dead":
            await redis.kill()
        else:
            redis.freeze()

        started = time.monotonic()
        await limiter.take(TWICE, "somebody")
        await limiter.take(TWICE, "somebody")
        with pytest.raises(TooMany):
            await limiter.take(TWICE, "somebody")
        assert time.monotonic() - started < 1.5

        if how == "frozen":
            redis.thaw()
        await limiter.close()


async def test_processes_share_a_limit_and_forget_it_together() -> None:
    async with running_redis() as redis:
        one, other = RedisLimiter(redis.url), RedisLimiter(redis.url)
        await one.take(TWICE, "somebody")
        assert await other.count(TWICE, "somebody") == 2
        with pytest.raises(TooMany):
            await one.take(TWICE, "somebody")

        await other.forget(TWICE, "somebody")

        await one.take(TWICE, "somebody")
        for limiter in (one, other):
            await limiter.close()
