"""How people show themselves, and the phone number that the mini program knows."""

from fastapi import APIRouter, Request, UploadFile

from bofen.gateways.storage.pictures import avatar_of
from bofen.gateways.wechat.errors import WeChatCodeRefused
from bofen.identity import phones, profiles
from bofen.identity.rules import is_phone
from bofen.kit import clock
from bofen.kit.limits import Limit
from bofen.web.buyer.me import Me, me_of
from bofen.web.buyer.sessions import SIGN_INS, Code
from bofen.web.deps import CurrentBuyer, Svc, client_address
from bofen.web.edge import AVATAR_BYTES_MAX
from bofen.web.shapes import Body
from bofen.web.uploads import opened

router = APIRouter(prefix="/me", tags=["me"])

AVATARS = Limit("avatar", times=10, seconds=600)


class PhoneOfWeChat(Body):
    """With the code of the mini program's `getPhoneNumber` button: WeChat has asked him."""

    code: Code


@router.post("/avatar")
async def choose_avatar(file: UploadFile, buyer: CurrentBuyer, svc: Svc) -> Me:
    """Kept as a small square of our own, whatever was sent."""
    await svc.limiter.take(AVATARS, str(buyer.id))
    key, picture = await opened(file, AVATAR_BYTES_MAX, avatar_of)
    await svc.storage.put(key, picture, "image/webp")
    async with svc.db.transaction() as tx:
        await profiles.set_avatar(tx, buyer.id, key)
        return await me_of(tx, svc.vault, buyer.id)


@router.put("/phone-of-wechat")
async def prove_phone_of_wechat(
    asked: PhoneOfWeChat, buyer: CurrentBuyer, request: Request, svc: Svc
) -> Me:
    """The number that WeChat knows and he has shown us, in the mini program."""
    await svc.limiter.take(SIGN_INS, client_address(request))
    phone = await svc.wechat.phone_number(asked.code)
    if not is_phone(phone):
        raise WeChatCodeRefused
    async with svc.db.transaction() as tx:
        await phones.prove(tx, svc.vault, buyer.id, phone, clock.now())
        return await me_of(tx, svc.vault, buyer.id)
