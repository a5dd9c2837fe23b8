"""The door for the crowd answers like the route behind it, whatever is asked."""

import json
from typing import Any
from uuid import UUID

import httpx
import pytest

from bofen.kit.ids import new_id
from tests.flows.trade_given import a_sku
from tests.web.conftest import Headers, Shop

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


async def test_an_order_placed_at_the_door_is_the_routes_order(shop: Shop) -> None:
    buyer = await shop.buyer()
    asked, order_id = await _asked(shop, buyer), new_id()

    first = await _places(shop, BEFORE | buyer, asked, order_id)
    again = await _places(shop, BEHIND | buyer, asked, order_id)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first.headers["x-request-id"]
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

    assert at_the_door.json()["code"] == at_the_route.json()["code"] == code
    if code == "invalid_request":
        assert {at_the_door.status_code, at_the_route.status_code} <= {400, 422}
    else:
        assert at_the_door.status_code == at_the_route.status_code
        assert at_the_door.json() == at_the_route.json()


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
