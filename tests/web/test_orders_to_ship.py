"""What waits for the warehouse: whatever of an order is not asked back, in list and count alike."""

from typing import Any

from bofen.identity.rules import Role
from bofen.kit.ids import new_id
from tests.web.conftest import Headers, Shop
from tests.web.test_settings import write
from tests.web.test_shipping import order_of, paid_order, send

ADDRESS = {"return_name": "小郑", "return_phone": "021-5555", "return_address": "上海市西路 2 号"}


async def asks_back(
    shop: Shop, order_id: str, buyer: Headers, quantity: int, kind: str = "refund"
) -> dict[str, Any]:
    asked = {
        "order_id": order_id,
        "kind": kind,
        "reason": "不想要了",
        "lines": [{"no": 1, "quantity": quantity}],
    }
    url = f"/api/buyer/after-sales/{new_id()}"
    answer = await shop.client.put(url, json=asked, headers=buyer)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def to_ship(shop: Shop) -> tuple[list[str], int]:
    """The list's orders, and the count of the first page."""
    packer = await shop.staff(Role.warehouse)
    url = "/api/merchant/orders?to_ship=true&limit=100"
    listed = (await shop.client.get(url, headers=packer)).json()["items"]
    seen = (await shop.client.get("/api/merchant/overview", headers=packer)).json()
    return [one["id"] for one in listed], seen["to_do"]["ship"]


async def test_an_order_partly_asked_back_still_waits_for_the_warehouse(own_shop: Shop) -> None:
    shop = own_shop
    whole, _ = await paid_order(shop)
    part, buyer = await paid_order(shop)
    await asks_back(shop, part, buyer, 1)
    gone, other = await paid_order(shop)
    await asks_back(shop, gone, other, 1)
    await asks_back(shop, gone, other, 1)
    sent, _ = await paid_order(shop)
    await send(shop, sent)

    listed, count = await to_ship(shop)

    assert (listed, count) == ([part, whole], 2)
    assert (await order_of(shop, part, buyer))["shown"] == "refunding"
    assert (await send(shop, part)).status_code == 201
    assert await to_ship(shop) == ([whole], 1)


async def test_who_sends_goods_back_is_told_where_to(own_shop: Shop) -> None:
    shop, owner = own_shop, await own_shop.staff()
    order_id, buyer = await paid_order(shop)
    await send(shop, order_id)
    asked = await asks_back(shop, order_id, buyer, 1, "return_and_refund")
    approve = f"/api/merchant/after-sales/{asked['id']}/approve"
    assert (await shop.client.post(approve, headers=owner)).status_code == 200
    url = f"/api/buyer/after-sales/{asked['id']}"

    unsaid = (await shop.client.get(url, headers=buyer)).json()
    said = await write(shop, owner, "shop", version=0, value=ADDRESS)
    told = (await shop.client.get(url, headers=buyer)).json()
    parcel = {"carrier": "yuantong", "tracking_no": "YT0123456789"}
    sent = await shop.client.post(f"{url}/return", json=parcel, headers=buyer)

    assert (said.status_code, asked["return_to"]) == (200, None)
    assert (unsaid["status"], unsaid["return_to"]) == ("returning", None)
    assert told["return_to"] == {"name": "小郑", "phone": "021-5555", "address": "上海市西路 2 号"}
    assert (sent.json()["status"], sent.json()["return_to"]) == ("returned", None)


async def test_the_rest_of_an_order_can_be_sent_after_its_first_parcel(own_shop: Shop) -> None:
    """One piece asked back, the other sent, the request withdrawn: one piece waits again."""
    shop, packer = own_shop, await own_shop.staff(Role.warehouse)
    order_id, buyer = await paid_order(shop)
    asked = await asks_back(shop, order_id, buyer, 1)
    assert (await send(shop, order_id)).status_code == 201
    assert await to_ship(shop) == ([], 0)

    await shop.client.post(f"/api/buyer/after-sales/{asked['id']}/withdraw", headers=buyer)

    waiting = await order_of(shop, order_id, buyer)
    assert (waiting["unsent"], waiting["can"]["confirm"]) == (1, False)
    assert await to_ship(shop) == ([order_id], 1)
    url = f"/api/merchant/orders/{order_id}/shipments"
    assert (await shop.client.get(url, headers=packer)).json()["unsent"] == [
        {"no": 1, "quantity": 1}
    ]
    assert (await send(shop, order_id)).status_code == 201
    sent = await order_of(shop, order_id, buyer)
    assert (sent["unsent"], sent["can"]["confirm"]) == (0, True)
    assert await to_ship(shop) == ([], 0)
