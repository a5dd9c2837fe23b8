"""The edge itself: who may, how much, and one shape for every no."""

import json
from typing import Any

import pytest

from bofen.web.app import AUDIENCES
from bofen.web.openapi import write
from tests.web.conftest import Shop

NOWHERE = "0198c2f0-0000-7000-8000-000000000000"
ADDRESS = {
    "name": "张小米",
    "phone": "13812345678",
    "province": "上海市",
    "city": "上海市",
    "district": "浦东新区",
    "detail": "世纪大道 1 号 <b>",
}


async def test_an_address_is_its_owner_s_alone(shop: Shop) -> None:
    owner, stranger = await shop.buyer(), await shop.buyer()
    made = (await shop.client.post("/api/buyer/addresses", json=ADDRESS, headers=owner)).json()
    path = f"/api/buyer/addresses/{made['id']}"

    changed = await shop.client.put(path, json=ADDRESS, headers=stranger)
    removed = await shop.client.delete(path, headers=stranger)
    listed = await shop.client.get("/api/buyer/addresses", headers=stranger)

    assert made == {"id": made["id"], "is_default": True, **ADDRESS}
    assert changed.status_code == removed.status_code == 404
    assert listed.json()["items"] == []


async def test_one_address_is_the_default(shop: Shop) -> None:
    buyer = await shop.buyer()

    async def add(**more: Any) -> dict[str, Any]:
        answer = await shop.client.post("/api/buyer/addresses", json=ADDRESS | more, headers=buyer)
        made: dict[str, Any] = answer.json()
        return made

    async def defaults() -> list[str]:
        answer = await shop.client.get("/api/buyer/addresses", headers=buyer)
        return [each["id"] for each in answer.json()["items"] if each["is_default"]]

    first, second = await add(), await add(is_default=True)
    assert await defaults() == [second["id"]]

    await shop.client.delete(f"/api/buyer/addresses/{second['id']}", headers=buyer)
    assert await defaults() == [first["id"]]


@pytest.mark.parametrize(
    "changes",
    [
        {"phone": "123"},
        {"name": ""},
        {"name": " \t"},
        {"detail": "a" * 121},
        {"detail": "x\u0000"},
        {"city": None},
        {"person_id": NOWHERE},
        {"is_default": "yes"},
        {"is_default": 1},
    ],
)
async def test_an_address_that_does_not_fit_is_refused(shop: Shop, changes: dict[str, Any]) -> None:
    answer = await shop.client.post(
        "/api/buyer/addresses", json=ADDRESS | changes, headers=await shop.buyer()
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


@pytest.mark.parametrize(
    ("nickname", "status"),
    [
        ("<script>alert(1)</script>", 422),
        ("<b>小米</b>", 200),
        ("👨‍👩‍👧 家", 200),
        ("a" * 24, 200),
        ("a" * 25, 422),
        ("a\u202eb", 422),
        ("a\nb", 422),
        ("  ", 422),
        ("", 422),
    ],
)
async def test_a_nickname_is_text_of_a_reasonable_length(
    shop: Shop, nickname: str, status: int
) -> None:
    buyer = await shop.buyer()

    answer = await shop.client.patch("/api/buyer/me", json={"nickname": nickname}, headers=buyer)

    assert answer.status_code == status
    if status == 200:
        assert answer.json()["nickname"] == nickname
        assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"nickname": 1e999}', b"[" * 100_000, b'"x"'],
)
async def test_a_body_that_is_no_body_is_refused(shop: Shop, content: bytes) -> None:
    answer = await shop.client.patch(
        "/api/buyer/me",
        content=content,
        headers={"Content-Type": "application/json"} | await shop.buyer(),
    )

    assert answer.status_code in (400, 422)
    assert answer.json()["code"] == "invalid_request"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/octet-stream", ""]
)
async def test_a_body_of_another_kind_is_refused(shop: Shop, kind: str) -> None:
    answer = await shop.client.patch(
        "/api/buyer/me",
        content=b'{"nickname": "a"}',
        headers={"Content-Type": kind} | await shop.buyer(),
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert "application/json" in answer.json()["facts"]["fields"][0]["why"]["en"]


async def test_a_body_that_is_too_large_is_not_read(shop: Shop) -> None:
    async def endless() -> Any:
        for _ in range(3):
            yield b" " * 500_000

    buyer = {"Content-Type": "application/json"} | await shop.buyer()
    told = await shop.client.patch("/api/buyer/me", content=b" " * 1_000_001, headers=buyer)
    untold = await shop.client.patch("/api/buyer/me", content=endless(), headers=buyer)

    for answer in (told, untold):
        assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


async def test_unknown_addresses_and_methods_answer_in_the_same_shape(shop: Shop) -> None:
    missing = await shop.client.get("/api/buyer/nothing")
    method = await shop.client.delete("/api/buyer/categories")

    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
    assert (method.status_code, method.json()["code"]) == (405, "method_not_allowed")
    for answer in (missing, method):
        assert set(answer.json()) == {"code", "message", "facts"}
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-request-id"]


async def test_the_shop_says_that_it_is_well(shop: Shop) -> None:
    assert (await shop.client.get("/healthz")).json() == {"status": "ok"}


@pytest.mark.parametrize(
    ("token", "place"),
    [("aB3xYz09", "/#/?share=aB3xYz09"), ("x" * 13, "/#/"), ("a&b", "/#/"), ("a%0d%0ab", "/#/")],
)
async def test_a_short_link_opens_the_shop_and_no_other(shop: Shop, token: str, place: str) -> None:
    answer = await shop.client.get(f"/s/{token}", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (302, place)


def test_there_is_a_document_for_each_audience(tmp_path: Any) -> None:
    write(tmp_path)

    documents = {file.stem: json.loads(file.read_text()) for file in tmp_path.iterdir()}
    assert documents.keys() == AUDIENCES.keys()
    assert {document["openapi"] for document in documents.values()} == {"3.1.0"}
    for document in documents.values():
        names = [
            operation["operationId"]
            for methods in document["paths"].values()
            for operation in methods.values()
        ]
        assert len(set(names)) == len(names)
