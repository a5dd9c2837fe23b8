"""RTMP as encoders speak it, publishing only: one connection, with a limit on everything.

Adobe's RTMP 1.0: handshake §5.2, protocol control §5.4, commands §7.2. Refusals are `onStatus`
messages of level `error`, sent before the socket is closed in an orderly way.
"""

import asyncio
import contextlib
import os
import struct
import time
from typing import Any, cast
from urllib.parse import parse_qs

from typing_extensions import override

from bofen.gateways.streams.protocol import RefusalCode, StopReason
from bofen.kit import log
from bofen.kit.addresses import place_of
from bofen.kit.ids import new_id
from bofen.media import amf, chunks
from bofen.media.chunks import ChunkReader, Message
from bofen.media.door import Door
from bofen.media.errors import MalformedStream, PushRefused
from bofen.media.push import Push
from bofen.media.shop import PushAsked

_HANDSHAKE = 1536
_WINDOW = 5_000_000
_WINDOW_MIN = 65_536
_APP = "live"
_BAD_NAME = "NetStream.Publish.BadName"
_FAILED = "NetStream.Publish.Failed"
_FAULT = "the live engine failed over this stream: start it again"
_log = log.get(__name__)


class Connection(asyncio.Protocol):
    """One pusher, from the handshake to the end.

    Whatever goes wrong with it stays with it: the encoder is told, the shop is told, others go on.
    """

    def __init__(self, door: Door) -> None:
        self.address = ""
        self.place = ""
        self.began = time.monotonic()
        self._door = door
        self._reader = ChunkReader()
        self._shakes = bytearray()
        self._greeted = 0
        self._received = self._acknowledged = 0
        self._window = _WINDOW // 2
        self._app = ""
        self._push: Push | None = None
        self._admitted_at = self.began
        self._asking: asyncio.Task[None] | None = None
        self._reason: StopReason = "left"
        self._refused_at: float | None = None

    # -- what asyncio calls

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        peer = self._transport.get_extra_info("peername")
        self.address = str(peer[0]) if peer else ""
        self.place = place_of(self.address)
        self._door.enter(self)

    @override
    def data_received(self, data: bytes) -> None:
        if self._refused_at is not None:
            return  # Read and thrown away, so that closing sends no reset before our last word.
        self._received += len(data)
        try:
            self._acknowledge()
            if self._greeted < 2:
                data = self._greet(data)
            self._reader.feed(data)
            self._read()
        except MalformedStream as error:
            _log.warning("push_malformed", address=self.address, code=error.code, why=str(error))
            self._refuse(_FAILED, error.code, str(error))
        except Exception:  # noqa: BLE001 - contained, logged, told
            _log.exception("push_failed", address=self.address)
            self._reason = "fault"
            self._refuse(_FAILED, "engine_fault", _FAULT)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._door.leave(self)
        if self._asking is not None:
            self._asking.cancel()
        self._stop()

    # -- what the door calls

    def is_admitted(self) -> bool:
        """The shop has let it publish."""
        return self._push is not None

    def is_asking(self) -> bool:
        """The shop is being asked."""
        return self._asking is not None

    def cut(self) -> None:
        """Close at once, without a word."""
        self.hang_up("shutdown" if self._push else "silent")

    def sweep(self, now: float) -> None:
        """End it, if it has kept us waiting too long at this stage."""
        limits = self._door.deadlines
        push = self._push
        if self._refused_at is not None:
            if now - self._refused_at > limits.farewell_s:
                self._transport.abort()
        elif push is None:
            limit = limits.publish_s if self._greeted == 2 else limits.handshake_s
            if self._asking is None and now - self.began > limit:
                self.hang_up("silent")
        elif push.started_at is None and now - self._admitted_at > limits.picture_s:
            why = f"no H.264 picture came within {limits.picture_s:.0f} seconds: check the encoder"
            self._refuse(_FAILED, "no_picture", why)
        elif push.started_at is not None and push.silent_s() > limits.silent_s:
            self.hang_up("silent")
        else:
            push.look()

    def hang_up(self, reason: StopReason) -> None:
        """End the push. Who was kicked is told so; for all others the line is simply dead."""
        self._reason = reason
        if reason == "kicked":
            self._refuse(_FAILED, "ended_by_shop", "the shop has ended this broadcast")
            return
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
        while self._asking is None and self._refused_at is None:
            if self._transport.is_closing():
                return
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
                why = "this door is for publishing only"
                self._refuse("NetStream.Play.Failed", "not_publishing", why)
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
            why = "no such application: the server address ends in /live"
            self._refuse(_BAD_NAME, "wrong_application", why)
            return
        name, _, query = target.partition("?")
        keys = parse_qs(query).get("key", [""])
        asked = PushAsked(str(new_id()), name, keys[0], self.address)
        self._transport.pause_reading()
        self._asking = asyncio.create_task(self._ask(asked))

    async def _ask(self, asked: PushAsked) -> None:
        try:
            push = await self._door.admit(asked, self.hang_up)
        except PushRefused as refused:
            _log.info(
                "push_refused", stream=asked.name[:64], address=self.address, code=refused.code
            )
            self._refuse(_BAD_NAME, refused.code, str(refused))
            return
        except Exception:  # noqa: BLE001 - contained, logged, told
            _log.exception("push_failed", address=self.address)
            self._refuse(_FAILED, "engine_fault", _FAULT)
            return
        finally:
            self._asking = None
        self._push = push
        self._admitted_at = time.monotonic()
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

    def _refuse(self, status: str, code: RefusalCode, why: str) -> None:
        """Say why, shut down writing, and close once the other side has had time to read it.

        A socket that is closed with unread input sends a reset, which throws away what we said.
        """
        if self._refused_at is not None or self._transport.is_closing():
            return
        self._refused_at = time.monotonic()
        if self._greeted < 2:  # Nobody there who understands RTMP.
            self._transport.abort()
            return
        if self._reason == "left":
            self._reason = "protocol"
        self._tell(_status("error", status, why))
        with contextlib.suppress(OSError):  # Who hung up in this moment reads nothing any more.
            self._transport.write_eof()
        self._transport.resume_reading()
        if self._push is not None:
            self._push.send_away(code, why)
        self._stop()


def _status(level: str, code: str, description: str) -> dict[str, Any]:
    return {"level": level, "code": code, "description": description}
