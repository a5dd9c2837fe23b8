"""One viewer's socket: enters with a token in the first frame, then sends likes and heartbeats."""

import asyncio
import json
import time
from typing import Any, Protocol
from uuid import UUID

from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport
from typing_extensions import override

from bofen.rooms.hub import Hub

FRAME_BYTES_MAX = 1024
ENTER_WITHIN_S = 5.0
SILENT_MAX_S = 90.0
FRAMES_MAX, FRAMES_WINDOW_S = 40, 10.0
WRITE_BUFFER_MAX = 256 * 1024
RESYNC = b'{"type":"resync"}'


class Door(Protocol):
    """What a socket needs of the gateway."""

    async def enter(self, room_id: UUID, token: str | None) -> tuple[Hub, UUID | None] | None:
        """The room and the person; None when there is no such room."""

    def leave(self, hub: Hub, viewer: "Viewer") -> None: ...


class Viewer(WSListener):
    __slots__ = (
        "_door",
        "_entering",
        "_frames",
        "_hub",
        "_likes",
        "_room_id",
        "_transport",
        "heard_at",
        "person_id",
    )

    def __init__(self, door: Door, room_id: UUID) -> None:
        self._door = door
        self._room_id = room_id
        self._hub: Hub | None = None
        self._transport: WSTransport | None = None
        self._entering: asyncio.Task[None] | asyncio.TimerHandle | None = None
        self._frames = (0.0, 0)
        self._likes = (0, 0)
        self.heard_at = time.monotonic()
        self.person_id: UUID | None = None

    @override
    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport
        loop = asyncio.get_running_loop()
        self._entering = loop.call_later(ENTER_WITHIN_S, self._refuse, b"enter first")

    @override
    def on_ws_disconnected(self, transport: WSTransport) -> None:
        if self._entering:
            self._entering.cancel()
        if self._hub:
            self._door.leave(self._hub, self)
        self._transport = None

    @override
    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.CLOSE:
            transport.send_close(frame.get_close_code())
            transport.disconnect()
            return
        if frame.msg_type != WSMsgType.TEXT or not frame.fin or not self._is_calm():
            if frame.msg_type not in (WSMsgType.PING, WSMsgType.PONG):
                self._refuse(b"unexpected frame")
            elif frame.msg_type == WSMsgType.PING:
                transport.send_pong(frame.get_payload_as_bytes())
            return
        self.heard_at = time.monotonic()
        try:
            asked = json.loads(frame.get_payload_as_bytes())
            kind = asked["type"]
        except (ValueError, KeyError, TypeError):
            self._refuse(b"not understood")
            return
        self._act(kind, asked)

    def _act(self, kind: Any, asked: dict[str, Any]) -> None:
        if kind == "enter" and self._hub is None:
            if self._entering:
                self._entering.cancel()
            self._entering = asyncio.get_running_loop().create_task(self._enter(asked))
        elif kind == "like":
            self._like(asked.get("times"))
        elif kind != "ping":
            self._refuse(b"not understood")

    async def _enter(self, asked: dict[str, Any]) -> None:
        token, seq = asked.get("token"), asked.get("seq")
        found = await self._door.enter(self._room_id, token if isinstance(token, str) else None)
        if found is None or self._transport is None:
            self._refuse(b"no such room")
            return
        self._hub, self.person_id = found
        self._hub.sockets.add(self)
        is_behind = asked.get("epoch") != self._hub.epoch or seq != self._hub.seq
        if is_behind and not (isinstance(seq, int) and seq > self._hub.seq):
            self.tell(RESYNC)
        self.tell(self._hub.welcome())

    def _like(self, times: Any) -> None:
        """Clamped for each second: whoever sends more is not counted more, nor who is not in."""
        if type(times) is not int or times < 1 or self._hub is None:
            return
        second = int(time.monotonic())
        used = self._likes[1] if self._likes[0] == second else 0
        counted = min(times, self._hub.likes_a_second_max - used)
        self._likes = (second, used + counted)
        self._hub.new_likes += counted

    def tell(self, frame: bytes) -> None:
        """A reader that does not keep up is sent away: it comes back and fetches the snapshot."""
        transport = self._transport
        if transport is None:
            return
        if transport.underlying_transport.get_write_buffer_size() > WRITE_BUFFER_MAX:
            transport.disconnect(graceful=False)
            return
        transport.send(WSMsgType.TEXT, frame)

    def close_if_silent(self, now: float) -> None:
        if now - self.heard_at > SILENT_MAX_S:
            self._refuse(b"silent")

    def _is_calm(self) -> bool:
        started, count = self._frames
        now = time.monotonic()
        if now - started > FRAMES_WINDOW_S:
            started, count = now, 0
        self._frames = (started, count + 1)
        return count < FRAMES_MAX

    def _refuse(self, why: bytes) -> None:
        if self._transport is not None:
            self._transport.send_close(WSCloseCode.POLICY_VIOLATION, why)
            self._transport.disconnect()
