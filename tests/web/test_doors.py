"""What a crowd asks for is answered at the door as at the route behind it, whatever is asked."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bofen.kit.ids import new_id
from tests.outside import FORBIDDEN_WORD
from tests.web.conftest import Headers, Shop
from tests.web.served import at_a_port, noted, said
from tests.web.test_room_products import sells
from tests.web.test_rooms import Room, a_room

NOBODY = "01890a5d-ac96-774b-bcce-b302099a8057"
AT_THE_ROUTE = "?from=elsewhere"
"""Doors know no queries; to these routes it is nothing."""
JSON = {"Content-Type": "application/json"}
JSON_AT_THE_ROUTE = {"Content-Type": "application/json; charset=utf-8"}


@pytest.fixture
async def shop(shop: Shop) -> AsyncIterator[Shop]:
    async with at_a_port(shop) as reached:
        yield reached


async def _paths(shop: Shop) -> dict[str, str]:
    """A shop with something to show, and where that is."""
    product, draft = await shop.product(), await shop.product(is_listed=False)
    room = Room(await a_room(shop), "", shop)
    await sells(room, await shop.staff(), product["id"])
    await room.say(await shop.buyer(), "好看")
    products, rooms = "/api/buyer/products", "/api/buyer/rooms"
    return {
        "hall": "/api/buyer/hall",
        "product": f"{products}/{product['id']}",
        "draft": f"{products}/{draft['id']}",
        "no product": f"{products}/{NOBODY}",
        "a room as a product": f"{products}/{room.id}",
        "room": f"{rooms}/{room.id}",
        "no room": f"{rooms}/{NOBODY}",
        "a product as a room": f"{rooms}/{product['id']}",
    }


async def test_pages_are_those_of_their_routes_and_so_are_refusals(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = await _paths(shop)
    taken = noted(shop, monkeypatch)
    statuses = {}

    for name, path in paths.items():
        # Twice: the first is read, the second may be kept.
        at_the_door = [await shop.client.get(path) for _ in range(2)]
        at_the_route = [await shop.client.get(path + AT_THE_ROUTE) for _ in range(2)]
        for answer in (*at_the_door, *at_the_route):
            assert said(answer) == said(at_the_door[0]), name
        statuses[name] = at_the_door[0].status_code

    assert taken == [True, True, False, False] * len(paths)
    assert [name for name, status in statuses.items() if status == 200] == [
        "hall",
        "product",
        "room",
    ]
    assert set(statuses.values()) == {200, 404}


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Wed, 25 Nov 2026 10:00:00 GMT"},
        {"Range": "bytes=0-9"},
        {"Accept": "text/html", "Accept-Encoding": "gzip, br"},
        {"Accept-Encoding": "identity", "Origin": "https://elsewhere.test"},
        {"Authorization": "Bearer nobody", "Cookie": "a=b"},
        {"X-Request-Id": "of-a-proxy.1"},
        {"X-Request-Id": "no id at all"},
    ],
)
async def test_what_a_client_says_of_itself_is_heard_alike(shop: Shop, headers: Headers) -> None:
    for path in (await _paths(shop)).values():
        at_the_door = await shop.client.get(path, headers=headers)
        at_the_route = await shop.client.get(path + AT_THE_ROUTE, headers=headers)
        assert said(at_the_door) == said(at_the_route)
        if headers.get("X-Request-Id") == "of-a-proxy.1":
            assert at_the_door.headers["x-request-id"] == "of-a-proxy.1"


async def test_other_methods_and_odd_paths_go_to_the_routes(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = await _paths(shop)
    room, product = paths["room"], paths["product"]
    odd = [
        "/api/buyer/hall/",
        "//api/buyer/hall",
        "/api/buyer/hall%20",
        "/api/buyer/products/{id}",
        f"/api/buyer/products/{{id}}/{NOBODY}",
        f"{product}/",
        product.replace("products/", "products//"),
        product[:-1],
        f"{product}0",
        f"{room}/messages",
        f"{room}%00",
        f"/api/buyer/rooms/{NOBODY}/{NOBODY}",
    ]
    taken = noted(shop, monkeypatch)

    for method in ("HEAD", "POST", "DELETE", "OPTIONS", "PUT"):
        for path in (paths["hall"], room, product):
            answer = await shop.client.request(method, path)
            assert answer.status_code == 405, (method, path)
    for path in odd:
        url = shop.client.base_url.copy_with(raw_path=path.encode())
        assert (await shop.client.get(url)).status_code in {404, 422}, path
    shouted = product.replace(product[-36:], product[-36:].upper())
    assert said(await shop.client.get(shouted)) == said(await shop.client.get(product))

    assert taken == [False] * (len(taken) - 1) + [True]


async def test_a_header_that_is_there_twice_is_the_routes_to_judge(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = noted(shop, monkeypatch)
    mine, other = await shop.buyer(), {"Authorization": "Bearer nobody"}
    room_id = await a_room(shop)

    for first, second, status in ((mine, other, 201), (other, mine, 401)):
        headers = [*first.items(), *second.items(), *JSON.items()]
        url = f"/api/buyer/rooms/{room_id}/messages/{new_id()}"
        answer = await shop.client.put(url, json={"text": "好"}, headers=headers)
        assert answer.status_code == status

    assert not any(taken)


async def test_answers_that_nobody_reads_do_not_pile_up(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request of a hundred bytes asks for a hundred thousand; each waits for the one before."""
    product = await shop.product(detail_html=f"<p>{'好' * 30_000}</p>")
    path = f"/api/buyer/products/{product['id']}"
    size, asked = len((await shop.client.get(path)).content), 200
    taken = noted(shop, monkeypatch)
    reader, writer = await asyncio.open_connection("127.0.0.1", shop.client.base_url.port)
    request = f"GET {path} HTTP/1.1\r\nHost: shop.test\r\n\r\n".encode()

    for _ in range(asked):
        writer.write(request)
        await writer.drain()
        await asyncio.sleep(0.001)  # Each comes by itself: as a pipeline they would wait anyhow.
    held = sum(taken)
    seen = 0
    async with asyncio.timeout(20):
        while seen < asked * size:
            seen += len(await reader.read(1_000_000))
    writer.close()

    assert size > 90_000
    assert 0 < held < asked / 2


