"""From staff's form to the buyer's page: what is refused, what is found, what stays the same."""

import io
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from bofen.catalog import words
from bofen.flows.refold import refold
from bofen.identity.rules import Role
from bofen.kit import clock
from bofen.kit.ids import new_id, short_token
from tests.outside import FORBIDDEN_WORD
from tests.web.conftest import PICTURE, Shop
from tests.web.test_room_products import run_jobs


async def test_a_product_goes_from_draft_to_the_buyer(shop: Shop) -> None:
    made = await shop.product(is_listed=False)
    path = f"/api/buyer/products/{made['id']}"
    assert (await shop.client.get(path)).status_code == 404

    owner = await shop.staff()
    await shop.client.post(f"/api/merchant/products/{made['id']}/list", headers=owner)
    seen = (await shop.client.get(path)).json()

    assert seen["title"] == made["title"]
    assert seen["pictures"] == [f"/files/{PICTURE}"]
    assert (seen["price_min_fen"], seen["price_max_fen"]) == (9990, 10990)
    assert seen["options"] == [{"name": "尺码", "values": ["S", "M"]}]
    assert [(sku["options"], sku["available"]) for sku in seen["skus"]] == [
        ({"尺码": "S"}, 5),
        ({"尺码": "M"}, 5),
    ]
    assert "cost_fen" not in seen["skus"][0]

    await shop.client.post(f"/api/merchant/products/{made['id']}/delist", headers=owner)
    await run_jobs(shop)
    assert (await shop.client.get(path)).status_code == 404


async def test_an_edit_makes_a_version_and_keeps_skus_that_stay(shop: Shop) -> None:
    made = await shop.product()
    owner = await shop.staff()
    small, medium = made["skus"]
    body = await shop.product_body(
        title="新标题",
        options=[{"name": "尺码", "values": ["M", "L"]}],
        skus=[
            {"options": {"尺码": "M"}, "price_fen": 8000, "stock": 99},
            {"options": {"尺码": "L"}, "price_fen": 8800, "stock": 7},
        ],
        version=1,
    )
    path = f"/api/merchant/products/{made['id']}"

    edited = await shop.client.put(path, json=body, headers=owner)
    stale = await shop.client.put(path, json=body, headers=owner)

    assert edited.json()["version"] == 2
    assert edited.json()["skus"][0]["id"] == medium["id"]
    assert [sku["on_hand"] for sku in edited.json()["skus"]] == [5, 7]
    assert small["id"] not in {sku["id"] for sku in edited.json()["skus"]}
    assert (stale.status_code, stale.json()["code"]) == (409, "product_changed")
    assert edited.json()["status"] == "listed"


def _skus(*options: dict[str, str]) -> list[dict[str, Any]]:
    return [{"options": chosen, "price_fen": 100} for chosen in options]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"skus": _skus({"尺码": "XL"})}, "sku_options_mismatch"),
        ({"skus": _skus({"颜色": "S"})}, "sku_options_mismatch"),
        ({"skus": _skus({})}, "sku_options_mismatch"),
        ({"skus": _skus({"尺码": "S"}, {"尺码": "S"})}, "sku_options_mismatch"),
        ({"skus": []}, "invalid_request"),
        ({"options": [{"name": "尺码", "values": ["S", "S"]}]}, "product_options_refused"),
        ({"options": [{"name": "尺码", "values": ["S"]}] * 2}, "product_options_refused"),
        ({"pictures": ["pictures/0000.webp"]}, "picture_unknown"),
        ({"pictures": ["../../etc/passwd"]}, "invalid_request"),
        ({"pictures": ["http://127.0.0.1/x.png"]}, "invalid_request"),
        ({"category_id": "not-an-id"}, "invalid_request"),
        ({"category_id": "0198c2f0-0000-7000-8000-000000000000"}, "not_found"),
        ({"title": ""}, "invalid_request"),
        ({"title": "a\u0000b"}, "invalid_request"),
        ({"title": "a\u202eb"}, "invalid_request"),
        ({"title": f"神药{FORBIDDEN_WORD}"}, "product_words_refused"),
        ({"detail_html": '<img src="https://evil.test/t.gif">'}, "detail_pictures_foreign"),
        ({"sold_count": 9999}, "invalid_request"),
        ({"tags": "新品"}, "invalid_request"),
    ],
)
async def test_a_product_that_does_not_fit_is_refused(
    shop: Shop, changes: dict[str, Any], code: str
) -> None:
    body = await shop.product_body(**changes)

    answer = await shop.client.post("/api/merchant/products", json=body, headers=await shop.staff())

    assert answer.json()["code"] == code, answer.text
    assert set(answer.json()["message"]) == {"zh", "en"}


