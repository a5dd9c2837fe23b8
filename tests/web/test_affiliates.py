"""The affiliate's own pages, the buyer's arrival by a link, and the staff's decisions."""

import io
from dataclasses import replace
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
import zxingcpp
from PIL import Image

from bofen.affiliates import agreement, commissions
from bofen.affiliates.commissions import SaleLine
from bofen.flows.settle import settle
from bofen.gateways.wechat_pay.words import NAME
from bofen.identity.rules import Role
from bofen.kit import clock
from bofen.kit.ids import new_id, short_token
from bofen.kit.money import Fen
from tests.flows.affiliates_given import Wallets
from tests.web.conftest import PICTURE, Headers, Shop

API = "/api/affiliate"
APPLICATION = {
    "real_name": "张晓梅",
    "introduction": "爱分享",
    "agreement_version": agreement.VERSION,
}


@pytest_asyncio.fixture
async def wallets(shop: Shop) -> Wallets:
    """WeChat Pay's transfers, in memory."""
    made = Wallets()
    services = replace(shop.services, transfers={NAME: cast("Any", made)})
    shop.services = services
    for app in (shop.app, *(route.app for route in shop.app.routes if hasattr(route, "app"))):
        if hasattr(app, "state"):
            app.state.services = services
    return made


async def an_affiliate(shop: Shop) -> tuple[UUID, Headers]:
    """An approved one: his id and his headers."""
    person_id, token = await shop.person()
    headers = {"Authorization": f"Bearer {token}"}
    applied = await shop.client.post(f"{API}/application", json=APPLICATION, headers=headers)
    assert applied.status_code == 201, applied.text
    async with shop.services.db.transaction() as tx:
        rows = await tx.fetch("SELECT id FROM affiliates_affiliate WHERE person_id = $1", person_id)
    affiliate_id = cast("UUID", rows[0]["id"])
    approved = await shop.client.post(
        f"/api/merchant/affiliates/{affiliate_id}/approve", headers=await shop.staff(Role.reviewer)
    )
    assert approved.status_code == 200, approved.text
    return affiliate_id, headers


async def earned(shop: Shop, affiliate_id: UUID, amount_fen: int) -> None:
    at = clock.now()
    sale = SaleLine(
        new_id(),
        1,
        uuid4(),
        None,
        Fen(amount_fen * 10),
        None,
        affiliate_id,
        {"affiliate_id": str(affiliate_id), "kind": "share", "losers": []},
        at,
    )
    async with shop.services.db.transaction() as tx:
        await commissions.accrue(tx, [sale], at)
        await commissions.receipt_confirmed(tx, [sale.order_id], 0, at)
    await settle(shop.services, at)


async def test_the_agreement_is_shown_whole_and_named_in_the_application(shop: Shop) -> None:
    headers = await shop.buyer()
    shown = (await shop.client.get(f"{API}/agreement", headers=headers)).json()
    before = await shop.client.get(f"{API}/application", headers=headers)

    old = await shop.client.post(
        f"{API}/application", json=APPLICATION | {"agreement_version": "1"}, headers=headers
    )
    made = await shop.client.post(f"{API}/application", json=APPLICATION, headers=headers)
    again = await shop.client.post(f"{API}/application", json=APPLICATION, headers=headers)

    assert shown["version"] == APPLICATION["agreement_version"]
    assert "冻结" in shown["text"]
    assert before.status_code == 404
    assert (old.status_code, old.json()["code"]) == (409, "agreement_outdated")
    assert made.json() | {"real_name": "张**"} == made.json()
    assert made.json()["status"] == "pending"
    assert again.json()["code"] == "already_applied"


async def test_a_refused_person_may_apply_again(shop: Shop) -> None:
    _, token = await shop.person()
    headers = {"Authorization": f"Bearer {token}"}
    reviewer = await shop.staff(Role.reviewer)
    await shop.client.post(f"{API}/application", json=APPLICATION, headers=headers)
    waiting = await shop.client.get("/api/merchant/affiliates?status=pending", headers=reviewer)
    affiliate_id = waiting.json()["items"][0]["id"]

    refused = await shop.client.post(
        f"/api/merchant/affiliates/{affiliate_id}/refuse",
        json={"reason": "资料不全"},
        headers=reviewer,
    )
    told = await shop.client.get(f"{API}/application", headers=headers)
    twice = await shop.client.post(
        f"/api/merchant/affiliates/{affiliate_id}/approve", headers=reviewer
    )
    again = await shop.client.post(f"{API}/application", json=APPLICATION, headers=headers)

    assert refused.json()["status"] == "refused"
    assert (told.json()["decision_reason"], told.json()["introduction"]) == ("资料不全", "爱分享")
    assert twice.json()["code"] == "affiliate_cannot_become"
    assert (again.status_code, again.json()["status"]) == (201, "pending")


