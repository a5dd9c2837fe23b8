"""WeChat's open APIs: login of mini program and H5, phone number, mini program code."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from bofen.gateways.wechat.errors import WeChatCodeRefused, WeChatUserRefused
from bofen.gateways.wechat.protocol import WeChatIdentity
from bofen.kit import log
from bofen.kit.errors import ProviderError, Refusal

_BAD_CODES = frozenset({40029, 40163, 41008})
_BLOCKED = 40226
_BUSY = -1
_BAD_TOKENS = frozenset({40001, 40014, 42001})
_NOBODY = frozenset({"", "微信用户"})
"""What WeChat calls whoever does not say his name."""
_PICTURES_AT = ".qlogo.cn"
_PICTURE_BYTES_MAX = 2_000_000
_RENEW_BEFORE = timedelta(minutes=5)
_log = log.get(__name__)


class WeChatClient:
    """One app. Errors come as HTTP 200 with `errcode` (protocols 1)."""

    def __init__(
        self,
        base_url: str,
        authorize_url: str,
        appid: str,
        secret: str,
        http: httpx.AsyncClient,
        now: Callable[[], datetime],
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._authorize_url = authorize_url
        self._appid = appid
        self._secret = secret
        self._http = http
        self._now = now
        self._token: tuple[str, datetime] | None = None
        self._renewing = asyncio.Lock()

    async def login(self, js_code: str) -> WeChatIdentity:
        """Asks `jscode2session`; raises `WeChatCodeRefused` for a used or old code."""
        answer = await self._get(
            "/sns/jscode2session",
            {
                "appid": self._appid,
                "secret": self._secret,
                "js_code": js_code,
                "grant_type": "authorization_code",
            },
        )
        return WeChatIdentity(self._appid, answer["openid"], answer.get("unionid"))

    async def oauth(self, code: str) -> WeChatIdentity:
        """Asks `sns/oauth2/access_token`; raises `WeChatCodeRefused` likewise."""
        answer = await self._get(
            "/sns/oauth2/access_token",
            {
                "appid": self._appid,
                "secret": self._secret,
                "code": code,
                "grant_type": "authorization_code",
            },
        )
        is_snapshot = str(answer.get("is_snapshotuser", "0")) == "1"
        if is_snapshot:
            raise WeChatUserRefused
        nickname, avatar_url = await self._profile(answer["access_token"], answer["openid"])
        return WeChatIdentity(
            self._appid,
            answer["openid"],
            answer.get("unionid"),
            nickname=nickname,
            avatar_url=avatar_url,
        )

    async def _profile(self, token: str, openid: str) -> tuple[str | None, str | None]:
        """Nickname and picture, of `sns/userinfo`. Nobody is kept from signing in without them."""
        query = {"access_token": token, "openid": openid, "lang": "zh_CN"}
        try:
            known = await self._get("/sns/userinfo", query)
        except (ProviderError, Refusal) as error:
            _log.info("wechat_profile_failed", code=error.code)
            return None, None
        nickname = str(known.get("nickname") or "")
        is_own = nickname not in _NOBODY
        return (nickname if is_own else None), (str(known.get("headimgurl") or "") or None)

    async def avatar(self, url: str) -> bytes:
        """The picture at an `avatar_url`; raises `ProviderError` for one that is not WeChat's."""
        parts = urlsplit(url)
        is_theirs = parts.scheme == "https" and (parts.hostname or "").endswith(_PICTURES_AT)
        if not is_theirs and parts[:2] != urlsplit(self._base_url)[:2]:
            raise ProviderError("wechat", "AVATAR_ELSEWHERE", is_final=True)
        try:
            answer = await self._http.get(url)
            answer.raise_for_status()
        except httpx.HTTPError as error:
            raise _unclear("NO_ANSWER") from error
        if len(answer.content) > _PICTURE_BYTES_MAX:
            raise ProviderError("wechat", "AVATAR_TOO_LARGE", is_final=True)
        return answer.content

    def authorize_url(self, redirect_uri: str, state: str) -> str:
        """The order of the parameters matters to WeChat (protocols 1.9)."""
        query = urlencode(
            {
                "appid": self._appid,
                "redirect_uri": redirect_uri,
                "response_type": "code",
                "scope": "snsapi_userinfo",
                "state": state,
            }
        )
        return f"{self._authorize_url}?{query}#wechat_redirect"

    async def phone_number(self, code: str) -> str:
        """The number behind a code of `getPhoneNumber`; raises `WeChatCodeRefused`."""
        answer = await self._post("/wxa/business/getuserphonenumber", {"code": code})
        info = answer.json()["phone_info"]
        if info["watermark"]["appid"] != self._appid:
            raise WeChatCodeRefused
        return str(info["purePhoneNumber"])

    async def mini_program_code(self, scene: str, page: str, width: int = 430) -> bytes:
        """A PNG that opens `page` with `scene` (at most 32 characters)."""
        asked = {"scene": scene, "page": page, "check_path": True, "width": width}
        answer = await self._post("/wxa/getwxacodeunlimit", asked)
        return answer.content

    async def _get(self, path: str, query: Mapping[str, str]) -> dict[str, Any]:
        content = await self._asked(path, query)
        if content.get("errcode") == _BUSY:
            content = await self._asked(path, query)
        _check(content)
        return content

    async def _asked(self, path: str, query: Mapping[str, str]) -> dict[str, Any]:
        try:
            answer = await self._http.get(self._base_url + path, params=query)
            return dict(answer.json())
        except (httpx.HTTPError, ValueError) as error:
            raise _unclear("NO_ANSWER") from error

    async def _post(self, path: str, content: Mapping[str, Any]) -> httpx.Response:
        """With our access token; a token that WeChat no longer takes is fetched again, once."""
        for is_last in (False, True):
            token = await self._access_token()
            try:
                answer = await self._http.post(
                    self._base_url + path, params={"access_token": token}, json=content
                )
            except httpx.HTTPError as error:
                raise _unclear("NO_ANSWER") from error
            failure = answer.json() if _is_json(answer) else {}
            if failure.get("errcode") not in _BAD_TOKENS or is_last:
                _check(failure)
                return answer
            self._token = None
        raise AssertionError

    async def _access_token(self) -> str:
        """One fetch at a time, for everybody who waits (protocols 1.2)."""
        async with self._renewing:
            if self._token and self._token[1] > self._now():
                return self._token[0]
            try:
                answer = await self._http.post(
                    f"{self._base_url}/cgi-bin/stable_token",
                    json={
                        "grant_type": "client_credential",
                        "appid": self._appid,
                        "secret": self._secret,
                        "force_refresh": False,
                    },
                )
                content = answer.json()
            except (httpx.HTTPError, ValueError) as error:
                raise _unclear("NO_ANSWER") from error
            _check(content)
            life = timedelta(seconds=int(content["expires_in"]))
            good_until = self._now() + max(life - _RENEW_BEFORE, life / 2)
            self._token = (content["access_token"], good_until)
            return self._token[0]


def _is_json(answer: httpx.Response) -> bool:
    """An error comes as JSON where a picture was expected: look at type and first byte."""
    is_named = "json" in answer.headers.get("content-type", "")
    return is_named or answer.content[:1] == b"{"


def _check(content: Mapping[str, Any]) -> None:
    code = int(content.get("errcode") or 0)
    if code == 0:
        return
    if code in _BAD_CODES:
        raise WeChatCodeRefused
    if code == _BLOCKED:
        raise WeChatUserRefused
    message = str(content.get("errmsg", ""))
    raise ProviderError("wechat", str(code), message, is_final=code != _BUSY)


def _unclear(code: str) -> ProviderError:
    return ProviderError("wechat", code, is_final=False)
