"""HLS playlists as text: low latency, plain, the list of rungs, and the replay of a recording.

To the letter of RFC 8216bis; tests/media/hls_reader.py reads them knowing nothing of this file.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bofen.media.packager import PART_MS, Packager
from bofen.media.window import Segment

_PARTS_TARGETS = 3
"""Parts further from the end than so many target durations are listed no longer."""
_SKIP_TARGETS = 6
_HOLD_BACK = 3


@dataclass(frozen=True)
class Recorded:
    """One closed segment on disk, as the journal tells of it."""

    no: int
    map_no: int
    duration_ms: int
    is_discontinuous: bool
    at: datetime


@dataclass(frozen=True)
class Variant:
    """One rung in the list of rungs; `bandwidth` in bit/s, `size` in pixels, none for sound."""

    folder: str
    bandwidth: int
    codecs: str
    size: tuple[int, int] | None = None
    frame_rate: float = 0.0

    def is_below(self, other: "Variant") -> bool:
        """It fits a line that `other` does not."""
        return self.bandwidth < other.bandwidth


@dataclass(frozen=True)
class Report:
    """How far another rung is: its folder, and its last segment and part."""

    folder: str
    msn: int
    part: int


@dataclass(frozen=True)
class Live:
    """What a live playlist is made of; `query` signs every address in it."""

    packager: Packager
    epoch_at: datetime
    """Wall clock at zero of the stream's own clock."""

    query: str
    is_ended: bool


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.3f}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def low_latency(live: Live, reports: Sequence[Report], *, skips: bool) -> str:
    """The live window with parts. With `skips`, a delta update where there is something to skip.

    Call it once the first segment is whole: the target duration is not known before.
    """
    shown = live.packager.window.listed(whole_only=False)
    target_ms = (live.packager.target_s or 1) * 1000
    control = (
        f"#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,"
        f"CAN-SKIP-UNTIL={_seconds(target_ms * _SKIP_TARGETS)},"
        f"PART-HOLD-BACK={_seconds(PART_MS * _HOLD_BACK)}"
    )
    lines = [*_top(live, shown), control, f"#EXT-X-PART-INF:PART-TARGET={_seconds(PART_MS)}"]
    behind = _behind(shown)
    skipped = sum(ms > target_ms * _SKIP_TARGETS for ms in behind) if skips else 0
    if skipped:
        lines.append(f"#EXT-X-SKIP:SKIPPED-SEGMENTS={skipped}")
    for i, segment in enumerate(shown[skipped:], skipped):
        lines += _before(live, segment, shown[i - 1] if i else None)
        if behind[i] <= target_ms * _PARTS_TARGETS:
            lines += _parts(segment, live.query)
        if segment.is_done:
            lines += _whole(segment, live.query)
    if live.is_ended:
        return "\n".join([*lines, "#EXT-X-ENDLIST"]) + "\n"
    msn, part = live.packager.next_part()
    lines.append(f'#EXT-X-PRELOAD-HINT:TYPE=PART,URI="p{msn}.{part}.m4s?{live.query}"')
    lines += [_report(report, live.query) for report in reports]
    return "\n".join(lines) + "\n"


def plain(live: Live) -> str:
    """The live window in whole segments, for players that know no parts."""
    shown = live.packager.window.listed(whole_only=True)
    lines = _top(live, shown)
    for i, segment in enumerate(shown):
        lines += _before(live, segment, shown[i - 1] if i else None)
        lines += _whole(segment, live.query)
    return "\n".join([*lines, *(["#EXT-X-ENDLIST"] if live.is_ended else [])]) + "\n"


def _top(live: Live, shown: Sequence[Segment]) -> list[str]:
    first = shown[0].head if shown else None
    passed = first.discontinuities - first.is_discontinuous if first else 0
    return [
        "#EXTM3U",
        "#EXT-X-VERSION:9",
        f"#EXT-X-TARGETDURATION:{live.packager.target_s or 1}",
        f"#EXT-X-MEDIA-SEQUENCE:{first.msn if first else live.packager.next_part()[0]}",
        f"#EXT-X-DISCONTINUITY-SEQUENCE:{passed}",
    ]


def _behind(shown: Sequence[Segment]) -> list[int]:
    """How many milliseconds before the end of the list each segment ends."""
    found, length = [], 0
    for segment in reversed(shown):
        found.append(length)
        length += segment.duration_ms
    return found[::-1]


def _before(live: Live, segment: Segment, previous: Segment | None) -> list[str]:
    lines = []
    if segment.head.is_discontinuous:
        lines.append("#EXT-X-DISCONTINUITY")
    if previous is None or previous.map_no != segment.map_no:
        lines.append(f'#EXT-X-MAP:URI="init{segment.map_no}.mp4?{live.query}"')
    at = live.epoch_at + timedelta(milliseconds=segment.head.at)
    lines.append(f"#EXT-X-PROGRAM-DATE-TIME:{_moment(at)}")
    return lines


def _parts(segment: Segment, query: str) -> list[str]:
    return [
        f'#EXT-X-PART:DURATION={_seconds(part.duration_ms)},URI="p{segment.head.msn}.{i}.m4s?{query}"'
        + (",INDEPENDENT=YES" if part.is_independent else "")
        for i, part in enumerate(segment.parts)
    ]


def _whole(segment: Segment, query: str) -> list[str]:
    return [f"#EXTINF:{_seconds(segment.duration_ms)},", f"s{segment.head.msn}.m4s?{query}"]


def _report(report: Report, query: str) -> str:
    uri = f"../{report.folder}/index.m3u8?{query}"
    return f'#EXT-X-RENDITION-REPORT:URI="{uri}",LAST-MSN={report.msn},LAST-PART={report.part}'


def master(variants: Sequence[Variant], file: str, query: str) -> str:
    """The rungs, best first; `file` is the playlist inside each rung's folder."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:9"]
    for v in variants:
        shape = f",RESOLUTION={v.size[0]}x{v.size[1]}" if v.size else ""
        rate = f",FRAME-RATE={v.frame_rate:.3f}" if v.frame_rate else ""
        lines += [
            f'#EXT-X-STREAM-INF:BANDWIDTH={v.bandwidth},CODECS="{v.codecs}"{shape}{rate}',
            f"{v.folder}/{file}?{query}",
        ]
    return "\n".join(lines) + "\n"


def replay(segments: Sequence[Recorded], query: str) -> str:
    """A recording from its beginning, as a finished list."""
    longest = max([1_000, *(s.duration_ms for s in segments)])
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{math.floor(longest / 1000 + 0.5)}",
        "#EXT-X-PLAYLIST-TYPE:VOD",
    ]
    map_no = None
    for i, segment in enumerate(segments):
        if segment.is_discontinuous and i:
            lines.append("#EXT-X-DISCONTINUITY")
        if segment.map_no != map_no:
            map_no = segment.map_no
            lines.append(f'#EXT-X-MAP:URI="init{map_no}.mp4?{query}"')
        lines += [
            f"#EXT-X-PROGRAM-DATE-TIME:{_moment(segment.at)}",
            f"#EXTINF:{_seconds(segment.duration_ms)},",
            f"s{segment.no}.m4s?{query}",
        ]
    return "\n".join([*lines, "#EXT-X-ENDLIST"]) + "\n"