async def test_a_link_leads_to_its_product_and_its_poster_carries_it(shop: Shop) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (400, 400), (200, 80, 60)).save(picture, "WEBP")
    shop.storage.files[PICTURE] = picture.getvalue()
    product = await shop.product()
    _, headers = await an_affiliate(shop)
    body = {"target": {"kind": "product", "id": product["id"]}}

    made = await shop.client.post(f"{API}/links", json=body, headers=headers)
    same = await shop.client.post(f"{API}/links", json=body, headers=headers)
    link = made.json()
    poster = await shop.client.get(link["poster_url"])
    mine = await shop.client.get(f"{API}/links/{link['token']}/poster.png", headers=headers)
    stranger = await shop.client.get(
        f"{API}/links/{link['token']}/poster.png", headers=await shop.buyer()
    )
    opened = await shop.client.get(f"/api/buyer/shares/{link['token']}")
    listed = await shop.client.get(f"{API}/links", headers=headers)
    redirected = await shop.client.get(f"/s/{link['token']}")

    assert made.status_code == 201, made.text
    assert same.json()["token"] == link["token"]
    assert link["url"] == f"http://shop.test/s/{link['token']}"
    assert poster.status_code == 200
    assert mine.content == poster.content
    assert stranger.status_code == 404
    codes = zxingcpp.read_barcodes(Image.open(io.BytesIO(poster.content)))
    assert [code.text for code in codes] == [link["url"]]
    assert opened.json()["target"] == {"kind": "product", "id": product["id"]}
    assert "**" in opened.json()["affiliate_name"]
    assert [one["clicks"] for one in listed.json()["items"]] == [1]
    assert f"share={link['token']}" in redirected.headers["location"]


@pytest.mark.parametrize(
    "target", [{"kind": "product", "id": str(uuid4())}, {"kind": "room", "id": str(uuid4())}]
)
async def test_only_what_exists_can_be_shared(shop: Shop, target: dict[str, str]) -> None:
    _, headers = await an_affiliate(shop)

    answer = await shop.client.post(f"{API}/links", json={"target": target}, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (404, "share_target_unknown")


@pytest.mark.parametrize(
    "target", [{"kind": "shop", "id": str(uuid4())}, {"kind": "product"}, {"kind": "x"}]
)
async def test_a_malformed_target_is_refused(shop: Shop, target: dict[str, str]) -> None:
    _, headers = await an_affiliate(shop)

    answer = await shop.client.post(f"{API}/links", json={"target": target}, headers=headers)

    assert answer.status_code == 422


async def test_a_click_binds_the_buyer_and_a_stale_link_is_quiet(shop: Shop) -> None:
    affiliate_id, headers = await an_affiliate(shop)
    body = {"target": {"kind": "shop"}}
    token = (await shop.client.post(f"{API}/links", json=body, headers=headers)).json()["token"]
    buyer_id, buyer_token = await shop.person()
    buyer = {"Authorization": f"Bearer {buyer_token}"}

    bound = await shop.client.post("/api/buyer/bindings", json={"share": token}, headers=buyer)
    stale = await shop.client.post(
        "/api/buyer/bindings", json={"share": short_token(9)}, headers=buyer
    )

    assert (bound.status_code, stale.status_code) == (204, 204)
    async with shop.services.db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT affiliate_id FROM affiliates_binding WHERE buyer_id = $1", buyer_id
        )
    assert [row["affiliate_id"] for row in rows] == [affiliate_id]


async def test_a_statement_is_read_page_by_page(shop: Shop) -> None:
    affiliate_id, headers = await an_affiliate(shop)
    for _ in range(3):
        await earned(shop, affiliate_id, 100)
    whole = (await shop.client.get(f"{API}/statement", headers=headers)).json()["items"]

    asked = f"{API}/statement?limit=4"
    first = (await shop.client.get(asked, headers=headers)).json()
    rest = (await shop.client.get(f"{asked}&cursor={first['next']}", headers=headers)).json()

    assert first["items"] + rest["items"] == whole
    assert rest["next"] is None
    assert len(whole) == 6


async def test_a_stranger_sees_nothing_of_another_s_money(shop: Shop, wallets: Wallets) -> None:
    affiliate_id, headers = await an_affiliate(shop)
    _, stranger = await an_affiliate(shop)
    await earned(shop, affiliate_id, 5_000)
    withdrawal_id = uuid4()
    await shop.client.put(
        f"{API}/withdrawals/{withdrawal_id}", json={"amount_fen": 1_000}, headers=headers
    )
    statement = (await shop.client.get(f"{API}/statement", headers=headers)).json()["items"]
    commission_id = next(one["commission_id"] for one in statement if one["commission_id"])

    looked = [
        await shop.client.get(f"{API}/commissions/{commission_id}", headers=stranger),
        await shop.client.post(f"{API}/withdrawals/{withdrawal_id}/check", headers=stranger),
    ]
    repeated = await shop.client.put(
        f"{API}/withdrawals/{withdrawal_id}", json={"amount_fen": 1_000}, headers=stranger
    )
    listed = await shop.client.get(f"{API}/withdrawals", headers=stranger)

    assert [answer.status_code for answer in looked] == [404, 404]
    assert repeated.json()["code"] == "id_reused"
    assert listed.json()["items"] == []


