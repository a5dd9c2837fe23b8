"""Signing in and out as a buyer: by WeChat in the mini program or on a page, or by phone."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import AfterValidator, Field

from bofen.flows.link_wechat import link_wechat
from bofen.flows.profiles import adopt_profile
from bofen.flows.services import Services
from bofen.gateways.wechat.errors import WeChatUserRefused
from bofen.gateways.wechat.protocol import WeChatIdentity
from bofen.identity import service as identity
from bofen.identity.errors import StateMismatch
from bofen.identity.rules import (
    SESSION_LIFE,
    STATE_LIFE,
    is_local_path,
)
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.kit.limits import Limit
from bofen.web import phone_codes
from bofen.web.buyer.me import Me, me_of
from bofen.web.deps import CurrentBuyer, Db, KnownActors, Svc, bearer_token, client_address
from bofen.web.phone_codes import CodeAsked, CodeSent, SixDigits
from bofen.web.shapes import Body, Phone, Shape

router = APIRouter(tags=["sessions"])

SIGN_INS = Limit("sign_in", times=60, seconds=60)
_COOKIE = "bofen_sign_in"


def _a_local_path(text: str) -> str:
    if not is_local_path(text):
        message = "must be a path of this shop"
        raise ValueError(message)
    return text


Code = Annotated[str, Field(min_length=1, max_length=200)]


class WeChatSignIn(Body):
    """With the code of `wx.login`."""

    kind: Literal["wechat"]
    code: Code


class WeChatPageSignIn(Body):
    """With what the authorize page sent back."""

    kind: Literal["wechat_h5"]
    code: Code
    state: str = Field(max_length=128)


class PhoneSignIn(Body):
    """With the code that was sent to the phone."""

    kind: Literal["phone"]
    phone: Phone
    code: SixDigits


class SignedIn(Shape):
    """A new session: the token is shown this once."""

    token: str
    expires_at: datetime
    person: Me


class AuthorizePage(Shape):
    """Where to send the browser; it comes back with `state`."""

    url: str
    state: str


@router.post("/sessions", status_code=201)
async def sign_in(
    asked: WeChatSignIn | WeChatPageSignIn | PhoneSignIn, request: Request, svc: Svc
) -> SignedIn:
    """By WeChat or by phone; a person is made the first time."""
    await svc.limiter.take(SIGN_INS, client_address(request))
    at = clock.now()
    if isinstance(asked, PhoneSignIn):
        return await _by_phone(svc, asked, at)
    known = await _known(svc, asked, request, at)
    async with svc.db.transaction() as tx:
        person = await identity.person_of_wechat(tx, known, at)
        await adopt_profile(tx, svc.words, person, known)
        token = await identity.open_session(tx, person_id=person.id, at=at)
        me = await me_of(tx, svc.vault, person.id)
    return SignedIn(token=token, expires_at=at + SESSION_LIFE, person=me)


@router.post("/sessions/wechat-link")
async def link(
    asked: WeChatSignIn | WeChatPageSignIn,
    buyer: CurrentBuyer,
    request: Request,
    svc: Svc,
    actors: KnownActors,
) -> Me:
    """Somebody who came by phone joins his WeChat account, to pay with it."""
    await svc.limiter.take(SIGN_INS, client_address(request))
    at = clock.now()
    known = await _known(svc, asked, request, at)

    async def story(tx: Tx) -> Me:
        await link_wechat(tx, buyer.id, known, at)
        return await me_of(tx, svc.vault, buyer.id)

    me = await svc.db.run(story)
    await actors.tell_all_revoked()
    return me


async def _known(
    svc: Services, asked: WeChatSignIn | WeChatPageSignIn, request: Request, at: datetime
) -> WeChatIdentity:
    if isinstance(asked, WeChatPageSignIn):
        _check_state(svc, asked.state, request.cookies.get(_COOKIE), at)
    return await _asked_wechat(svc, asked.code, is_page=isinstance(asked, WeChatPageSignIn))


async def _by_phone(svc: Services, asked: PhoneSignIn, at: datetime) -> SignedIn:
    await phone_codes.check(svc, asked.phone, asked.code, at)
    async with svc.db.transaction() as tx:
        person = await identity.person_of_phone(tx, svc.vault, asked.phone, at)
        token = await identity.open_session(tx, person_id=person.id, at=at)
        me = await me_of(tx, svc.vault, person.id)
    return SignedIn(token=token, expires_at=at + SESSION_LIFE, person=me)


async def _asked_wechat(svc: Services, code: str, *, is_page: bool) -> WeChatIdentity:
    known = await (svc.wechat.oauth(code) if is_page else svc.wechat.login(code))
    if known.is_snapshot:
        raise WeChatUserRefused
    return known


@router.get("/sessions/wechat-h5")
async def authorize_page(
    request: Request,
    response: Response,
    svc: Svc,
    return_to: Annotated[str, Query(max_length=300), AfterValidator(_a_local_path)] = "/",
) -> AuthorizePage:
    """Where to send the browser. The state fits only the browser that asked (a cookie)."""
    await svc.limiter.take(SIGN_INS, client_address(request))
    browser = secrets.token_urlsafe(18)
    expires = int((clock.now() + STATE_LIFE).timestamp())
    state = f"{expires}.{svc.vault.sign(_bound(expires, browser))}"
    response.set_cookie(
        _COOKIE,
        browser,
        max_age=int(STATE_LIFE / timedelta(seconds=1)),
        path="/api/buyer/sessions",
        secure=svc.settings.shop_url.startswith("https:"),
        httponly=True,
        samesite="lax",
    )
    url = svc.wechat.authorize_url(svc.settings.shop_url + return_to, state)
    return AuthorizePage(url=url, state=state)


def _bound(expires: int, browser: str) -> str:
    return f"sign-in {expires} {hashlib.sha256(browser.encode()).hexdigest()}"


def _check_state(svc: Services, state: str, browser: str | None, at: datetime) -> None:
    expires, _, signature = state.partition(".")
    is_ours = (
        browser is not None
        and expires.isascii()
        and expires.isdigit()
        and svc.vault.is_signed(_bound(int(expires), browser), signature)
    )
    if not is_ours or int(expires) < at.timestamp():
        raise StateMismatch


@router.post("/phone-codes", status_code=202)
async def send_code(asked: CodeAsked, request: Request, svc: Svc) -> CodeSent:
    """A code to sign in with; the codes before are good no more."""
    return await phone_codes.send(svc, asked, client_address(request))


@router.delete("/sessions/current", status_code=204)
async def sign_out(request: Request, db: Db, actors: KnownActors) -> None:
    """Signing out twice is fine."""
    token = bearer_token(request)
    if token:
        async with db.transaction() as tx:
            await identity.close_session(tx, token, clock.now())
        await actors.tell_revoked(token)
