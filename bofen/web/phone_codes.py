"""Codes to a phone: how a person proves that a number is his, wherever we ask for that."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from bofen.flows.services import Services
from bofen.identity import service as identity
from bofen.identity.rules import CODE_LIFE
from bofen.kit import clock
from bofen.kit.limits import Limit
from bofen.web.shapes import Body, Digits, Phone, Shape

TO_A_PHONE = Limit("code_phone", times=1, seconds=60)
TO_A_PHONE_DAILY = Limit("code_phone_day", times=10, seconds=86_400)
FROM_AN_ADDRESS = Limit("code_address", times=20, seconds=3600)


SixDigits = Annotated[Digits, Field(pattern=r"^[0-9]{6}$")]


class CodeAsked(Body):
    """The phone that a code shall go to."""

    phone: Phone


class CodeSent(Shape):
    """When the next code may be asked for, in seconds."""

    retry_after_s: int


class PhoneProved(Body):
    """A number and the code that was sent to it."""

    phone: Phone
    code: SixDigits


async def send(svc: Services, asked: CodeAsked, address: str) -> CodeSent:
    """Send a new code, unless this phone or this address has had too many."""
    await svc.limiter.take(FROM_AN_ADDRESS, address)
    phone = svc.vault.blind_index(asked.phone).hex()
    await svc.limiter.take(TO_A_PHONE, phone)
    await svc.limiter.take(TO_A_PHONE_DAILY, phone)
    async with svc.db.transaction() as tx:
        code = await identity.new_phone_code(tx, svc.vault, asked.phone, clock.now())
    await svc.sms.send_code(asked.phone, code)
    return CodeSent(retry_after_s=min(TO_A_PHONE.seconds, int(CODE_LIFE.total_seconds())))


async def check(svc: Services, phone: str, code: str, at: datetime) -> None:
    """Raises `WrongCode`. A try is used up even when what follows fails."""
    async with svc.db.transaction() as tx:
        refusal = await identity.try_phone_code(tx, svc.vault, phone, code, at)
    if refusal:
        raise refusal
