"""Nobody pays himself: payee and approvers are compared by the phones that they have proved."""

import asyncio
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID, uuid4

import httpx
import pytest

from bofen.identity.rules import Role
from bofen.kit.ids import short_token
from bofen.web.phone_codes import TO_A_PHONE
from tests.flows.affiliates_given import Wallets
from tests.web.conftest import Headers, Shop
from tests.web.test_affiliates import API, APPLICATION, earned, wallets

__all__ = ["wallets"]

LARGE = 200_001
BUYER = "/api/buyer"
MERCHANT = "/api/merchant"


def a_phone() -> str:
    """Of nobody yet."""
    return f"137{uuid4().int % 10**8:08}"


async def _code(shop: Shop, phone: str, url: str, who: Headers) -> str:
    """A code that the phone received, when the minute between two codes is over."""
    await shop.services.limiter.forget(TO_A_PHONE, shop.services.vault.blind_index(phone).hex())
    sent = await shop.client.post(url, json={"phone": phone}, headers=who)
    assert sent.status_code == 202, sent.text
    return shop.sms.sent[phone]


async def person_proves(shop: Shop, who: Headers, phone: str) -> httpx.Response:
    code = await _code(shop, phone, f"{BUYER}/phone-codes", who)
    body = {"phone": phone, "code": code}
    proved = await shop.client.put(f"{BUYER}/me/phone", json=body, headers=who)
    assert proved.status_code == 200, proved.text
    return proved


async def staff_proves(shop: Shop, who: Headers, phone: str) -> httpx.Response:
    url = f"{MERCHANT}/staff/me"
    code = await _code(shop, phone, f"{url}/phone-codes", who)
    body = {"phone": phone, "code": code}
    proved = await shop.client.put(f"{url}/person", json=body, headers=who)
    assert proved.status_code == 200, proved.text
    return proved


async def signs_in_by_phone(shop: Shop, phone: str) -> tuple[str, Headers]:
    code = await _code(shop, phone, f"{BUYER}/phone-codes", {})
    return await _signs_in(shop, {"kind": "phone", "phone": phone, "code": code})


async def signs_in_by_wechat(shop: Shop, openid: str) -> tuple[str, Headers]:
    return await _signs_in(shop, {"kind": "wechat", "code": f"code-{openid}#{short_token()}"})


async def _signs_in(shop: Shop, body: dict[str, str]) -> tuple[str, Headers]:
    answer = await shop.client.post(f"{BUYER}/sessions", json=body)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    return made["person"]["id"], {"Authorization": f"Bearer {made['token']}"}


async def a_clerk(shop: Shop, *phones: str) -> Headers:
    """Somebody of finance who has proved these phones, one after the other."""
    headers = await shop.staff(Role.finance)
    for phone in phones:
        await staff_proves(shop, headers, phone)
    return headers


async def an_affiliate(shop: Shop, who: Headers) -> None:
    """Whoever this is recommends from now on, and has earned enough."""
    name = f"张晓{chr(0x4E00 + uuid4().int % 5_000)}"
    applied = await shop.client.post(
        f"{API}/application", json=APPLICATION | {"introduction": name}, headers=who
    )
    assert applied.status_code == 201, applied.text
    reviewer = await shop.staff(Role.reviewer)
    url = f"{MERCHANT}/affiliates"
    waiting = await shop.client.get(f"{url}?status=pending&limit=100", headers=reviewer)
    mine = next(one for one in waiting.json()["items"] if one["introduction"] == name)
    approved = await shop.client.post(f"{url}/{mine['id']}/approve", headers=reviewer)
    assert approved.status_code == 200, approved.text
    await earned(shop, UUID(mine["id"]), 2 * LARGE)


@dataclass(frozen=True)
class Payee:
    """Somebody who came by WeChat and recommends."""

    openid: str
    headers: Headers

    async def asks(self, shop: Shop, amount_fen: int = LARGE) -> httpx.Response:
        url = f"{API}/withdrawals/{uuid4()}"
        return await shop.client.put(url, json={"amount_fen": amount_fen}, headers=self.headers)

    async def asked(self, shop: Shop) -> str:
        answer = await self.asks(shop)
        assert (answer.status_code, answer.json()["status"]) == (201, "requested"), answer.text
        return cast("str", answer.json()["id"])


