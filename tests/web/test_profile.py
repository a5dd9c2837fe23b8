"""People have names: taken from WeChat, changed by themselves, guarded; a phone that is proved."""

import io
from typing import Any

import httpx
import pytest
from PIL import Image

from bofen.flows.profiles import KEEP_AVATAR, keep_wechat_avatar
from bofen.gateways.storage.pictures import AVATAR
from bofen.kit.ids import new_id, short_token
from bofen.web.phone_codes import TO_A_PHONE
from tests.flows.trade_given import a_sku
from tests.outside import DOUBTFUL_WORD, FORBIDDEN_WORD, MemoryWeChat
from tests.web.conftest import Headers, Shop
from tests.web.test_order_door import ADDRESS

ME = "/api/buyer/me"


def a_picture(size: tuple[int, int] = (900, 600), kind: str = "JPEG") -> bytes:
    made = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(made, kind)
    return made.getvalue()


async def sends(shop: Shop, buyer: Headers, data: bytes) -> httpx.Response:
    files = {"file": ("me.jpg", data, "image/jpeg")}
    return await shop.client.post(f"{ME}/avatar", files=files, headers=buyer)


async def binds(shop: Shop, buyer: Headers, phone: str) -> httpx.Response:
    asked = await shop.client.post("/api/buyer/phone-codes", json={"phone": phone})
    assert asked.status_code == 202, asked.text
    body = {"phone": phone, "code": shop.sms.sent[phone]}
    return await shop.client.put(f"{ME}/phone", json=body, headers=buyer)


def a_phone() -> str:
    digits = "".join(str(ord(letter) % 10) for letter in short_token(9))
    return f"13{digits}"


async def signs_in(shop: Shop, openid: str, nickname: str | None) -> tuple[Headers, dict[str, Any]]:
    """By the page of WeChat, which tells how he is called there."""
    wechat = shop.services.wechat
    assert isinstance(wechat, MemoryWeChat)
    if nickname is not None:
        wechat.names[openid] = nickname
    page = (await shop.client.get("/api/buyer/sessions/wechat-h5")).json()
    code = f"code-{openid}#{short_token(6)}"
    body = {"kind": "wechat_h5", "code": code, "state": page["state"]}
    answer = await shop.client.post("/api/buyer/sessions", json=body)
    assert answer.status_code == 201, answer.text
    signed_in = answer.json()
    return {"Authorization": f"Bearer {signed_in['token']}"}, signed_in["person"]


async def test_a_picture_of_any_shape_becomes_a_small_square_of_our_own(shop: Shop) -> None:
    buyer = await shop.buyer()

    first = await sends(shop, buyer, a_picture())
    second = await sends(shop, buyer, a_picture((40, 3000), "PNG"))

    assert (first.status_code, second.status_code) == (200, 200), first.text
    assert first.json()["avatar"] != second.json()["avatar"]
    kept = await shop.client.get(second.json()["avatar"])
    with Image.open(io.BytesIO(kept.content)) as shown:
        assert (shown.format, shown.size) == ("WEBP", (AVATAR, AVATAR))
        assert not shown.getexif()
    me = await shop.client.get(ME, headers=buyer)
    assert me.json()["avatar"] == second.json()["avatar"]


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"<svg onload=alert(1)>", 422, "picture_unreadable"),
        (b"", 422, "picture_unreadable"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(40), 422, "picture_is_heic"),
        (a_picture()[:-5_000], 422, "picture_unreadable"),
        (bytes(10_100_000), 413, "body_too_large"),
    ],
    ids=["svg", "nothing", "heic", "cut off", "too large"],
)
async def test_what_is_not_a_picture_is_refused(
    shop: Shop, data: bytes, status: int, code: str
) -> None:
    refused = await sends(shop, await shop.buyer(), data)

    assert (refused.status_code, refused.json()["code"]) == (status, code)


async def test_pictures_are_counted(shop: Shop) -> None:
    buyer, picture = await shop.buyer(), a_picture((20, 20))

    answers = [(await sends(shop, buyer, picture)).status_code for _ in range(11)]

    assert answers == [*[200] * 10, 429]


