"""Rate limits: so many times in so many seconds, for one key; in Redis when processes share."""

import time
from dataclasses import dataclass
from typing import Protocol

from redis.asyncio import Redis

from bofen.kit.errors import TooMany

_KEYS_MAX = 100_000


@dataclass(frozen=True)
class Limit:
    """At most `times` within any window of `seconds`. `name` keeps unlike limits apart."""

    name: str
    times: int
    seconds: int


class Limiter(Protocol):
    async def take(self, limit: Limit, key: str) -> None:
        """Counts one; raises `TooMany` when `key` has used up `limit`."""


class MemoryLimiter:
    def __init__(self) -> None:
        self._used: dict[tuple[str, str], tuple[float, int]] = {}

    async def take(self, limit: Limit, key: str) -> None:
        now = time.monotonic()
        started, used = self._used.get((limit.name, key), (now, 0))
        if now - started >= limit.seconds:
            started, used = now, 0
        if used >= limit.times:
            raise TooMany(retry_after_s=max(1, int(started + limit.seconds - now)))
        if len(self._used) >= _KEYS_MAX:
            self._used.clear()
        self._used[(limit.name, key)] = (started, used + 1)


class RedisLimiter:
    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url)

    async def take(self, limit: Limit, key: str) -> None:
        name = f"bofen:limit:{limit.name}:{key}"
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.incr(name)
            pipe.expire(name, limit.seconds, nx=True)
            pipe.ttl(name)
            used, _, ttl = await pipe.execute()
        if used > limit.times:
            raise TooMany(retry_after_s=max(1, ttl))