async def a_payee(shop: Shop, *phones: str) -> Payee:
    """He has proved these phones, one after the other."""
    openid = f"o{short_token(16)}"
    _, headers = await signs_in_by_wechat(shop, openid)
    for phone in phones:
        await person_proves(shop, headers, phone)
    await an_affiliate(shop, headers)
    return Payee(openid, headers)


async def approves(shop: Shop, withdrawal_id: str, who: Headers) -> dict[str, Any]:
    url = f"{MERCHANT}/withdrawals/{withdrawal_id}/approve"
    answer = await shop.client.post(url, headers=who)
    return cast("dict[str, Any]", answer.json())


async def test_whoever_asks_for_much_proves_a_phone_first(shop: Shop, wallets: Wallets) -> None:
    payee, phone = await a_payee(shop), a_phone()

    refused = await payee.asks(shop)
    before = (await shop.client.get(f"{API}/overview", headers=payee.headers)).json()
    await person_proves(shop, payee.headers, phone)
    after = (await shop.client.get(f"{API}/overview", headers=payee.headers)).json()
    asked = await payee.asks(shop)

    assert (refused.status_code, refused.json()["code"]) == (409, "phone_needed")
    assert "¥2,000.00" in refused.json()["message"]["zh"]
    assert before["balance"]["withdrawing_fen"] == 0
    assert (before["phone_masked"], after["phone_masked"]) == (None, f"{phone[:3]}****{phone[-4:]}")
    assert (asked.status_code, asked.json()["status"]) == (201, "requested")
    assert wallets.calls == []


async def test_what_is_paid_automatically_asks_for_no_phone(shop: Shop, wallets: Wallets) -> None:
    payee = await a_payee(shop)

    asked = await payee.asks(shop, LARGE - 1)

    assert (asked.status_code, asked.json()["status"]) == (201, "waiting_user")
    assert len(wallets.calls) == 1


@pytest.mark.parametrize("is_staff_first", [True, False])
async def test_a_payee_who_works_here_does_not_approve(
    shop: Shop, wallets: Wallets, is_staff_first: bool
) -> None:
    """Whether the phone was the member of staff's before, or the payee's."""
    phone = a_phone()
    clerk = await a_clerk(shop, *[phone] * is_staff_first)
    payee = await a_payee(shop, phone)
    if not is_staff_first:
        await staff_proves(shop, clerk, phone)

    refused = await approves(shop, await payee.asked(shop), clerk)

    assert refused["code"] == "own_withdrawal"
    assert wallets.calls == []


@pytest.mark.parametrize("is_staff", [True, False])
async def test_another_phone_makes_nobody_another_human(
    shop: Shop, wallets: Wallets, is_staff: bool
) -> None:
    """Of staff who leave the phone that would tell, and of a payee who does."""
    shared = a_phone()
    payee = await a_payee(shop, shared, *[a_phone()] * (not is_staff))
    clerk = await a_clerk(shop, shared, *[a_phone()] * is_staff)

    refused = await approves(shop, await payee.asked(shop), clerk)

    assert refused["code"] == "own_withdrawal"
    assert wallets.calls == []


async def test_two_logins_with_a_phone_in_common_are_one_approval(
    shop: Shop, wallets: Wallets
) -> None:
    shared = a_phone()
    payee = await a_payee(shop, a_phone())
    first, second = await a_clerk(shop, shared), await a_clerk(shop, shared, a_phone())
    withdrawal_id = await payee.asked(shop)

    once = await approves(shop, withdrawal_id, first)
    again = await approves(shop, withdrawal_id, second)

    assert (once["status"], again["code"]) == ("requested", "approved_already")
    assert wallets.calls == []


async def test_an_approval_that_proves_to_be_the_payee_s_own_does_not_count(
    shop: Shop, wallets: Wallets
) -> None:
    """He approved by a phone of which nobody knew, until he used it in the shop."""
    phone = a_phone()
    payee, himself = await a_payee(shop, a_phone()), await a_clerk(shop, phone)
    others = [await a_clerk(shop, a_phone()) for _ in range(2)]
    withdrawal_id = await payee.asked(shop)
    await approves(shop, withdrawal_id, himself)
    await person_proves(shop, payee.headers, phone)

    answers = [await approves(shop, withdrawal_id, clerk) for clerk in others]

    assert [(one["status"], len(one["approved_by"])) for one in answers] == [
        ("requested", 1),
        ("approved", 2),
    ]


