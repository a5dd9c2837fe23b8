"""Small messages between processes: room changes, revoked sessions. Lost ones must not matter.

Whoever listens can always read the truth again from PostgreSQL: a room's frames carry the number
of the newest change, so its subscribers see a gap and fetch a snapshot.
"""

import asyncio
import contextlib
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Protocol

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError

from bofen.kit import log

Listener = Callable[[str, bytes], Awaitable[None]]
_log = log.get(__name__)
_ANSWER_WITHIN_S = 1.0
_RECONNECT_S = 1.0
_START_WITHIN_S = 5.0
_QUIET_S = 5.0

REDIS_AWAY = (RedisError, OSError)
"""What every call to Redis may raise while it is away, frozen, or in no mood to answer."""


class Bus(Protocol):
    """Publish and subscribe; in this process, or through Redis in several."""

    async def publish(self, channel: str, message: bytes) -> None:
        """Never raises for a bus that is away: what was committed stays committed."""

    def listen(self, prefix: str, listener: Listener) -> None:
        """Call `listener(channel, message)` for every channel that starts with `prefix`."""

    async def start(self) -> None:
        """Begin to receive; whoever listens calls this, once or more often."""

    async def close(self) -> None:
        """Stop receiving and give connections back."""


class MemoryBus:
    """Everything in one process."""

    def __init__(self) -> None:
        self._listeners: dict[str, list[Listener]] = defaultdict(list)

    def listen(self, prefix: str, listener: Listener) -> None:
        """See `Bus.listen`."""
        self._listeners[prefix].append(listener)

    async def publish(self, channel: str, message: bytes) -> None:
        """Every listener has been called when this returns."""
        await _deliver(self._listeners, channel, message)

    async def start(self) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Nothing to do."""


class RedisBus:
    """Several processes, joined by Redis or Valkey publish/subscribe."""

    def __init__(self, url: str) -> None:
        self._redis = redis_of(url, answer_within_s=_ANSWER_WITHIN_S)
        self._listeners: dict[str, list[Listener]] = defaultdict(list)
        self._reader: asyncio.Task[None] | None = None
        self._subscribed = asyncio.Event()
        self._frozen_until = 0.0

    def listen(self, prefix: str, listener: Listener) -> None:
        """See `Bus.listen`."""
        self._listeners[prefix].append(listener)

    async def publish(self, channel: str, message: bytes) -> None:
        """A message that cannot be sent is logged and lost.

        A connection that broke while it was idle is replaced and the message sent again. A Redis
        that does not answer in time is left alone for a second, so that nobody queues for it.
        """
        if time.monotonic() < self._frozen_until:
            return
        try:
            await self._redis.publish(f"bofen:{channel}", message)
        except REDIS_AWAY as error:
            if isinstance(error, RedisTimeoutError):
                self._frozen_until = time.monotonic() + _RECONNECT_S
            _log.warning("bus_message_lost", channel=channel, error=str(error))

    async def start(self) -> None:
        """Returns when subscribed, or soon: a bus that is away is looked for until it is back."""
        self._reader = self._reader or asyncio.create_task(self._read())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._subscribed.wait(), _START_WITHIN_S)

    async def _read(self) -> None:
        while True:
            try:
                async with self._redis.pubsub() as pubsub:
                    await pubsub.psubscribe("bofen:*")
                    await self._receive(pubsub)
            except REDIS_AWAY as error:
                _log.warning("bus_disconnected", error=str(error))
            await asyncio.sleep(_RECONNECT_S)

    async def _receive(self, pubsub: PubSub) -> None:
        """Until the connection breaks, which a quiet one is asked about: a host may just vanish."""
        is_asked = False
        while True:
            item = await pubsub.get_message(timeout=_QUIET_S)
            if item is None:
                if is_asked:
                    raise RedisTimeoutError("the subscription does not answer")
                await pubsub.ping()
            elif item["type"] == "psubscribe":
                self._subscribed.set()
            elif item["type"] == "pmessage":
                channel = item["channel"].decode().removeprefix("bofen:")
                await _deliver(self._listeners, channel, item["data"])
            is_asked = item is None

    async def close(self) -> None:
        """Stop receiving and close every connection."""
        if self._reader:
            self._reader.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reader
        await self._redis.aclose()


def redis_of(url: str, *, answer_within_s: float) -> "Redis":
    """A client that tries a broken connection once more, on a fresh one, and a slow one never."""
    return Redis.from_url(
        url,
        socket_timeout=answer_within_s,
        socket_connect_timeout=answer_within_s,
        retry=Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,)),
    )


async def _deliver(listeners: dict[str, list[Listener]], channel: str, message: bytes) -> None:
    for prefix, of_prefix in listeners.items():
        if channel.startswith(prefix):
            for listener in of_prefix:
                try:
                    await listener(channel, message)
                except Exception:  # noqa: BLE001 - one listener must not stop the others
                    _log.exception("bus_listener_failed", channel=channel)
