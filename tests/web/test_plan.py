"""The commission plan over HTTP: the next version, its limits, its history, and the tiers."""

from uuid import uuid4

from bofen.identity.rules import Role
from tests.web.conftest import Shop

URL = "/api/merchant/plan"


async def test_a_plan_is_read_changed_and_remembered(own_shop: Shop) -> None:
    shop, owner = own_shop, await own_shop.staff()
    product = await shop.product()
    first = (await shop.client.get(URL, headers=owner)).json()
    rates = [
        {"kind": "tier", "subject_id": "gold", "rate_bp": 1_200},
        {"kind": "product", "subject_id": product["id"], "rate_bp": 1_500},
    ]
    body = {"version": first["version"], "shop_bp": 900, "cap_bp": 5_000, "rates": rates}

    written = await shop.client.put(URL, json=body, headers=owner)
    stale = await shop.client.put(URL, json=body, headers=owner)
    later = await shop.client.put(
        URL,
        json=body | {"version": 1, "shop_bp": 950, "from_at": "2027-01-01T00:00:00+08:00"},
        headers=owner,
    )
    versions = (await shop.client.get(f"{URL}/versions", headers=owner)).json()["items"]
    old = (await shop.client.get(f"{URL}/versions/1", headers=owner)).json()
    none = await shop.client.get(f"{URL}/versions/77", headers=owner)

    assert (first["version"], first["stage"], first["by_name"]) == (0, "in_force", "")
    assert written.status_code == 200, written.text
    assert [(rate["name"], rate["rate_bp"]) for rate in written.json()["rates"]] == [
        ("金牌", 1_200),
        (product["title"], 1_500),
    ]
    assert (stale.status_code, stale.json()["code"]) == (409, "plan_changed")
    assert later.json()["stage"] == "coming"
    assert [(one["version"], one["stage"], one["shop_bp"]) for one in versions] == [
        (2, "coming", 950),
        (1, "in_force", 900),
        (0, "past", 1_000),
    ]
    assert (old["rates_count"], old["by_name"]) == (2, "小店员")
    assert none.status_code == 404


async def test_a_plan_over_its_limits_is_refused(shop: Shop) -> None:
    owner = await shop.staff()
    version = (await shop.client.get(URL, headers=owner)).json()["version"]
    plan = {"version": version, "shop_bp": 1_000, "cap_bp": 5_000, "rates": []}
    changes = [
        {"shop_bp": 5_001},
        {"rates": [{"kind": "tier", "subject_id": "boss", "rate_bp": 1}]},
        {"rates": [{"kind": "product", "subject_id": "x", "rate_bp": 1}]},
        {"rates": [{"kind": "head", "subject_id": "gold", "rate_bp": 1}]},
        {"levels": 3},
        {"from_at": "2020-01-01T00:00:00Z"},
        {"from_at": "2027-01-01T00:00:00"},
    ]

    answers = [await shop.client.put(URL, json=plan | one, headers=owner) for one in changes]
    reviewer = await shop.client.put(URL, json=plan, headers=await shop.staff(Role.reviewer))

    assert [answer.status_code for answer in answers] == [422] * len(changes)
    assert reviewer.status_code == 403


async def test_tiers_are_the_merchant_s_own(shop: Shop) -> None:
    owner = await shop.staff()
    code, name = f"t{uuid4().hex[:8]}", f"星{uuid4().hex[:6]}"
    url = f"/api/merchant/tiers/{code}"

    made = await shop.client.put(url, json={"name": name, "position": 7}, headers=owner)
    listed = (await shop.client.get("/api/merchant/tiers", headers=owner)).json()["items"]
    taken = await shop.client.put(f"{url}x", json={"name": name, "position": 8}, headers=owner)
    removed = await shop.client.delete(url, headers=owner)
    first = await shop.client.delete("/api/merchant/tiers/normal", headers=owner)

    assert made.json() == {"code": code, "name": name, "position": 7}
    assert made.json() in listed
    assert taken.json()["code"] == "tier_name_taken"
    assert removed.status_code == 204
    assert first.json()["code"] == "tier_in_use"
