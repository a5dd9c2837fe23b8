"""What people really type arrives as they meant it; what cannot be taken is named in words."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bofen.web.app import AUDIENCES, audience_app
from bofen.web.wrong_fields import NAMES
from tests.openapi import asked_fields
from tests.web.conftest import Shop
from tests.web.test_edge import ADDRESS

ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


def _asked_names(audience: str) -> Iterator[str]:
    """Every name that a request of this audience may hold."""
    document = audience_app(audience).openapi()
    for methods in document["paths"].values():
        for operation in methods.values():
            yield from (each["name"] for each in operation.get("parameters", ()))
    yield from (name for name, _ in asked_fields(document))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_field_of_a_request_has_a_name_in_words(audience: str) -> None:
    """A missing one is written into `bofen/web/fields.json`."""
    assert set(_asked_names(audience)) - NAMES.keys() == set()


async def _refused(shop: Shop, path: str, body: dict[str, Any], headers: Any) -> dict[str, Any]:
    # As a browser writes it: half a character goes as an escape.
    content, kind = json.dumps(body), {"content-type": "application/json"}
    answer = await shop.client.post(path, content=content, headers=headers | kind)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request"), answer.text
    told: dict[str, Any] = answer.json()
    assert told["message"] == told["facts"]["fields"][0]["why"]
    return told


@pytest.mark.parametrize(
    ("changes", "field", "zh"),
    [
        ({"phone": "138000"}, "phone", "手机号应为 11 位手机号码"),
        ({"name": " \u200b"}, "name", "请填写收货人"),
        ({"city": "长" * 41}, "city", "城市最多 40 个字，请缩短"),
        ({"detail": "a\x07"}, "detail", "详细地址里有换行或无法显示的控制字符，请删除后重新输入"),
        ({"detail": "a\ud83d"}, "detail", "详细地址里有不完整的字符，请删除后重新输入"),
        ({"name": "a\u202eb"}, "name", "收货人里有改变文字方向的隐藏字符，请重新输入，不要粘贴"),
        ({"is_default": "yes"}, "is_default", "默认地址格式不对，请检查"),
        ({"age": 5}, "age", "这里没有“age”这一项"),
    ],
)
async def test_a_refusal_names_the_field_and_what_to_do(
    shop: Shop, changes: dict[str, Any], field: str, zh: str
) -> None:
    buyer = await shop.buyer()

    told = await _refused(shop, "/api/buyer/addresses", ADDRESS | changes, buyer)

    assert told["facts"]["fields"][0]["field"] == field
    assert told["message"]["zh"] == zh
    assert told["message"]["en"].isascii()


async def test_a_field_in_a_list_says_which_entry(shop: Shop) -> None:
    body = await shop.product_body()
    body["skus"][1]["price_fen"] = 0

    told = await _refused(shop, "/api/merchant/products", body, await shop.staff())

    assert told["facts"]["fields"][0]["field"] == "skus.1.price_fen"
    assert told["message"]["zh"] == "第 2 项的价格不能小于 ¥0.01"
    assert told["message"]["en"] == "The price of entry 2 must be at least ¥0.01"


async def test_a_broken_request_is_not_blamed_on_a_field(shop: Shop) -> None:
    answer = await shop.client.post(
        "/api/buyer/addresses",
        content=b'{"name": ',
        headers={**await shop.buyer(), "content-type": "application/json"},
    )

    assert answer.status_code == 422
    assert answer.json()["message"]["zh"] == "提交的内容格式不对"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"phone": "+86 138-1234-5678"}, {"phone": "13812345678"}),
        ({"phone": "\u202d138 1234 5678\u202c"}, {"phone": "13812345678"}),
        ({"phone": "１３８１２３４５６７８"}, {"phone": "13812345678"}),
        ({"name": "𠮷野㛃🩷"}, {"name": "𠮷野㛃🩷"}),
        ({"name": " 张\u200b三\u3000"}, {"name": "张三"}),
        ({"detail": f"{ENGLAND} 1 号"}, {"detail": f"{ENGLAND} 1 号"}),
        ({"detail": "长" * 120 + "\u200b \n"}, {"detail": "长" * 120}),
        ({"province": "广东省", "city": "东莞市", "district": ""}, {"district": ""}),
    ],
)
async def test_an_address_is_kept_as_it_was_meant(
    shop: Shop, typed: dict[str, Any], kept: dict[str, Any]
) -> None:
    answer = await shop.client.post(
        "/api/buyer/addresses", json=ADDRESS | typed, headers=await shop.buyer()
    )

    assert answer.status_code == 201, answer.text
    assert answer.json().items() >= kept.items()


async def test_a_city_without_districts_needs_none(shop: Shop) -> None:
    body = {key: value for key, value in ADDRESS.items() if key != "district"}

    answer = await shop.client.post("/api/buyer/addresses", json=body, headers=await shop.buyer())

    assert (answer.status_code, answer.json()["district"]) == (201, "")


@pytest.mark.parametrize("nickname", ["🩷🫨", ENGLAND, "👨‍👩‍👧‍👦", "𠮷", "葛\U000e0100城"])
async def test_newer_emoji_and_rare_characters_are_names(shop: Shop, nickname: str) -> None:
    buyer = await shop.buyer()

    answer = await shop.client.patch(
        "/api/buyer/me", json={"nickname": f" {nickname}\ufeff"}, headers=buyer
    )

    assert (answer.status_code, answer.json()["nickname"]) == (200, nickname)


async def test_a_title_keeps_its_emoji(shop: Shop) -> None:
    made = await shop.product(title="🩷 圆领\u200bT恤 𠮷", tags=["🫨"])

    assert (made["title"], made["tags"]) == ("🩷 圆领T恤 𠮷", ["🫨"])


async def test_a_phone_signs_in_however_it_is_typed(shop: Shop) -> None:
    await shop.client.post("/api/buyer/phone-codes", json={"phone": "+86 159-0000-4321"})
    code = shop.sms.sent["15900004321"]
    typed = {
        "kind": "phone",
        "phone": "１５９ ００００ ４３２１",
        "code": f" {code[:3]} {code[3:]}",
    }

    answer = await shop.client.post("/api/buyer/sessions", json=typed)

    assert answer.status_code == 201, answer.text