@pytest.mark.parametrize("price", [0, -1, 99.5, 100.0, True, "100", None, 10_000_000_001, 10**30])
async def test_a_price_is_a_whole_number_of_fen(shop: Shop, price: object) -> None:
    body = await shop.product_body()
    body["skus"][0]["price_fen"] = price

    answer = await shop.client.post("/api/merchant/products", json=body, headers=await shop.staff())

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.json()["facts"]["fields"][0]["field"] == "skus.0.price_fen"


async def test_a_struck_price_is_above_the_price(shop: Shop) -> None:
    body = await shop.product_body()
    body["skus"][0]["strike_fen"] = body["skus"][0]["price_fen"]

    answer = await shop.client.post("/api/merchant/products", json=body, headers=await shop.staff())

    assert answer.json()["code"] == "strike_price_too_low"
    assert answer.json()["message"]["zh"].startswith("第 1 个规格")


async def test_detail_holds_nothing_that_runs_or_leads_away(shop: Shop) -> None:
    made = await shop.product(
        detail_html='<p onclick="x()">好<script>x()</script><img src="/files/a.webp">'
        '<a href="javascript:x()">看</a>'
        "<iframe src=//evil.test></iframe><svg onload=x()></svg>"
    )

    assert made["detail_html"] == '<p>好<img src="/files/a.webp">看</p>'


async def _found(shop: Shop, query: str, **more: object) -> list[str]:
    ids: list[str] = []
    params: dict[str, Any] = {"q": query, "limit": 3, **more}
    while True:
        page = (await shop.client.get("/api/buyer/products", params=params)).json()
        ids += [item["id"] for item in page["items"]]
        if page["next"] is None:
            return ids
        params["cursor"] = page["next"]


async def test_one_character_finds_every_product_that_holds_it(shop: Shop) -> None:
    """犇 stands at the start, inside a word, in the brand and in a tag."""
    category = await shop.category()
    made = [
        await shop.product(category_id=category, **changes)
        for changes in (
            {"title": "犇牌牛肉干"},
            {"title": "内蒙古三犇牛奶"},
            {"title": "牛奶", "brand": "犇"},
            {"title": "酸奶", "tags": ["大犇犇"]},
            {"title": "Ｂｅｎ 犇 250ＭＬ"},
        )
    ]
    await shop.product(category_id=category, title="与此无关的牛")
    await shop.product(category_id=category, title="犇的草稿", is_listed=False)

    found = await _found(shop, "犇")

    assert sorted(found) == sorted(each["id"] for each in made)
    assert len(set(found)) == len(found)


async def test_a_longer_query_needs_the_characters_side_by_side(shop: Shop) -> None:
    near = await shop.product(title="羴羴运动鞋")
    await shop.product(title="羴羴鞋运动")

    assert await _found(shop, "羴运动鞋") == [near["id"]]
    assert await _found(shop, "運動鞋 羴羴") == [near["id"]]


@pytest.mark.parametrize("query", ["'", "\\", "&|!():*", "%", "_", "😀", "' OR 1=1 --"])
async def test_strange_queries_find_nothing_and_break_nothing(shop: Shop, query: str) -> None:
    assert await _found(shop, query + "魖") == []
    answer = await shop.client.get("/api/buyer/products", params={"q": query})
    assert answer.status_code == 200


