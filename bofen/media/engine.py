"""All streams of this process: who may push, what is live, what the shop is told."""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from bofen.gateways.streams.protocol import NoticeCode, RefusalCode, StopReason, StreamState
from bofen.kit import clock, log
from bofen.kit.addresses import place_of
from bofen.kit.errors import TooMany
from bofen.kit.ids import new_id
from bofen.kit.limits import Limit, MemoryLimiter
from bofen.media.errors import PushRefused
from bofen.media.hub import Hub
from bofen.media.ladder import RungSpec
from bofen.media.packager import Packager
from bofen.media.push import Push
from bofen.media.recording import Journal, Recordings
from bofen.media.shop import PushAsked, Shop
from bofen.media.stream import Stream
from bofen.media.transcoder import Slots, Transcoder

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_log = log.get(__name__)


_WRONG = "the stream key is wrong or has expired"
_TAKEN = "this stream is already live: end the other push first"


@dataclass(frozen=True)
class EngineRules:
    """What an operator or a test may set."""

    silent_s: float = 5.0
    """A push that sent nothing for so long gives way to another with the right key."""
    grace_s: float = 60.0
    """So long viewers wait for a streamer who went away."""
    linger_s: float = 20.0
    """So long the end of a stream can still be read."""
    ladder: tuple[RungSpec, ...] = (RungSpec(480, 800), RungSpec(240, 240))
    """Rungs below the source, best first; a stream gets those that are smaller than it is."""
    rungs_max: int = 4
    """Transcoded at once, all streams together: about a third of a core for both of the ladder."""
    tries_per_minute: int = 60
    """From one place; beyond that the shop is not even asked."""


class Engine:
    """Implements `PushHost`. Times are of the wall clock where the shop hears them."""

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
        self._transcoded: dict[Push, int] = {}
        self._live: dict[str, Push] = {}
        self._opening: set[str] = set()
        self._stopping: dict[str, asyncio.Task[None]] = {}
        self._idle_since: dict[str, float] = {}

    async def start(self) -> None:
        """Close and tell of what a crash cut off. Before the doors open: a recording is closed
        before its stream can come back.
        """
        for journal in await self.recordings.close_cut():
            self._tell_stopped(journal.push_id, journal.name, journal.session, "restart")
            self._tell_recorded(journal.push_id, journal)

    def announce(self) -> None:
        """Tell the shop that the doors are open."""
        self._shop.tell("engine_started", "", engine_id=str(new_id()))

    async def admit(self, asked: PushAsked, hang_up: Callable[[StopReason], None]) -> Push:
        """The push, when its key is right and nobody else is live. Raises PushRefused."""
        try:
            return await self._admit(asked, hang_up)
        except PushRefused as refused:
            if refused.code in ("wrong_key", "already_live") and _NAME.fullmatch(asked.name):
                self._tell_refused(asked.push_id, asked.name, "", refused.code, str(refused))
            raise

    async def _admit(self, asked: PushAsked, hang_up: Callable[[StopReason], None]) -> Push:
        name = asked.name
        await self._count(place_of(asked.address))
        if not _NAME.fullmatch(name):
            raise PushRefused(_WRONG, "wrong_key")
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
        push = Push(stream, asked.push_id, session, self, hang_up)
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
        """What is on air now."""
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
        """Whether pictures of this stream come in now."""
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
        """Cut every push, close every recording, tell every player that this was all."""
        for push in list(self._live.values()):
            push.hang_up("shutdown")
            self.left(push, "shutdown")
        await asyncio.gather(*self._stopping.values())
        for stream in self.streams.values():
            stream.end()

    async def _count(self, place: str) -> None:
        try:
            limit = Limit("push", self._rules.tries_per_minute, 60)
            await self._limiter.take(limit, place)
        except TooMany as many:
            why = f"too many tries: wait {many.retry_after_s} seconds"
            raise PushRefused(why, "too_many_tries") from many

    def _check_free(self, name: str) -> None:
        push = self._live.get(name)
        is_taken = push is not None and push.silent_s() < self._rules.silent_s
        if is_taken or name in self._opening:
            raise PushRefused(_TAKEN, "already_live")

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

    # -- what pushes tell

    def started(self, push: Push) -> None:
        """The first key frame is there: record, tell the shop, add rungs."""
        push.started_at = clock.now()
        stream = push.stream
        stream.recording = self.recordings.begin(push.name, push.push_id, push.session)
        self._shop.tell("publish_started", push.name, push_id=push.push_id, session=push.session)
        asyncio.get_running_loop().call_soon(self._add_rungs, push)

    def noticed(self, push: Push, code: NoticeCode, value: int) -> None:
        """Pass on to the shop what the host of the show should know."""
        _log.info("push_notice", stream=push.name, code=code, value=value)
        self._shop.tell(
            "stream_notice",
            push.name,
            push_id=push.push_id,
            session=push.session,
            code=code,
            value=value,
        )

    def sent_away(self, push: Push, code: RefusalCode, why: str) -> None:
        """Pass on to the shop why the push ends."""
        if code != "ended_by_shop":
            self._tell_refused(push.push_id, push.name, push.session, code, why)

    def _add_rungs(self, push: Push) -> None:
        video = push.stream.source.packager.video
        if self._live.get(push.name) is not push or video is None:
            return
        for spec in self._rules.ladder:
            if min(video.width, video.height) > spec.side and self._slots.take():
                self._transcoded[push] = self._transcoded.get(push, 0) + 1
                push.stream.transcode(spec, self._transcoder)

    def _transcoder(self, spec: RungSpec, hub: Hub, packager: Packager) -> Transcoder:
        return Transcoder(self._ffmpeg, spec, hub, packager)

    async def _stop(self, push: Push, reason: StopReason) -> None:
        """Whatever fails here, the shop hears that it is over and the name is free again."""
        journal = None
        try:
            journal = await push.stream.pause()
        except Exception:  # noqa: BLE001 - contained, logged, told
            _log.exception("push_end_failed", stream=push.name, push_id=push.push_id)
        try:
            if push.started_at is not None:
                self._tell_stopped(push.push_id, push.name, push.session, reason)
            if journal is not None:
                self._tell_recorded(push.push_id, journal)
            _log.info("push_ended", stream=push.name, push_id=push.push_id, reason=reason)
        finally:
            self._slots.give_back(self._transcoded.pop(push, 0))
            self._idle_since[push.name] = time.monotonic()
            del self._stopping[push.name]

    def _tell_stopped(self, push_id: str, name: str, session: str, reason: StopReason) -> None:
        self._shop.tell("publish_stopped", name, push_id=push_id, session=session, reason=reason)

    def _tell_refused(
        self, push_id: str, name: str, session: str, code: RefusalCode, why: str
    ) -> None:
        self._shop.tell("push_refused", name, push_id=push_id, session=session, code=code, why=why)

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
