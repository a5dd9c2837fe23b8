"""The door for the crowd answers like the route behind it, whatever is asked."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pytest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from bofen.kit.ids import new_id
from tests.flows.trade_given import a_sku
from tests.web.conftest import Headers, Shop
from tests.web.served import at_a_port, noted, said

ADDRESS = {
    "name": "王小明",
    "phone": "13812345678",
    "province": "浙江省",
    "city": "杭州市",
    "district": "西湖区",
    "detail": "文三路 100 号",
}
NOBODY = "01890a5d-ac96-774b-bcce-b302099a8057"
BEHIND = {"Content-Type": "application/json; charset=utf-8"}
"""The door takes plain `application/json`; this is the same to the route."""
BEFORE = {"Content-Type": "application/json"}


@pytest.fixture
async def shop(shop: Shop) -> AsyncIterator[Shop]:
    """Reached through a port: the door stands at the connection."""
    async with at_a_port(shop) as reached:
        yield reached


async def _asked(shop: Shop, buyer: Headers, on_hand: int = 5) -> dict[str, Any]:
    sku = await a_sku(shop.services.db, on_hand)
    made = await shop.client.post("/api/buyer/addresses", json=ADDRESS, headers=buyer)
    lines = [{"sku_id": str(sku.id), "quantity": 1}]
    quote = await shop.client.post("/api/buyer/quotes", json={"lines": lines}, headers=buyer)
    return {
        "lines": lines,
        "address_id": made.json()["id"],
        "total_fen": quote.json()["total_fen"],
    }


async def _places(
    shop: Shop, headers: Headers, body: Any, order_id: UUID | str | None = None
) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    path = f"/api/buyer/orders/{order_id or new_id()}"
    return await shop.client.put(path, content=content, headers=headers)


async def test_an_order_placed_at_the_door_is_the_routes_order(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    buyer = await shop.buyer()
    asked, order_id = await _asked(shop, buyer), new_id()

    taken = noted(shop, monkeypatch)
    monkeypatch.setattr(shop.app.state.crowd, "is_logging", True)
    with capture_logs(processors=[merge_contextvars]) as lines:
        first = await _places(shop, BEFORE | buyer, asked, order_id)
    again = await _places(shop, BEHIND | buyer, asked, order_id)

    assert taken == [True, False]
    (line,) = [line for line in lines if line["event"] == "request"]
    assert (line["status"], line["request_id"]) == (201, first.headers["x-request-id"])
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert said(first) == said(again)
    changed = await _places(shop, BEFORE | buyer, asked | {"remark": "快"}, order_id)
    assert (changed.status_code, changed.json()["code"]) == (409, "id_reused")
    stranger = await _places(shop, BEFORE | await shop.buyer(), asked, order_id)
    assert (stranger.status_code, stranger.json()["code"]) == (409, "id_reused")


def _lines(**changed: Any) -> Any:
    return lambda asked: asked | {"lines": [asked["lines"][0] | changed]}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_lines(quantity=0), "invalid_request"),
        (_lines(quantity=-1), "invalid_request"),
        (_lines(quantity=1_000), "invalid_request"),
        (_lines(quantity=10**30), "invalid_request"),
        (_lines(quantity=1.5), "invalid_request"),
        (_lines(quantity=1.0), "invalid_request"),
        (_lines(quantity=True), "invalid_request"),
        (_lines(quantity="1"), "invalid_request"),
        (_lines(quantity=None), "invalid_request"),
        (_lines(sku_id="no-id"), "invalid_request"),
        (_lines(price_fen=1), "invalid_request"),
        (_lines(sku_id=NOBODY), "product_not_sold"),
        (
            lambda asked: _lines(quantity=6)(asked) | {"total_fen": asked["total_fen"] * 6},
            "out_of_stock",
        ),
        (lambda asked: asked | {"lines": []}, "invalid_request"),
        (lambda asked: asked | {"lines": asked["lines"] * 101}, "invalid_request"),
        (lambda asked: asked | {"lines": asked["lines"] * 2}, "duplicate_line"),
        (lambda asked: asked | {"discount_fen": 1}, "invalid_request"),
        (lambda asked: asked | {"address_id": NOBODY}, "not_found"),
        (lambda asked: asked | {"total_fen": asked["total_fen"] - 1}, "price_changed"),
        (lambda asked: asked | {"total_fen": -1}, "invalid_request"),
        (lambda asked: asked | {"remark": "长" * 201}, "invalid_request"),
        (lambda asked: asked | {"remark": "\x00"}, "invalid_request"),
        (lambda asked: asked | {"remark": "\ud800"}, "invalid_request"),
        (lambda asked: asked | {"source": {"room_id": 7}}, "invalid_request"),
        (lambda _: b"", "invalid_request"),
        (lambda _: b"{", "invalid_request"),
        (lambda _: b"[]", "invalid_request"),
        (lambda _: b"\xff", "invalid_request"),
        (lambda _: b'{"remark": "\\u0000', "invalid_request"),
        (lambda _: b'{"remark": "\\u0000 \xff"}', "invalid_request"),
        (lambda asked: asked | {"\x00": 1}, "invalid_request"),
        (lambda _: b'{"remark": %b"\\u0000"%b}' % (b"[" * 600, b"]" * 600), "invalid_request"),
        (lambda _: b" " * 1_000_001, "body_too_large"),
    ],
)
async def test_door_and_route_refuse_alike(shop: Shop, change: Any, code: str) -> None:
    buyer = await shop.buyer()
    body = change(await _asked(shop, buyer))

    at_the_door = await _places(shop, BEFORE | buyer, body)
    at_the_route = await _places(shop, BEHIND | buyer, body)

    assert at_the_door.json()["code"] == code
    assert said(at_the_door) == said(at_the_route)


async def test_the_letters_of_a_nul_are_a_remark_and_a_nul_is_none(shop: Shop) -> None:
    buyer = await shop.buyer()
    asked = await _asked(shop, buyer)

    for kind in (BEFORE, BEHIND):
        typed = await _places(shop, kind | buyer, asked | {"remark": r"\u0000"})
        assert typed.status_code == 201, typed.text
        broken = await _places(shop, kind | buyer, asked | {"remark": "\x00"})
        (wrong,) = broken.json()["facts"]["fields"]
        assert (broken.status_code, wrong["field"]) == (422, "remark")


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer nobody"}, {"Authorization": f"Bearer {'a' * 300}"}],
)
async def test_a_stranger_is_refused_at_both(shop: Shop, headers: Headers) -> None:
    asked = await _asked(shop, await shop.buyer())

    for kind in (BEFORE, BEHIND):
        answer = await _places(shop, kind | headers, asked)
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    staff = await _places(shop, BEFORE | await shop.staff(), asked)
    assert (staff.status_code, staff.json()["code"]) == (401, "not_signed_in")


async def test_an_id_that_is_none_goes_to_the_route(shop: Shop) -> None:
    buyer = await shop.buyer()
    asked = await _asked(shop, buyer)

    for order_id in ("x" * 36, "1", "%00"):
        answer = await _places(shop, BEFORE | buyer, asked, order_id)
        assert answer.status_code == 422


def _raw(shop: Shop, buyer: Headers, body: bytes, *more: str) -> bytes:
    lines = [
        f"PUT /api/buyer/orders/{new_id()} HTTP/1.1",
        "Host: shop.test",
        "Content-Type: application/json",
        f"Authorization: {buyer['Authorization']}",
        f"Content-Length: {len(body)}",
        *more,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def _answers(shop: Shop, *parts: bytes) -> bytes:
    """Everything that one connection answers to what it is sent, piece by piece, until it ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", shop.client.base_url.port)
    for part in parts:
        writer.write(part)
        await writer.drain()
    found = await asyncio.wait_for(reader.read(), 20)
    writer.close()
    return found


