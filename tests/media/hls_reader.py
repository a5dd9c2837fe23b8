"""A reader of HLS playlists by RFC 8216bis alone: it knows nothing of how ours are made.

`read` checks one playlist as it stands; `Player` reloads like a client and checks what may change
between two answers; `merged` applies a delta update.
"""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

_ATTRIBUTE = re.compile(r'([A-Z0-9-]+)=("[^"]*"|[^",]+)(?:,|$)')
_ROUNDING_S = 0.0015


@dataclass(frozen=True)
class Part:
    uri: str
    duration: float
    is_independent: bool


@dataclass(frozen=True)
class Segment:
    msn: int
    discontinuity: int
    is_marked: bool
    map_uri: str
    began_at: datetime | None
    parts: tuple[Part, ...]
    uri: str = ""
    duration: float = 0.0

    @property
    def is_whole(self) -> bool:
        return bool(self.uri)


@dataclass
class Playlist:
    headers: dict[str, str] = field(default_factory=dict)
    segments: list[Segment] = field(default_factory=list)
    skipped: int = 0
    is_ended: bool = False
    hint: str = ""
    reports: list[dict[str, str]] = field(default_factory=list)

    @property
    def target(self) -> int:
        return int(self.headers["EXT-X-TARGETDURATION"])

    @property
    def first_msn(self) -> int:
        return int(self.headers.get("EXT-X-MEDIA-SEQUENCE", "0"))

    @property
    def duration(self) -> float:
        return sum(s.duration if s.is_whole else _length(s.parts) for s in self.segments)

    def attributes(self, tag: str) -> dict[str, str]:
        return attributes(self.headers.get(tag, ""))


def attributes(text: str) -> dict[str, str]:
    """§4.2: names, and values without their quotes."""
    return {name: value.strip('"') for name, value in _ATTRIBUTE.findall(text)}


def _length(parts: tuple[Part, ...]) -> float:
    return sum(part.duration for part in parts)


class _Reading:
    """The tags before the next segment, as they come."""

    def __init__(self, playlist: Playlist) -> None:
        self.playlist = playlist
        self.discontinuity = int(playlist.headers.get("EXT-X-DISCONTINUITY-SEQUENCE", "0"))
        self.msn = playlist.first_msn
        self.map_uri = ""
        self.clear()

    def clear(self) -> None:
        self.is_marked = False
        self.began_at: datetime | None = None
        self.parts: list[Part] = []
        self.duration = 0.0

    def finish(self, uri: str) -> None:
        found = Segment(
            *(self.msn, self.discontinuity, self.is_marked, self.map_uri, self.began_at),
            tuple(self.parts),
            uri,
            self.duration,
        )
        self.playlist.segments.append(found)
        self.msn += 1
        self.clear()

    def tag(self, name: str, value: str) -> None:
        assert name in _TAGS, f"a tag that nobody knows: {name}"
        _TAGS[name](self, value, attributes(value))

    def _discontinuity(self, value: str, given: dict[str, str]) -> None:
        del value, given
        self.discontinuity += 1
        self.is_marked = True

    def _map(self, value: str, given: dict[str, str]) -> None:
        del value
        self.map_uri = given["URI"]

    def _time(self, value: str, given: dict[str, str]) -> None:
        del given
        self.began_at = datetime.fromisoformat(value)

    def _part(self, value: str, given: dict[str, str]) -> None:
        del value
        is_independent = given.get("INDEPENDENT") == "YES"
        self.parts.append(Part(given["URI"], float(given["DURATION"]), is_independent))

    def _length(self, value: str, given: dict[str, str]) -> None:
        del given
        self.duration = float(value.split(",", maxsplit=1)[0])

    def _skip(self, value: str, given: dict[str, str]) -> None:
        del value
        self.playlist.skipped = int(given["SKIPPED-SEGMENTS"])
        self.msn += self.playlist.skipped

    def _end(self, value: str, given: dict[str, str]) -> None:
        del value, given
        self.playlist.is_ended = True

    def _hint(self, value: str, given: dict[str, str]) -> None:
        del value
        self.playlist.hint = given["URI"]

    def _report(self, value: str, given: dict[str, str]) -> None:
        del value
        self.playlist.reports.append(given)


_TAGS: dict[str, Callable[[_Reading, str, dict[str, str]], None]] = {
    "EXT-X-DISCONTINUITY": _Reading._discontinuity,
    "EXT-X-MAP": _Reading._map,
    "EXT-X-PROGRAM-DATE-TIME": _Reading._time,
    "EXT-X-PART": _Reading._part,
    "EXTINF": _Reading._length,
    "EXT-X-SKIP": _Reading._skip,
    "EXT-X-ENDLIST": _Reading._end,
    "EXT-X-PRELOAD-HINT": _Reading._hint,
    "EXT-X-RENDITION-REPORT": _Reading._report,
}

_OF_LIST = (
    "EXT-X-VERSION",
    "EXT-X-TARGETDURATION",
    "EXT-X-MEDIA-SEQUENCE",
    "EXT-X-DISCONTINUITY-SEQUENCE",
    "EXT-X-SERVER-CONTROL",
    "EXT-X-PART-INF",
    "EXT-X-PLAYLIST-TYPE",
)


def read(text: str) -> Playlist:
    """One media playlist. Raises AssertionError with the rule that it breaks."""
    lines = text.splitlines()
    assert lines[0] == "#EXTM3U", "§4.4.1.1"
    headers = dict(_split(line) for line in lines[1:] if _split(line)[0] in _OF_LIST)
    playlist = Playlist(headers)
    reading = _Reading(playlist)
    for line in lines[1:]:
        name, value = _split(line)
        if not line.startswith("#"):
            reading.finish(line)
        elif name not in _OF_LIST:
            reading.tag(name, value)
    if reading.parts:
        reading.finish("")
    _check(playlist)
    return playlist


