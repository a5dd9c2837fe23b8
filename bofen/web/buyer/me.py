"""The signed-in person."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from bofen.affiliates import queries as affiliates
from bofen.affiliates.rules import AffiliateStatus
from bofen.gateways.storage.addresses import picture_url
from bofen.gateways.words.check import check_text
from bofen.identity import phones
from bofen.identity import service as identity
from bofen.identity.rules import NICKNAME_MAX
from bofen.kit import clock
from bofen.kit.crypto import Vault
from bofen.kit.db import Tx
from bofen.web import phone_codes
from bofen.web.deps import CurrentBuyer, Svc
from bofen.web.phone_codes import PhoneProved
from bofen.web.shapes import Body, Line, Shape

router = APIRouter(prefix="/me", tags=["me"])


class MyAffiliate(Shape):
    """Whether this person recommends, and may."""

    status: AffiliateStatus


class Me(Shape):
    """The signed-in person, as he is shown himself."""

    id: UUID
    nickname: str
    avatar: str | None
    phone_masked: str | None
    affiliate: MyAffiliate | None


class MeChanged(Body):
    """Another nickname."""

    nickname: Annotated[Line, Field(max_length=NICKNAME_MAX)]


async def me_of(tx: Tx, vault: Vault, person_id: UUID) -> Me:
    """Everything that `Me` shows, read in one transaction."""
    person = await identity.person(tx, vault, person_id)
    affiliate = await affiliates.of_person(tx, person_id)
    return Me(
        id=person.id,
        nickname=person.nickname,
        avatar=picture_url(person.avatar_key),
        phone_masked=person.phone_masked,
        affiliate=MyAffiliate(status=affiliate.status) if affiliate else None,
    )


@router.get("")
async def who_am_i(buyer: CurrentBuyer, svc: Svc) -> Me:
    """The signed-in person."""
    async with svc.db.transaction() as tx:
        return await me_of(tx, svc.vault, buyer.id)


@router.patch("")
async def rename(asked: MeChanged, buyer: CurrentBuyer, svc: Svc) -> Me:
    """Everybody in a room reads a nickname: it holds no word that a person would have to allow."""
    check_text(svc.words, "nickname", asked.nickname)
    async with svc.db.transaction() as tx:
        await identity.rename(tx, buyer.id, asked.nickname)
        return await me_of(tx, svc.vault, buyer.id)


@router.put("/phone")
async def prove_phone(asked: PhoneProved, buyer: CurrentBuyer, svc: Svc) -> Me:
    """Proved by the code that `POST /phone-codes` sent: this phone is the signed-in person's."""
    at = clock.now()
    await phone_codes.check(svc, asked.phone, asked.code, at)
    async with svc.db.transaction() as tx:
        await phones.prove(tx, svc.vault, buyer.id, asked.phone, at)
        return await me_of(tx, svc.vault, buyer.id)
