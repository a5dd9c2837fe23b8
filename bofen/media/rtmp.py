"""The door for OBS and its kind: RTMP, publishing only, with a limit on everything."""

import asyncio
import os
import struct
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import parse_qs

from typing_extensions import override

from bofen.gateways.streams.protocol import StopReason
from bofen.kit import log
from bofen.kit.ids import new_id
from bofen.media import amf, chunks
from bofen.media.chunks import ChunkReader, Message
from bofen.media.errors import MalformedStream, PushRefused, UnsupportedMedia
from bofen.media.push import Push
from bofen.media.shop import PushAsked

_HANDSHAKE = 1536
_WINDOW = 5_000_000
_WINDOW_MIN = 65_536
_APP = "live"
_log = log.get(__name__)

Admit = Callable[[PushAsked, Callable[[StopReason], None]], Awaitable[Push]]
Left = Callable[[Push, StopReason], None]


@dataclass(frozen=True)
class Deadlines:
    handshake_s: float = 5.0
    publish_s: float = 10.0
    silent_s: float = 15.0
    connections_max: int = 512


class Connection(asyncio.Protocol):
    """One pusher, from the handshake to the end."""

    def __init__(self, door: "Door") -> None:
        self._door = door
        self._reader = ChunkReader()
        self._shakes = bytearray()
        self._greeted = 0
        self._began = time.monotonic()
        self._received = self._acknowledged = 0
        self._window = _WINDOW // 2
        self._app = ""
        self._push: Push | None = None
        self._asking: asyncio.Task[None] | None = None
        self._reason: StopReason = "left"

    # -- what asyncio calls

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        peer = self._transport.get_extra_info("peername")
        self._address = str(peer[0]) if peer else ""
        if not self._door.enter(self):
            self._transport.abort()

    @override
    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        try:
            self._acknowledge()
            if self._greeted < 2:
                data = self._greet(data)
            self._reader.feed(data)
            self._read()
        except UnsupportedMedia as error:
            self._refuse("NetStream.Publish.Failed", str(error))
        except MalformedStream as error:
            _log.warning("push_malformed", address=self._address, why=str(error))
            self.hang_up("protocol")

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._door.leave(self)
        if self._asking is not None:
            self._asking.cancel()
        self._stop()

    # -- deadlines

    def overdue(self, now: float, deadlines: Deadlines) -> bool:
        """Whether this pusher has kept us waiting too long, at this stage."""
        if self._push is not None:
            if self._push.started_at is None:
                return now - self._began > deadlines.publish_s + deadlines.silent_s
            return self._push.silent_s() > deadlines.silent_s
        limit = deadlines.publish_s if self._greeted == 2 else deadlines.handshake_s
        return now - self._began > limit

    def hang_up(self, reason: StopReason) -> None:
        self._reason = reason
        self._transport.abort()
        self._stop()

    # -- handshake

    def _greet(self, data: bytes) -> bytes:
        """Consume the handshake; what is left over belongs to the chunk layer."""
        self._shakes += data
        if self._greeted == 0 and len(self._shakes) > _HANDSHAKE:
            if self._shakes[0] != 3:
                raise MalformedStream("not RTMP")
            theirs = bytes(self._shakes[1 : 1 + _HANDSHAKE])
            ours = struct.pack(">II", 0, 0) + os.urandom(_HANDSHAKE - 8)
            self._transport.write(b"\3" + ours + theirs)
            del self._shakes[: 1 + _HANDSHAKE]
            self._greeted = 1
        if self._greeted == 1 and len(self._shakes) >= _HANDSHAKE:
            rest = bytes(self._shakes[_HANDSHAKE:])
            self._shakes.clear()
            self._greeted = 2
            return rest
        if self._greeted == 0 and self._shakes and self._shakes[0] != 3:
            raise MalformedStream("not RTMP")
        return b""

    # -- messages

    def _read(self) -> None:
        """Everything that has arrived, unless the shop is being asked: then it waits."""
        while self._asking is None and not self._transport.is_closing():
            message = self._reader.next_message()
            if message is None:
                return
            self._receive(message)

    def _receive(self, message: Message) -> None:
        kind, payload = message.kind, message.payload
        if kind in (chunks.AUDIO, chunks.VIDEO):
            if self._push is None:
                raise MalformedStream("media before publish")
            self._push.take(kind, message.timestamp, payload)
        elif kind in (chunks.DATA, chunks.DATA_AMF3):
            if self._push is not None and len(payload) <= chunks.COMMAND_MAX:
                self._push.take_metadata(payload[kind == chunks.DATA_AMF3 :])
        elif kind in (chunks.COMMAND, chunks.COMMAND_AMF3):
            self._command(amf.read_all(payload[kind == chunks.COMMAND_AMF3 :]))
        elif kind == chunks.WINDOW_SIZE and len(payload) >= 4:
            self._window = max(_WINDOW_MIN, int.from_bytes(payload[:4], "big") // 2)

    def _command(self, values: list[Any]) -> None:
        name = values[0] if values else None
        number = values[1] if len(values) > 1 and isinstance(values[1], float) else 0.0
        match name:
            case "connect":
                self._connect(number, values[2] if len(values) > 2 else None)
            case "createStream":
                self._answer("_result", number, None, 1)
            case "releaseStream" | "FCPublish":
                self._answer("_result", number, None, None)
            case "publish":
                self._publish(str(values[3]) if len(values) > 3 else "")
            case "play":
                self._refuse("NetStream.Play.Failed", "this door is for publishing only")
            case "deleteStream" | "FCUnpublish" | "closeStream":
                self._stop()

    def _connect(self, number: float, given: Any) -> None:
        app = given.get("app") if isinstance(given, dict) else ""
        self._app = str(app).partition("?")[0].strip("/")
        self._control(chunks.WINDOW_SIZE, struct.pack(">I", _WINDOW))
        self._control(chunks.PEER_BANDWIDTH, struct.pack(">IB", _WINDOW, 2))
        self._control(chunks.SET_CHUNK_SIZE, struct.pack(">I", chunks.CHUNK_OUT))
        about = {"fmsVer": "FMS/3,0,1,123", "capabilities": 31}
        status = _status("status", "NetConnection.Connect.Success", "connected")
        self._answer("_result", number, about, status | {"objectEncoding": 0})

    def _publish(self, target: str) -> None:
        if self._push is not None:
            raise MalformedStream("a second publish on one connection")
        if self._app != _APP:
            self._refuse("NetStream.Publish.BadName", "no such application: use /live")
            return
        name, _, query = target.partition("?")
        keys = parse_qs(query).get("key", [""])
        asked = PushAsked(str(new_id()), name, keys[0], self._address)
        self._transport.pause_reading()
        self._asking = asyncio.create_task(self._ask(asked))

    async def _ask(self, asked: PushAsked) -> None:
        try:
            push = await self._door.admit(asked, self.hang_up)
        except PushRefused as refused:
            _log.info("push_refused", stream=asked.name[:64], address=self._address)
            self._refuse("NetStream.Publish.BadName", str(refused))
            return
        self._push, self._asking = push, None
        if self._transport.is_closing():
            self._stop()
            return
        self._reader.message_max = chunks.MESSAGE_MAX
        self._control(chunks.USER_CONTROL, struct.pack(">HI", 0, 1))
        self._tell(_status("status", "NetStream.Publish.Start", "publishing"))
        self._transport.resume_reading()
        self.data_received(b"")

    def _stop(self) -> None:
        push, self._push = self._push, None
        if push is not None:
            self._door.left(push, self._reason)

    # -- what we write

    def _acknowledge(self) -> None:
        if self._received - self._acknowledged >= self._window:
            self._acknowledged = self._received
            count = self._received & 0xFFFFFFFF
            self._control(chunks.ACKNOWLEDGEMENT, struct.pack(">I", count))

    def _control(self, kind: int, payload: bytes) -> None:
        self._transport.write(chunks.written(2, kind, 0, payload))

    def _answer(self, *values: Any) -> None:
        self._transport.write(chunks.written(3, chunks.COMMAND, 0, amf.write(*values)))

    def _tell(self, status: dict[str, Any]) -> None:
        values = amf.write("onStatus", 0, None, status)
        self._transport.write(chunks.written(5, chunks.COMMAND, 1, values))

    def _refuse(self, code: str, why: str) -> None:
        """Say why, then close once that is sent."""
        self._reason = "protocol"
        self._tell(_status("error", code, why))
        self._transport.close()
        self._stop()


def _status(level: str, code: str, description: str) -> dict[str, Any]:
    return {"level": level, "code": code, "description": description}


class Door:
    """Listens for pushers and closes on those who dawdle."""

    def __init__(self, admit: Admit, left: Left, deadlines: Deadlines | None = None) -> None:
        self.admit = admit
        self.left = left
        self.connections: set[Connection] = set()
        self._deadlines = deadlines or Deadlines()
        self._server: asyncio.Server | None = None

    async def open(self, host: str, port: int) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: Connection(self), host, port)

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    def enter(self, connection: Connection) -> bool:
        self.connections.add(connection)
        return len(self.connections) <= self._deadlines.connections_max

    def leave(self, connection: Connection) -> None:
        self.connections.discard(connection)

    def sweep(self) -> None:
        """Call it about once a second."""
        now = time.monotonic()
        for connection in tuple(self.connections):
            if connection.overdue(now, self._deadlines):
                connection.hang_up("silent")

    async def close(self) -> None:
        """No new pushers; those inside are the engine's to end."""
        if self._server is not None:
            self._server.close()
        for connection in tuple(self.connections):
            connection.hang_up("shutdown")
