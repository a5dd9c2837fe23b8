"""The room gateway: hears room changes on the bus, tells each room once per tick, counts likes.

PostgreSQL is asked when a room is opened here and when somebody enters, never for a frame.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import Sequence
from urllib.parse import urlsplit
from uuid import UUID

from picows import WSUpgradeRequest, ws_create_server

from bofen.flows.rooms import CHANNEL
from bofen.flows.services import Services
from bofen.identity import queries as identity
from bofen.kit import clock, log
from bofen.kit.batch import Batcher
from bofen.kit.crypto import token_hash
from bofen.kit.ids import short_token
from bofen.live import queries
from bofen.live import service as live
from bofen.rooms.hub import Hub
from bofen.rooms.viewer import FRAME_BYTES_MAX, Viewer
from bofen.settings.recent import RecentSettings

TICK_S = 0.1
FLUSH_S = 1.0
VIEWERS_CHANNEL = "viewers."
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_log = log.get(__name__)


class Gateway:
    def __init__(self, services: Services) -> None:
        self._services = services
        self._hubs: dict[UUID, Hub] = {}
        self._name = short_token()
        self._opening = asyncio.Lock()
        self._settings = RecentSettings(services.db)
        self._people: Batcher[bytes, UUID | None] = Batcher(self._read_people)
        services.bus.listen(CHANNEL, self._on_changes)
        services.bus.listen(VIEWERS_CHANNEL, self._on_viewers)

    def accept(self, request: WSUpgradeRequest) -> Viewer | None:
        """None answers 404."""
        parts = request.path.decode(errors="replace").split("?")[0].strip("/").split("/")
        if len(parts) != 2 or parts[0] != "rooms" or not self._is_welcome(request):
            return None
        try:
            return Viewer(self, UUID(parts[1]))
        except ValueError:
            return None

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
        hub = self._hubs.get(room_id) or await self._open(room_id)
        if hub is None or not token:
            return (hub, None) if hub else None
        return hub, await self._people.ask(token_hash(token))

    async def _read_people(self, hashes: Sequence[bytes]) -> list[UUID | None]:
        """A room fills in a moment: whoever arrives together is looked up together."""
        async with self._services.db.transaction() as tx:
            found = await identity.of_sessions(tx, set(hashes), clock.now())
        return [found[each].person_id if each in found else None for each in hashes]

    def leave(self, hub: Hub, viewer: Viewer) -> None:
        hub.sockets.discard(viewer)

    async def _open(self, room_id: UUID) -> Hub | None:
        async with self._opening:
            if room_id in self._hubs:
                return self._hubs[room_id]
            async with self._services.db.transaction() as tx:
                found = await queries.position(tx, room_id)
            if found is None:
                return None
            limit = (await self._settings.at(clock.now())).live.likes_a_second_max
            self._hubs[room_id] = Hub(
                room_id, found.epoch, found.seq, found.likes, likes_a_second_max=limit
            )
            return self._hubs[room_id]

    async def _on_changes(self, channel: str, message: bytes) -> None:
        hub = self._hubs.get(UUID(channel.removeprefix(CHANNEL)))
        if hub is not None:
            hub.add(json.loads(message)["changes"])

    async def _on_viewers(self, channel: str, message: bytes) -> None:
        said = json.loads(message)
        hub = self._hubs.get(UUID(channel.removeprefix(VIEWERS_CHANNEL)))
        if hub is not None and said["gateway"] != self._name:
            hub.others[said["gateway"]] = (said["viewers"], time.monotonic())

    async def tick(self) -> None:
        """Forever: one frame a room, at most each 100 ms; totals once a second."""
        flushed = time.monotonic()
        while True:
            await asyncio.sleep(TICK_S)
            is_second = time.monotonic() - flushed >= FLUSH_S
            if is_second:
                flushed = time.monotonic()
                await self._flush()
            for hub in list(self._hubs.values()):
                frame = hub.frame(with_counts=is_second)
                if frame is not None:
                    hub.tell_all(frame)

    async def _flush(self) -> None:
        """Likes go to PostgreSQL, viewers to the other gateways; empty rooms are forgotten."""
        now = time.monotonic()
        for hub in self._hubs.values():
            for socket in list(hub.sockets):
                if isinstance(socket, Viewer):
                    socket.close_if_silent(now)
        counted = {
            hub.room_id: (hub.new_likes, hub.viewers())
            for hub in self._hubs.values()
            if hub.new_likes or (hub.viewers(), hub.likes) != hub.told
        }
        if counted:
            try:
                await self._refresh_limits()
                await self._write(counted)
            except Exception:  # noqa: BLE001 - likes of one second are not worth a broadcast
                _log.exception("likes_not_written")
        await self._tell_gateways()
        for room_id in [r for r, h in self._hubs.items() if not h.sockets and not h.new_likes]:
            del self._hubs[room_id]

    async def _refresh_limits(self) -> None:
        """What the merchant allows may have changed since a room was opened here."""
        limit = (await self._settings.at(clock.now())).live.likes_a_second_max
        for hub in self._hubs.values():
            hub.likes_a_second_max = limit

    async def _write(self, counted: dict[UUID, tuple[int, int]]) -> None:
        async with self._services.db.transaction() as tx:
            totals = await live.add_likes(tx, counted)
        for room_id, (likes, _) in counted.items():
            hub = self._hubs[room_id]
            hub.new_likes -= likes
            hub.likes = totals[room_id]

    async def _tell_gateways(self) -> None:
        """How many are here: each second, since the others forget what they do not hear again."""
        for hub in list(self._hubs.values()):
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
        websocket_handshake_timeout=5,
    )
    ticking = asyncio.create_task(gateway.tick())
    try:
        await ticking
    finally:
        ticking.cancel()
        server.close()
        with contextlib.suppress(asyncio.CancelledError):
            await ticking
