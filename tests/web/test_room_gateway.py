"""A gateway that must not end: lost changes, strangers in number, broken frames, things away."""

import asyncio
import dataclasses
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from picows import WSCloseCode, WSFrame, WSMsgType, WSTransport, ws_connect

from bofen.kit.bus import MemoryBus, RedisBus
from bofen.kit.db import Database
from bofen.kit.ids import new_id
from bofen.rooms.hub import STRANGERS_OF_A_PLACE_MAX, Hub
from bofen.rooms.viewer import Viewer
from tests.redis_server import running_redis
from tests.web.conftest import Shop
from tests.web.test_rooms import Heard, Room, a_room, gateway, opened


class Closed(Heard):
    """Remembers why it was sent away."""

    code: WSCloseCode | None = None

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.CLOSE:
            self.code = frame.get_close_code()
        super().on_ws_frame(transport, frame)


class DeafBus(MemoryBus):
    """Loses every room change."""

    async def publish(self, channel: str, message: bytes) -> None:
        if not channel.startswith("room."):
            await super().publish(channel, message)


@asynccontextmanager
async def _gateway_room(shop: Shop, **changes: Any) -> AsyncIterator[Room]:
    services = dataclasses.replace(shop.services, **changes)
    async with gateway(services) as port:
        room_id = await a_room(shop)
        room = Room(room_id, f"ws://127.0.0.1:{port}/rooms/{room_id}", shop)
        yield room
        await room.leave()


async def _connected(room: Room, kind: type[Heard] = Heard, **headers: str) -> Any:
    _, heard = await ws_connect(kind, room.url, extra_headers=headers)
    return heard


async def test_a_change_that_the_bus_lost_shows_within_seconds(shop: Shop) -> None:
    async with _gateway_room(shop, bus=DeafBus()) as room:
        heard = await room.viewer()
        before = (await room.snapshot())["seq"]

        await room.say(await shop.buyer(), "没人转告的话")

        told = await heard.until(lambda frame: frame.get("seq", 0) > before)
        assert told["changes"] == []
        assert told["seq"] == (await room.snapshot())["seq"]


async def test_a_frozen_redis_holds_up_no_frame(shop: Shop) -> None:
    async with running_redis() as redis:
        bus = RedisBus(redis.url)
        async with _gateway_room(shop, bus=bus) as room:
            heard = await room.viewer(await shop.buyer())
            await heard.until(lambda frame: frame.get("counts", {}).get("viewers") == 1)
            redis.freeze()
            for likes in range(1, 4):
                heard.send(type="like", times=1)
                async with asyncio.timeout(2.5):
                    await heard.until(
                        lambda f, likes=likes: f.get("counts", {}).get("likes") == likes
                    )
            redis.thaw()
        await bus.close()


async def test_a_database_that_is_away_ends_no_gateway(shop: Shop) -> None:
    nowhere = Database("postgresql+asyncpg://bofen@127.0.0.1:9/nothing", {})
    async with _gateway_room(shop, db=nowhere) as room:
        for _ in range(2):
            turned_away = await _connected(room, Closed)
            turned_away.send(type="enter", token=None, epoch=1, seq=0)
            await asyncio.wait_for(turned_away.closed.wait(), 5)
            assert turned_away.code == WSCloseCode.TRY_AGAIN_LATER
    await nowhere.close()


async def test_a_stranger_s_sockets_do_not_make_an_audience(shop: Shop) -> None:
    async with opened(shop) as room:
        for _ in range(STRANGERS_OF_A_PLACE_MAX + 5):
            await room.viewer()
        buyer = await shop.buyer()
        for _ in range(2):
            last = await room.viewer(buyer)
        desk = await _connected(room)
        room.sockets.append(desk)
        desk.send(type="enter", token=None, epoch=1, seq=0, watching=False)

        told = await last.until(lambda frame: "counts" in frame)

        assert told["counts"]["viewers"] == STRANGERS_OF_A_PLACE_MAX + 1


def test_a_lower_limit_takes_no_likes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bofen.rooms.viewer.time", SimpleNamespace(monotonic=lambda: 7.0))
    hub = Hub(new_id(), 1, 0, 0, likes_a_second_max=20)
    viewer = Viewer(cast("Any", None), hub.room_id, "")
    viewer._hub = hub

    viewer._act("like", {"times": 15})
    hub.likes_a_second_max = 3
    viewer._act("like", {"times": 5})

    assert hub.new_likes == 15


