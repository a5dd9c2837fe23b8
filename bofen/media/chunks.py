"""The chunk layer of RTMP, without sockets: bytes in, whole messages out, within limits."""

import struct
from collections import deque
from dataclasses import dataclass

from bofen.media.errors import MalformedStream

SET_CHUNK_SIZE, ABORT, ACKNOWLEDGEMENT, USER_CONTROL, WINDOW_SIZE, PEER_BANDWIDTH = 1, 2, 3, 4, 5, 6
AUDIO, VIDEO, DATA_AMF3, COMMAND_AMF3, DATA, COMMAND, AGGREGATE = 8, 9, 15, 17, 18, 20, 22

MESSAGE_MAX = 8 << 20
COMMAND_MAX = 64 << 10
"""Nobody sends more in one message before we know who it is."""
PARTIAL_MAX = 16 << 20
CHUNK_MAX = 1 << 20
CHANNELS_MAX = 64
CHUNK_OUT = 4096
_EXTENDED = 0xFFFFFF
_HEADER_LENGTHS = (11, 7, 3, 0)
_AGGREGATED_HEADER = 11
_AGGREGATED_TRAILER = 4


@dataclass(frozen=True, slots=True)
class Message:
    """One whole RTMP message, put together from its chunks; time in milliseconds."""

    kind: int
    timestamp: int
    stream_id: int
    payload: bytes


class _NeedsMore(Exception):  # noqa: N818 - not an error: the rest is still on its way
    pass


class _Channel:
    """What one chunk stream remembers between its chunks."""

    __slots__ = ("delta", "extended", "kind", "length", "payload", "stream_id", "timestamp")

    def __init__(self) -> None:
        self.timestamp = self.delta = self.length = self.kind = self.stream_id = 0
        self.extended: bytes | None = None
        self.payload: bytearray | None = None


