"""Whatever everybody will read is guarded, field by field, and a refusal says which and why."""

from typing import Any

import pytest

from bofen.gateways.words.guard import ListedWords
from bofen.runtime.demo.goods import CATEGORIES, GOODS
from tests.outside import FORBIDDEN_WORD, RESTRICTED_WORD
from tests.web.conftest import Shop
from tests.web.test_affiliates import APPLICATION

PRODUCTS = "/api/merchant/products"


def _sized(name: str) -> dict[str, Any]:
    return {
        "options": [{"name": "尺码", "values": [name]}],
        "skus": [{"options": {"尺码": name}, "price_fen": 100}],
    }


PLACES = [
    ("title", "标题", lambda word: {"title": f"好茶{word}"}),
    ("subtitle", "副标题", lambda word: {"subtitle": word}),
    ("brand", "品牌", lambda word: {"brand": word}),
    ("tags", "标签", lambda word: {"tags": ["新品", word]}),
    ("detail_html", "商品详情", lambda word: {"detail_html": f"<p><b>{word[0]}</b>{word[1:]}</p>"}),
    ("options", "规格项", _sized),
]


@pytest.mark.parametrize(("field", "name", "changes"), PLACES)
async def test_a_forbidden_word_is_not_saved(
    shop: Shop, field: str, name: str, changes: Any
) -> None:
    body = await shop.product_body(**changes(FORBIDDEN_WORD))

    answer = await shop.client.post(PRODUCTS, json=body, headers=await shop.staff())

    assert (answer.status_code, answer.json()["code"]) == (422, "product_words_refused")
    assert answer.json()["facts"] == {"field": field, "words": [FORBIDDEN_WORD]}
    assert answer.json()["message"]["zh"].endswith(
        f"里有不能展示的词语：{FORBIDDEN_WORD}。请修改后再保存"
    )


@pytest.mark.parametrize(("field", "name", "changes"), PLACES)
async def test_a_restricted_word_is_saved_but_not_listed(
    shop: Shop, field: str, name: str, changes: Any
) -> None:
    owner = await shop.staff()
    body = await shop.product_body(**changes(RESTRICTED_WORD))

    saved = await shop.client.post(PRODUCTS, json=body, headers=owner)
    listed = await shop.client.post(f"{PRODUCTS}/{saved.json()['id']}/list", headers=owner)
    kept = await shop.client.get(f"{PRODUCTS}/{saved.json()['id']}", headers=owner)

    assert (saved.status_code, saved.json()["status"]) == (201, "draft")
    assert (listed.status_code, listed.json()["code"]) == (422, "product_words_held")
    assert listed.json()["facts"] == {"field": field, "words": [RESTRICTED_WORD]}
    assert listed.json()["message"]["zh"].startswith(f"{name}里有广告法限制的词语：国家级。")
    assert kept.json()["status"] == "draft"


async def test_a_listed_product_takes_no_restricted_word(shop: Shop) -> None:
    owner = await shop.staff()
    made = await shop.product()
    body = await shop.product_body(title=f"{RESTRICTED_WORD}好茶")

    edited = await shop.client.put(f"{PRODUCTS}/{made['id']}", json=body, headers=owner)
    kept = await shop.client.get(f"{PRODUCTS}/{made['id']}", headers=owner)

    assert (edited.status_code, edited.json()["code"]) == (422, "product_words_held")
    assert kept.json()["title"] == made["title"]


async def test_words_of_two_fields_are_not_one_word(shop: Shop) -> None:
    first, second = FORBIDDEN_WORD[:2], FORBIDDEN_WORD[2:]

    made = await shop.product(title=f"好茶{first}", subtitle=f"{second}的好茶")

    assert made["status"] == "listed"


@pytest.mark.parametrize("word", [FORBIDDEN_WORD, RESTRICTED_WORD])
async def test_names_that_everybody_reads_hold_neither_kind(shop: Shop, word: str) -> None:
    owner, buyer = await shop.staff(), await shop.buyer()
    room = {"title": "好物直播间", "host_name": "阿芳"}
    opened = await shop.client.post("/api/merchant/rooms", json=room, headers=owner)
    session = {"title": word, "scheduled_at": "2030-01-01T20:00:00+08:00"}
    path = f"/api/host/rooms/{opened.json()['id']}/sessions"

    answers = [
        await shop.client.patch("/api/buyer/me", json={"nickname": word}, headers=buyer),
        await shop.client.post("/api/merchant/categories", json={"name": word}, headers=owner),
        await shop.client.post("/api/merchant/rooms", json=room | {"title": word}, headers=owner),
        await shop.client.post(
            "/api/merchant/rooms", json=room | {"host_name": word}, headers=owner
        ),
        await shop.client.put(
            f"/api/merchant/rooms/{opened.json()['id']}",
            json=room | {"title": word},
            headers=owner,
        ),
        await shop.client.post(path, json=session, headers=owner),
    ]

    assert [each.json().get("code") for each in answers] == ["words_refused"] * 6
    assert answers[0].json()["message"]["zh"] == f"昵称里有不能公开展示的词语：{word}，请修改"


@pytest.mark.parametrize(("word", "status"), [(FORBIDDEN_WORD, 422), (RESTRICTED_WORD, 201)])
async def test_an_introduction_is_read_by_a_person(shop: Shop, word: str, status: int) -> None:
    answer = await shop.client.post(
        "/api/affiliate/application",
        json=APPLICATION | {"introduction": word},
        headers=await shop.buyer(),
    )

    assert answer.status_code == status, answer.text


def test_the_demo_shop_passes_the_list_it_ships_with() -> None:
    guard = ListedWords.shipped()
    texts = [*CATEGORIES]
    for goods in GOODS:
        values = [value for each in goods.options.values() for value in each]
        texts += [goods.title, goods.subtitle, goods.brand, goods.detail, *goods.tags, *values]

    assert {text: guard.judge(text).hits for text in texts if guard.judge(text).hits} == {}