async def test_one_address_does_not_fill_the_gateway(shop: Shop) -> None:
    settings = shop.services.settings.model_copy(update={"connections_of_an_address_max": 3})
    async with _gateway_room(shop, settings=settings) as room:
        held = [await _connected(room) for _ in range(3)]
        refused = await _connected(room, Closed)
        await asyncio.wait_for(refused.closed.wait(), 5)
        assert refused.code == WSCloseCode.TRY_AGAIN_LATER

        held[0].transport.disconnect()
        await asyncio.wait_for(held[0].closed.wait(), 5)
        again = await room.viewer()
        assert (await again.frames.get())["type"] in ("tick", "resync")
        for heard in held[1:]:
            heard.transport.disconnect()


async def test_behind_a_trusted_proxy_addresses_are_those_that_it_names(shop: Shop) -> None:
    settings = shop.services.settings.model_copy(
        update={"connections_of_an_address_max": 1, "trusted_proxies": ("127.0.0.1",)}
    )
    async with _gateway_room(shop, settings=settings) as room:
        one = await _connected(room, **{"X-Forwarded-For": "203.0.113.7"})
        other = await _connected(room, **{"X-Forwarded-For": "6.6.6.6, 203.0.113.8"})
        lying = await _connected(room, Closed, **{"X-Forwarded-For": "6.6.6.6, 203.0.113.7"})

        await asyncio.wait_for(lying.closed.wait(), 5)
        assert lying.code == WSCloseCode.TRY_AGAIN_LATER
        for heard in (one, other):
            assert not heard.closed.is_set()
            heard.transport.disconnect()


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 1000,
        b'{"a":' * 150,
        b'{"type":"enter","token":"\\ud800"}',
        b'{"type":"enter","token":7}',
        b'{"type":"enter","token":"%s"}' % (b"x" * 300),
        b'{"type":["enter"]}',
        b"\xff\xfe",
        b"",
    ],
)
async def test_a_frame_that_makes_no_sense_is_the_last_one(shop: Shop, content: bytes) -> None:
    async with opened(shop) as room:
        heard = await _connected(room, Closed)
        heard.transport.send(WSMsgType.TEXT, content)

        await asyncio.wait_for(heard.closed.wait(), 2)

        assert heard.code == WSCloseCode.POLICY_VIOLATION


async def test_whoever_enters_twice_is_sent_away(shop: Shop) -> None:
    async with opened(shop) as room:
        heard = await _connected(room, Closed)
        for _ in range(2):
            heard.send(type="enter", token=None, epoch=1, seq=0)

        await asyncio.wait_for(heard.closed.wait(), 2)

        assert heard.code == WSCloseCode.POLICY_VIOLATION


async def test_a_gateway_says_that_it_is_well(shop: Shop) -> None:
    async with opened(shop) as room, httpx.AsyncClient(trust_env=False) as http:
        address = room.url.replace("ws:", "http:").split("/rooms/")[0]
        answer = await http.get(f"{address}/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "OK", "rooms": 0, "sockets": 0})


async def test_a_silent_socket_is_closed_before_it_says_anything(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bofen.rooms.serve.HANDSHAKE_WITHIN_S", 0.3)
    async with opened(shop) as room:
        port = int(room.url.split(":")[2].split("/")[0])
        reader, writer = await asyncio.open_connection("127.0.0.1", port, family=socket.AF_INET)
        async with asyncio.timeout(4):
            assert await reader.read(1) == b""
        writer.close()


async def test_changes_of_an_unknown_room_are_nobody_s(shop: Shop) -> None:
    async with opened(shop) as room:
        heard = await room.viewer()
        await heard.until(lambda frame: "counts" in frame)
        said = json.dumps({"changes": [{"seq": 1, "kind": "unpinned"}]}).encode()
        await shop.services.bus.publish(f"room.{new_id()}", said)
        await shop.services.bus.publish("room.nonsense", said)
        heard.send(type="like", times=1)

        assert (await heard.until(lambda f: f.get("counts", {}).get("likes")))["changes"] == []
