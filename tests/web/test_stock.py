"""The stock page: a refusal says how much could be."""

from typing import Any

import httpx

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
