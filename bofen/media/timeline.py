"""A stream's own clock in milliseconds: it goes on through reconnects and never goes back."""

from dataclasses import dataclass

STEP_MS = 300
"""An encoder's clock that steps further than this, either way, is not followed."""
_NEXT_MS = 40
_USUAL_MAX_MS = 500
_APART_MS = 1_000
_WRAP = 1 << 32
"""RTMP and FLV count milliseconds in 32 bits."""


@dataclass(slots=True)
class _Track:
    """Where sound or picture stood last: on the encoder's clock, on ours, on the wall's."""

    timestamp: int
    at: int
    now_ms: int
    usual: int = _NEXT_MS
    """The distance of its last two tags, to go on with when the encoder's clock is of no use."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A tag on our clock. `stepped`: the encoder's own clock was left at this tag."""

    at: int
    stepped: bool


class Timeline:
    """Encoders count from wherever they like; everybody behind us sees one rising clock.

    Promises, of each track (tests/media/test_timeline.py): it never goes back; it never jumps
    ahead by more than STEP_MS beyond the real time that has passed or the track's usual distance;
    and where one clock steps under both tracks, they stay as they were to each other.
    """

    def __init__(self, now_ms: int) -> None:
        self._began_ms = now_ms
        self._tracks: dict[int, _Track] = {}
        self._last = -_NEXT_MS
        self._floor = 0

    @property
    def last(self) -> int:
        """The latest moment that was given out; 0 before the first."""
        return max(0, self._last)

    def restart(self) -> None:
        """Another push begins: its first tag is placed at the present, behind all that was."""
        self._tracks.clear()
        self._floor = self.last

    def place(self, kind: int, timestamp: int, now_ms: int) -> Placed:
        """`timestamp` (ms, modulo 2**32) of a tag of this kind that came at `now_ms`."""
        track, other = self._tracks.get(kind), self._other(kind)
        if track is None:
            return Placed(self._first(kind, timestamp, now_ms, other), stepped=False)
        at, stepped = track.at + _distance(timestamp, track.timestamp), False
        if not _follows(track, at, now_ms):
            shared = other.at + _distance(timestamp, other.timestamp) if other else None
            if shared is not None and _follows(track, shared, now_ms):
                at = shared
            else:
                at, stepped = track.at + max(track.usual, now_ms - track.now_ms), True
        if at > track.at and not stepped:
            track.usual = min(at - track.at, _USUAL_MAX_MS)
        return Placed(self._stand(track, timestamp, at, track.at, now_ms), stepped)

    def _first(self, kind: int, timestamp: int, now_ms: int, other: _Track | None) -> int:
        """The first tag of a track: beside the other track, unless their clocks are strangers."""
        if other is None:
            at = max(self._last + _NEXT_MS, now_ms - self._began_ms)
        else:
            at = other.at + _distance(timestamp, other.timestamp)
            if abs(at - other.at) > _APART_MS + now_ms - other.now_ms:
                at = other.at
        track = self._tracks[kind] = _Track(timestamp, at, now_ms)
        return self._stand(track, timestamp, at, self._floor, now_ms)

    def _stand(self, track: _Track, timestamp: int, at: int, floor: int, now_ms: int) -> int:
        """Move the track there, but not below `floor`: then its clock is the one that waits."""
        track.at = max(at, floor)
        track.timestamp = (timestamp + track.at - at) % _WRAP
        track.now_ms = now_ms
        self._last = max(self._last, track.at)
        return track.at

    def _other(self, kind: int) -> _Track | None:
        return next((track for known, track in self._tracks.items() if known != kind), None)


def _distance(timestamp: int, before: int) -> int:
    """From `before` to `timestamp`, the shorter way round."""
    return (timestamp - before + _WRAP // 2) % _WRAP - _WRAP // 2


def _follows(track: _Track, at: int, now_ms: int) -> bool:
    ahead = at - track.at
    return -STEP_MS <= ahead <= STEP_MS + max(track.usual, now_ms - track.now_ms)
