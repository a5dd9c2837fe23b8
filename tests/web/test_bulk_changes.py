"""Bulk changes, copies and versions as the console asks for them."""

from typing import Any

import pytest

from bofen.kit.ids import new_id
from tests.outside import FORBIDDEN_WORD
from tests.web.conftest import Headers, Shop

DEARER = {"kind": "price_scaled", "change_bp": 500}


async def _preview(shop: Shop, owner: Headers, **asked: Any) -> dict[str, Any]:
    path = "/api/merchant/bulk-changes/preview"
    answer = await shop.client.post(path, json=asked, headers=owner)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def test_what_was_shown_is_what_is_done_and_undone(shop: Shop) -> None:
    owner = await shop.staff()
    made = [await shop.product(), await shop.product(is_listed=False)]
    ids = [product["id"] for product in made]
    shown = await _preview(shop, owner, change=DEARER, product_ids=ids)
    path = f"/api/merchant/bulk-changes/{new_id()}"
    seen = [
        {"product_id": line["product_id"], "version": line["version"]} for line in shown["lines"]
    ]

    body = {"change": DEARER, "products": seen}
    done = (await shop.client.put(path, json=body, headers=owner)).json()
    again = (await shop.client.put(path, json=body, headers=owner)).json()

    assert [line["product_id"] for line in shown["lines"]] == ids
    assert shown["lines"][0]["before"] | {"category": ""} == {
        "status": "listed",
        "category": "",
        "price_min_fen": 9990,
        "price_max_fen": 10990,
    }
    after = [line["after"] for line in shown["lines"]]
    assert [(each["price_min_fen"], each["price_max_fen"]) for each in after] == [
        (10490, 11540)
    ] * 2
    assert [line["after"] for line in done["lines"]] == after
    assert again == done
    assert (done["changed"], done["refused"], done["by_name"]) == (2, 0, "小店员")

    undone = (await shop.client.post(f"{path}/undo", headers=owner)).json()
    newest = (await shop.client.get("/api/merchant/bulk-changes", headers=owner)).json()["items"]
    product = (await shop.client.get(f"/api/merchant/products/{ids[0]}", headers=owner)).json()

    assert (undone["put_back"], undone["undone_by_name"]) == (2, "小店员")
    assert [sku["price_fen"] for sku in product["skus"]] == [9990, 10990]
    assert done["id"] in {change["id"] for change in newest}


async def test_a_refused_line_says_why_in_both_languages(shop: Shop) -> None:
    owner = await shop.staff()
    made = await shop.product(is_listed=False, pictures=[])

    cheap = await _preview(
        shop,
        owner,
        change={"kind": "price_added", "amount_fen": -9990},
        product_ids=[made["id"]],
    )
    bare = await _preview(shop, owner, change={"kind": "listing"}, product_ids=[made["id"]])

    assert cheap["lines"][0]["refusal"]["zh"].startswith("改后价格会变成 ¥0.00")
    assert bare["lines"][0]["refusal"]["zh"] == "请至少上传一张图片后再上架"
    assert [line["after"] for line in (*cheap["lines"], *bare["lines"])] == [None, None]


async def test_a_price_below_cost_is_marked(shop: Shop) -> None:
    owner = await shop.staff()
    skus = [{"options": {"尺码": "S"}, "price_fen": 9990, "cost_fen": 6000}]
    options = [{"name": "尺码", "values": ["S"]}]
    made = await shop.product(options=options, skus=skus)

    shown = await _preview(
        shop, owner, change={"kind": "price_set", "amount_fen": 5999}, product_ids=[made["id"]]
    )

    assert shown["lines"][0]["is_below_cost"]


async def test_all_that_the_list_shows_can_be_chosen(shop: Shop) -> None:
    owner, category_id = await shop.staff(), await shop.category()
    ids = {(await shop.product(category_id=category_id))["id"] for _ in range(3)}
    await shop.product(category_id=category_id, is_listed=False)

    shown = await _preview(
        shop,
        owner,
        change={"kind": "delisting"},
        matching={"category_id": category_id, "status": "listed"},
    )

    assert {line["product_id"] for line in shown["lines"]} == ids
    assert shown["has_more"] is False


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "price_set", "amount_fen": 0}, "amount_fen"),
        ({"kind": "price_set", "amount_fen": 9.5}, "amount_fen"),
        ({"kind": "price_scaled", "change_bp": -10_000}, "change_bp"),
        ({"kind": "category", "category_id": "x"}, "category_id"),
        ({"kind": "category"}, "category_id"),
        ({"kind": "listing", "amount_fen": 5}, "amount_fen"),
        ({"kind": "away"}, "change"),
        ({"kind": ["listing"]}, "change"),
        ([], "change"),
        (None, "change"),
    ],
)
async def test_a_change_that_does_not_fit_is_refused(
    shop: Shop, change: object, field: str
) -> None:
    body = {"change": change, "product_ids": [str(new_id())]}
    path = "/api/merchant/bulk-changes/preview"

    answer = await shop.client.post(path, json=body, headers=await shop.staff())

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.json()["facts"]["fields"][0]["field"].endswith(field)


