"""One admitted connection: holds its first tags until it is clear what it sends, then streams."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bofen.gateways.streams.protocol import NoticeCode, RefusalCode, StopReason
from bofen.media import flv
from bofen.media.codecs import read_audio_config, read_video_config
from bofen.media.stream import Stream
from bofen.media.watch import Watch

_SOUND_WAIT_MS = 500
_HELD_MAX = 1_200
_HELD_BYTES_MAX = 8 << 20


class PushHost(Protocol):
    """Whoever keeps pushes: hears what becomes of them."""

    def started(self, push: "Push") -> None:
        """The first key frame is there. Called once, before it is streamed; sets `started_at`."""

    def noticed(self, push: "Push", code: NoticeCode, value: int) -> None:
        """Something that the host of the show should know; once for each code."""

    def sent_away(self, push: "Push", code: RefusalCode, why: str) -> None:
        """It ends because of what it sent, or of a fault of ours."""


class Push:
    """`hang_up` ends the connection behind it."""

    def __init__(
        self,
        stream: Stream,
        push_id: str,
        session: str,
        host: PushHost,
        hang_up: Callable[[StopReason], None],
    ) -> None:
        self.stream = stream
        self.push_id = push_id
        self.session = session
        self.hang_up = hang_up
        self.started_at: datetime | None = None
        self._last_picture = time.monotonic()
        self._host = host
        self._watch = Watch(time.monotonic())
        self._configs: dict[int, tuple[int, int, bytes]] = {}
        self._held: list[tuple[int, int, bytes]] = []
        self._held_bytes = 0
        self._key_at: int | None = None

    @property
    def name(self) -> str:
        """Of its stream."""
        return self.stream.name

    def silent_s(self) -> float:
        """For how long no picture came: sound alone is a stream that hangs."""
        return time.monotonic() - self._last_picture

    def take_metadata(self, payload: bytes) -> None:
        """What the encoder says of itself, for players of FLV; an RTMP data message."""
        self.stream.hub.metadata = flv.metadata(payload)

    def take(self, kind: int, timestamp: int, payload: bytes) -> None:
        """One audio or video message. Raises MalformedStream, UnsupportedMedia."""
        if kind == flv.VIDEO:
            self._last_picture = time.monotonic()
        if self.started_at is None:
            self._hold(kind, timestamp, payload)
        elif (tag := self.stream.take(kind, timestamp, payload)) is not None:
            self._watch.see(tag, time.monotonic())

    def look(self) -> None:
        """Tell the host what has become clear; call it about once a second."""
        video = self.stream.source.packager.video if self.started_at else None
        for code, value in self._watch.findings(video, time.monotonic()):
            self._host.noticed(self, code, value)

    def send_away(self, code: RefusalCode, why: str) -> None:
        """Have the host hear why this push ends."""
        self._host.sent_away(self, code, why)

    def _hold(self, kind: int, timestamp: int, payload: bytes) -> None:
        """Keep the headers, and everything from the first key frame on, for half a second."""
        tag = flv.read(kind, timestamp, payload)
        if tag is None:
            return
        if tag.is_config:
            read = read_video_config if kind == flv.VIDEO else read_audio_config
            read(tag.data)  # What cannot be read is refused before anybody hears of the push.
            self._configs[kind] = (kind, timestamp, payload)
        elif tag.is_key and flv.VIDEO in self._configs and self._key_at is None:
            self._key_at = timestamp
        if self._key_at is None:
            if kind == flv.AUDIO:
                self._watch.see(tag, time.monotonic())
            return
        if not tag.is_config:
            self._held.append((kind, timestamp, payload))
            self._held_bytes += len(payload)
        is_waited_for = timestamp - self._key_at <= _SOUND_WAIT_MS
        if flv.AUDIO in self._configs or not is_waited_for or self._is_too_much():
            self._release()

    def _is_too_much(self) -> bool:
        return len(self._held) > _HELD_MAX or self._held_bytes > _HELD_BYTES_MAX

    def _release(self) -> None:
        self._host.started(self)
        configs, held = list(self._configs.values()), self._held
        self._configs, self._held = {}, []
        for kind, timestamp, payload in (*configs, *held):
            self.take(kind, timestamp, payload)
