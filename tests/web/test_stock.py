"""The stock page: a refusal says how much could be."""

from typing import Any

import httpx

from bofen.identity.rules import Role
from bofen.kit.ids import new_id
from tests.web.conftest import Headers, Shop

STOCK = "/api/merchant/stock"


async def _books(
    shop: Shop, owner: Headers, kind: str, line: dict[str, Any], note: str = ""
) -> httpx.Response:
    body = {"id": str(new_id()), "lines": [line], "note": note}
    return await shop.client.post(f"{STOCK}/{kind}", json=body, headers=owner)


async def test_a_refusal_says_how_much_can_be_written_off(shop: Shop) -> None:
    owner, product = await shop.staff(), await shop.product()
    line = {"sku_id": product["skus"][0]["id"], "quantity": 1_000}

    refused = await _books(shop, owner, "damages", line)

    assert (refused.status_code, refused.json()["code"]) == (409, "below_held")
    assert refused.json()["facts"] == {
        "sku_id": line["sku_id"],
        "on_hand": 5,
        "held": 0,
        "available": 5,
    }
    assert refused.json()["message"]["zh"] == "在库 5 件，其中 0 件已留给订单，最多可减 5 件"


async def test_one_limit_is_set_for_several_and_decides_what_is_low(shop: Shop) -> None:
    keeper, product = await shop.staff(Role.warehouse), await shop.product()
    sku_ids = [sku["id"] for sku in product["skus"]]

    async def low() -> set[str]:
        found: set[str] = set()
        cursor = None
        while True:
            query = {"low": True, "limit": 100} | ({"cursor": cursor} if cursor else {})
            page = (await shop.client.get(STOCK, params=query, headers=keeper)).json()
            found |= {row["sku_id"] for row in page["items"]}
            cursor = page["next"]
            if not cursor:
                return found & set(sku_ids)

    assert await low() == set(sku_ids), "five are fewer than the shop's ten"
    for _ in range(2):
        body = {"sku_ids": sku_ids, "low_below": 5}
        changed = await shop.client.put(f"{STOCK}/limits", json=body, headers=keeper)
        assert [row["low_below"] for row in changed.json()["items"]] == [5, 5]
    assert await low() == set()
    one = {"sku_ids": sku_ids[:1], "low_below": 6}
    assert (await shop.client.put(f"{STOCK}/limits", json=one, headers=keeper)).status_code == 200
    assert await low() == set(sku_ids[:1])

    owner = await shop.staff()
    deeds = await shop.client.get(
        "/api/merchant/audit", params={"subject": f"sku:{sku_ids[0]}"}, headers=owner
    )
    facts = [
        {fact["name"]: fact["value"] for fact in row["facts"]} for row in deeds.json()["items"]
    ]
    assert facts == [{"before": "5", "after": "6"}, {"before": "10", "after": "5"}]


async def test_an_unknown_sku_has_no_limit(shop: Shop) -> None:
    body = {"sku_ids": [str(new_id())], "low_below": 5}

    answer = await shop.client.put(f"{STOCK}/limits", json=body, headers=await shop.staff())

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
