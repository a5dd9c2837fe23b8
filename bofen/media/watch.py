"""Looks at a push as it passes and says what its host had better change, each thing once."""

from collections.abc import Iterator

from bofen.gateways.streams.protocol import NoticeCode
from bofen.media import flv
from bofen.media.codecs import VideoConfig
from bofen.media.flv import Tag

GOP_MAX_MS = 4_000
"""Segments are cut between key frames beyond this: who joins sees nothing until the next one."""
BITRATE_MAX_K = 8_000
"""More than phones on mobile networks can take, kbit/s."""
_GOP_WAIT_MS = 12_000
"""So long the next key frame is waited for, to tell the true length."""
_BITRATE_SPAN_S = 5.0
_ALONE_S = 5.0
_ORDINARY_CHROMA, _ORDINARY_DEPTH = 1, 8

Finding = tuple[NoticeCode, int]


class Watch:
    """`see` each tag, then ask for `findings`; `now` is seconds of a clock that only rises."""

    def __init__(self, now: float) -> None:
        self._began = now
        self._said: set[NoticeCode] = set()
        self._seen: set[int] = set()
        self._key_at: int | None = None
        self._gop_ms = 0
        self._bytes = 0
        self._since = now
        self._bitrate_k = 0

    def see(self, tag: Tag, now: float) -> None:
        """One tag of the push; its time is only compared with that of others of its kind."""
        if tag.is_config:
            return
        self._seen.add(tag.kind)
        self._bytes += len(tag.payload)
        if now - self._since >= _BITRATE_SPAN_S:
            self._bitrate_k = int(self._bytes * 8 / 1000 / (now - self._since))
            self._bytes, self._since = 0, now
        if tag.kind == flv.VIDEO:
            gop_ms = 0 if self._key_at is None else tag.at - self._key_at
            if tag.is_key or gop_ms > _GOP_WAIT_MS:
                self._gop_ms = max(self._gop_ms, gop_ms)
            if tag.is_key:
                self._key_at = tag.at

    def findings(self, video: VideoConfig | None, now: float) -> Iterator[Finding]:
        """What is new since it was last asked. `video` once the push is on air."""
        for code, value in self._all(video, now):
            if code not in self._said:
                self._said.add(code)
                yield code, value

    def _all(self, video: VideoConfig | None, now: float) -> Iterator[Finding]:
        is_settled = now - self._began >= _ALONE_S
        if is_settled and self._seen == {flv.AUDIO}:
            yield "audio_only", 0
        if is_settled and video is not None and flv.AUDIO not in self._seen:
            yield "no_sound", 0
        if video is not None and self._gop_ms > GOP_MAX_MS:
            yield "gop_too_long", self._gop_ms
        if self._bitrate_k > BITRATE_MAX_K:
            yield "bitrate_too_high", self._bitrate_k
        if video is not None and video.chroma != _ORDINARY_CHROMA:
            yield "chroma_not_420", video.chroma
        if video is not None and video.depth != _ORDINARY_DEPTH:
            yield "depth_not_8", video.depth
