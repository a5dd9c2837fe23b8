"""Sandbox of WeChat's open APIs: login, authorize page, phone, mini program code, and SMS."""

import asyncio
import html
import io
import json
import re
import secrets
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import segno
from aiohttp import web

from bofen.gateways.sms.webhook import sms_signature
from bofen.kit import clock
from bofen.sandbox.faces import face
from bofen.sandbox.world import World

_CODE_LIFE_S = 300
_TOKEN_LIFE_S = 7200
_SCENE = re.compile(r"[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}")

_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>微信授权（沙箱）</title>
<style>body{margin:0;font:16px/1.5 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;
background:#f2f3f5;color:#1a1a1a}main{max-width:420px;margin:0 auto;padding:48px 20px}
h1{font-size:20px;margin:0 0 4px}p{color:#888;margin:0 0 24px;font-size:14px}
a{display:flex;align-items:center;gap:14px;background:#fff;border-radius:12px;padding:14px 16px;
margin-bottom:10px;color:inherit;text-decoration:none}a:active{background:#f7f7f7}
i{width:40px;height:40px;border-radius:8px;background:#07c160;color:#fff;font-style:normal;
display:grid;place-items:center;font-weight:600}small{margin-left:auto;color:#bbb}</style>
<main><h1>选择一个沙箱微信用户</h1><p>这是本机的微信沙箱，不会连接真实微信。</p>%s</main></html>"""


class WeChatSandbox:
    """WeChat's own server: sign-in, tokens, codes; and the merchant's sender of SMS."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tokens: dict[str, float] = {}
        self._profiles: dict[str, str] = {}

    def app(self) -> web.Application:
        """The server: every path of WeChat that the shop calls, and the page people see."""
        app = web.Application()
        app.router.add_get("/connect/oauth2/authorize", self.authorize)
        app.router.add_get("/sns/oauth2/access_token", self.oauth)
        app.router.add_get("/sns/userinfo", self.profile)
        app.router.add_get("/avatars/{openid}.png", self.avatar)
        app.router.add_get("/sns/jscode2session", self.session)
        app.router.add_post("/cgi-bin/stable_token", self.stable_token)
        app.router.add_post("/wxa/business/getuserphonenumber", self.phone)
        app.router.add_post("/wxa/getwxacodeunlimit", self.mini_program_code)
        app.router.add_post("/sms", self.sms)
        return app

    async def authorize(self, request: web.Request) -> web.Response:
        """The page on which a person agrees; `person` agrees for a script."""
        query = request.query
        if query.get("appid") != self._world.keys.appid:
            return web.Response(text="appid 参数错误", status=400)
        if openid := query.get("person"):
            raise web.HTTPFound(self._back(query["redirect_uri"], query.get("state", ""), openid))
        people = "".join(
            f'<a class="person" href="{html.escape(self._here(request, person["openid"]))}">'
            f"<i>{html.escape(person['name'][:1])}</i>{html.escape(person['name'])}"
            f"<small>{html.escape(person['openid'])}</small></a>"
            for person in self._world.people.values()
        )
        return web.Response(text=_PAGE % people, content_type="text/html")

    def _here(self, request: web.Request, openid: str) -> str:
        return f"{request.path}?{urlencode([*request.query.items(), ('person', openid)])}"

    def _back(self, redirect_uri: str, state: str, openid: str) -> str:
        code = secrets.token_hex(16)
        until = clock.now().timestamp() + _CODE_LIFE_S
        self._world.codes[code] = {"openid": openid, "until": until, "used": False}
        parts = urlsplit(redirect_uri)
        query = urlencode([*parse_qsl(parts.query), ("code", code), ("state", state)])
        return parts._replace(query=query).geturl()

    async def oauth(self, request: web.Request) -> web.Response:
        """A page's code for an openid (`sns/oauth2/access_token`)."""
        openid = self._redeem(request, request.query.get("code", ""))
        if isinstance(openid, web.Response):
            return openid
        token = secrets.token_hex(20)
        self._profiles[token] = openid
        return web.json_response(
            {
                "access_token": token,
                "expires_in": _TOKEN_LIFE_S,
                "refresh_token": secrets.token_hex(20),
                "openid": openid,
                "scope": "snsapi_userinfo",
                "unionid": f"u-{openid}",
            }
        )

    async def profile(self, request: web.Request) -> web.Response:
        """How a person is called and pictured (`sns/userinfo`)."""
        openid = request.query.get("openid", "")
        if self._profiles.get(request.query.get("access_token", "")) != openid:
            return _failed(40001, "invalid credential, access_token is invalid or not latest")
        picture = f"{request.scheme}://{request.host}/avatars/{openid}.png"
        name = self._world.people[openid]["name"]
        return web.json_response(
            {"openid": openid, "nickname": name, "headimgurl": picture, "unionid": f"u-{openid}"}
        )

    async def avatar(self, request: web.Request) -> web.Response:
        """A face in a colour of its own for each person."""
        picture = await asyncio.to_thread(face, request.match_info["openid"])
        return web.Response(body=picture, content_type="image/png")

    async def session(self, request: web.Request) -> web.Response:
        """Also takes `code-<openid>`, once each, for clients without an authorize page."""
        openid = self._redeem(request, request.query.get("js_code", ""))
        if isinstance(openid, web.Response):
            return openid
        key = secrets.token_urlsafe(16)
        return web.json_response({"openid": openid, "session_key": key, "unionid": f"u-{openid}"})

    def _redeem(self, request: web.Request, code: str) -> str | web.Response:
        keys, query = self._world.keys, request.query
        if (query.get("appid"), query.get("secret")) != (keys.appid, keys.secret):
            return _failed(40013, "invalid appid or secret")
        if code.startswith("code-risk-"):
            return _failed(40226, "code blocked")
        if code.startswith("code-"):
            openid, _, _ = code.removeprefix("code-").partition(".")
            self._world.person(openid, openid)
            known = {"openid": openid, "until": clock.now().timestamp() + 1, "used": False}
            self._world.codes.setdefault(code, known)
        found = self._world.codes.get(code)
        if found is None or found["until"] < clock.now().timestamp():
            return _failed(40029, "invalid code")
        if found["used"]:
            return _failed(40163, "code been used")
        found["used"] = True
        self._world.save()
        self._world.note("wechat", request.path, f"openid {found['openid']}")
        return str(found["openid"])

    async def stable_token(self, request: web.Request) -> web.Response:
        """The app's own access token (`cgi-bin/stable_token`)."""
        asked, keys = await request.json(), self._world.keys
        if (asked.get("appid"), asked.get("secret")) != (keys.appid, keys.secret):
            return _failed(40125, "invalid appsecret")
        now = clock.now().timestamp()
        for token, until in self._tokens.items():
            if until - now > _CODE_LIFE_S:
                left = int(until - now)
                return web.json_response({"access_token": token, "expires_in": left})
        token = secrets.token_urlsafe(96)
        self._tokens[token] = now + _TOKEN_LIFE_S
        return web.json_response({"access_token": token, "expires_in": _TOKEN_LIFE_S})

    async def phone(self, request: web.Request) -> web.Response:
        """Takes `phone-<number>` as the button's code."""
        if refused := self._without_token(request):
            return refused
        code = str((await request.json()).get("code", ""))
        number = code.removeprefix("phone-")
        if not code.startswith("phone-") or not number.isdigit():
            return _failed(40029, "invalid code")
        mark = {"timestamp": int(clock.now().timestamp()), "appid": self._world.keys.appid}
        info: dict[str, Any] = {"phoneNumber": number, "purePhoneNumber": number}
        info |= {"countryCode": "86", "watermark": mark}
        return web.json_response({"errcode": 0, "errmsg": "ok", "phone_info": info})

    async def mini_program_code(self, request: web.Request) -> web.Response:
        """A picture with a scene in it (`getwxacodeunlimit`)."""
        if refused := self._without_token(request):
            return refused
        asked = await request.json()
        if not _SCENE.fullmatch(str(asked.get("scene", ""))):
            return _failed(40169, "invalid length for scene, or the data is not right")
        if str(asked.get("page", "")).startswith("/"):
            return _failed(41030, "invalid page")
        out = io.BytesIO()
        segno.make(f"{asked['page']}?scene={asked['scene']}", error="m").save(
            out, kind="png", scale=10
        )
        return web.Response(body=out.getvalue(), content_type="image/png")

    def _without_token(self, request: web.Request) -> web.Response | None:
        until = self._tokens.get(request.query.get("access_token", ""), 0)
        if until > clock.now().timestamp():
            return None
        return _failed(40001, "invalid credential, access_token is invalid or not latest")

    async def sms(self, request: web.Request) -> web.Response:
        """Takes a signed message and keeps its code for the sandbox's page."""
        body = (await request.read()).decode()
        timestamp = request.headers.get("X-Sms-Timestamp", "")
        expected = sms_signature(self._world.keys.sms_secret, timestamp, body)
        if not secrets.compare_digest(expected, request.headers.get("X-Sms-Signature", "")):
            return web.json_response({"error": "bad signature"}, status=401)
        asked = json.loads(body)
        at = clock.now().isoformat(timespec="seconds")
        sent = self._world.sms.setdefault(asked["phone"], [])
        sent.insert(0, {"code": asked["params"]["code"], "at": at})
        self._world.save()
        return web.json_response({"ok": True})


def _failed(errcode: int, errmsg: str) -> web.Response:
    """WeChat says no with HTTP 200."""
    rid = secrets.token_hex(8)
    return web.json_response({"errcode": errcode, "errmsg": f"{errmsg} rid: {rid}"})
