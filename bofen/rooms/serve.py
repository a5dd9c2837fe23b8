"""The room gateway: hears room changes on the bus, tells each room once per tick, counts likes.

PostgreSQL is asked when a room is opened here, when somebody enters, and once a second for all
rooms together; never for a frame. Whatever is away, frames go on.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from picows import (
    WSUpgradeRequest,
    WSUpgradeResponse,
    WSUpgradeResponseWithListener,
    ws_create_server,
)

from bofen.flows.rooms import CHANNEL
from bofen.flows.services import Services
from bofen.identity import queries as identity
from bofen.kit import clock, descriptors, log
from bofen.kit.addresses import Doorman, Proxies
from bofen.kit.batch import Batcher
from bofen.kit.crypto import token_hash
from bofen.kit.errors import Unavailable
from bofen.kit.ids import short_token
from bofen.live import queries
from bofen.live import service as live
from bofen.rooms.hub import Hub
from bofen.rooms.viewer import FRAME_BYTES_MAX, Viewer
from bofen.settings.recent import RecentSettings

TICK_S = 0.1
SECOND_S = 1.0
HANDSHAKE_WITHIN_S = 5.0
VIEWERS_CHANNEL = "viewers."
HEALTH_PATH = b"/healthz"
_JSON = {"Content-Type": "application/json"}
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_log = log.get(__name__)


class Gateway:
    """The rooms that somebody here is watching, and what keeps them true."""

    def __init__(self, services: Services) -> None:
        settings = services.settings
        self._services = services
        self._hubs: dict[UUID, Hub] = {}
        self._name = short_token()
        self._meanwhile: dict[UUID, list[dict[str, Any]]] = {}
        """Told while the room was being opened, by room."""
        self._opening = asyncio.Lock()
        self._settings = RecentSettings(services.db)
        self._people: Batcher[bytes, UUID | None] = Batcher(self._read_people)
        self._ticked_at = time.monotonic()
        self.proxies = Proxies(settings.trusted_proxies)
        self.doorman = Doorman(
            of_a_place_max=settings.connections_of_an_address_max,
            all_max=descriptors.for_strangers(),
        )
        services.bus.listen(CHANNEL, self._on_changes)
        services.bus.listen(VIEWERS_CHANNEL, self._on_viewers)

    def accept(self, request: WSUpgradeRequest) -> Viewer | WSUpgradeResponseWithListener | None:
        """None answers 404. `/healthz` says whether frames go out: for supervisors and proxies."""
        path = request.path.split(b"?")[0]
        if path == HEALTH_PATH:
            return WSUpgradeResponseWithListener(self._health(), None)
        parts = path.decode(errors="replace").strip("/").split("/")
        if len(parts) != 2 or parts[0] != "rooms" or not self._is_welcome(request):
            return None
        try:
            room_id = UUID(parts[1])
        except ValueError:
            return None
        return Viewer(self, room_id, request.headers.get("X-Forwarded-For", ""))

    def _health(self) -> WSUpgradeResponse:
        late_s = time.monotonic() - self._ticked_at
        status = HTTPStatus.OK if late_s < SECOND_S else HTTPStatus.SERVICE_UNAVAILABLE
        sockets = sum(len(hub.sockets) for hub in self._hubs.values())
        body = {"status": status.phrase, "rooms": len(self._hubs), "sockets": sockets}
        answer: WSUpgradeResponse = WSUpgradeResponse.create_ok_response(
            json.dumps(body).encode(), _JSON
        )
        answer.status = status
        return answer

    def _is_welcome(self, request: WSUpgradeRequest) -> bool:
        """Browsers name their page: only ours may connect. Mini programs name none."""
        origin = request.headers.get("Origin", "")
        if not origin:
            return True
        settings = self._services.settings
        if origin == settings.shop_url:
            return True
        return not settings.production and urlsplit(origin).hostname in _LOOPBACK

    async def enter(self, room_id: UUID, token: str | None) -> tuple[Hub, UUID | None] | None:
        """See `Door.enter`."""
        hub = self._hubs.get(room_id) or await self._open(room_id)
        if hub is None or not token:
            return (hub, None) if hub else None
        return hub, await self._people.ask(token_hash(token))

    async def _read_people(self, hashes: Sequence[bytes]) -> list[UUID | None]:
        """A room fills in a moment: whoever arrives together is looked up together."""
        async with self._services.db.question() as tx:
            found = await identity.of_sessions(tx, set(hashes), clock.now())
        return [found[each].person_id if each in found else None for each in hashes]

    def leave(self, hub: Hub, viewer: Viewer) -> None:
        """See `Door.leave`."""
        hub.sockets.discard(viewer)

    async def _open(self, room_id: UUID) -> Hub | None:
        async with self._opening:
            if room_id in self._hubs:
                return self._hubs[room_id]
            limit = (await self._settings.at(clock.now())).live.likes_a_second_max
            heard = self._meanwhile[room_id] = []
            try:
                async with self._services.db.transaction() as tx:
                    found = await queries.position(tx, room_id)
            finally:
                del self._meanwhile[room_id]
            if found is None:
                return None
            hub = Hub(room_id, found.epoch, found.seq, found.likes, likes_a_second_max=limit)
            hub.add([change for change in heard if change["seq"] > found.seq])
            self._hubs[room_id] = hub
            return hub

    async def _on_changes(self, channel: str, message: bytes) -> None:
        room_id = UUID(channel.removeprefix(CHANNEL))
        if (hub := self._hubs.get(room_id)) is not None:
            hub.add(json.loads(message)["changes"])
        elif (heard := self._meanwhile.get(room_id)) is not None:
            heard += json.loads(message)["changes"]

    async def _on_viewers(self, channel: str, message: bytes) -> None:
        said = json.loads(message)
        hub = self._hubs.get(UUID(channel.removeprefix(VIEWERS_CHANNEL)))
        if hub is not None and said["gateway"] != self._name:
            hub.others[said["gateway"]] = (said["viewers"], time.monotonic())

    async def tick(self) -> None:
        """Forever: one frame a room, at most each 100 ms; totals once a second."""
        counted_at = time.monotonic()
        while True:
            await asyncio.sleep(TICK_S)
            self._ticked_at = time.monotonic()
            is_second = self._ticked_at - counted_at >= SECOND_S
            if is_second:
                counted_at = self._ticked_at
            for hub in list(self._hubs.values()):
                try:
                    frame = hub.frame(with_counts=is_second)
                    if frame is not None:
                        hub.tell_all(frame)
                except Exception:  # noqa: BLE001 - one room must not stop the others
                    _log.exception("frame_failed", room=str(hub.room_id))

    async def each_second(self, work: Callable[[], Awaitable[None]]) -> None:
        """Forever. What is away now, database or bus, is asked again in a second."""
        while True:
            await asyncio.sleep(SECOND_S)
            try:
                await work()
            except Unavailable as reason:
                _log.warning("gateway_waits", work=work.__name__, what=reason.what)
            except Exception:  # noqa: BLE001 - no failure is worth the broadcast
                _log.exception("gateway_work_failed", work=work.__name__)

    async def keep_books(self) -> None:
        """Likes go to PostgreSQL, what the bus lost comes from there; empty rooms are forgotten."""
        hubs = dict(self._hubs)
        now = {room_id: (hub.new_likes, hub.viewers()) for room_id, hub in hubs.items()}
        counted = {room_id: n for room_id, n in now.items() if n != (0, hubs[room_id].written)}
        if not hubs:
            return
        limit = (await self._settings.at(clock.now())).live.likes_a_second_max
        async with self._services.db.transaction() as tx:
            positions = await queries.positions(tx, hubs)
            totals = await live.add_likes(tx, counted) if counted else {}
        for room_id, total in totals.items():
            hub = hubs[room_id]
            hub.new_likes -= counted[room_id][0]
            hub.likes, hub.written = total, counted[room_id][1]
        for room_id, hub in hubs.items():
            hub.likes_a_second_max = limit
            behind = hub.catch_up(*positions.get(room_id, (hub.epoch, hub.seq)))
            if behind is not None:
                _log.warning("room_change_lost", room=str(room_id))
                hub.tell_all(behind)
            if not hub.sockets and not hub.new_likes and not now[room_id][1]:
                del self._hubs[room_id]

    async def look_around(self) -> None:
        """The other gateways hear how many are here, and whoever fell silent is sent away."""
        now = time.monotonic()
        for hub in list(self._hubs.values()):
            for socket in list(hub.sockets):
                if isinstance(socket, Viewer):
                    socket.close_if_silent(now)
            said = {"gateway": self._name, "viewers": hub.viewers_here()}
            channel = f"{VIEWERS_CHANNEL}{hub.room_id}"
            await self._services.bus.publish(channel, json.dumps(said).encode())


async def serve(services: Services) -> None:
    """Until cancelled. Several gateways may run: the bus joins them."""
    gateway = Gateway(services)
    await services.bus.start()
    settings = services.settings
    server = await ws_create_server(
        gateway.accept,
        settings.host,
        settings.rooms_port,
        max_frame_size=FRAME_BYTES_MAX,
        read_buffer_init_size=2 * FRAME_BYTES_MAX,
        websocket_handshake_timeout=HANDSHAKE_WITHIN_S,
    )
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(gateway.tick())
            group.create_task(gateway.each_second(gateway.keep_books))
            group.create_task(gateway.each_second(gateway.look_around))
    finally:
        server.close()
