"""What parcels may go by: one list for those who send, and for those who send back."""

from bofen.gateways.couriers.kuaidi100 import CARRIERS
from tests.web.conftest import Shop


async def test_buyers_and_staff_choose_from_the_same_carriers(shop: Shop) -> None:
    owner = await shop.staff()
    answers = [
        (await shop.client.get(f"/api/{audience}/carriers", headers=who)).json()["items"]
        for audience, who in (("buyer", {}), ("merchant", owner))
    ]

    assert answers[0] == answers[1]
    assert [carrier["code"] for carrier in answers[0]] == list(CARRIERS)
