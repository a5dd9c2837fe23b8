"""One live stream: the push that feeds it, its rungs, its readers, its recording."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bofen.kit import log
from bofen.media import flv, playlists
from bofen.media.flv import Tag
from bofen.media.hub import Hub
from bofen.media.ladder import RungSpec
from bofen.media.packager import Packager
from bofen.media.playlists import Live, Report
from bofen.media.recording import Journal, Recording, Written
from bofen.media.rung import SOUND, Rung, SoundRung
from bofen.media.timeline import Timeline
from bofen.media.transcoder import Transcoder
from bofen.media.window import Segment

_MSN_EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
_MSN_PER_SECOND = 4
"""Segments are counted from the time since then, faster than segments are made: a name that comes
back, even after a restart, never uses a number twice."""
_log = log.get(__name__)

StartTranscoder = Callable[[RungSpec, Hub, Packager], Transcoder]


def monotonic_ms() -> int:
    """A clock in milliseconds that only rises."""
    return int(time.monotonic() * 1000)


class Stream:
    """Outlives its pushes for a while, so that a streamer who comes back finds the viewers."""

    def __init__(self, name: str, began_at: datetime) -> None:
        self.name = name
        self.epoch_at = began_at
        """Wall clock at zero of the stream's own clock."""
        first_msn = int((began_at - _MSN_EPOCH).total_seconds() * _MSN_PER_SECOND)
        self.source = Rung("source", Packager(first_msn))
        self.sound = SoundRung(self.source)
        self.lower: dict[str, Rung] = {}
        self.hub = Hub()
        self.is_ended = False
        self.recording: Recording | None = None
        self._transcoders: list[Transcoder] = []
        self._timeline = Timeline(monotonic_ms())
        self.source.packager.closed = self._record

    @property
    def rungs(self) -> dict[str, Rung]:
        """By folder, best first: the source, the transcoded ones, the sound alone."""
        return {"source": self.source, **self.lower, SOUND: self.sound}

    @property
    def viewers(self) -> int:
        """Readers of FLV, and players that wait for a part at this moment."""
        readers = max(0, len(self.hub.readers) - len(self._transcoders))
        return readers + sum(r.watchers for r in self.rungs.values())

    def begin(self) -> None:
        """A push was admitted: what comes next starts a new stretch, clean of the one before."""
        self._timeline.restart()
        self.hub.begin()
        self._each_packager(Packager.begin)

    def take(self, kind: int, timestamp: int, payload: bytes) -> Tag | None:
        """One message of the push; the tag that was made of it, None when it carries nothing.

        Raises UnsupportedMedia or MalformedStream.
        """
        found = flv.read(kind, 0, payload)
        if found is None:
            return None
        if found.is_config:
            tag = replace(found, at=self._timeline.last)
        else:
            placed = self._timeline.place(kind, timestamp, monotonic_ms())
            tag = replace(found, at=placed.at)
            if placed.stepped:
                _log.warning("pusher_clock_stepped", stream=self.name, at=placed.at)
                self.source.packager.mark_discontinuous()
        self.source.packager.take(tag)
        if self.hub.send(tag):
            for transcoder in self._transcoders:
                transcoder.renew()
        return tag

    def transcode(self, spec: RungSpec, start: StartTranscoder) -> None:
        """Add a lower rung; call it once the source has its configs."""
        rung = self.lower.get(spec.folder)
        if rung is None:
            packager = Packager(0, self.source.packager)
            rung = self.lower[spec.folder] = Rung(spec.folder, packager, spec.bandwidth)
        self._transcoders.append(start(spec, self.hub, rung.packager))

    async def pause(self) -> Journal | None:
        """The push is over: nothing runs any more, but everything can still be played."""
        self._each_packager(Packager.interrupt)
        transcoders, self._transcoders = self._transcoders, []
        await asyncio.gather(*(transcoder.stop() for transcoder in transcoders))
        recording, self.recording = self.recording, None
        return await recording.close() if recording is not None else None

    def end(self) -> None:
        """No more pushes: players are told that this was all."""
        self.is_ended = True
        for rung in self.rungs.values():
            rung.end()
        self.hub.close()

    # -- playlists

    def master(self, file: str, query: str) -> str | None:
        """The list of rungs that can be played and keep up; None while there is none.

        A rung that may need no less than the source is left out: players would take it for better.
        """
        shown = [r for r in self.rungs.values() if not r.is_behind(self.source)]
        found = [v for rung in shown if (v := rung.variant()) is not None]
        source = self.source.variant()
        if source is not None:
            found = [v for v in found if v.folder not in self.lower or v.is_below(source)]
        return playlists.master(found, file, query) if found else None

    def playlist(self, rung: Rung, query: str, *, is_plain: bool, skips: bool) -> str:
        """A rung's media playlist, with parts or in whole segments; call it once it is playable."""
        live = Live(rung.packager, self.epoch_at, query, self.is_ended)
        if is_plain:
            return playlists.plain(live)
        others = [other for other in self.rungs.values() if other is not rung]
        reports = [found for other in others if (found := self._report(other)) is not None]
        return playlists.low_latency(live, reports, skips=skips)

    def _report(self, rung: Rung) -> Report | None:
        if not rung.is_listed() or rung.is_behind(self.source):
            return None
        msn, part = rung.packager.next_part()
        last = rung.packager.window.get(msn if part else msn - 1)
        return Report(rung.folder, last.head.msn, len(last.parts) - 1) if last else None

    def _each_packager(self, verb: Callable[[Packager], None]) -> None:
        """A packager that fails at its end must not keep the others, or the next push, from it."""
        for packager in (self.source.packager, *(r.packager for r in self.lower.values())):
            try:
                verb(packager)
            except Exception:  # noqa: BLE001 - contained and logged
                _log.exception("packager_failed", stream=self.name)

    def _record(self, segment: Segment) -> None:
        if self.recording is not None and segment.parts:
            at = self.epoch_at + timedelta(milliseconds=segment.head.at)
            self.recording.add(
                Written(
                    payload=segment.payload,
                    header=segment.tracks.header,
                    map_no=segment.map_no,
                    duration_ms=segment.duration_ms,
                    is_discontinuous=segment.head.is_discontinuous,
                    at=at,
                )
            )
