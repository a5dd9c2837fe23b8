"""One live stream: the push that feeds it, its rungs, its readers, its recording."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bofen.kit import log
from bofen.media import flv, playlists
from bofen.media.hub import Hub
from bofen.media.packager import Packager, Segment
from bofen.media.playlists import Variant
from bofen.media.recording import Journal, Recording, Written
from bofen.media.timeline import Timeline
from bofen.media.transcoder import SIDE, Transcoder

_PEAK = 1.2
"""Declared bandwidth over the highest that was seen."""
_BANDWIDTH_FIRST = 3_000_000
_MSN_EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
_MSN_PER_SECOND = 4
"""Segments are counted from the time since then, faster than segments are made: a name that comes
back, even after a restart, never uses a number twice."""
_log = log.get(__name__)


def monotonic_ms() -> int:
    return int(time.monotonic() * 1000)


class Rung:
    """One quality of a stream, and those who wait for its next part."""

    def __init__(self, folder: str, packager: Packager) -> None:
        self.folder = folder
        self.packager = packager
        self.watchers = 0
        self._changed = asyncio.Event()
        self._is_ended = False
        packager.changed = self._tell

    async def until(self, msn: int, part: int | None, timeout_s: float) -> bool:
        """Wait until this part (or the whole segment) exists or never will."""
        self.watchers += 1
        try:
            async with asyncio.timeout(timeout_s):
                while not (self._is_ended or self._has(msn, part)):
                    await self._changed.wait()
        except TimeoutError:
            return False
        finally:
            self.watchers -= 1
        return self._has(msn, part)

    def end(self) -> None:
        self._is_ended = True
        self._tell()

    def variant(self) -> Variant | None:
        """How the list of rungs shows this one; None until it can be played."""
        video, segments = self.packager.video, self.packager.segments
        if video is None or not any(s.parts for s in segments):
            return None
        rates = [len(s.payload) * 8000 // s.duration_ms for s in segments if s.is_done]
        bandwidth = int(max(rates) * _PEAK) if rates else _BANDWIDTH_FIRST
        sound = self.packager.audio if self.packager.has_audio else None
        codecs = f"{video.codec},{sound.codec}" if sound else video.codec
        return Variant(self.folder, bandwidth, video.width, video.height, codecs)

    def _has(self, msn: int, part: int | None) -> bool:
        next_msn, next_part = self.packager.next_part()
        return msn < next_msn or (msn == next_msn and part is not None and part < next_part)

    def _tell(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


class Stream:
    """Outlives its pushes for a while, so that a streamer who comes back finds the viewers."""

    def __init__(self, name: str, began_at: datetime) -> None:
        self.name = name
        self.epoch_at = began_at
        """Wall clock at zero of the stream's own clock."""
        first_msn = int((began_at - _MSN_EPOCH).total_seconds() * _MSN_PER_SECOND)
        self.source = Rung("source", Packager(first_msn))
        self.lower: Rung | None = None
        self.hub = Hub()
        self.is_ended = False
        self.recording: Recording | None = None
        self._transcoder: Transcoder | None = None
        self._timeline = Timeline(monotonic_ms())
        self.source.packager.closed = self._record

    @property
    def rungs(self) -> dict[str, Rung]:
        return {r.folder: r for r in (self.source, self.lower) if r is not None}

    @property
    def viewers(self) -> int:
        own = self._transcoder is not None
        return max(0, len(self.hub.readers) - own) + sum(r.watchers for r in self.rungs.values())

    def begin(self) -> None:
        """A push was admitted: what comes next starts a new stretch."""
        self._timeline.restart()
        self.hub.begin()

    def expect(self, *, has_audio: bool) -> None:
        self.source.packager.expect(has_audio=has_audio)
        if self.lower:
            self.lower.packager.expect(has_audio=has_audio)

    def take(self, kind: int, timestamp: int, payload: bytes) -> None:
        """One tag of the push; raises UnsupportedMedia or MalformedStream."""
        at, leapt = self._timeline.place(timestamp, monotonic_ms())
        if leapt:
            _log.warning("pusher_clock_leapt", stream=self.name)
            self.interrupt()
        tag = flv.read(kind, at, payload)
        if tag is not None:
            self.source.packager.take(tag)
            self.hub.send(tag)

    def transcode(self, start: Callable[[Hub, Packager], Transcoder]) -> None:
        """Add the lower rung; call it once the source has its configs."""
        source = self.source.packager
        if self.lower is None:
            self.lower = Rung(f"{SIDE}p", Packager(0, source))
        self.lower.packager.expect(has_audio=source.has_audio)
        self._transcoder = start(self.hub, self.lower.packager)

    def interrupt(self) -> None:
        for rung in self.rungs.values():
            rung.packager.interrupt()

    async def pause(self) -> Journal | None:
        """The push is over: nothing runs any more, but everything can still be played."""
        self.interrupt()
        transcoder, self._transcoder = self._transcoder, None
        if transcoder is not None:
            await transcoder.stop()
            if self.lower is not None:
                self.lower.packager.interrupt()
        recording, self.recording = self.recording, None
        return await recording.close() if recording is not None else None

    def end(self) -> None:
        """No more pushes: players are told that this was all."""
        self.is_ended = True
        for rung in self.rungs.values():
            rung.end()
        self.hub.close()

    def master(self, file: str, query: str) -> str | None:
        found = [v for rung in self.rungs.values() if (v := rung.variant()) is not None]
        return playlists.master(found, file, query) if found else None

    def _record(self, segment: Segment) -> None:
        if self.recording is not None:
            at = self.epoch_at + timedelta(milliseconds=segment.head.at)
            self.recording.add(
                Written(
                    payload=segment.payload,
                    header=self.source.packager.headers[segment.map_no],
                    map_no=segment.map_no,
                    duration_ms=segment.duration_ms,
                    is_discontinuous=segment.head.is_discontinuous,
                    at=at,
                )
            )
