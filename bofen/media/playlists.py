"""HLS playlists as text: low latency, plain, the list of rungs, and the replay of a recording."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bofen.media.packager import PART_MS, Packager, Segment

_WITH_PARTS = 4
"""So many segments at the end are also listed by their parts."""
_SHOWN_MAX = 8
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
    """One rung in the list of rungs."""

    folder: str
    bandwidth: int
    width: int
    height: int
    codecs: str


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.3f}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _target(durations_ms: Sequence[int]) -> int:
    return max(1, *(round(ms / 1000 + 0.001) for ms in durations_ms))


def low_latency(packager: Packager, epoch_at: datetime, query: str, *, is_ended: bool) -> str:
    """The live window with parts; `query` signs every address in it."""
    shown = list(packager.segments)[-_SHOWN_MAX:]
    part_ms = max([PART_MS] + [p.duration_ms for s in shown for p in s.parts])
    hold_back = f"PART-HOLD-BACK={_seconds(part_ms * _HOLD_BACK)}"
    lines = [
        *_top(shown, [s.duration_ms for s in packager.segments]),
        f"#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,{hold_back}",
        f"#EXT-X-PART-INF:PART-TARGET={_seconds(part_ms)}",
    ]
    for i, segment in enumerate(shown):
        lines += _before(segment, shown[i - 1] if i else None, epoch_at, query)
        if i >= len(shown) - _WITH_PARTS:
            lines += _parts(segment, query)
        if segment.is_done:
            lines += _whole(segment, query)
    if is_ended:
        lines.append("#EXT-X-ENDLIST")
    else:
        msn, part = packager.next_part()
        lines.append(f'#EXT-X-PRELOAD-HINT:TYPE=PART,URI="p{msn}.{part}.m4s?{query}"')
    return "\n".join(lines) + "\n"


def plain(packager: Packager, epoch_at: datetime, query: str, *, is_ended: bool) -> str:
    """The live window in whole segments, for players that know no parts."""
    shown = [s for s in packager.segments if s.is_done][-_SHOWN_MAX:]
    lines = _top(shown, [s.duration_ms for s in packager.segments if s.is_done])
    for i, segment in enumerate(shown):
        lines += _before(segment, shown[i - 1] if i else None, epoch_at, query)
        lines += _whole(segment, query)
    return "\n".join([*lines, *(["#EXT-X-ENDLIST"] if is_ended else [])]) + "\n"


def _top(shown: Sequence[Segment], durations_ms: Sequence[int]) -> list[str]:
    first = shown[0].head if shown else None
    return [
        "#EXTM3U",
        "#EXT-X-VERSION:9",
        f"#EXT-X-TARGETDURATION:{_target([0, *durations_ms])}",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        f"#EXT-X-MEDIA-SEQUENCE:{first.msn if first else 0}",
        f"#EXT-X-DISCONTINUITY-SEQUENCE:{first.discontinuities if first else 0}",
    ]


def _before(
    segment: Segment, previous: Segment | None, epoch_at: datetime, query: str
) -> list[str]:
    lines = []
    if segment.head.is_discontinuous and previous is not None:
        lines.append("#EXT-X-DISCONTINUITY")
    if previous is None or previous.map_no != segment.map_no:
        lines.append(f'#EXT-X-MAP:URI="init{segment.map_no}.mp4?{query}"')
    at = epoch_at + timedelta(milliseconds=segment.head.at)
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


def master(variants: Sequence[Variant], file: str, query: str) -> str:
    """The rungs, best first; `file` is the playlist inside each rung's folder."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:9", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for v in variants:
        shape = f"RESOLUTION={v.width}x{v.height}"
        lines += [
            f'#EXT-X-STREAM-INF:BANDWIDTH={v.bandwidth},{shape},CODECS="{v.codecs}"',
            f"{v.folder}/{file}?{query}",
        ]
    return "\n".join(lines) + "\n"


def replay(segments: Sequence[Recorded], query: str) -> str:
    """A recording from its beginning, as a finished list."""
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{_target([0, *(s.duration_ms for s in segments)])}",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
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
