"""A buyer who came by phone joins his WeChat account and pays; nobody else's is taken over."""

from typing import Any
from uuid import UUID

from bofen.flows.link_wechat import link_wechat
from bofen.gateways.wechat.protocol import WeChatIdentity
from bofen.identity import phones
from bofen.identity import service as identity
from bofen.kit import clock
from bofen.kit.ids import new_id, short_token
from tests.flows.trade_given import Buyer, a_sku, share_link
from tests.outside import APPID
from tests.web.conftest import Headers, Shop
from tests.web.test_affiliates import an_affiliate

LINK = "/api/buyer/sessions/wechat-link"
ADDRESS = {
    "name": "张小米",
    "phone": "13812345678",
    "province": "上海市",
    "city": "上海市",
    "district": "浦东新区",
    "detail": "世纪大道 1 号",
}


async def by_phone(shop: Shop) -> tuple[UUID, Headers]:
    at = clock.now()
    async with shop.services.db.transaction() as tx:
        phone = f"139{new_id().int % 10**8:08d}"
        person = await identity.person_of_phone(tx, shop.services.vault, phone, at)
        token = await identity.open_session(tx, person_id=person.id, at=at)
    return person.id, {"Authorization": f"Bearer {token}"}


async def link(shop: Shop, who: Headers, openid: str) -> Any:
    """With a fresh login code of this account; what follows `#` makes it fresh."""
    body = {"kind": "wechat", "code": f"code-{openid}#{short_token()}"}
    return await shop.client.post(LINK, json=body, headers=who)


async def sign_in(shop: Shop, openid: str) -> tuple[str, Headers]:
    body = {"kind": "wechat", "code": f"code-{openid}#{short_token()}"}
    answer = (await shop.client.post("/api/buyer/sessions", json=body)).json()
    return answer["person"]["id"], {"Authorization": f"Bearer {answer['token']}"}


async def test_the_account_of_nobody_is_joined_and_signs_in_as_the_same_person(shop: Shop) -> None:
    person_id, who = await by_phone(shop)
    openid = f"o{short_token(16)}"

    first, again = [await link(shop, who, openid) for _ in range(2)]

    assert (first.status_code, again.status_code) == (200, 200)
    assert (await sign_in(shop, openid))[0] == str(person_id)
    async with shop.services.db.transaction() as tx:
        assert await identity.openid_of(tx, person_id, APPID) == openid


async def test_who_signed_in_by_wechat_in_between_keeps_his_addresses(shop: Shop) -> None:
    """He followed the advice, found nothing there, wrote his address down, and came back."""
    person_id, who = await by_phone(shop)
    openid = f"o{short_token(16)}"
    other_id, other = await sign_in(shop, openid)
    await shop.client.post("/api/buyer/addresses", json=ADDRESS, headers=other)

    linked = await link(shop, who, openid)

    assert linked.json()["id"] == str(person_id) != other_id
    mine = await shop.client.get("/api/buyer/addresses", headers=who)
    assert [one["detail"] for one in mine.json()["items"]] == ["世纪大道 1 号"]
    assert (await shop.client.get("/api/buyer/me", headers=other)).status_code == 401
    assert (await sign_in(shop, openid))[0] == str(person_id)


async def test_an_account_with_orders_of_its_own_is_not_taken_over(shop: Shop) -> None:
    _, who = await by_phone(shop)
    openid = f"o{short_token(16)}"
    other_id, _ = await sign_in(shop, openid)
    async with shop.services.db.transaction() as tx:
        await tx.fetch(
            "INSERT INTO orders_order (id, order_no, buyer_id, asked, status, goods_fen,"
            " discount_fen, freight_fen, total_fen, remark, province, city, district,"
            " name_sealed, phone_sealed, detail_sealed, source, source_tags, attribution,"
            " placed_at, pay_by) VALUES (gen_random_uuid(), $1, $2, '', 'cancelled', 1, 0, 0, 1,"
            " '', '', '', '', $3, $3, $3, 'shop', '[]', '{}', now(), now())",
            short_token(16),
            UUID(other_id),
            shop.services.vault.seal("张小米"),
        )

    answer = await link(shop, who, openid)

    assert (answer.status_code, answer.json()["code"]) == (409, "wechat_taken")
    assert (await sign_in(shop, openid))[0] == other_id


async def test_a_second_account_is_refused_and_a_stranger_may_not_link(shop: Shop) -> None:
    _, who = await by_phone(shop)
    await link(shop, who, f"o{short_token(16)}")

    second = await link(shop, who, f"o{short_token(16)}")
    stranger = await link(shop, {}, f"o{short_token(16)}")

    assert (second.status_code, second.json()["code"]) == (409, "wechat_linked")
    assert (stranger.status_code, stranger.json()["code"]) == (401, "not_signed_in")


async def test_another_app_s_name_for_the_same_person_comes_along(shop: Shop) -> None:
    """By `unionid` WeChat says that two apps mean one person."""
    person_id, _ = await by_phone(shop)
    unionid, other_app = f"u{short_token(16)}", "wx0000000000000002"
    async with shop.services.db.transaction() as tx:
        at = clock.now()
        former = await identity.person_of_wechat(
            tx, WeChatIdentity(other_app, f"o{short_token(9)}", unionid), at
        )
        known = WeChatIdentity(APPID, f"o{short_token(9)}", unionid)
        await link_wechat(tx, person_id, known, at)
        names = [await identity.openid_of(tx, person_id, app) for app in (APPID, other_app)]

    assert former.id != person_id
    assert all(names)


async def test_what_the_account_was_sent_by_and_wanted_comes_along(shop: Shop) -> None:
    """The affiliate who brought him keeps the sale, and the basket is not empty."""
    person_id, who = await by_phone(shop)
    openid = f"o{short_token(16)}"
    _, other = await sign_in(shop, openid)
    affiliate_id, _ = await an_affiliate(shop)
    former = (await shop.client.get("/api/buyer/me", headers=other)).json()["id"]
    await share_link(shop.services.db, affiliate_id, Buyer(UUID(former), new_id()))
    sku = await a_sku(shop.services.db)
    await shop.client.put(f"/api/buyer/cart/{sku.id}", json={"quantity": 2}, headers=other)

    assert (await link(shop, who, openid)).status_code == 200

    cart = (await shop.client.get("/api/buyer/cart", headers=who)).json()
    assert [line["quantity"] for line in cart["items"]] == [2]
    async with shop.services.db.transaction() as tx:
        bound = await tx.fetch(
            "SELECT affiliate_id FROM affiliates_binding WHERE buyer_id = $1 AND ended_at IS NULL",
            person_id,
        )
    assert bound == [{"affiliate_id": affiliate_id}]


async def test_the_phone_that_he_first_came_by_stays_proved(shop: Shop) -> None:
    """Another account of his takes WeChat over; who shares that phone is still the same human."""
    first_id, first = await by_phone(shop)
    openid = f"o{short_token(16)}"
    assert (await link(shop, first, openid)).status_code == 200
    second_id, second = await by_phone(shop)
    async with shop.services.db.transaction() as tx:
        proved = await phones.marks_of_person(tx, first_id) - {first_id}

    assert (await link(shop, second, openid)).status_code == 200

    async with shop.services.db.transaction() as tx:
        assert proved <= await phones.marks_of_person(tx, second_id)
