"""Rate limits: so many times in so many seconds, for one key; in Redis when processes share."""

import time
from dataclasses import dataclass
from typing import Protocol

from bofen.kit import log
from bofen.kit.bus import REDIS_AWAY, redis_of
from bofen.kit.errors import TooMany

_KEYS_MAX = 100_000
_ANSWER_WITHIN_S = 0.5
_ASK_AGAIN_S = 1.0
_log = log.get(__name__)


@dataclass(frozen=True)
class Limit:
    """At most `times` within any window of `seconds`. `name` keeps unlike limits apart."""

    name: str
    times: int
    seconds: int


class Limiter(Protocol):
    """Counts what a key does; windows begin with the first time that is counted."""

    async def take(self, limit: Limit, key: str) -> None:
        """Counts one; raises `TooMany` when `key` has used up `limit`."""

    async def count(self, limit: Limit, key: str) -> int:
        """Counts one and refuses nothing: how often `key` was here within the window."""

    async def forget(self, limit: Limit, key: str) -> None:
        """`key` begins anew."""

    async def close(self) -> None:
        """Give connections back."""


class MemoryLimiter:
    """For one process."""

    def __init__(self) -> None:
        self._used: dict[tuple[str, str], tuple[float, int]] = {}

    async def take(self, limit: Limit, key: str) -> None:
        """See `Limiter.take`."""
        used, left_s = self._count(limit, key)
        _refuse_beyond(limit, used, left_s)

    async def count(self, limit: Limit, key: str) -> int:
        """See `Limiter.count`."""
        return self._count(limit, key)[0]

    async def forget(self, limit: Limit, key: str) -> None:
        """See `Limiter.forget`."""
        self._used.pop((limit.name, key), None)

    async def close(self) -> None:
        """Nothing to do."""

    def _count(self, limit: Limit, key: str) -> tuple[int, float]:
        now = time.monotonic()
        started, used = self._used.get((limit.name, key), (now, 0))
        if now - started >= limit.seconds:
            started, used = now, 0
        if len(self._used) >= _KEYS_MAX:
            self._used.clear()
        self._used[(limit.name, key)] = (started, used + 1)
        return used + 1, started + limit.seconds - now


class RedisLimiter:
    """For several processes. While Redis is away each counts by itself: no limit fails open."""

    def __init__(self, url: str) -> None:
        self._redis = redis_of(url, answer_within_s=_ANSWER_WITHIN_S)
        self._alone = MemoryLimiter()
        self._alone_until = 0.0

    async def take(self, limit: Limit, key: str) -> None:
        """See `Limiter.take`."""
        counted = await self._count(limit, key)
        if counted is None:
            await self._alone.take(limit, key)
        else:
            _refuse_beyond(limit, *counted)

    async def count(self, limit: Limit, key: str) -> int:
        """See `Limiter.count`."""
        counted = await self._count(limit, key)
        return await self._alone.count(limit, key) if counted is None else counted[0]

    async def forget(self, limit: Limit, key: str) -> None:
        """See `Limiter.forget`."""
        await self._alone.forget(limit, key)
        if time.monotonic() >= self._alone_until:
            try:
                await self._redis.delete(_name(limit, key))
            except REDIS_AWAY as error:
                self._go_alone(error)

    async def close(self) -> None:
        """Close every connection."""
        await self._redis.aclose()

    async def _count(self, limit: Limit, key: str) -> tuple[int, float] | None:
        """How often, and for how many seconds the window is still open; None when Redis is away."""
        if time.monotonic() < self._alone_until:
            return None
        name = _name(limit, key)
        try:
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.set(name, 0, ex=limit.seconds, nx=True)
                pipe.incr(name)
                pipe.ttl(name)
                _, used, ttl = await pipe.execute()
        except REDIS_AWAY as error:
            self._go_alone(error)
            return None
        return int(used), float(ttl)

    def _go_alone(self, error: BaseException) -> None:
        self._alone_until = time.monotonic() + _ASK_AGAIN_S
        _log.warning("limiter_alone", error=str(error))


def _name(limit: Limit, key: str) -> str:
    return f"bofen:limit:{limit.name}:{key}"


def _refuse_beyond(limit: Limit, used: int, left_s: float) -> None:
    if used > limit.times:
        raise TooMany(retry_after_s=max(1, int(left_s)))