@pytest.mark.parametrize("sort", ["relevance", "sales", "price_asc", "price_desc", "new"])
async def test_every_order_shows_every_product_once(shop: Shop, sort: str) -> None:
    category = await shop.category()
    made = {
        (
            await shop.product(
                category_id=category,
                options=[],
                skus=[{"options": {}, "price_fen": 100 * (i % 3 + 1), "stock": 1}],
            )
        )["id"]
        for i in range(7)
    }

    found = await _found(shop, "T恤", category_id=category, sort=sort)
    everything = await _found(shop, "", category_id=category, sort=sort)

    assert len(found) == len(everything) == 7
    assert set(found) == set(everything) == made


@pytest.mark.parametrize(
    "params",
    [
        {"sort": "price_fen; DROP TABLE x"},
        {"cursor": "???"},
        {"cursor": "WzEsMl0"},
        {"limit": 0},
        {"limit": 101},
        {"q": "a" * 61},
        {"q": "\x00"},
        {"price_min_fen": -1},
        {"category_id": "x"},
    ],
)
async def test_a_list_takes_only_what_it_knows(shop: Shop, params: dict[str, Any]) -> None:
    answer = await shop.client.get("/api/buyer/products", params=params)

    assert answer.status_code == 422
    assert answer.json()["code"] in ("invalid_request", "bad_cursor")


async def test_filters_by_price(shop: Shop) -> None:
    category = await shop.category()
    cheap, dear = [
        await shop.product(
            category_id=category, options=[], skus=[{"options": {}, "price_fen": fen, "stock": 1}]
        )
        for fen in (500, 900)
    ]

    assert await _found(shop, "", category_id=category, price_max_fen=600) == [cheap["id"]]
    assert await _found(shop, "", category_id=category, price_min_fen=600) == [dear["id"]]


async def test_models_weights_and_traditional_characters_are_found(shop: Shop) -> None:
    category = await shop.category()
    phone = await shop.product(title="苹果 iPhone 15 Pro 手机壳", category_id=category)
    honey = await shop.product(title="臺灣龍眼蜂蜜500g", category_id=category)

    for query in ("iphone15", "15 iPhone", "iPhone15Pro", "手机壳 苹果"):
        assert await _found(shop, query, category_id=category) == [phone["id"]]
    for query in ("500 g", "５００Ｇ", "台湾 蜂蜜", "蜂蜜台灣"):
        assert await _found(shop, query, category_id=category) == [honey["id"]]


async def test_products_of_older_folding_are_folded_again(shop: Shop) -> None:
    category = await shop.category()
    made = [(await shop.product(title="純棉襯衫", category_id=category))["id"] for _ in range(3)]
    async with shop.services.db.transaction() as tx:
        await tx.fetch(
            "UPDATE catalog_product SET folding = 0, text = title, terms = ''"
            " WHERE category_id = $1",
            UUID(category),
        )
    assert await _found(shop, "纯棉衬衫", category_id=category) == []

    await refold(shop.services, clock.now())

    assert sorted(await _found(shop, "纯棉衬衫", category_id=category)) == sorted(made)
    async with shop.services.db.transaction() as tx:
        stale = await tx.fetch("SELECT 1 FROM catalog_product WHERE folding < $1", words.FOLDING)
    assert stale == []


def _png(mode: str = "RGB", size: tuple[int, int] = (30, 20)) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, "red").save(made, "PNG")
    return made.getvalue()


async def test_an_uploaded_picture_is_ours(shop: Shop) -> None:
    answer = await shop.client.post(
        "/api/merchant/pictures",
        files={"file": ("../../a.php", _png() + b"<script>x</script>", "text/html")},
        headers=await shop.staff(Role.operator),
    )

    assert answer.status_code == 201
    made = answer.json()
    served = await shop.client.get(made["url"])
    assert served.headers["content-type"] == "image/webp"
    assert served.headers["x-content-type-options"] == "nosniff"
    assert b"script" not in served.content
    assert (await shop.client.get(made["thumb_url"])).status_code == 200


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"<svg onload='x()'/>", _png()[:60], b"GIF89a", b"\x89PNG\r\n\x1a\n" * 9],
)
async def test_what_is_not_a_picture_is_refused(shop: Shop, data: bytes) -> None:
    answer = await shop.client.post(
        "/api/merchant/pictures",
        files={"file": ("a.png", data, "image/png")},
        headers=await shop.staff(),
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "picture_unreadable")


