"""All streams of this process: who may push, what is live, what the shop is told."""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from bofen.gateways.streams.protocol import StopReason, StreamState
from bofen.kit import clock, log
from bofen.kit.errors import TooMany
from bofen.kit.limits import Limit, MemoryLimiter
from bofen.media.errors import PushRefused
from bofen.media.hub import Hub
from bofen.media.packager import Packager
from bofen.media.push import Push
from bofen.media.recording import Journal, Recordings
from bofen.media.shop import PushAsked, Shop
from bofen.media.stream import Stream
from bofen.media.transcoder import SIDE, Slots, Transcoder

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_log = log.get(__name__)


@dataclass(frozen=True)
class EngineRules:
    silent_s: float = 5.0
    """A push that sent nothing for so long gives way to another with the right key."""
    grace_s: float = 60.0
    """So long viewers wait for a streamer who went away."""
    linger_s: float = 20.0
    """So long the end of a stream can still be read."""
    rungs_max: int = 2
    tries_per_minute: int = 60
    """From one address; beyond that the shop is not even asked."""


class Engine:
    def __init__(
        self, shop: Shop, recordings: Recordings, ffmpeg: str, rules: EngineRules | None = None
    ) -> None:
        self.recordings = recordings
        self.streams: dict[str, Stream] = {}
        self._shop = shop
        self._ffmpeg = ffmpeg
        self._rules = rules or EngineRules()
        self._limiter = MemoryLimiter()
        self._slots = Slots(self._rules.rungs_max)
        self._transcoded: set[Push] = set()
        self._live: dict[str, Push] = {}
        self._opening: set[str] = set()
        self._stopping: dict[str, asyncio.Task[None]] = {}
        self._idle_since: dict[str, float] = {}

    async def start(self) -> None:
        """Tell of pushes that a crash cut off."""
        for journal in await self.recordings.close_cut():
            self._tell_stopped(journal.push_id, journal.name, journal.session, "restart")
            self._tell_recorded(journal.push_id, journal)

    async def admit(self, asked: PushAsked, hang_up: Callable[[StopReason], None]) -> Push:
        """The push, when its key is right and nobody else is live. Raises PushRefused."""
        name = asked.name
        await self._count(asked.address)
        if not _NAME.fullmatch(name):
            raise PushRefused("the stream key is wrong or has expired")
        self._check_free(name)
        session = await self._shop.allows(asked)
        self._check_free(name)
        self._opening.add(name)
        try:
            await self._clear(name)
        finally:
            self._opening.discard(name)
        stream = self.streams.get(name)
        if stream is None or stream.is_ended:
            stream = self.streams[name] = Stream(name, clock.now())
        stream.begin()
        self._idle_since.pop(name, None)
        push = Push(stream, asked.push_id, session, self._started, hang_up)
        self._live[name] = push
        _log.info("push_admitted", stream=name, push_id=push.push_id, address=asked.address)
        return push

    def left(self, push: Push, reason: StopReason) -> None:
        """The connection behind `push` is gone."""
        name = push.name
        if self._live.get(name) is push:
            del self._live[name]
            self._stopping[name] = asyncio.create_task(self._stop(push, reason))

    async def kick(self, name: str) -> bool:
        """End a stream for good: its push is cut, its players are told that this was all."""
        push = self._live.get(name)
        if push is not None:
            push.hang_up("kicked")
            self.left(push, "kicked")
        if (stream := self.streams.get(name)) is not None:
            await self._settled(name)
            stream.end()
        return push is not None

    def list_live(self) -> list[StreamState]:
        return [
            StreamState(
                name=push.name,
                session=push.session,
                push_id=push.push_id,
                started_at=push.started_at,
                width=video.width,
                height=video.height,
                viewers=push.stream.viewers,
            )
            for push in self._live.values()
            if push.started_at and (video := push.stream.source.packager.video)
        ]

    def is_live(self, name: str) -> bool:
        push = self._live.get(name)
        return push is not None and push.started_at is not None

    def sweep(self) -> None:
        """End the streams whose streamer did not come back, forget those that ended."""
        now = time.monotonic()
        for name, since in list(self._idle_since.items()):
            if now - since > self._rules.grace_s:
                self.streams[name].end()
            if now - since > self._rules.grace_s + self._rules.linger_s:
                del self.streams[name], self._idle_since[name]

    async def close(self) -> None:
        for push in list(self._live.values()):
            push.hang_up("shutdown")
            self.left(push, "shutdown")
        await asyncio.gather(*self._stopping.values())
        for stream in self.streams.values():
            stream.end()

    async def _count(self, address: str) -> None:
        try:
            limit = Limit("push", self._rules.tries_per_minute, 60)
            await self._limiter.take(limit, address)
        except TooMany as many:
            raise PushRefused(f"too many tries: wait {many.retry_after_s} seconds") from many

    def _check_free(self, name: str) -> None:
        push = self._live.get(name)
        is_taken = push is not None and push.silent_s() < self._rules.silent_s
        if is_taken or name in self._opening:
            raise PushRefused("this stream is already live: end the other push first")

    async def _clear(self, name: str) -> None:
        """Take the place of a push that went silent; wait until the one before has settled."""
        push = self._live.get(name)
        if push is not None:
            push.hang_up("replaced")
            self.left(push, "replaced")
        await self._settled(name)

    async def _settled(self, name: str) -> None:
        if (task := self._stopping.get(name)) is not None:
            await asyncio.shield(task)

    def _started(self, push: Push) -> None:
        push.started_at = clock.now()
        stream = push.stream
        stream.recording = self.recordings.begin(push.name, push.push_id, push.session)
        self._shop.tell("publish_started", push.name, push_id=push.push_id, session=push.session)
        asyncio.get_running_loop().call_soon(self._add_rung, push)

    def _add_rung(self, push: Push) -> None:
        video = push.stream.source.packager.video
        is_better = video is not None and min(video.width, video.height) > SIDE
        if self._live.get(push.name) is push and is_better and self._slots.take():
            self._transcoded.add(push)
            push.stream.transcode(self._transcoder)

    def _transcoder(self, hub: Hub, packager: Packager) -> Transcoder:
        return Transcoder(self._ffmpeg, hub, packager)

    async def _stop(self, push: Push, reason: StopReason) -> None:
        try:
            journal = await push.stream.pause()
            if push.started_at is not None:
                self._tell_stopped(push.push_id, push.name, push.session, reason)
            if journal is not None:
                self._tell_recorded(push.push_id, journal)
            _log.info("push_ended", stream=push.name, push_id=push.push_id, reason=reason)
        finally:
            if push in self._transcoded:
                self._transcoded.discard(push)
                self._slots.give_back()
            self._idle_since[push.name] = time.monotonic()
            del self._stopping[push.name]

    def _tell_stopped(self, push_id: str, name: str, session: str, reason: StopReason) -> None:
        self._shop.tell("publish_stopped", name, push_id=push_id, session=session, reason=reason)

    def _tell_recorded(self, push_id: str, journal: Journal) -> None:
        if journal.segments:
            self._shop.tell(
                "record_ready",
                journal.name,
                push_id=push_id,
                session=journal.session,
                duration_ms=journal.duration_ms,
                size_bytes=journal.size_bytes,
                started_at=journal.segments[0].at.isoformat(),
            )
