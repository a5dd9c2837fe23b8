"""FLV tags: what RTMP carries inside, what HTTP-FLV sends out, what our transcoder speaks."""

import asyncio
import struct
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bofen.media.errors import MalformedStream, UnsupportedMedia

AUDIO: Literal[8] = 8
VIDEO: Literal[9] = 9
SCRIPT: Literal[18] = 18
_H264 = 7
_AAC = 10
_KEY_FRAME = 1
_COMMAND_FRAME = 5
_VIDEO_HEADER = 5
_AUDIO_HEADER = 2
_TAG_HEADER = 11
_SET_DATA_FRAME = b"\x02\x00\x0d@setDataFrame"
_TAG_MAX = 8 << 20
_ONLY_H264 = "only H.264 video is accepted: choose x264 or H.264 in the encoder"
_ONLY_AAC = "only AAC sound is accepted: choose AAC in the encoder"


@dataclass(frozen=True)
class Tag:
    """One H.264 or AAC unit at `at` milliseconds of the stream's own clock."""

    kind: int
    at: int
    payload: bytes
    """As RTMP carries it, small header included."""

    is_config: bool = False
    is_key: bool = False
    offset_ms: int = 0
    """Presentation minus decoding time."""

    @property
    def data(self) -> bytes:
        """Without that header: an access unit, an AAC frame, or a config."""
        return self.payload[_VIDEO_HEADER if self.kind == VIDEO else _AUDIO_HEADER :]

    @cached_property
    def plain(self) -> bytes:
        """As it stands in an FLV file."""
        return written(self.kind, self.at, self.payload)

    @cached_property
    def chunked(self) -> bytes:
        """Framed for HTTP chunked transfer: once, for all readers."""
        return b"%x\r\n%b\r\n" % (len(self.plain), self.plain)

    @cached_property
    def framed(self) -> bytes:
        """As one binary WebSocket message: once, for all readers."""
        return websocket_message(self.plain)


def read(kind: int, at: int, payload: bytes) -> Tag | None:
    """The tag, or None when it carries nothing. Raises UnsupportedMedia for other codecs."""
    return _video(at, payload) if kind == VIDEO else _audio(at, payload)


def _video(at: int, payload: bytes) -> Tag | None:
    if not payload:
        return None
    if payload[0] & 0x80 or payload[0] & 15 != _H264:
        raise UnsupportedMedia(_ONLY_H264, "unsupported_video")
    frame, packet = payload[0] >> 4, payload[1] if len(payload) > 1 else 2
    if frame == _COMMAND_FRAME or packet > 1 or len(payload) <= _VIDEO_HEADER:
        return None
    offset = int.from_bytes(payload[2:5], "big", signed=True)
    is_key = frame == _KEY_FRAME and packet == 1
    return Tag(VIDEO, at, payload, is_config=packet == 0, is_key=is_key, offset_ms=offset)


def _audio(at: int, payload: bytes) -> Tag | None:
    if not payload:
        return None
    if payload[0] >> 4 != _AAC:
        raise UnsupportedMedia(_ONLY_AAC, "unsupported_sound")
    if len(payload) <= _AUDIO_HEADER:
        return None
    return Tag(AUDIO, at, payload, is_config=payload[1] == 0)


def written(kind: int, at: int, payload: bytes) -> bytes:
    """A tag with its trailing length, at `at` milliseconds."""
    size = len(payload)
    return b"".join(
        (
            struct.pack(">II", kind << 24 | size, (at & 0xFFFFFF) << 8 | at >> 24 & 0xFF),
            b"\0\0\0",
            payload,
            struct.pack(">I", size + _TAG_HEADER),
        )
    )


def header(*, has_audio: bool) -> bytes:
    """The first 13 bytes. Promise no sound that will not come: players would wait for it."""
    return b"FLV\x01" + bytes((0x05 if has_audio else 0x01,)) + b"\0\0\0\x09\0\0\0\0"


def metadata(payload: bytes) -> bytes:
    """A script tag from an RTMP data message."""
    return written(SCRIPT, 0, payload.removeprefix(_SET_DATA_FRAME))


def websocket_message(data: bytes) -> bytes:
    """`data` as one unmasked binary WebSocket frame (RFC 6455 §5.2)."""
    size = len(data)
    if size < 126:
        return struct.pack(">BB", 0x82, size) + data
    if size < 1 << 16:
        return struct.pack(">BBH", 0x82, 126, size) + data
    return struct.pack(">BBQ", 0x82, 127, size) + data


async def read_tag(reader: asyncio.StreamReader) -> tuple[int, int, bytes]:
    """Kind, time and payload of the next tag.

    Raises IncompleteReadError at the end, MalformedStream for a tag of more than 8 MB.
    """
    head = await reader.readexactly(_TAG_HEADER)
    size = int.from_bytes(head[1:4], "big")
    if size > _TAG_MAX:
        raise MalformedStream(f"a tag of {size} bytes")
    at = int.from_bytes(head[4:7], "big") | head[7] << 24
    payload = await reader.readexactly(size + 4)
    return head[0], at, payload[:-4]