@pytest.mark.parametrize("path", ["overview", "statement", "orders", "withdrawals", "links"])
async def test_who_is_no_affiliate_has_no_affiliate_s_pages(shop: Shop, path: str) -> None:
    anonymous = await shop.client.get(f"{API}/{path}")
    buyer = await shop.client.get(f"{API}/{path}", headers=await shop.buyer())

    assert (anonymous.status_code, buyer.status_code) == (401, 403)


async def test_a_frozen_affiliate_is_told_why_and_sees_where_his_money_is(shop: Shop) -> None:
    affiliate_id, headers = await an_affiliate(shop)
    await earned(shop, affiliate_id, 5_000)
    at = clock.now()
    sale = SaleLine(
        new_id(), 1, uuid4(), None, Fen(70_000), None, affiliate_id, {"kind": "share"}, at
    )
    async with shop.services.db.transaction() as tx:
        await commissions.accrue(tx, [sale], at)

    await shop.client.post(
        f"/api/merchant/affiliates/{affiliate_id}/freeze",
        json={"reason": "核实异常订单"},
        headers=await shop.staff(Role.reviewer),
    )
    told = (await shop.client.get(f"{API}/overview", headers=headers)).json()

    assert (told["status"], told["status_reason"]) == ("frozen", "核实异常订单")
    balance = told["balance"]
    assert (balance["suspended_fen"], balance["frozen_fen"], balance["expected_fen"]) == (
        7000,
        0,
        0,
    )
    assert (balance["expected_fen"], balance["available_fen"]) == (0, 5_000)
    assert told["payout"]["withdrawal_min_fen"] == 1_000


async def test_only_the_owner_writes_a_debt_off(shop: Shop) -> None:
    affiliate_id, _ = await an_affiliate(shop)
    url = f"/api/merchant/affiliates/{affiliate_id}/write-offs/{uuid4()}"
    body = {"amount_fen": 500, "reason": "买家恶意退款"}

    finance = await shop.client.put(url, json=body, headers=await shop.staff(Role.finance))
    owner = await shop.client.put(url, json=body, headers=await shop.staff(Role.owner))

    assert finance.status_code == 403
    assert (owner.json()["code"], owner.json()["facts"]) == ("debt_changed", {"debt_fen": 0})


async def test_reports_are_for_those_who_may_read_them(shop: Shop) -> None:
    owner = await shop.staff()
    base = "/api/merchant/reports"

    daily = await shop.client.get(f"{base}/daily?from=2026-01-01&to=2026-01-03", headers=owner)
    sources = await shop.client.get(f"{base}/sources", headers=owner)
    products = await shop.client.get(f"{base}/products", headers=owner)
    exported = await shop.client.get(f"{base}/export.csv?report=daily", headers=owner)
    long = await shop.client.get(f"{base}/daily?from=2020-01-01&to=2026-01-01", headers=owner)
    packer = await shop.client.get(f"{base}/daily", headers=await shop.staff(Role.warehouse))

    assert [day["on"] for day in daily.json()["items"]] == [f"2026-01-0{i}" for i in (1, 2, 3)]
    assert daily.json()["total"].keys() == daily.json()["items"][0].keys() - {"on"}
    assert len(sources.json()["items"]) == 4
    assert products.status_code == 200
    assert exported.content.startswith(b"\xef\xbb\xbf")
    assert len(exported.text.splitlines()) == 31
    assert long.json()["code"] == "report_range_too_long"
    assert packer.status_code == 403


async def test_the_first_page_of_the_console_hides_money_from_the_warehouse(shop: Shop) -> None:
    owner = await shop.client.get("/api/merchant/overview", headers=await shop.staff())
    packer = await shop.client.get(
        "/api/merchant/overview", headers=await shop.staff(Role.warehouse)
    )

    assert owner.json()["today"]["sales_fen"] >= 0
    assert packer.json()["today"]["sales_fen"] is None
    waiting = {name: count is not None for name, count in packer.json()["to_do"].items()}
    assert {name for name, is_his in waiting.items() if is_his} == {"ship", "low_stock"}
    assert set(owner.json()["to_do"]) == {
        "ship",
        "after_sales",
        "refunds",
        "affiliates",
        "withdrawals",
        "low_stock",
        "held_jobs",
    }
