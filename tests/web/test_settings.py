"""The merchant's settings over HTTP: read, written, in conflict, and remembered."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bofen.identity.rules import Role
from bofen.kit import clock
from tests.outside import FORBIDDEN_WORD, RESTRICTED_WORD
from tests.web.conftest import Headers, Shop

TRADE = {"pay_within_min": 30, "freight_fen": 1200}


async def settings(shop: Shop, owner: Headers) -> dict[str, Any]:
    answer = await shop.client.get("/api/merchant/settings", headers=owner)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def write(shop: Shop, owner: Headers, key: str, **body: Any) -> Any:
    return await shop.client.put(f"/api/merchant/settings/{key}", json=body, headers=owner)


async def test_nobody_wrote_anything_and_the_trade_s_defaults_hold(own_shop: Shop) -> None:
    found = await settings(own_shop, await own_shop.staff())

    assert found["trade"]["version"] == 0
    assert found["trade"]["value"]["pay_within_min"] == 15
    assert found["in_force"]["binding"]["binding_days"] == 30


async def test_what_is_written_holds_at_once_and_buyers_are_told(own_shop: Shop) -> None:
    owner = await own_shop.staff()

    answer = await write(own_shop, owner, "trade", version=0, value=TRADE)

    assert answer.status_code == 200, answer.text
    assert answer.json()["trade"]["version"] == 1
    assert answer.json()["in_force"]["trade"]["pay_within_min"] == 30
    told = (await own_shop.client.get("/api/buyer/shop")).json()
    assert (told["freight_fen"], told["pay_within_min"]) == (1200, 30)


async def test_what_begins_tomorrow_is_shown_but_does_not_hold_yet(own_shop: Shop) -> None:
    owner = await own_shop.staff()
    tomorrow = (clock.now() + timedelta(days=1)).isoformat()

    answer = await write(own_shop, owner, "trade", version=0, value=TRADE, from_at=tomorrow)

    assert answer.json()["trade"]["value"]["freight_fen"] == 1200
    assert answer.json()["in_force"]["trade"]["freight_fen"] == 800


async def test_of_two_writers_who_read_the_same_one_is_refused(own_shop: Shop) -> None:
    owner = await own_shop.staff()

    answers = await asyncio.gather(
        *(write(own_shop, owner, "shop", version=0, value={"name": f"店{i}"}) for i in range(5))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409]
    refused = next(answer.json() for answer in answers if answer.status_code == 409)
    assert refused["code"] == "settings_changed"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("trade", {"pay_within_min": 4}),
        ("trade", {"pay_within_min": "15"}),
        ("trade", {"after_sale_days": 6}),
        ("trade", {"freight_fen": True}),
        ("trade", {"unknown": 1}),
        ("shop", {"name": ""}),
        ("shop", {"name": "播分\u202e好物"}),
        ("live", {"grace_s": 0}),
        ("binding", {"binding_days": 5, "protection_days": 6}),
        ("payout", {"withdrawal_min_fen": 99}),
    ],
)
async def test_what_the_house_cannot_bear_is_refused(
    own_shop: Shop, key: str, value: dict[str, Any]
) -> None:
    owner = await own_shop.staff()

    answer = await write(own_shop, owner, key, version=0, value=value)

    assert answer.status_code == 422, answer.text
    assert (await settings(own_shop, owner))[key]["version"] == 0


@pytest.mark.parametrize(
    "from_at", ["2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "2026-12-01T00:00:00"]
)
async def test_a_beginning_lies_ahead_and_has_a_zone(own_shop: Shop, from_at: str) -> None:
    owner = await own_shop.staff()

    answer = await write(own_shop, owner, "trade", version=0, value=TRADE, from_at=from_at)

    assert answer.status_code == 422


async def test_every_version_is_kept_with_who_wrote_it(own_shop: Shop) -> None:
    owner = await own_shop.staff()
    for version, fen in enumerate((900, 1000)):
        await write(own_shop, owner, "trade", version=version, value={"freight_fen": fen})

    answer = await own_shop.client.get("/api/merchant/settings/trade/history", headers=owner)

    assert [(row["version"], row["value"]["freight_fen"]) for row in answer.json()["items"]] == [
        (2, 1000),
        (1, 900),
    ]
    assert {row["by_name"] for row in answer.json()["items"]} == {"小店员"}
    log = (await own_shop.client.get("/api/merchant/audit", headers=owner)).json()["items"]
    assert [(row["deed"], row["subject"]) for row in log[:2]] == [
        ("settings_changed", "settings:trade")
    ] * 2
    assert log[0]["facts"] == [{"name": "version", "value": "2"}]


async def test_only_the_owner_reads_and_writes_settings(own_shop: Shop) -> None:
    for role in set(Role) - {Role.owner}:
        staff = await own_shop.staff(role)
        answer = await own_shop.client.get("/api/merchant/settings", headers=staff)
        assert answer.status_code == 403, role
        assert (await write(own_shop, staff, "shop", version=0, value={})).status_code == 403


@pytest.mark.parametrize("policy", ["user_agreement", "privacy_policy"])
async def test_what_buyers_agree_to_can_be_read_before_anybody_wrote_it(
    own_shop: Shop, policy: str
) -> None:
    owner = await own_shop.staff()
    value = {"name": "阿沅好物", "company": "杭州{沅}商贸", "service_phone": "0571-1"}
    await write(own_shop, owner, "shop", version=0, value=value)

    found = (await own_shop.client.get(f"/api/buyer/shop/policies/{policy}")).json()

    assert (found["version"], found["from_at"]) == ("2026-11", None)
    assert "杭州{沅}商贸" in found["text"]
    assert found["text"].endswith("客服电话 0571-1")


async def test_the_merchant_s_own_policy_is_shown_to_the_letter_once_it_holds(
    own_shop: Shop,
) -> None:
    owner = await own_shop.staff()
    text = "一、{name}\n二、保存三年"
    later = (clock.now() + timedelta(days=7)).isoformat()

    async def shown(policy: str) -> dict[str, Any]:
        found = await own_shop.client.get(f"/api/buyer/shop/policies/{policy}")
        told: dict[str, Any] = found.json()
        return told

    await write(own_shop, owner, "policies", version=0, value={"privacy_policy": text})
    await write(
        own_shop, owner, "policies", version=1, value={"privacy_policy": "下周"}, from_at=later
    )

    own = await shown("privacy_policy")
    assert (own["version"], own["text"]) == ("1", text)
    assert (await shown("user_agreement"))["version"] == "2026-11"
    assert (await own_shop.client.get("/api/buyer/shop/policies/other")).status_code == 422


@pytest.mark.parametrize("field", ["name", "notice"])
@pytest.mark.parametrize("word", [FORBIDDEN_WORD, RESTRICTED_WORD])
async def test_what_every_buyer_reads_of_the_shop_is_guarded(
    own_shop: Shop, field: str, word: str
) -> None:
    owner = await own_shop.staff()

    answer = await write(own_shop, owner, "shop", version=0, value={field: f"好茶{word}"})

    assert (answer.status_code, answer.json()["code"]) == (422, "words_refused")
    assert answer.json()["facts"] == {"field": field, "words": [word]}
    assert (await settings(own_shop, owner))["shop"]["version"] == 0
