"""Turns the tags of one rung into CMAF parts and segments, without decoding anything.

Invariants (tests/media/test_packager.py): no part is longer than PART_MS, none but the last of its
segment shorter than 85 % of it; the parts of a segment add up to it; no segment is longer than the
target duration, which never changes; the first key frame is kept; no number is used twice.
"""

import itertools
from collections import deque
from collections.abc import Callable

from bofen.media import boxes, flv
from bofen.media.boxes import Picture, Sound
from bofen.media.codecs import AudioConfig, VideoConfig, read_audio_config, read_video_config
from bofen.media.flv import Tag
from bofen.media.window import Head, Part, Segment, Tracks, Window

PART_MS = 250
_PART_MIN_MS = -(-PART_MS * 85 // 100)
"""RFC 8216bis §4.4.4.9: no part but the last of its segment is shorter."""
SEGMENT_MS = 1_000
"""A segment ends at the first key frame after this."""
_TARGETS_S = (2, 4)
"""The target duration is that of the first segment, within these bounds."""
_OVER_MS = 480
"""So much longer a segment may be: its duration is rounded before it is compared."""
_GAP_MS = 2_000
_HEADS_MAX = 64
_NEAR_MS = 20
_NOMINAL_MS = 33
_SOUND_DRIFT_S = 0.1


class Packager:
    """One rung. The source decides where segments begin; a transcoded rung follows its source.

    `changed` is called after each part, `closed` after each whole segment. Times are milliseconds
    of the stream's own clock.
    """

    def __init__(self, first_msn: int, source: "Packager | None" = None) -> None:
        self._source = source
        self.window = Window()
        self.video: VideoConfig | None = None
        self.audio: AudioConfig | None = None
        """What the push at present has told of itself."""
        self.heads: deque[Head] = deque(maxlen=_HEADS_MAX)
        self.changed: Callable[[], None] = lambda: None
        self.closed: Callable[[Segment], None] = lambda _segment: None
        self._next_msn = first_msn
        self._discontinuities = 0
        self._is_discontinuous = False
        self._map_no = 0
        self._shown: Tracks | None = None
        self._fragment_no = 0
        self._waiting: Picture | None = None
        self._pictures: list[Picture] = []
        self._sounds: list[Sound] = []
        self._sound_at: int | None = None
        self._length = 0
        self._open: Segment | None = None

    @property
    def target_s(self) -> int | None:
        """The target duration in seconds; None until the first segment is whole."""
        return self._source.target_s if self._source else self.window.target_s

    def take(self, tag: Tag) -> None:
        """The next tag, in the order of decoding. Raises MalformedStream for a wrong config."""
        if tag.kind == flv.VIDEO:
            self._take_config(tag) if tag.is_config else self._take_picture(tag)
        elif tag.is_config:
            self._take_audio_config(tag)
        elif self.audio:
            self._take_sound(tag, self.audio)

    def begin(self) -> None:
        """Another push begins: nothing that its forerunner told of itself counts any more."""
        self.interrupt()
        self.video = self.audio = None

    def interrupt(self) -> None:
        """Close what is open; what follows begins at a key frame and is discontinuous."""
        waiting, self._waiting = self._waiting, None
        try:
            if waiting is not None:
                self._finish_picture(waiting, _NOMINAL_MS)
            self._close()
        finally:
            self._forget()
            self.mark_discontinuous()

    def mark_discontinuous(self) -> None:
        """The encoder's clock was left, though nothing is missing: the next segment says so."""
        self._is_discontinuous = bool(self.window)

    def _forget(self) -> None:
        """Whatever happened: nothing half done stays behind."""
        segment, self._open = self._open, None
        if segment is not None:
            segment.is_done = True
        self._waiting, self._sound_at, self._length = None, None, 0
        self._pictures, self._sounds = [], []

    # -- what comes in

    def _take_config(self, tag: Tag) -> None:
        if self.video is None or tag.data != self.video.avcc:
            video = read_video_config(tag.data)
            if self.video is not None:
                self.interrupt()
            self.video = video

    def _take_audio_config(self, tag: Tag) -> None:
        """Sound in another form waits for the next key frame, where it gets its own header."""
        if self.audio is None or tag.data != self.audio.asc:
            self.audio = read_audio_config(tag.data)
            self._sound_at = None

    def _take_picture(self, tag: Tag) -> None:
        last, at = self._waiting, tag.at
        if self.video is None:
            return
        if last is not None:
            at = max(at, last.at + 1)
            if at - last.at > _GAP_MS:
                self.interrupt()
                last = None
            else:
                self._waiting = None
                self._finish_picture(last, at - last.at)
        if self._open is None and not tag.is_key:
            return  # After nothing, only a key frame can be shown.
        self._waiting = Picture(at, tag.offset_ms, tag.is_key, tag.data)

    def _take_sound(self, tag: Tag, audio: AudioConfig) -> None:
        waiting = self._waiting
        if waiting is None or not (waiting.is_key or self._plays(audio)):
            return
        at = tag.at * audio.rate // 1000
        expected = self._sound_at
        if expected is None or abs(at - expected) > audio.rate * _SOUND_DRIFT_S:
            if expected is not None and at < expected:
                return
            expected = at
        if self._sounds and self._sounds[-1].config == audio:
            expected = max(expected, self._sounds[-1].at + boxes.AAC_FRAME)
        self._sounds.append(Sound(expected, tag.data, audio))
        self._sound_at = expected + boxes.AAC_FRAME

    def _plays(self, audio: AudioConfig) -> bool:
        return self._open is not None and self._open.tracks.audio == audio

    # -- where segments begin

    def _finish_picture(self, picture: Picture, duration: int) -> None:
        picture.duration = duration
        head = self._head_like(picture) if self._source else self._own_head(picture)
        if head is not None:
            self._close()
            self._begin(head)
        elif self._open and self._is_over(self._open, duration):
            self.interrupt()  # A rung that missed where its source began a segment.
        if self._open is not None:
            self._add(self._open, picture)

    def _own_head(self, picture: Picture) -> Head | None:
        """The head of the segment that this picture begins, if it begins one."""
        changes = picture.is_key and self._tracks() != self._shown
        if self._open is not None:
            is_long = self._open.duration_ms + self._length >= SEGMENT_MS
            is_cut = self._is_over(self._open, picture.duration)
            if not (changes or is_cut or (picture.is_key and is_long)):
                return None
        breaks = picture.is_key and bool(self.window) and (self._is_discontinuous or changes)
        self._discontinuities += breaks
        return Head(self._next_msn, picture.at, breaks, self._discontinuities, picture.is_key)

    def _head_like(self, picture: Picture) -> Head | None:
        """The source's head that belongs to this picture."""
        assert self._source is not None
        near = min(self._source.heads, key=lambda h: abs(h.at - picture.at), default=None)
        if near is None or abs(near.at - picture.at) > _NEAR_MS:
            return None
        if near.msn < self._next_msn:
            return None  # Shown before: a restarted child begins with an old key frame.
        if near.is_key != picture.is_key or (self._open is None and not picture.is_key):
            return None
        return near

    def _is_over(self, segment: Segment, more_ms: int) -> bool:
        limit = (self.target_s or _TARGETS_S[1]) * 1000 + _OVER_MS
        return segment.duration_ms + self._length + more_ms > limit

    def _tracks(self) -> Tracks | None:
        return Tracks(self.video, self.audio) if self.video else None

    def _begin(self, head: Head) -> None:
        tracks = self._tracks() if head.is_key else self._shown
        assert tracks is not None
        if tracks != self._shown:
            self._map_no += 1
            self._shown = tracks
        self._sounds = [s for s in self._sounds if s.config == tracks.audio]
        if head.is_key:
            self._is_discontinuous = False
        self._next_msn = head.msn + 1
        self.heads.append(head)
        self._open = Segment(head, self._map_no, self._shown)
        self.window.target_s = self.target_s
        self.window.add(self._open)

    # -- parts

    def _add(self, segment: Segment, picture: Picture) -> None:
        """Put the picture into the open part; one that outlasts its part goes on in the next."""
        if self._is_full(picture.duration):
            self._flush(segment, self._length)
        self._pictures.append(picture)
        self._length += picture.duration
        while self._length > PART_MS:
            self._flush(segment, PART_MS)
        if self._is_full(picture.duration):  # One more of its kind would not fit: do not wait.
            self._flush(segment, self._length)

    def _is_full(self, more_ms: int) -> bool:
        return self._length >= _PART_MIN_MS and self._length + more_ms > PART_MS

    def _flush(self, segment: Segment, duration_ms: int) -> None:
        self._fragment_no += 1
        at = segment.head.at + segment.duration_ms
        audio = segment.tracks.audio
        sounds = tuple(s for s in self._sounds if s.config == audio)
        self._sounds = [s for s in self._sounds if s.config != audio]
        if self._pictures or sounds:
            payload = boxes.fragment(self._fragment_no, self._pictures, sounds)
        else:
            ticks = at * boxes.VIDEO_SCALE
            payload = boxes.empty_fragment(self._fragment_no, boxes.PICTURE_TRACK, ticks)
        is_key = bool(self._pictures) and self._pictures[0].is_key
        shown = len(self._pictures)
        segment.parts.append(
            Part(self._fragment_no, payload, at, duration_ms, is_key, shown, sounds, audio)
        )
        segment.duration_ms += duration_ms
        self._pictures, self._length = [], self._length - duration_ms
        self.changed()

    def _close(self) -> None:
        segment, self._open = self._open, None
        if segment is None:
            return
        if self._length:
            self._flush(segment, self._length)
        segment.is_done = True
        if self._source is None and self.window.target_s is None:
            shortest, longest = _TARGETS_S
            self.window.target_s = min(longest, max(shortest, (segment.duration_ms + 500) // 1000))
        self.closed(segment)
        self.changed()

    def next_part(self) -> tuple[int, int]:
        """Media sequence number and part number of what will come next."""
        last = self.window.newest
        if last is None:
            return self._next_msn, 0
        return (last.head.msn + 1, 0) if last.is_done else (last.head.msn, len(last.parts))

    def frame_rate(self) -> float:
        """Pictures a second in what is kept; 0 before the first segment is whole."""
        done = list(itertools.chain.from_iterable(s.parts for s in self.window if s.is_done))
        length = sum(part.duration_ms for part in done)
        return sum(part.pictures for part in done) * 1000 / length if length else 0.0
