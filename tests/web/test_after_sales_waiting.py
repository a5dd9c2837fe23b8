"""What of the after-sales waits for staff: the first page's number is the length of its list."""

from tests.web.conftest import Headers, Shop
from tests.web.test_orders_to_ship import asks_back
from tests.web.test_shipping import paid_order, send

PARCEL = {"carrier": "yuantong", "tracking_no": "YT0123456789"}


async def _to_be_returned(shop: Shop, owner: Headers) -> tuple[str, Headers]:
    order_id, buyer = await paid_order(shop)
    await send(shop, order_id)
    asked = await asks_back(shop, order_id, buyer, 1, "return_and_refund")
    approve = f"/api/merchant/after-sales/{asked['id']}/approve"
    assert (await shop.client.post(approve, headers=owner)).status_code == 200
    return asked["id"], buyer


async def test_the_first_page_counts_what_its_link_lists(own_shop: Shop) -> None:
    shop, owner = own_shop, await own_shop.staff()
    order_id, buyer = await paid_order(shop)
    applied = (await asks_back(shop, order_id, buyer, 1))["id"]
    await _to_be_returned(shop, owner)
    returned, other = await _to_be_returned(shop, owner)
    url = f"/api/buyer/after-sales/{returned}/return"
    assert (await shop.client.post(url, json=PARCEL, headers=other)).status_code == 200

    url = "/api/merchant/after-sales"
    waiting = await shop.client.get(url, params={"waiting": True}, headers=owner)
    seen = await shop.client.get("/api/merchant/overview", headers=owner)
    every = await shop.client.get(url, headers=owner)

    assert [one["id"] for one in waiting.json()["items"]] == [returned, applied]
    assert seen.json()["to_do"]["after_sales"] == 2
    assert len(every.json()["items"]) == 3
