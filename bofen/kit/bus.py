"""Small messages between processes: room changes, revoked sessions. Lost ones must not matter.

Whoever listens can always read the truth again from PostgreSQL; a room's subscribers see a gap in
the numbers and fetch a snapshot.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Protocol

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from bofen.kit import log

Heard = Callable[[str, bytes], Awaitable[None]]
_log = log.get(__name__)
_RECONNECT_S = 1.0
_START_WITHIN_S = 5.0


class Bus(Protocol):
    async def publish(self, channel: str, message: bytes) -> None: ...

    def listen(self, prefix: str, heard: Heard) -> None:
        """Call `heard(channel, message)` for every channel that starts with `prefix`."""

    async def start(self) -> None:
        """Begin to hear; whoever listens calls this, once or more often."""

    async def close(self) -> None: ...


class MemoryBus:
    """Everything in one process."""

    def __init__(self) -> None:
        self._listeners: dict[str, list[Heard]] = defaultdict(list)

    def listen(self, prefix: str, heard: Heard) -> None:
        self._listeners[prefix].append(heard)

    async def publish(self, channel: str, message: bytes) -> None:
        await _tell(self._listeners, channel, message)

    async def start(self) -> None: ...

    async def close(self) -> None: ...


class RedisBus:
    """Several processes, joined by Redis or Valkey publish/subscribe."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url)
        self._listeners: dict[str, list[Heard]] = defaultdict(list)
        self._reader: asyncio.Task[None] | None = None
        self._subscribed = asyncio.Event()

    def listen(self, prefix: str, heard: Heard) -> None:
        self._listeners[prefix].append(heard)

    async def publish(self, channel: str, message: bytes) -> None:
        """What was committed stays committed: a bus that is away is only logged."""
        try:
            await self._redis.publish(f"bofen:{channel}", message)
        except RedisConnectionError as error:
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
                    async for item in pubsub.listen():
                        if item["type"] == "psubscribe":
                            self._subscribed.set()
                        elif item["type"] == "pmessage":
                            channel = item["channel"].decode().removeprefix("bofen:")
                            await _tell(self._listeners, channel, item["data"])
            except RedisConnectionError as error:
                _log.warning("bus_disconnected", error=str(error))
                await asyncio.sleep(_RECONNECT_S)

    async def close(self) -> None:
        if self._reader:
            self._reader.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reader
        await self._redis.aclose()


async def _tell(listeners: dict[str, list[Heard]], channel: str, message: bytes) -> None:
    for prefix, all_heard in listeners.items():
        if channel.startswith(prefix):
            for heard in all_heard:
                try:
                    await heard(channel, message)
                except Exception:  # noqa: BLE001 - one listener must not stop the others
                    _log.exception("bus_listener_failed", channel=channel)
