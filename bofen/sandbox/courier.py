"""Sandbox of 快递100: subscribe, query, and pushes signed with each parcel's salt."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import aiohttp
from aiohttp import web

from bofen.gateways.couriers.kuaidi100 import push_sign, query_sign
from bofen.kit import clock
from bofen.kit.days import SHOP_ZONE
from bofen.sandbox.world import World

STEPS = (
    ("1", "【杭州市】已揽收", "杭州市"),
    ("0", "【杭州转运中心】已发出，下一站【上海转运中心】", "杭州市"),
    ("5", "【上海市】快递员正在派件，请保持电话畅通", "上海市"),
    ("3", "【上海市】已签收，签收人：本人", "上海市"),
)
"""A parcel's ordinary way: state, text, place."""
_RETRY = timedelta(minutes=35)
_TRIES = 4
_TICK_S = 0.5


class CourierSandbox:
    """快递100: answers queries, remembers subscriptions, pushes what the page asks for."""

    def __init__(self, world: World) -> None:
        self._world = world

    def app(self) -> web.Application:
        """The server: subscribe and query."""
        app = web.Application()
        app.router.add_post("/poll", self.subscribe)
        app.router.add_post("/poll/query.do", self.query)
        return app

    async def subscribe(self, request: web.Request) -> web.Response:
        """From now on every change of this parcel is pushed to its address."""
        form = await request.post()
        asked = json.loads(str(form.get("param", "{}")))
        if asked.get("key") != self._world.keys.kuaidi100_key:
            return _answer(result=False, code="600", message="您不是合法的订阅者")
        number = str(asked.get("number", ""))
        if not 6 <= len(number) <= 32:
            return _answer(result=False, code="701", message="拒绝订阅的快递公司或单号")
        parcel = self._parcel(number, str(asked.get("company", "")))
        if parcel.get("callbackurl"):
            return _answer(result=False, code="501", message="POLL:重复订阅")
        given = asked["parameters"]
        parcel |= {"callbackurl": given["callbackurl"], "salt": given.get("salt", "")}
        self._world.save()
        self._world.note("courier", f"subscribe {number}", "200")
        return _answer(result=True, code="200", message="提交成功")

    async def query(self, request: web.Request) -> web.Response:
        """A parcel's traces, newest first."""
        form, keys = await request.post(), self._world.keys
        param = str(form.get("param", ""))
        if form.get("sign") != query_sign(param, keys.kuaidi100_key, keys.kuaidi100_customer):
            return _answer(result=False, code="503", message="验证签名失败")
        asked = json.loads(param)
        if asked.get("com") in ("shunfeng", "zhongtong") and not asked.get("phone"):
            return _answer(result=False, code="408", message="验证码错误")
        parcel = self._world.parcels.get(str(asked.get("num", "")))
        if parcel is None or not parcel["data"]:
            return _answer(result=False, code="500", message="查询无结果，请隔段时间再查")
        return web.json_response(_track(parcel))

    def move(self, number: str, state: str, context: str, location: str = "") -> None:
        """Something happened to the parcel: it is written down and pushed."""
        parcel = self._parcel(number, "shunfeng")
        at = clock.now().astimezone(SHOP_ZONE).strftime("%Y-%m-%d %H:%M:%S")
        row = {"time": at, "ftime": at, "context": context, "areaName": location}
        parcel["data"].insert(0, row | {"status": state, "statusCode": state})
        parcel["state"] = state
        self._world.save()
        if parcel.get("callbackurl"):
            self._world.later(asyncio.create_task(self._push(parcel)))

    def next_step(self, number: str) -> None:
        """The ordinary next thing that happens to a parcel; nothing after the last."""
        taken = len(self._parcel(number, "shunfeng")["data"])
        if taken < len(STEPS):
            self.move(number, *STEPS[taken])

    def _parcel(self, number: str, company: str) -> dict[str, Any]:
        fresh = {"nu": number, "com": company, "state": "", "data": []}
        return self._world.parcels.setdefault(number, fresh)

    async def _push(self, parcel: dict[str, Any]) -> None:
        is_signed = parcel["state"] == "3"
        body = {
            "status": "shutdown" if is_signed else "polling",
            "billstatus": "check" if is_signed else "got",
            "message": "",
            "lastResult": _track(parcel),
        }
        param = json.dumps(body, ensure_ascii=False)
        form = {"param": param, "sign": push_sign(param, parcel["salt"])}
        if self._world.fault("courier", "tamper_notice"):
            form["param"] = param.replace("派件", "签收")
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as http:
            for _ in range(_TRIES):
                if await self._posted(http, parcel["callbackurl"], form):
                    return
                due = clock.now() + _RETRY
                while clock.now() < due:  # noqa: ASYNC110 - nobody tells when a clock is moved
                    await asyncio.sleep(_TICK_S)

    async def _posted(self, http: aiohttp.ClientSession, url: str, form: dict[str, str]) -> bool:
        try:
            async with http.post(url, data=form) as answer:
                content = await answer.json(content_type=None)
                self._world.note("courier", f"push {url}", str(answer.status))
                return answer.ok and bool(content.get("result"))
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            self._world.note("courier", f"push {url}", type(error).__name__)
            return False


def _track(parcel: dict[str, Any]) -> dict[str, Any]:
    return {
        "message": "ok",
        "nu": parcel["nu"],
        "ischeck": "1" if parcel["state"] == "3" else "0",
        "com": parcel["com"],
        "status": "200",
        "state": parcel["state"],
        "data": parcel["data"],
    }


def _answer(*, result: bool, code: str, message: str) -> web.Response:
    return web.json_response({"result": result, "returnCode": code, "message": message})