async def test_a_picture_of_too_many_pixels_is_not_opened(shop: Shop) -> None:
    answer = await shop.client.post(
        "/api/merchant/pictures",
        files={"file": ("a.png", _png("1", (6000, 6000)), "image/png")},
        headers=await shop.staff(),
    )

    assert answer.json()["code"] == "picture_unreadable"


@pytest.mark.parametrize("key", ["../secret", "nothing.webp", "a/%2e%2e/b.webp", "x.svg", "%00"])
async def test_files_are_only_our_pictures(shop: Shop, key: str) -> None:
    assert (await shop.client.get(f"/files/{key}")).status_code in (404, 422)


async def test_a_cart_shows_what_things_cost_now(shop: Shop) -> None:
    buyer, stranger = await shop.buyer(), await shop.buyer()
    made = await shop.product()
    sku = made["skus"][0]
    path = f"/api/buyer/cart/{sku['id']}"

    await shop.client.put(path, json={"quantity": 2}, headers=buyer)
    cart = (await shop.client.put(path, json={"quantity": 3}, headers=buyer)).json()

    assert [(item["sku_id"], item["quantity"]) for item in cart["items"]] == [(sku["id"], 3)]
    assert cart["items"][0]["spec"] == "S"
    assert cart["items"][0]["available"] == 5
    others = (await shop.client.get("/api/buyer/cart", headers=stranger)).json()
    assert others["items"] == []
    emptied = (await shop.client.delete(path, headers=buyer)).json()
    assert emptied["items"] == []


@pytest.mark.parametrize("quantity", [0, -1, 1.0, 1.5, True, "1", 1000, 2**63, None])
async def test_a_quantity_is_a_whole_number_within_reason(shop: Shop, quantity: object) -> None:
    answer = await shop.client.put(
        f"/api/buyer/cart/{new_id()}", json={"quantity": quantity}, headers=await shop.buyer()
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


async def test_what_is_not_sold_does_not_go_in_a_cart(shop: Shop) -> None:
    buyer, made = await shop.buyer(), await shop.product(is_listed=False)

    unknown = await shop.client.put(
        f"/api/buyer/cart/{new_id()}", json={"quantity": 1}, headers=buyer
    )
    draft = await shop.client.put(
        f"/api/buyer/cart/{made['skus'][0]['id']}", json={"quantity": 1}, headers=buyer
    )

    assert unknown.json()["code"] == "not_found"
    assert draft.json()["code"] == "not_for_sale"


async def test_a_receipt_sent_twice_counts_once_and_is_in_the_journal(shop: Shop) -> None:
    staff, made = await shop.staff(Role.warehouse), await shop.product()
    sku_id = made["skus"][0]["id"]
    receipt = {"id": str(new_id()), "lines": [{"sku_id": sku_id, "quantity": 7}], "note": "补货"}

    for _ in range(2):
        answer = await shop.client.post("/api/merchant/stock/receipts", json=receipt, headers=staff)
        assert [row["on_hand"] for row in answer.json()["items"]] == [12]
    journal = await shop.client.get(f"/api/merchant/stock/movements?sku_id={sku_id}", headers=staff)

    moves = [(m["kind"], m["quantity"], m["on_hand_after"]) for m in journal.json()["items"]]
    assert moves == [("receipt", 7, 12), ("receipt", 5, 5)]


async def test_categories_are_a_tree_of_three(shop: Shop) -> None:
    owner = await shop.staff()

    async def add(parent: str | None) -> Any:
        body = {"name": f"类{short_token(6)}", "parent_id": parent}
        return await shop.client.post("/api/merchant/categories", json=body, headers=owner)

    top = (await add(None)).json()["id"]
    middle = (await add(top)).json()["id"]
    low = (await add(middle)).json()["id"]
    too_low = await add(low)
    circle = await shop.client.put(
        f"/api/merchant/categories/{top}",
        json={"name": "圈", "parent_id": low},
        headers=owner,
    )
    in_use = await shop.client.delete(f"/api/merchant/categories/{top}", headers=owner)

    assert too_low.json()["code"] == circle.json()["code"] == "category_refused"
    assert in_use.json()["code"] == "category_in_use"
    assert (await shop.product(category_id=low))["category_id"] == low
