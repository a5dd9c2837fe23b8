"""Withdrawals over HTTP: the affiliate's side, and the two persons who approve."""

from typing import Any
from uuid import uuid4

import pytest

from bofen.identity.rules import Role
from tests.flows.affiliates_given import Wallets
from tests.web.conftest import Headers, Shop
from tests.web.test_affiliates import API, an_affiliate, earned, wallets
from tests.web.test_own_withdrawals import a_phone, person_proves, staff_proves

__all__ = ["wallets"]


async def test_money_from_commission_to_wallet(shop: Shop, wallets: Wallets) -> None:
    affiliate_id, headers = await an_affiliate(shop)
    await earned(shop, affiliate_id, 5_000)
    url = f"{API}/withdrawals/{uuid4()}"

    asked = await shop.client.put(url, json={"amount_fen": 3_000}, headers=headers)
    again = await shop.client.put(url, json={"amount_fen": 3_000}, headers=headers)
    other = await shop.client.put(url, json={"amount_fen": 4_000}, headers=headers)
    held = (await shop.client.get(f"{API}/overview", headers=headers)).json()["balance"]
    wallets.end(next(iter(wallets.states)), "SUCCESS")
    checked = await shop.client.post(f"{url}/check", headers=headers)
    statement = (await shop.client.get(f"{API}/statement", headers=headers)).json()["items"]
    whys = [one["commission_id"] for one in statement if one["commission_id"]]
    why = await shop.client.get(f"{API}/commissions/{whys[0]}", headers=headers)
    after = (await shop.client.get(f"{API}/overview", headers=headers)).json()

    assert asked.status_code == 201, asked.text
    assert (asked.json()["status"], asked.json()["confirm_token"]) == ("waiting_user", "package")
    assert again.json() == asked.json()
    assert other.json()["code"] == "id_reused"
    assert (held["available_fen"], held["withdrawing_fen"]) == (2_000, 3_000)
    assert checked.json()["status"] == "paid"
    assert [(one["kind"], one["amount_fen"], one["balance_after_fen"]) for one in statement] == [
        ("withdrawal_paid", 3_000, 2_000),
        ("withdrawal_held", -3_000, 2_000),
        ("released", 5_000, 5_000),
        ("accrued", 5_000, 0),
    ]
    assert "可提现" in why.json()["sentence"]["zh"]
    assert (after["balance"]["available_fen"], after["balance"]["withdrawn_fen"]) == (2_000, 3_000)
    assert after["rate_bp"] == 1_000


@pytest.mark.parametrize("amount", [0, -5, 10**15, True, "3000", 30.5, None])
async def test_no_odd_amount_is_withdrawn(shop: Shop, wallets: Wallets, amount: Any) -> None:
    affiliate_id, headers = await an_affiliate(shop)
    await earned(shop, affiliate_id, 5_000)

    answer = await shop.client.put(
        f"{API}/withdrawals/{uuid4()}", json={"amount_fen": amount}, headers=headers
    )

    assert answer.status_code == 422
    assert wallets.calls == []


async def a_known_clerk(shop: Shop, role: Role) -> Headers:
    """Somebody of this role who has proved his phone."""
    headers, phone = await shop.staff(role), a_phone()
    proved = await staff_proves(shop, headers, phone)
    assert proved.json()["phone_masked"] == f"{phone[:3]}****{phone[-4:]}"
    return headers


async def test_a_large_withdrawal_is_approved_by_two(shop: Shop, wallets: Wallets) -> None:
    affiliate_id, headers = await an_affiliate(shop)
    await person_proves(shop, headers, a_phone())
    await earned(shop, affiliate_id, 300_000)
    withdrawal_id = uuid4()
    asked = await shop.client.put(
        f"{API}/withdrawals/{withdrawal_id}", json={"amount_fen": 200_001}, headers=headers
    )
    finance, owner = await a_known_clerk(shop, Role.finance), await a_known_clerk(shop, Role.owner)
    waiting = await shop.client.get("/api/merchant/withdrawals?status=requested", headers=finance)

    url = f"/api/merchant/withdrawals/{withdrawal_id}/approve"
    unknown = await shop.client.post(url, headers=await shop.staff(Role.finance))
    operator = await shop.client.post(url, headers=await shop.staff(Role.operator))
    once = await shop.client.post(url, headers=finance)
    again = await shop.client.post(url, headers=finance)
    approved = await shop.client.post(url, headers=owner)
    twice = await shop.client.post(url, headers=owner)

    assert asked.json()["status"] == "requested"
    found = next(one for one in waiting.json()["items"] if one["id"] == str(withdrawal_id))
    assert not {"openid", "payee_ref", "confirm_token"} & set(found)
    assert (found["real_name"], found["approvals_needed"]) == ("张**", 2)
    assert found["nickname"]
    assert (unknown.json()["code"], operator.status_code) == ("approver_unknown", 403)
    assert (once.json()["status"], len(once.json()["approved_by"])) == ("requested", 1)
    assert again.json()["code"] == "approved_already"
    assert (approved.json()["status"], len(approved.json()["approved_by"])) == ("approved", 2)
    assert twice.json()["code"] == "withdrawal_decided"


async def test_an_owner_says_who_others_are_but_proves_himself(shop: Shop) -> None:
    owner, clerk = await shop.staff(Role.owner), await shop.staff(Role.finance)
    another = await shop.staff(Role.warehouse)
    me, other = [
        (await shop.client.get("/api/merchant/me", headers=headers)).json()
        for headers in (owner, another)
    ]
    body = {"phone": f"136{uuid4().int % 10**8:08}"}

    said = await shop.client.put(
        f"/api/merchant/staff/{other['id']}/person", json=body, headers=owner
    )
    himself = await shop.client.put(
        f"/api/merchant/staff/{me['id']}/person", json=body, headers=owner
    )
    by_clerk = await shop.client.put(
        f"/api/merchant/staff/{other['id']}/person", json=body, headers=clerk
    )
    nobody = (await shop.client.get("/api/merchant/staff/me/person", headers=clerk)).json()

    assert said.json()["person_id"]
    assert (himself.status_code, by_clerk.status_code) == (403, 403)
    assert nobody["person_id"] is None


async def test_refusals_of_money_speak_yuan(shop: Shop, wallets: Wallets) -> None:
    affiliate_id, headers = await an_affiliate(shop)
    await earned(shop, affiliate_id, 123_456)
    url = f"{API}/withdrawals/{uuid4()}"

    much = await shop.client.put(url, json={"amount_fen": 123_457}, headers=headers)
    little = await shop.client.put(url, json={"amount_fen": 999}, headers=headers)

    assert "¥1,234.56" in much.json()["message"]["zh"]
    assert much.json()["facts"] == {"available_fen": 123_456}
    assert "¥10.00" in little.json()["message"]["en"]
