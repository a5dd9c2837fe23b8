"""Signing in: who may, how often, and what a stranger learns."""

import asyncio
from datetime import timedelta

import pytest

from bofen.identity import service as identity
from bofen.identity.rules import Role
from bofen.identity.service import StaffDraft
from bofen.kit import clock
from bofen.kit.crypto import hash_password
from bofen.kit.ids import short_token
from tests.web.conftest import Shop


def _phone() -> str:
    return "138" + "".join(str(ord(c) % 10) for c in short_token(8))


async def test_a_mini_program_code_signs_in_once(shop: Shop) -> None:
    code = {"kind": "wechat", "code": f"code-{short_token(12)}"}

    first = await shop.client.post("/api/buyer/sessions", json=code)
    again = await shop.client.post("/api/buyer/sessions", json=code)

    assert first.status_code == 201
    assert set(first.json()) == {"token", "expires_at", "person"}
    assert first.json()["person"]["affiliate"] is None
    assert (again.status_code, again.json()["code"]) == (401, "wechat_code_refused")


async def test_one_wechat_account_is_one_person_even_at_once(shop: Shop) -> None:
    openid = short_token(12)
    codes = [{"kind": "wechat", "code": f"code-{openid}#{i}"} for i in range(6)]

    answers = await asyncio.gather(
        *(shop.client.post("/api/buyer/sessions", json=code) for code in codes)
    )

    assert len({answer.json()["person"]["id"] for answer in answers}) == 1


async def test_the_authorize_page_comes_back_to_the_same_browser(shop: Shop) -> None:
    page = (await shop.client.get("/api/buyer/sessions/wechat-h5?return_to=/")).json()
    body = {"kind": "wechat_h5", "code": f"code-{short_token(9)}", "state": page["state"]}

    same = await shop.client.post("/api/buyer/sessions", json=body)
    shop.client.cookies.clear()
    other = await shop.client.post(
        "/api/buyer/sessions", json=body | {"code": f"code-{short_token(9)}"}
    )

    assert page["state"] in page["url"]
    assert "redirect_uri=http://shop.test/" in page["url"]
    assert same.status_code == 201
    assert (other.status_code, other.json()["code"]) == (401, "sign_in_state_mismatch")


@pytest.mark.parametrize(
    "return_to", ["//evil.test", "https://evil.test", "/\\evil.test", "evil", "/a%0d%0ab"]
)
async def test_sign_in_never_leads_to_another_host(shop: Shop, return_to: str) -> None:
    answer = await shop.client.get(f"/api/buyer/sessions/wechat-h5?return_to={return_to}")

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


async def test_a_visitor_without_identity_is_not_signed_in(shop: Shop) -> None:
    page = (await shop.client.get("/api/buyer/sessions/wechat-h5")).json()
    body = {"kind": "wechat_h5", "code": "code-visitor1", "state": page["state"]}

    answer = await shop.client.post("/api/buyer/sessions", json=body)

    assert answer.json()["code"] == "wechat_user_refused"


async def test_a_phone_code_signs_in_and_is_used_up(shop: Shop) -> None:
    phone = _phone()
    sent = await shop.client.post("/api/buyer/phone-codes", json={"phone": phone})
    body = {"kind": "phone", "phone": phone, "code": shop.sms.sent[phone]}

    first = await shop.client.post("/api/buyer/sessions", json=body)
    again = await shop.client.post("/api/buyer/sessions", json=body)

    assert (sent.status_code, sent.json()) == (202, {"retry_after_s": 60})
    assert first.status_code == 201
    assert first.json()["person"]["phone_masked"] == f"{phone[:3]}****{phone[-4:]}"
    assert (again.status_code, again.json()["code"]) == (401, "wrong_code")


async def test_five_wrong_tries_use_a_code_up(shop: Shop) -> None:
    phone = _phone()
    await shop.client.post("/api/buyer/phone-codes", json={"phone": phone})
    right = shop.sms.sent[phone]
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"

    for _ in range(5):
        body = {"kind": "phone", "phone": phone, "code": wrong}
        assert (await shop.client.post("/api/buyer/sessions", json=body)).status_code == 401
    last = await shop.client.post(
        "/api/buyer/sessions", json={"kind": "phone", "phone": phone, "code": right}
    )

    assert last.json()["code"] == "wrong_code"


