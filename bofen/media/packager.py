"""Turns the tags of one rung into CMAF parts and segments, without decoding anything.

Invariants (tests/media/test_packager.py): no part is longer than PART_MS, unless a single picture
is; the parts of a segment add up to it; the first key frame is kept; no number is used twice.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bofen.media import boxes, flv
from bofen.media.boxes import Picture, Sound
from bofen.media.codecs import AudioConfig, VideoConfig, read_audio_config, read_video_config
from bofen.media.flv import Tag

PART_MS = 250
SEGMENT_MS = 1_000
"""A segment ends at the first key frame after this."""
SEGMENTS_MAX = 10
_GAP_MS = 2_000
_NO_KEY_MS = 20_000
_HEADS_MAX = 64
_NEAR_MS = 20
_NOMINAL_MS = 33
_SOUND_DRIFT_S = 0.1


@dataclass(frozen=True)
class Part:
    payload: bytes
    duration_ms: int
    is_independent: bool


@dataclass(frozen=True)
class Head:
    """Where a segment begins: rungs of one stream share these."""

    msn: int
    at: int
    is_discontinuous: bool
    discontinuities: int
    """How many there were up to and including this segment."""


@dataclass
class Segment:
    head: Head
    map_no: int
    parts: list[Part] = field(default_factory=list)
    duration_ms: int = 0
    is_done: bool = False

    @property
    def payload(self) -> bytes:
        return b"".join(part.payload for part in self.parts)


class Packager:
    """One rung. The source decides where segments begin; a transcoded rung follows its source.

    `changed` is called after each part, `closed` after each whole segment.
    """

    def __init__(self, first_msn: int, source: "Packager | None" = None) -> None:
        self._source = source
        self.segments: deque[Segment] = deque()
        self.headers: dict[int, bytes] = {}
        self.video: VideoConfig | None = None
        self.audio: AudioConfig | None = None
        self.has_audio = False
        self.heads: deque[Head] = deque(maxlen=_HEADS_MAX)
        self.changed: Callable[[], None] = lambda: None
        self.closed: Callable[[Segment], None] = lambda _segment: None
        self._next_msn = first_msn
        self._discontinuities = 0
        self._is_discontinuous = False
        self._needs_header = True
        self._map_no = 0
        self._fragment_no = 0
        self._waiting: Picture | None = None
        self._pictures: list[Picture] = []
        self._sounds: list[Sound] = []
        self._sound_at: int | None = None
        self._open: Segment | None = None

    def expect(self, *, has_audio: bool) -> None:
        """A push begins, with or without sound; sound that nobody expects is left out."""
        self._needs_header |= has_audio != self.has_audio
        self.has_audio = has_audio

    def take(self, tag: Tag) -> None:
        if tag.kind == flv.VIDEO:
            self._take_config(tag) if tag.is_config else self._take_picture(tag)
        elif tag.is_config:
            self._take_audio_config(tag)
        elif self.audio and self.has_audio:
            self._take_sound(tag, self.audio)

    def interrupt(self) -> None:
        """The push ended or leapt: close what is open; what follows is discontinuous."""
        if self._waiting is not None:
            self._finish_picture(self._waiting, _NOMINAL_MS)
            self._waiting = None
        self._close()
        self._sounds.clear()
        self._sound_at = None
        self._is_discontinuous = bool(self.segments)

    def _take_config(self, tag: Tag) -> None:
        if self.video is None or tag.data != self.video.avcc:
            self.video = read_video_config(tag.data)
            self._needs_header = True

    def _take_audio_config(self, tag: Tag) -> None:
        if self.audio is None or tag.data != self.audio.asc:
            self.audio = read_audio_config(tag.data)
            self._needs_header = True
            self._sound_at = None

    def _take_picture(self, tag: Tag) -> None:
        last, at = self._waiting, tag.at
        if self.video is None:
            return
        if last is not None:
            at = max(at, last.at + 1)
            if at - last.at > _GAP_MS or self._lasts_too_long(at):
                self.interrupt()
                last = None
            else:
                self._finish_picture(last, at - last.at)
        if last is None and not self._may_begin(tag):
            self._waiting = None
            return
        self._waiting = Picture(at, tag.offset_ms, tag.is_key, tag.data)

    def _lasts_too_long(self, at: int) -> bool:
        return self._open is not None and at - self._open.head.at > _NO_KEY_MS

    def _may_begin(self, tag: Tag) -> bool:
        """After nothing, only a key frame can be shown."""
        return tag.is_key

    def _take_sound(self, tag: Tag, audio: AudioConfig) -> None:
        if self._waiting is None:
            return
        at = tag.at * audio.rate // 1000
        expected = self._sound_at
        if expected is None or abs(at - expected) > audio.rate * _SOUND_DRIFT_S:
            if expected is not None and at < expected:
                return
            expected = at
        self._sounds.append(Sound(expected, tag.data))
        self._sound_at = expected + boxes.AAC_FRAME

    def _finish_picture(self, picture: Picture, duration: int) -> None:
        picture.duration = duration
        if picture.is_key and (head := self._head_for(picture)) is not None:
            self._close()
            self._begin(head)
        if self._open is None:
            return
        length = sum(p.duration for p in self._pictures)
        if self._pictures and length + duration > PART_MS:
            self._flush(self._open)
            length = 0
        self._pictures.append(picture)
        if length + 2 * duration > PART_MS:  # One more of its kind would not fit: do not wait.
            self._flush(self._open)

    def _head_for(self, picture: Picture) -> Head | None:
        """The head of the segment that this key frame begins, if it begins one."""
        if self._source is not None:
            return self._head_like(picture, self._source)
        if self._open is not None and not self._needs_header:
            length = self._open.duration_ms + sum(p.duration for p in self._pictures)
            if length < SEGMENT_MS:
                return None
        breaks = self._is_discontinuous or (self._needs_header and bool(self.segments))
        self._discontinuities += breaks
        head = Head(self._next_msn, picture.at, breaks, self._discontinuities)
        self._next_msn += 1
        return head

    def _head_like(self, picture: Picture, source: "Packager") -> Head | None:
        near = min(source.heads, key=lambda head: abs(head.at - picture.at), default=None)
        if near is None or abs(near.at - picture.at) > _NEAR_MS:
            return None
        if near.msn < self._next_msn:
            return None  # Shown before: a restarted child begins with an old key frame.
        if near.msn != self._next_msn:
            self.segments.clear()  # A hole: a playlist cannot tell of one, so it starts anew.
        self._next_msn = near.msn + 1
        return near

    def _begin(self, head: Head) -> None:
        assert self.video is not None
        if self._needs_header:
            self._map_no += 1
            audio = self.audio if self.has_audio else None
            self.headers[self._map_no] = boxes.header(self.video, audio)
            self._needs_header = False
        self._is_discontinuous = False
        self.heads.append(head)
        self._open = Segment(head, self._map_no)
        self.segments.append(self._open)
        while len(self.segments) > SEGMENTS_MAX:
            self.segments.popleft()
        used = {segment.map_no for segment in self.segments}
        self.headers = {no: header for no, header in self.headers.items() if no in used}

    def _flush(self, segment: Segment) -> None:
        if not self._pictures:
            return
        self._fragment_no += 1
        payload = boxes.fragment(self._fragment_no, self._pictures, self._sounds)
        duration = sum(p.duration for p in self._pictures)
        segment.parts.append(Part(payload, duration, self._pictures[0].is_key))
        segment.duration_ms += duration
        self._pictures, self._sounds = [], []
        self.changed()

    def _close(self) -> None:
        segment, self._open = self._open, None
        if segment is None:
            return
        self._flush(segment)
        segment.is_done = True
        self.closed(segment)
        self.changed()

    def next_part(self) -> tuple[int, int]:
        """Media sequence number and part number of what will come next."""
        if not self.segments:
            return self._next_msn, 0
        last = self.segments[-1]
        return (last.head.msn + 1, 0) if last.is_done else (last.head.msn, len(last.parts))

    def segment(self, msn: int) -> Segment | None:
        first = self.segments[0].head.msn if self.segments else 0
        index = msn - first
        return self.segments[index] if 0 <= index < len(self.segments) else None
