"""What is sold out leaves the shop's lists by itself, and comes back when it is restocked."""

from typing import Any

from bofen.kit.ids import new_id
from tests.web.conftest import Shop


async def _with_stock(shop: Shop, category: str, stock: int) -> dict[str, Any]:
    skus = [{"options": {}, "price_fen": 900, "stock": stock}]
    return await shop.product(category_id=category, options=[], skus=skus)


async def _found(shop: Shop, category: str, **more: str) -> list[str]:
    """The newest first, searched for, so that nothing is kept from a moment ago."""
    params = {"q": "T恤", "category_id": category, "sort": "new", **more}
    page = (await shop.client.get("/api/buyer/products", params=params)).json()
    return [item["id"] for item in page["items"]]


async def _receive(shop: Shop, sku_id: str) -> None:
    body = {"id": str(new_id()), "lines": [{"sku_id": sku_id, "quantity": 1}]}
    answer = await shop.client.post(
        "/api/merchant/stock/receipts", json=body, headers=await shop.staff()
    )
    assert answer.status_code == 200, answer.text


async def test_what_is_sold_out_leaves_the_lists_until_it_is_restocked(shop: Shop) -> None:
    category = await shop.category()
    gone = await _with_stock(shop, category, 0)
    here = await _with_stock(shop, category, 1)

    before = await _found(shop, category)
    by_link = await shop.client.get(f"/api/buyer/products/{gone['id']}")
    await _receive(shop, gone["skus"][0]["id"])
    after = await _found(shop, category)

    assert before == [here["id"]]
    assert [sku["available"] for sku in by_link.json()["skus"]] == [0]
    assert after == [here["id"], gone["id"]]


async def test_what_is_in_stock_is_found_behind_many_that_are_sold_out(shop: Shop) -> None:
    category = await shop.category()
    here = [(await _with_stock(shop, category, 1))["id"] for _ in range(2)]
    for _ in range(8):
        await _with_stock(shop, category, 0)

    assert await _found(shop, category, limit="1") == [here[1]]
    assert await _found(shop, category) == here[::-1]


async def test_a_shop_may_go_on_showing_what_is_sold_out(own_shop: Shop) -> None:
    shop, category = own_shop, await own_shop.category()
    gone = await _with_stock(shop, category, 0)
    here = await _with_stock(shop, category, 1)
    path, owner = "/api/merchant/settings/trade", await shop.staff()
    body = {"version": 0, "value": {"is_sold_out_hidden": False}}
    assert (await shop.client.put(path, json=body, headers=owner)).status_code == 200

    everything = await _found(shop, category)
    in_stock = await _found(shop, category, in_stock="true")

    assert everything == [here["id"], gone["id"]]
    assert in_stock == [here["id"]]
    assert (await shop.client.get("/api/buyer/shop")).json()["is_sold_out_hidden"] is False