class ChunkReader:
    """Feed it bytes, take messages. Every limit raises MalformedStream."""

    def __init__(self) -> None:
        self.message_max = COMMAND_MAX
        self._buffer = bytearray()
        self._position = 0
        self._chunk_size = 128
        self._channels: dict[int, _Channel] = {}
        self._ready: deque[Message] = deque()
        self._partial = 0

    def feed(self, data: bytes) -> None:
        """More bytes of the connection, cut anywhere."""
        self._buffer += data

    def next_message(self) -> Message | None:
        """The next whole message, or None until more is fed."""
        while not self._ready:
            try:
                message = self._read_chunk()
            except _NeedsMore:
                del self._buffer[: self._position]
                self._position = 0
                return None
            if message is not None:
                self._receive(message)
        return self._ready.popleft()

    def _receive(self, message: Message) -> None:
        """Chunk-level control stays here; aggregates come out as what they are made of."""
        if message.kind == SET_CHUNK_SIZE:
            size = _number(message.payload) & 0x7FFFFFFF
            if not 1 <= size <= CHUNK_MAX:
                raise MalformedStream(f"a chunk size of {size}")
            self._chunk_size = size
        elif message.kind == ABORT:
            channel = self._channels.get(_number(message.payload))
            if channel is not None and channel.payload is not None:
                self._partial -= len(channel.payload)
                channel.payload = None
        elif message.kind == AGGREGATE:
            self._ready.extend(_aggregated(message))
        else:
            self._ready.append(message)

    def _read_chunk(self) -> Message | None:
        """Consume one whole chunk, or nothing. The message, when this chunk completes it."""
        form, channel_id, position = self._basic_header(self._position)
        channel = self._channel(channel_id, form)
        fresh = channel.payload is None or form < 3
        header = self._take(position, _HEADER_LENGTHS[form])
        position += len(header)
        extended, position = self._extended(channel, form, header, position)
        length = int.from_bytes(header[3:6], "big") if form < 2 else channel.length
        if length > self.message_max:
            raise MalformedStream(f"a message of {length} bytes")
        have = 0 if fresh or channel.payload is None else len(channel.payload)
        body = self._take(position, min(self._chunk_size, length - have))
        if fresh:
            self._begin(channel, form, header, extended)
        self._position = position + len(body)
        return self._collect(channel, body)

    def _basic_header(self, position: int) -> tuple[int, int, int]:
        first = self._take(position, 1)[0]
        form, channel_id = first >> 6, first & 63
        if channel_id == 0:
            return form, 64 + self._take(position + 1, 1)[0], position + 2
        if channel_id == 1:
            low, high = self._take(position + 1, 2)
            return form, 64 + low + 256 * high, position + 3
        return form, channel_id, position + 1

    def _channel(self, channel_id: int, form: int) -> _Channel:
        channel = self._channels.get(channel_id)
        if channel is None:
            if form > 1:
                raise MalformedStream("a chunk stream that begins without a header")
            if len(self._channels) >= CHANNELS_MAX:
                raise MalformedStream("too many chunk streams")
            channel = self._channels[channel_id] = _Channel()
        return channel

    def _extended(
        self, channel: _Channel, form: int, header: bytes, position: int
    ) -> tuple[bytes | None, int]:
        """The extended timestamp of this chunk, and where its payload begins.

        Form 3 repeats it. Some encoders leave it out inside a message: then these four bytes
        are not the ones we know, and they are payload.
        """
        if form < 3:
            if int.from_bytes(header[:3], "big") != _EXTENDED:
                return None, position
            return self._take(position, 4), position + 4
        if channel.extended is None:
            return None, position
        found = self._take(position, 4)
        if channel.payload is not None and found != channel.extended:
            return channel.extended, position
        return found, position + 4

    def _begin(self, channel: _Channel, form: int, header: bytes, extended: bytes | None) -> None:
        if channel.payload is not None:  # A header in the middle of a message: it starts over.
            self._partial -= len(channel.payload)
        if form < 3:
            channel.extended = extended
            channel.delta = int.from_bytes(extended or header[:3], "big")
        elif extended is not None:
            channel.delta = int.from_bytes(extended, "big")
        if form == 0:
            channel.timestamp = channel.delta
            channel.stream_id = int.from_bytes(header[7:11], "little")
        else:
            channel.timestamp = (channel.timestamp + channel.delta) & 0xFFFFFFFF
        if form < 2:
            channel.length = int.from_bytes(header[3:6], "big")
            channel.kind = header[6]
        channel.payload = bytearray()

    def _collect(self, channel: _Channel, body: bytes) -> Message | None:
        assert channel.payload is not None
        channel.payload += body
        self._partial += len(body)
        if self._partial > PARTIAL_MAX:
            raise MalformedStream("too many unfinished messages")
        if len(channel.payload) < channel.length:
            return None
        payload, channel.payload = bytes(channel.payload), None
        self._partial -= len(payload)
        return Message(channel.kind, channel.timestamp, channel.stream_id, payload)

    def _take(self, position: int, count: int) -> bytes:
        end = position + count
        if end > len(self._buffer):
            raise _NeedsMore
        return bytes(self._buffer[position:end])


def _number(payload: bytes) -> int:
    if len(payload) < 4:
        raise MalformedStream("a control message is cut short")
    return int.from_bytes(payload[:4], "big")


def _aggregated(message: Message) -> list[Message]:
    """The FLV tags in an aggregate; the first takes the message's time, the rest keep distance."""
    found: list[Message] = []
    body, position, first = message.payload, 0, None
    while position + _AGGREGATED_HEADER <= len(body):
        length = int.from_bytes(body[position + 1 : position + 4], "big")
        low = int.from_bytes(body[position + 4 : position + 7], "big")
        timestamp = low | body[position + 7] << 24
        first = timestamp if first is None else first
        start = position + _AGGREGATED_HEADER
        if start + length > len(body):
            raise MalformedStream("an aggregate is cut short")
        at = (message.timestamp + timestamp - first) & 0xFFFFFFFF
        payload = body[start : start + length]
        found.append(Message(body[position], at, message.stream_id, payload))
        position = start + length + _AGGREGATED_TRAILER
    return found


def written(channel_id: int, kind: int, stream_id: int, payload: bytes) -> bytes:
    """One message as chunks of CHUNK_OUT bytes, at time zero."""
    out = bytearray(bytes((channel_id,)) + b"\0\0\0" + len(payload).to_bytes(3, "big"))
    out += bytes((kind,)) + struct.pack("<I", stream_id)
    for start in range(0, len(payload), CHUNK_OUT):
        if start:
            out.append(0xC0 | channel_id)
        out += payload[start : start + CHUNK_OUT]
    return bytes(out)