async def test_requests_that_follow_on_one_connection_are_answered_in_their_order(
    shop: Shop,
) -> None:
    """Sent at once, as a pipeline; the last asks to close."""
    buyer = await shop.buyer()
    body = json.dumps(await _asked(shop, buyer)).encode()
    of_route = b"GET /api/buyer/me HTTP/1.1\r\nHost: shop.test\r\n\r\n"
    last = _raw(shop, buyer, body, "Connection: close")

    found = await _answers(shop, _raw(shop, buyer, body) + of_route + last)

    statuses = [part[:3] for part in found.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [b"201", b"401", b"201"]
    assert b"connection: close" in found.rpartition(b"HTTP/1.1")[2]


async def test_a_request_in_pieces_is_one_request(shop: Shop) -> None:
    buyer = await shop.buyer()
    raw = _raw(shop, buyer, json.dumps(await _asked(shop, buyer)).encode(), "Connection: close")

    found = await _answers(shop, raw[:70], raw[70:-30], raw[-30:])

    assert found.startswith(b"HTTP/1.1 201 ")


async def test_whoever_leaves_before_his_answer_has_his_order(shop: Shop) -> None:
    buyer = await shop.buyer()
    body = json.dumps(await _asked(shop, buyer)).encode()
    _, writer = await asyncio.open_connection("127.0.0.1", shop.client.base_url.port)

    writer.write(_raw(shop, buyer, body))
    await writer.drain()
    writer.close()

    async with asyncio.timeout(20):
        while not (await shop.client.get("/api/buyer/orders", headers=buyer)).json()["items"]:
            await asyncio.sleep(0.02)


async def test_what_no_order_can_cost_is_refused_like_its_quote(shop: Shop) -> None:
    """Two hundred million yuan, at the door, at the route behind it, and when it is only asked."""
    buyer = await shop.buyer()
    asked = await _asked(shop, buyer)
    sku = await a_sku(shop.services.db, price_fen=10**9)
    lines = [{"sku_id": str(sku.id), "quantity": 20}]
    body = asked | {"lines": lines, "total_fen": 2 * 10**10}

    quote = await shop.client.post("/api/buyer/quotes", json={"lines": lines}, headers=buyer)
    refused = [quote, *[await _places(shop, how | buyer, body) for how in (BEFORE, BEHIND)]]

    told = [
        (answer.status_code, answer.json()["code"], answer.json()["message"]) for answer in refused
    ]
    assert told[0][1] == "basket_too_dear"
    assert told[0] == told[1] == told[2]