async def _says(
    shop: Shop, headers: Headers, body: Any, room_id: str, client_id: Any = None
) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    url = f"/api/buyer/rooms/{room_id}/messages/{client_id or new_id()}"
    return await shop.client.put(url, content=content, headers=headers)


async def test_a_message_said_at_the_door_is_the_routes_message(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    room_id, buyer, client_id = await a_room(shop), await shop.buyer(), new_id()
    taken = noted(shop, monkeypatch)
    body = {"text": "有没有 M 码？", "media_time_ms": 1_000}

    first = await _says(shop, JSON | buyer, body, room_id, client_id)
    again = await _says(shop, JSON_AT_THE_ROUTE | buyer, body, room_id, client_id)

    assert taken == [True, False]
    assert said(first) == said(again)
    assert first.json() == {"seq": 1, "status": "shown"}
    view = (await shop.client.get(f"/api/buyer/rooms/{room_id}")).json()
    assert [message["text"] for message in view["messages"]] == [body["text"]]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": ""}, 422, "invalid_request"),
        ({"text": "长" * 201}, 422, "invalid_request"),
        ({"text": "a\nb"}, 422, "invalid_request"),
        ({"text": 7}, 422, "invalid_request"),
        ({"text": "\x00"}, 422, "invalid_request"),
        ({"text": "\ud800"}, 422, "invalid_request"),
        ({"text": r"\u0000"}, 201, None),
        ({"text": FORBIDDEN_WORD}, 422, "message_not_allowed"),
        ({"text": "好", "media_time_ms": -1}, 422, "invalid_request"),
        ({"text": "好", "media_time_ms": None}, 201, None),
        ({"text": "好", "seq": 1}, 422, "invalid_request"),
        ({}, 422, "invalid_request"),
        ([], 422, "invalid_request"),
        (None, 422, "invalid_request"),
        ("好", 422, "invalid_request"),
        (b"", 422, "invalid_request"),
        (b"{", 422, "invalid_request"),
        (b"\xff", 400, "invalid_request"),
        (b"[" * 600, 422, "invalid_request"),
        (b'{"text": "a", "text": "b"}', 201, None),
        ('{"text": "好"}'.encode("utf-16"), 201, None),
        (b'{"text": "a", "media_time_ms": NaN}', 422, "invalid_request"),
        (b'{"text": "a", "media_time_ms": 1e3}', 422, "invalid_request"),
    ],
)
async def test_what_is_sent_is_read_alike(
    shop: Shop, body: Any, status: int, code: str | None
) -> None:
    room_id, buyer = await a_room(shop), await shop.buyer()
    nobody = {"Authorization": "Bearer nobody"}

    for who in (buyer, nobody, await shop.staff()):
        at_the_door = await _says(shop, JSON | who, body, room_id)
        at_the_route = await _says(shop, JSON_AT_THE_ROUTE | who, body, room_id)
        if who is buyer:
            assert (at_the_door.status_code, at_the_door.json().get("code")) == (status, code)
        if at_the_door.status_code == 201:
            assert said(at_the_door)[0] == said(at_the_route)[0]
        else:
            assert said(at_the_door) == said(at_the_route)


async def test_silence_is_refused_alike(shop: Shop) -> None:
    """An unknown room, and whoever says too much."""
    buyer, room_id = await shop.buyer(), await a_room(shop)
    strange = [
        await _says(shop, kind | buyer, {"text": "好"}, NOBODY)
        for kind in (JSON, JSON_AT_THE_ROUTE)
    ]
    assert strange[0].status_code == 404
    assert said(strange[0]) == said(strange[1])

    while (answer := await _says(shop, JSON | buyer, {"text": "好"}, room_id)).is_success:
        pass
    behind = await _says(shop, JSON_AT_THE_ROUTE | buyer, {"text": "好"}, room_id)
    assert answer.status_code == behind.status_code == 429
    assert answer.json()["code"] == behind.json()["code"] == "too_many_requests"
    assert answer.headers.keys() == behind.headers.keys() >= {"retry-after"}