async def test_approving_while_the_phone_is_proved_sends_nothing(
    shop: Shop, wallets: Wallets
) -> None:
    """Whichever comes first, the payee's own yes is not one of two."""
    for _ in range(4):
        phone = a_phone()
        payee, himself = await a_payee(shop, a_phone()), await a_clerk(shop, phone)
        withdrawal_id = await payee.asked(shop)

        await asyncio.gather(
            person_proves(shop, payee.headers, phone), approves(shop, withdrawal_id, himself)
        )
        answer = await approves(shop, withdrawal_id, await a_clerk(shop, a_phone()))

        assert (answer["status"], len(answer["approved_by"])) == ("requested", 1)
    assert wallets.calls == []


async def test_a_code_proves_one_person(shop: Shop) -> None:
    """Five who know the code at the same moment: it is good once."""
    phone = a_phone()
    people = [(await signs_in_by_wechat(shop, f"o{short_token(16)}"))[1] for _ in range(5)]
    body = {"phone": phone, "code": await _code(shop, phone, f"{BUYER}/phone-codes", {})}

    answers = await asyncio.gather(
        *(shop.client.put(f"{BUYER}/me/phone", json=body, headers=who) for who in people)
    )

    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401, 401]


async def test_a_proved_phone_that_was_nobody_s_signs_in_as_the_one_person(shop: Shop) -> None:
    phone = a_phone()
    person_id, who = await signs_in_by_wechat(shop, f"o{short_token(16)}")

    await person_proves(shop, who, phone)
    again = await person_proves(shop, who, phone)

    assert again.json()["phone_masked"] == f"{phone[:3]}****{phone[-4:]}"
    assert (await signs_in_by_phone(shop, phone))[0] == person_id


async def test_a_phone_of_another_account_is_proved_and_stays_with_it(shop: Shop) -> None:
    phone = a_phone()
    by_phone, _ = await signs_in_by_phone(shop, phone)
    openid = f"o{short_token(16)}"
    by_wechat, who = await signs_in_by_wechat(shop, openid)

    proved = await person_proves(shop, who, phone)

    assert proved.json()["phone_masked"] == f"{phone[:3]}****{phone[-4:]}"
    assert (await signs_in_by_phone(shop, phone))[0] == by_phone != by_wechat
    assert (await signs_in_by_wechat(shop, openid))[0] == by_wechat


async def test_who_joins_his_accounts_takes_his_proofs_along(shop: Shop, wallets: Wallets) -> None:
    """The login was linked to the account that is joined to the other one."""
    openid, second = f"o{short_token(16)}", a_phone()
    _, former = await signs_in_by_wechat(shop, openid)
    await person_proves(shop, former, second)
    clerk = await a_clerk(shop, second)
    _, who = await signs_in_by_phone(shop, a_phone())
    joined = await shop.client.post(
        f"{BUYER}/sessions/wechat-link",
        json={"kind": "wechat", "code": f"code-{openid}#{short_token()}"},
        headers=who,
    )
    assert joined.status_code == 200, joined.text
    await an_affiliate(shop, who)

    refused = await approves(shop, await Payee(openid, who).asked(shop), clerk)

    assert refused["code"] == "own_withdrawal"


async def test_nobody_approves_or_promotes_himself(shop: Shop) -> None:
    """Told apart by the phone that buyer and login have both proved."""
    phone, headers = a_phone(), await shop.staff(Role.owner)
    _, who = await signs_in_by_wechat(shop, f"o{short_token(16)}")
    name = f"张晓{chr(0x4E00 + uuid4().int % 5_000)}"
    await shop.client.post(
        f"{API}/application", json=APPLICATION | {"introduction": name}, headers=who
    )
    await person_proves(shop, who, phone)
    await staff_proves(shop, headers, phone)
    url = f"{MERCHANT}/affiliates"
    waiting = await shop.client.get(f"{url}?status=pending&limit=100", headers=headers)
    mine = next(one for one in waiting.json()["items"] if one["introduction"] == name)

    own = await shop.client.post(f"{url}/{mine['id']}/approve", headers=headers)
    other = await shop.client.post(
        f"{url}/{mine['id']}/approve", headers=await shop.staff(Role.reviewer)
    )
    raised = await shop.client.put(
        f"{url}/{mine['id']}/standing", json={"tier": "normal", "rate_bp": 5000}, headers=headers
    )

    assert (own.status_code, own.json()["code"]) == (403, "own_affiliate")
    assert other.status_code == 200
    assert (raised.status_code, raised.json()["code"]) == (403, "own_affiliate")
