"""One viewer's socket: enters with a token in the first frame, then sends likes and heartbeats."""

import asyncio
import json
import time
from typing import Any, Protocol
from uuid import UUID

from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport
from typing_extensions import override

from bofen.kit import log
from bofen.kit.addresses import Doorman, Proxies, place_of
from bofen.kit.errors import Refusal
from bofen.rooms.hub import Hub

FRAME_BYTES_MAX = 1024
ENTER_WITHIN_S = 5.0
SILENT_MAX_S = 90.0
FRAMES_MAX, FRAMES_WINDOW_S = 40, 10.0
WRITE_BUFFER_MAX = 256 * 1024
TOKEN_MAX = 200
RESYNC = b'{"type":"resync"}'
_log = log.get(__name__)


class Door(Protocol):
    """What a socket needs of the gateway."""

    proxies: Proxies
    doorman: Doorman

    async def enter(self, room_id: UUID, token: str | None) -> tuple[Hub, UUID | None] | None:
        """The room and the person; None when there is no such room."""

    def leave(self, hub: Hub, viewer: "Viewer") -> None:
        """The socket is closed."""


class Viewer(WSListener):
    """Lives as long as its socket. Whatever is not understood closes it with 1008."""

    __slots__ = (
        "_door",
        "_entering",
        "_forwarded_for",
        "_frames",
        "_hub",
        "_is_admitted",
        "_likes",
        "_room_id",
        "_transport",
        "is_watching",
        "person_id",
        "place",
        "spoke_at",
    )

    def __init__(self, door: Door, room_id: UUID, forwarded_for: str = "") -> None:
        self._door = door
        self._room_id = room_id
        self._forwarded_for = forwarded_for
        self._hub: Hub | None = None
        self._transport: WSTransport | None = None
        self._entering: asyncio.Task[None] | asyncio.TimerHandle | None = None
        self._frames = (0.0, 0)
        self._likes = (0, 0)
        self._is_admitted = False
        self.place = ""
        self.is_watching = True
        self.spoke_at = time.monotonic()
        self.person_id: UUID | None = None

    @override
    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport
        peer = str((transport.underlying_transport.get_extra_info("peername") or ("",))[0])
        address = self._door.proxies.client(peer, self._forwarded_for)
        self.place = place_of(address)
        is_proxy = self._door.proxies.trusts(address)
        self._is_admitted = self._door.doorman.admit(self.place, is_proxy=is_proxy)
        if not self._is_admitted:
            self._close(WSCloseCode.TRY_AGAIN_LATER, b"too many connections")
            return
        loop = asyncio.get_running_loop()
        self._entering = loop.call_later(ENTER_WITHIN_S, self._refuse, b"enter first")

    @override
    def on_ws_disconnected(self, transport: WSTransport) -> None:
        if self._is_admitted:
            self._door.doorman.leave(self.place)
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
        self.spoke_at = time.monotonic()
        try:
            asked = json.loads(frame.get_payload_as_bytes())
            kind = asked["type"]
        except (ValueError, KeyError, TypeError, RecursionError):
            self._refuse(b"not understood")
            return
        self._act(kind, asked)

    def _act(self, kind: Any, asked: dict[str, Any]) -> None:
        if kind == "enter" and self._hub is None and not isinstance(self._entering, asyncio.Task):
            if self._entering:
                self._entering.cancel()
            self._entering = asyncio.get_running_loop().create_task(self._enter(asked))
        elif kind == "like":
            self._like(asked.get("times"))
        elif kind != "ping":
            self._refuse(b"not understood")

    async def _enter(self, asked: dict[str, Any]) -> None:
        token, seq = asked.get("token"), asked.get("seq")
        if token is not None and not _is_token(token):
            self._refuse(b"not a token")
            return
        try:
            found = await self._door.enter(self._room_id, token)
        except Refusal as refusal:  # the database is away, or too many enter: he comes again
            _log.warning("enter_refused", room=str(self._room_id), code=refusal.code)
            self._close(WSCloseCode.TRY_AGAIN_LATER, b"try again")
            return
        if found is None or self._transport is None:
            self._refuse(b"no such room")
            return
        self._hub, self.person_id = found
        self.is_watching = asked.get("watching") is not False
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
        counted = max(0, min(times, self._hub.likes_a_second_max - used))
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
        """`now` on the monotonic clock."""
        if now - self.spoke_at > SILENT_MAX_S:
            self._refuse(b"silent")

    def _is_calm(self) -> bool:
        started, count = self._frames
        now = time.monotonic()
        if now - started > FRAMES_WINDOW_S:
            started, count = now, 0
        self._frames = (started, count + 1)
        return count < FRAMES_MAX

    def _refuse(self, why: bytes) -> None:
        self._close(WSCloseCode.POLICY_VIOLATION, why)

    def _close(self, code: WSCloseCode, why: bytes) -> None:
        if self._transport is not None:
            self._transport.send_close(code, why)
            self._transport.disconnect()


def _is_token(token: Any) -> bool:
    return isinstance(token, str) and len(token) <= TOKEN_MAX and token.isascii()
