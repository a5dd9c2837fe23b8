"""Staff's way in: guessing, being locked out, passwords, and what ends a session."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from bofen.identity import passwords
from bofen.identity import service as identity
from bofen.identity.errors import PasswordGuessable
from bofen.identity.rules import Role
from bofen.identity.service import StaffDraft
from bofen.kit import clock
from bofen.kit.crypto import hash_password
from bofen.kit.ids import short_token
from bofen.web.merchant.sessions import TRIES_OF_A_LOGIN, delay_s
from tests.web.conftest import Headers, Shop

PASSWORD = "right pony battery"


async def _member(shop: Shop, role: Role = Role.warehouse) -> tuple[str, str]:
    """The id and the login of somebody who works here."""
    login = f"staff-{short_token(8).lower()}"
    async with shop.services.db.transaction() as tx:
        draft = StaffDraft(login, "小王", role)
        staff_id = await identity.hire(tx, draft, hash_password(PASSWORD), clock.now())
    return str(staff_id), login


async def _tries(
    shop: Shop, login: str, password: str, address: str = "198.51.100.7"
) -> httpx.Response:
    transport = httpx.ASGITransport(shop.app, client=(address, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        body = {"login": login, "password": password}
        return await client.post("/api/merchant/sessions", json=body)


async def _signed_in(shop: Shop, login: str, password: str = PASSWORD) -> Headers:
    answer = await _tries(shop, login, password)
    assert answer.status_code == 201, answer.text
    return {"Authorization": f"Bearer {answer.json()['token']}"}


async def _status(shop: Shop, headers: Headers) -> int:
    return (await shop.client.get("/api/merchant/me", headers=headers)).status_code


async def test_a_stranger_who_guesses_locks_himself_out_and_nobody_else(shop: Shop) -> None:
    _, login = await _member(shop)
    guesses = [(await _tries(shop, login, f"guess {i}")).status_code for i in range(11)]
    assert guesses == [401] * 10 + [429]

    assert (await _tries(shop, login, PASSWORD)).status_code == 429
    assert (await _tries(shop, login, PASSWORD, "198.51.100.8")).status_code == 201


async def test_an_ipv6_line_is_one_guesser(shop: Shop) -> None:
    _, login = await _member(shop)
    answers = [
        (await _tries(shop, login, "guess", f"2001:db8:7::{i:x}")).status_code for i in range(11)
    ]

    assert answers == [401] * 10 + [429]


async def test_whoever_gets_in_begins_anew(shop: Shop) -> None:
    _, login = await _member(shop)
    for _ in range(2):
        for _ in range(9):
            assert (await _tries(shop, login, "mistyped")).status_code == 401
        assert (await _tries(shop, login, PASSWORD)).status_code == 201


def test_a_login_that_many_guess_at_becomes_slower_and_never_shut() -> None:
    delays = [delay_s(tries) for tries in (1, TRIES_OF_A_LOGIN.times, 15, 30, 10**6)]

    assert delays == [0, 0, 0.5, 2.0, 2.0]


@pytest.mark.parametrize(
    "changes",
    [{"is_active": False}, {"role": "operator"}, {"password": "another long one"}],
)
async def test_a_session_ends_when_its_truth_has_changed(
    shop: Shop, changes: dict[str, Any]
) -> None:
    staff_id, login = await _member(shop)
    owner, headers = await shop.staff(), await _signed_in(shop, login)
    as_was = {"login": login, "name": "小王", "role": "warehouse", "is_active": True}
    path = f"/api/merchant/staff/{staff_id}"
    for body in (as_was | changes, as_was):
        changed = await shop.client.put(path, json=body, headers=owner)
        assert changed.status_code == 204, changed.text

    assert await _status(shop, headers) == 401


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"is_active": False}, "staff_inactive"),
        ({"role": "operator"}, "access_changed"),
        ({"password": "another long one"}, "access_changed"),
    ],
)
async def test_whoever_is_signed_out_is_told_why(
    shop: Shop, changes: dict[str, Any], code: str
) -> None:
    staff_id, login = await _member(shop)
    headers = await _signed_in(shop, login)
    as_was = {"login": login, "name": "小王", "role": "warehouse", "is_active": True}
    path = f"/api/merchant/staff/{staff_id}"
    await shop.client.put(path, json=as_was | changes, headers=await shop.staff())

    answer = await shop.client.get("/api/merchant/me", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, code)


async def test_a_session_that_is_over_says_so(shop: Shop) -> None:
    staff_id, login = await _member(shop)
    headers = await _signed_in(shop, login)
    async with shop.services.db.transaction() as tx:
        await tx.fetch(
            "UPDATE identity_session SET expires_at = $2 WHERE staff_id = $1",
            UUID(staff_id),
            clock.now(),
        )

    answer = await shop.client.get("/api/merchant/me", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "session_expired")
    stranger = await shop.client.get("/api/merchant/me", headers={"Authorization": "Bearer x"})
    assert stranger.json()["code"] == "not_signed_in"


async def test_only_who_knows_the_password_is_told_that_the_login_was_deactivated(
    shop: Shop,
) -> None:
    staff_id, login = await _member(shop)
    gone = {"login": login, "name": "小王", "role": "warehouse", "is_active": False}
    path = f"/api/merchant/staff/{staff_id}"
    await shop.client.put(path, json=gone, headers=await shop.staff())

    assert (await _tries(shop, login, PASSWORD)).json()["code"] == "staff_inactive"
    assert (await _tries(shop, login, "not it")).json()["code"] == "wrong_password"


async def test_a_new_name_signs_nobody_out(shop: Shop) -> None:
    staff_id, login = await _member(shop)
    headers = await _signed_in(shop, login)
    body = {"login": login, "name": "王师傅", "role": "warehouse", "is_active": True}
    path = f"/api/merchant/staff/{staff_id}"
    await shop.client.put(path, json=body, headers=await shop.staff())

    assert await _status(shop, headers) == 200


async def test_staff_change_their_own_password(shop: Shop) -> None:
    _, login = await _member(shop)
    here, elsewhere = await _signed_in(shop, login), await _signed_in(shop, login)
    path = "/api/merchant/me/password"
    for old, new, status, code in (
        ("not the old one", "a new long one", 409, "old_password_wrong"),
        (PASSWORD, "password1", 422, "password_guessable"),
        (PASSWORD, f"{login}2026", 422, "password_guessable"),
        (PASSWORD, "short", 422, "invalid_request"),
    ):
        answer = await shop.client.put(path, json={"old": old, "new": new}, headers=here)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await _status(shop, here) == 200

    done = await shop.client.put(path, json={"old": PASSWORD, "new": "a new long 1"}, headers=here)

    assert done.status_code == 204
    assert [await _status(shop, headers) for headers in (here, elsewhere)] == [401, 401]
    assert (await _tries(shop, login, PASSWORD)).status_code == 401
    await _signed_in(shop, login, "a new long 1")


async def test_nobody_is_hired_with_a_password_that_everybody_tries(shop: Shop) -> None:
    owner = await shop.staff()
    body = {"login": f"new-{short_token(6).lower()}", "name": "新人", "role": "host"}
    for password in ("12345678", "aaaaaaaa", "qwertyuiop", body["login"]):
        answer = await shop.client.post(
            "/api/merchant/staff", json=body | {"password": password}, headers=owner
        )
        assert (answer.status_code, answer.json()["code"]) == (422, "password_guessable")


@pytest.mark.parametrize(
    ("password", "is_fine"),
    [
        ("Password1", False),
        ("iloveyou1", False),
        ("1Princess2024", False),
        ("woaini1314", False),
        ("1q2w3e4r", False),
        ("a12345678", False),
        ("19900101", False),
        ("13812345678", False),
        ("abababab", False),
        ("xiaowang-2026", False),
        ("correct horse", True),
        ("princess-4827-1938", True),
        ("小满直播间的仓库", True),
        ("284719305862", True),
    ],
)
def test_what_is_easily_guessed_is_refused(password: str, *, is_fine: bool) -> None:
    try:
        passwords.check(password, "xiaowang")
    except PasswordGuessable:
        assert not is_fine
    else:
        assert is_fine
