"""One admitted connection: holds its first tags until it is clear what it sends, then streams."""

import time
from collections.abc import Callable
from datetime import datetime

from bofen.gateways.streams.protocol import StopReason
from bofen.media import flv
from bofen.media.errors import MalformedStream
from bofen.media.stream import Stream

_SOUND_WAIT_MS = 500
_HELD_MAX = 1_200
_HELD_BYTES_MAX = 8 << 20


class Push:
    """`started` is called at the first key frame; `hang_up` ends the connection behind it."""

    def __init__(
        self,
        stream: Stream,
        push_id: str,
        session: str,
        started: Callable[["Push"], None],
        hang_up: Callable[[StopReason], None],
    ) -> None:
        self.stream = stream
        self.push_id = push_id
        self.session = session
        self.hang_up = hang_up
        self.started_at: datetime | None = None
        self._last_picture = time.monotonic()
        self._started = started
        self._held: list[tuple[int, int, bytes]] = []
        self._held_bytes = 0
        self._has_audio = False
        self._has_video = False
        self._key_at: int | None = None

    @property
    def name(self) -> str:
        return self.stream.name

    def silent_s(self) -> float:
        """For how long no picture came: sound alone is a stream that hangs."""
        return time.monotonic() - self._last_picture

    def take_metadata(self, payload: bytes) -> None:
        self.stream.hub.metadata = flv.metadata(payload)

    def take(self, kind: int, timestamp: int, payload: bytes) -> None:
        """One audio or video message. Raises MalformedStream, UnsupportedMedia."""
        if kind == flv.VIDEO:
            self._last_picture = time.monotonic()
        if self.started_at is None:
            self._hold(kind, timestamp, payload)
        elif kind == flv.VIDEO or self._has_audio:
            self.stream.take(kind, timestamp, payload)

    def _hold(self, kind: int, timestamp: int, payload: bytes) -> None:
        tag = flv.read(kind, timestamp, payload)
        if tag is None:
            return
        self._held.append((kind, timestamp, payload))
        self._held_bytes += len(payload)
        if len(self._held) > _HELD_MAX or self._held_bytes > _HELD_BYTES_MAX:
            raise MalformedStream("no H.264 header and key frame came: check the encoder")
        if tag.is_config:
            self._has_video |= kind == flv.VIDEO
            self._has_audio |= kind == flv.AUDIO
        elif tag.is_key and self._has_video and self._key_at is None:
            self._key_at = timestamp
        if self._key_at is None:
            return
        if self._has_audio or timestamp - self._key_at > _SOUND_WAIT_MS:
            self._release()

    def _release(self) -> None:
        self.stream.expect(has_audio=self._has_audio)
        self._started(self)
        held, self._held = self._held, []
        for kind, timestamp, payload in held:
            self.take(kind, timestamp, payload)