async def test_a_first_sign_in_brings_the_name_and_the_picture_of_wechat(shop: Shop) -> None:
    openid, name = f"o{short_token(20)}", f"小满{short_token(4)}🌾"

    buyer, me = await signs_in(shop, openid, name)

    assert me["nickname"] == name
    async with shop.services.db.transaction() as tx:
        jobs = await tx.fetch("SELECT payload FROM pgqueuer WHERE entrypoint = $1", KEEP_AVATAR)
    assert any(me["id"] in bytes(job["payload"]).decode() for job in jobs)
    await keep_wechat_avatar(shop.services, {"person_id": me["id"], "url": name})
    given = (await shop.client.get(ME, headers=buyer)).json()["avatar"]
    assert given
    assert (await shop.client.get(given)).status_code == 200

    chosen = (await sends(shop, buyer, a_picture())).json()["avatar"]
    await keep_wechat_avatar(shop.services, {"person_id": me["id"], "url": name})
    renamed = await shop.client.patch(ME, json={"nickname": "我自己起的"}, headers=buyer)
    assert renamed.status_code == 200
    _, again = await signs_in(shop, openid, "微信里的新名字")
    assert (again["nickname"], again["avatar"]) == ("我自己起的", chosen), "his own word stands"


@pytest.mark.parametrize("name", [DOUBTFUL_WORD, FORBIDDEN_WORD, "", "\u202e反", "\u200b", None])
async def test_a_name_that_cannot_be_shown_is_not_taken_over(shop: Shop, name: str | None) -> None:
    _, me = await signs_in(shop, f"o{short_token(20)}", name)

    assert me["nickname"].startswith("用户")


async def test_a_long_name_of_wechat_is_cut_to_what_a_list_can_show(shop: Shop) -> None:
    _, me = await signs_in(shop, f"o{short_token(20)}", "长" * 40)

    assert me["nickname"] == "长" * 24


async def test_a_phone_is_bound_by_its_code_and_changed_by_the_next(shop: Shop) -> None:
    buyer, first, second = await shop.buyer(), a_phone(), a_phone()

    bound = await binds(shop, buyer, first)
    changed = await binds(shop, buyer, second)

    assert bound.json()["phone_masked"] == f"{first[:3]}****{first[-4:]}"
    assert changed.json()["phone_masked"] == f"{second[:3]}****{second[-4:]}"
    index = shop.services.vault.blind_index(first).hex()
    await shop.services.limiter.forget(TO_A_PHONE, index)
    await shop.client.post("/api/buyer/phone-codes", json={"phone": first})
    body = {"kind": "phone", "phone": first, "code": shop.sms.sent[first]}
    other = (await shop.client.post("/api/buyer/sessions", json=body)).json()["person"]
    assert other["id"] != bound.json()["id"], "the number before leads to him no more"


async def test_the_mini_program_s_phone_is_proved_without_a_code(shop: Shop) -> None:
    owner, stranger, phone = await shop.buyer(), await shop.buyer(), a_phone()
    mini = {"code": f"phone-{phone}"}

    first = await shop.client.put(f"{ME}/phone-of-wechat", json=mini, headers=owner)
    await shop.client.put(f"{ME}/phone-of-wechat", json=mini, headers=stranger)

    assert first.json()["phone_masked"] == f"{phone[:3]}****{phone[-4:]}"
    await shop.client.post("/api/buyer/phone-codes", json={"phone": phone})
    body = {"kind": "phone", "phone": phone, "code": shop.sms.sent[phone]}
    signed_in = (await shop.client.post("/api/buyer/sessions", json=body)).json()["person"]
    assert signed_in["id"] == first.json()["id"], "who had it first signs in by it"


async def test_a_number_that_is_none_of_ours_is_not_bound(shop: Shop) -> None:
    abroad = {"code": "phone-447700900123"}

    refused = await shop.client.put(
        f"{ME}/phone-of-wechat", json=abroad, headers=await shop.buyer()
    )

    assert refused.json()["code"] == "wechat_code_refused"


async def test_staff_see_the_buyer_s_name_and_picture(shop: Shop) -> None:
    buyer = await shop.buyer()
    avatar = (await sends(shop, buyer, a_picture())).json()["avatar"]
    name = f"阿满{short_token(6)}"
    await shop.client.patch(ME, json={"nickname": name}, headers=buyer)
    sku = await a_sku(shop.services.db)
    address = await shop.client.post("/api/buyer/addresses", json=ADDRESS, headers=buyer)
    body = {
        "lines": [{"sku_id": str(sku.id), "quantity": 1}],
        "address_id": address.json()["id"],
        "total_fen": 9_990,
    }
    order_id = new_id()
    placed = await shop.client.put(f"/api/buyer/orders/{order_id}", json=body, headers=buyer)
    assert placed.status_code == 201, placed.text

    url = f"/api/merchant/orders/{order_id}"
    order = (await shop.client.get(url, headers=await shop.staff())).json()

    assert (order["buyer"], order["buyer_avatar"]) == (name, avatar)