async def test_a_code_is_good_for_five_minutes(shop: Shop) -> None:
    phone, at = _phone(), clock.now() - timedelta(minutes=5, seconds=1)
    async with shop.services.db.transaction() as tx:
        code = await identity.new_phone_code(tx, shop.services.vault, phone, at)

    answer = await shop.client.post(
        "/api/buyer/sessions", json={"kind": "phone", "phone": phone, "code": code}
    )

    assert answer.json()["code"] == "wrong_code"


async def test_a_phone_gets_one_code_a_minute(shop: Shop) -> None:
    phone = _phone()
    await shop.client.post("/api/buyer/phone-codes", json={"phone": phone})

    again = await shop.client.post("/api/buyer/phone-codes", json={"phone": phone})

    assert (again.status_code, again.json()["code"]) == (429, "too_many_requests")
    assert 0 < int(again.headers["Retry-After"]) <= 60


@pytest.mark.parametrize("phone", ["12345678901", "138", "+85212345678", 13800000000, ""])
async def test_only_real_numbers_get_codes(shop: Shop, phone: object) -> None:
    answer = await shop.client.post("/api/buyer/phone-codes", json={"phone": phone})

    assert answer.status_code == 422


async def test_signing_out_works_at_once(shop: Shop) -> None:
    headers = await shop.buyer()
    assert (await shop.client.get("/api/buyer/me", headers=headers)).status_code == 200

    out = await shop.client.delete("/api/buyer/sessions/current", headers=headers)
    after = await shop.client.get("/api/buyer/me", headers=headers)

    assert out.status_code == 204
    assert (after.status_code, after.json()["code"]) == (401, "not_signed_in")


@pytest.mark.parametrize("token", ["", "x", "x" * 500, "Bearer"])
async def test_a_made_up_token_is_nobody(shop: Shop, token: str) -> None:
    answer = await shop.client.get("/api/buyer/me", headers={"Authorization": f"Bearer {token}"})

    assert (answer.status_code, answer.json()["message"]["zh"]) == (401, "请先登录")


async def _hired(shop: Shop, password: str) -> str:
    login = f"staff-{short_token(8).lower()}"
    async with shop.services.db.transaction() as tx:
        draft = StaffDraft(login, "小王", Role.warehouse)
        await identity.hire(tx, draft, hash_password(password), clock.now())
    return login


async def test_staff_sign_in_with_their_rights(shop: Shop) -> None:
    login = await _hired(shop, "correct horse")

    answer = await shop.client.post(
        "/api/merchant/sessions", json={"login": login, "password": "correct horse"}
    )

    assert answer.status_code == 201
    assert answer.json()["staff"]["permissions"] == ["orders_read", "orders_ship", "stock_write"]
    headers = {"Authorization": f"Bearer {answer.json()['token']}"}
    assert (await shop.client.get("/api/merchant/me", headers=headers)).status_code == 200
    assert (await shop.client.get("/api/buyer/me", headers=headers)).status_code == 401


async def test_a_wrong_password_and_an_unknown_login_look_alike(shop: Shop) -> None:
    login = await _hired(shop, "correct horse")

    wrong, unknown = [
        await shop.client.post("/api/merchant/sessions", json={"login": who, "password": "no"})
        for who in (login, "nobody")
    ]

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()


async def test_guessing_a_password_is_stopped(shop: Shop) -> None:
    body = {"login": short_token(9), "password": "guess"}

    answers = [
        (await shop.client.post("/api/merchant/sessions", json=body)).status_code for _ in range(11)
    ]

    assert answers == [401] * 10 + [429]


async def test_a_dismissed_member_of_staff_is_out_at_once(shop: Shop) -> None:
    owner = await shop.staff()
    body = {"login": f"new-{short_token(6).lower()}", "name": "新人", "role": "host"}
    hired = await shop.client.post(
        "/api/merchant/staff", json=body | {"password": "long enough"}, headers=owner
    )
    signed_in = await shop.client.post(
        "/api/merchant/sessions", json={"login": body["login"], "password": "long enough"}
    )
    headers = {"Authorization": f"Bearer {signed_in.json()['token']}"}
    assert (await shop.client.get("/api/merchant/me", headers=headers)).status_code == 200

    changed = await shop.client.put(
        f"/api/merchant/staff/{hired.json()['id']}",
        json=body | {"is_active": False},
        headers=owner,
    )

    assert changed.status_code == 204
    assert (await shop.client.get("/api/merchant/me", headers=headers)).status_code == 401
