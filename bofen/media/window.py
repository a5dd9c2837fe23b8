"""The segments of one rung: those its playlist lists, and those that left it a while ago.

RFC 8216bis §6.2.2: a segment that was removed stays available for its own duration and that of the
longest playlist that held it; a paused player fetches it from its old list.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from bofen.media import boxes
from bofen.media.boxes import Sound
from bofen.media.codecs import AudioConfig, VideoConfig

LISTED_TARGETS = 8
"""So many target durations are listed; six of them may not be skipped in a delta update."""
_KEPT_TARGETS = 2 * LISTED_TARGETS + 4
_PEAK_SPAN = (0.5, 1.5)
"""RFC 8216bis §4.4.6.2: the peak is of stretches of so many target durations."""


@dataclass(frozen=True)
class Tracks:
    """What an initialisation segment tells: the configs of pictures and sound."""

    video: VideoConfig
    audio: AudioConfig | None

    @cached_property
    def header(self) -> bytes:
        """The initialisation segment, ISO 14496-12 `ftyp` and `moov`."""
        return boxes.header(self.video, self.audio)

    @cached_property
    def sound_header(self) -> bytes | None:
        """The same of the sound alone; None without sound."""
        return boxes.header(None, self.audio) if self.audio else None


@dataclass(frozen=True)
class Part:
    """One piece of a segment; `payload` is a CMAF chunk with pictures and sound."""

    number: int
    """Of the fragment, rising through the whole rung."""

    payload: bytes
    at: int
    """Milliseconds of the stream's own clock at which it begins."""

    duration_ms: int
    is_independent: bool
    """It begins with a key frame."""

    pictures: int
    sounds: tuple[Sound, ...]
    audio: AudioConfig | None

    @cached_property
    def sound(self) -> bytes:
        """The same piece for those who only listen."""
        if self.sounds:
            return boxes.fragment(self.number, (), self.sounds)
        ticks = self.at * self.audio.rate // 1000 if self.audio else 0
        return boxes.empty_fragment(self.number, boxes.SOUND_TRACK, ticks)


@dataclass(frozen=True)
class Head:
    """Where a segment begins: rungs of one stream share these."""

    msn: int
    at: int
    """Milliseconds of the stream's own clock."""

    is_discontinuous: bool
    discontinuities: int
    """How many there were up to and including this segment."""

    is_key: bool = True
    """It begins with a key frame; not so where a long picture group had to be cut."""


@dataclass
class Segment:
    """Whole once `is_done`; until then parts are added."""

    head: Head
    map_no: int
    tracks: Tracks
    parts: list[Part] = field(default_factory=list)
    duration_ms: int = 0
    is_done: bool = False

    @property
    def payload(self) -> bytes:
        """The whole segment, as far as it is there."""
        return b"".join(part.payload for part in self.parts)

    @property
    def sound(self) -> bytes:
        """The whole segment for those who only listen."""
        return b"".join(part.sound for part in self.parts)

    @property
    def size(self) -> int:
        """Bytes of `payload`."""
        return sum(len(part.payload) for part in self.parts)

    @property
    def sound_size(self) -> int:
        """Bytes of `sound`."""
        return sum(len(part.sound) for part in self.parts)


class Window:
    """The newest segments, the last one perhaps still open; `target_s` is set once and stays."""

    def __init__(self) -> None:
        self.target_s: int | None = None
        self._kept: dict[int, Segment] = {}
        self._list_from = 0

    def __iter__(self) -> Iterator[Segment]:
        return iter(self._kept.values())

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def newest(self) -> Segment | None:
        """The last one, perhaps open; None before the first."""
        return next(reversed(self._kept.values()), None)

    def add(self, segment: Segment) -> None:
        """The next one. A number that does not follow on begins the list anew."""
        newest = self.newest
        if newest is not None and segment.head.msn != newest.head.msn + 1:
            self._list_from = segment.head.msn
        self._kept[segment.head.msn] = segment
        for msn in self._gone():
            del self._kept[msn]

    def get(self, msn: int) -> Segment | None:
        """The segment of this number, listed or lately listed."""
        return self._kept.get(msn)

    def tracks(self, map_no: int) -> Tracks | None:
        """What the initialisation segment of this number tells, while a kept segment needs it."""
        return next((s.tracks for s in self if s.map_no == map_no), None)

    def listed(self, *, whole_only: bool) -> list[Segment]:
        """What a playlist shows, oldest first; an open segment counts from its first part."""
        found: list[Segment] = []
        limit, length = (self.target_s or 1) * LISTED_TARGETS * 1000, 0
        for segment in reversed(self._kept.values()):
            if length >= limit or segment.head.msn < self._list_from:
                break
            if segment.is_done or (segment.parts and not whole_only):
                found.append(segment)
                length += segment.duration_ms
        return found[::-1]

    def peak_bps(self, size: Callable[[Segment], int]) -> int:
        """The highest rate of any half to one and a half target durations of whole segments.

        `size` tells the bytes of one. 0 before the first is whole.
        """
        done = [(size(s), s.duration_ms) for s in self if s.is_done and s.duration_ms]
        if not done:
            return 0
        target_ms = (self.target_s or 1) * 1000
        peak = sum(count for count, _ in done) * 8000 // sum(length for _, length in done)
        for i in range(len(done)):
            total = span = 0
            for count, length in done[i:]:
                if span and span + length > target_ms * _PEAK_SPAN[1]:
                    break
                total, span = total + count, span + length
                if span >= target_ms * _PEAK_SPAN[0]:
                    peak = max(peak, total * 8000 // span)
        return peak

    def _gone(self) -> list[int]:
        if self.target_s is None:
            return []
        length, limit = 0, _KEPT_TARGETS * self.target_s * 1000
        for i, segment in enumerate(reversed(self._kept.values())):
            if length > limit:
                return list(self._kept)[: len(self._kept) - i]
            length += segment.duration_ms
        return []