def _split(line: str) -> tuple[str, str]:
    name, _, value = line.removeprefix("#").partition(":")
    return name, value


def _check(playlist: Playlist) -> None:
    whole = [s for s in playlist.segments if s.is_whole]
    for segment in whole:
        assert math.floor(segment.duration + 0.5) <= playlist.target, "§4.4.3.1: EXTINF over target"
        assert segment.duration > 0
    assert all(s.is_whole for s in playlist.segments[:-1]), "only the last may be open"
    if not playlist.skipped and playlist.segments:
        assert playlist.segments[0].map_uri, "§4.4.4.5: no EXT-X-MAP"
    for before, after in zip(playlist.segments, playlist.segments[1:], strict=False):
        if before.began_at and after.began_at and not after.is_marked:
            gap = after.began_at - before.began_at - timedelta(seconds=before.duration)
            assert abs(gap.total_seconds()) < _ROUNDING_S, "time runs on without discontinuity"
        if before.map_uri != after.map_uri and after.map_uri and not playlist.skipped:
            assert after.is_marked, "§4.4.4.3: other tracks need a discontinuity"
    assert not (playlist.is_ended and playlist.hint)
    if any(s.parts for s in playlist.segments):
        _check_parts(playlist)


def _check_parts(playlist: Playlist) -> None:
    target = float(playlist.attributes("EXT-X-PART-INF")["PART-TARGET"])
    control = playlist.attributes("EXT-X-SERVER-CONTROL")
    assert control["CAN-BLOCK-RELOAD"] == "YES"
    assert float(control["PART-HOLD-BACK"]) >= 3 * target, "§4.4.3.8"
    assert float(control["CAN-SKIP-UNTIL"]) >= 6 * playlist.target, "§4.4.3.8"
    for segment in playlist.segments:
        parts = segment.parts
        assert all(0 < part.duration <= target for part in parts), "§4.4.4.9: over PART-TARGET"
        inner = parts[:-1]
        assert all(p.is_independent or p.duration >= 0.85 * target for p in inner), "§4.4.4.9: 85 %"
        if parts and segment.is_whole:
            assert abs(_length(parts) - segment.duration) < _ROUNDING_S, "parts add up"
    for report in playlist.reports:
        assert report["URI"]
        assert int(report["LAST-MSN"]) >= 0
        assert int(report["LAST-PART"]) >= 0


def merged(before: Playlist, delta: Playlist) -> Playlist:
    """§6.3.7: what a client holds after a delta update."""
    if not delta.skipped:
        return delta
    known = {segment.msn: segment for segment in before.segments}
    wanted = range(delta.first_msn, delta.first_msn + delta.skipped)
    assert all(msn in known for msn in wanted), "more was skipped than a client can know"
    taken = [known[msn] for msn in wanted]
    distance = 0
    rest = []
    if delta.segments:
        # The delta counts discontinuities only from its own tags: add those that were skipped.
        base = int(delta.headers["EXT-X-DISCONTINUITY-SEQUENCE"])
        distance = taken[-1].discontinuity - base
        last_map = taken[-1].map_uri
        for segment in delta.segments:
            last_map = segment.map_uri or last_map
            discontinuity = segment.discontinuity + distance
            rest.append(replace(segment, map_uri=last_map, discontinuity=discontinuity))
    return replace(delta, segments=taken + rest, skipped=0)


class Player:
    """Reloads one playlist and checks what §6.2.1 lets a server change."""

    def __init__(self) -> None:
        self.held: Playlist | None = None

    def reload(self, text: str) -> Playlist:
        """Another answer; returns the list as the client now knows it."""
        found = read(text)
        if self.held is not None:
            found = merged(self.held, found)
            self._check_change(self.held, found)
        self.held = found
        return found

    def _check_change(self, before: Playlist, after: Playlist) -> None:
        for name in ("EXT-X-TARGETDURATION", "EXT-X-PART-INF", "EXT-X-SERVER-CONTROL"):
            assert before.headers.get(name) == after.headers.get(name), f"{name} must not change"
        assert after.first_msn >= before.first_msn, "media sequence numbers only rise"
        assert not (before.is_ended and not after.is_ended)
        if before.segments:
            last = before.segments[-1].msn
            assert after.first_msn + len(after.segments) > last, "the end must not be taken back"
        if before.segments and after.first_msn > before.first_msn:
            assert after.duration >= 3 * after.target, "§6.2.2: too short to remove from"
        for old, new in _pairs(before, after):
            _check_segment(old, new)


def _pairs(before: Playlist, after: Playlist) -> Iterator[tuple[Segment, Segment]]:
    known = {segment.msn: segment for segment in before.segments}
    return ((known[new.msn], new) for new in after.segments if new.msn in known)


def _check_segment(old: Segment, new: Segment) -> None:
    facts = ("discontinuity", "is_marked", "map_uri", "began_at")
    for name in facts:
        assert getattr(old, name) == getattr(new, name), f"{name} of segment {old.msn} changed"
    if old.is_whole:
        assert (old.uri, old.duration) == (new.uri, new.duration)
        assert new.parts in (old.parts, ()), (
            "parts of a whole segment are only removed, all at once"
        )
    else:
        assert new.parts[: len(old.parts)] == old.parts, "parts are only added"