async def test_a_copy_is_a_draft_of_its_own(shop: Shop) -> None:
    owner, made = await shop.staff(), await shop.product()
    path = f"/api/merchant/products/{made['id']}/copy"

    copy = await shop.client.post(path, headers=owner)

    assert copy.status_code == 201
    copied = copy.json()
    assert (copied["title"], copied["status"]) == (f"{made['title']} 副本", "draft")
    assert [sku["on_hand"] for sku in copied["skus"]] == [0, 0]
    assert {sku["id"] for sku in copied["skus"]}.isdisjoint(sku["id"] for sku in made["skus"])
    same = ("category_id", "picture_keys", "detail_html", "options", "tags")
    assert [copied[name] for name in same] == [made[name] for name in same]
    stranger = f"/api/merchant/products/{new_id()}/copy"
    assert (await shop.client.post(stranger, headers=owner)).status_code == 404


async def _edited(shop: Shop, made: dict[str, Any], owner: Headers, **changes: Any) -> None:
    body = await shop.product_body(**{"category_id": made["category_id"], **changes})
    path = f"/api/merchant/products/{made['id']}"
    answer = await shop.client.put(path, json=body, headers=owner)
    assert answer.status_code == 200, answer.text


async def test_versions_tell_what_changed_and_come_back(shop: Shop) -> None:
    owner, made = await shop.staff(), await shop.product(detail_html="<p onclick=x()>棉</p>")
    await _edited(shop, made, owner, title="新标题", detail_html="<p>丝</p>", pictures=[])
    path = f"/api/merchant/products/{made['id']}/versions"

    versions = (await shop.client.get(path, headers=owner)).json()["items"]
    second = (await shop.client.get(f"{path}/2", headers=owner)).json()
    first = (await shop.client.get(f"{path}/1", headers=owner)).json()

    assert [(each["version"], each["by_name"]) for each in versions] == [
        (2, "小店员"),
        (1, "小店员"),
    ]
    told = {each["field"]: each for each in second["changed"]}
    assert (told["title"]["before"], told["title"]["after"]) == (made["title"], "新标题")
    assert told["pictures"]["removed"] == made["pictures"]
    assert (told["detail"]["removed"], told["detail"]["added"]) == (["棉"], ["丝"])
    assert set(told) == {"title", "pictures", "detail"}
    assert (first["changed"], second["restored"]) == ([], [])
    assert {each["field"] for each in first["restored"]} == set(told)

    stale = await shop.client.post(f"{path}/1/restore", json={"version": 1}, headers=owner)
    back = await shop.client.post(f"{path}/1/restore", json={"version": 2}, headers=owner)

    assert stale.json()["code"] == "product_changed"
    same = ("title", "detail_html", "picture_keys", "options")
    assert [back.json()[name] for name in same] == [made[name] for name in same]
    assert [sku["id"] for sku in back.json()["skus"]] == [sku["id"] for sku in made["skus"]]
    assert [sku["on_hand"] for sku in back.json()["skus"]] == [5, 5]
    assert back.json()["version"] == 3


async def test_a_version_that_may_be_shown_no_more_does_not_come_back(shop: Shop) -> None:
    owner, made = await shop.staff(), await shop.product(is_listed=False)
    async with shop.services.db.transaction() as tx:
        await tx.fetch(
            "UPDATE catalog_product_version SET content = jsonb_set(content, '{title}',"
            " to_jsonb($2::text)) WHERE product_id = $1",
            made["id"],
            FORBIDDEN_WORD,
        )
    path = f"/api/merchant/products/{made['id']}/versions"

    answer = await shop.client.post(f"{path}/1/restore", json={"version": 1}, headers=owner)
    unknown = await shop.client.get(f"{path}/7", headers=owner)

    assert answer.json()["code"] == "product_words_refused"
    assert unknown.json()["code"] == "not_found"
