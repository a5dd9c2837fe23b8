"""The sandbox's page and its JSON: what the providers know, who pays, which faults happen."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

from bofen.gateways.wechat_pay.signing import BadSignature, pay_message, public_key, verify
from bofen.sandbox.courier import CourierSandbox
from bofen.sandbox.pay import PaySandbox
from bofen.sandbox.rules import Refused
from bofen.sandbox.world import FAULTS, World

_PAGE = Path(__file__).parent / "page.html"
_TARGETS = ("pay", "notice", "courier", "*")


class SandboxPage:
    """Its routes. Browsers of the shop's pages may call them; see `bofen.sandbox.origins`."""

    def __init__(self, world: World, pay: PaySandbox, courier: CourierSandbox) -> None:
        self._world = world
        self._pay = pay
        self._courier = courier
        self._merchant_key = public_key(world.keys.merchant_public)

    def app(self) -> web.Application:
        """The page and its JSON, for this machine only."""
        app = web.Application(middlewares=[_malformed])
        app.router.add_get("/", self.page)
        app.router.add_get("/state", self.state)
        app.router.add_get("/sms", self.sms)
        for path, act in (
            ("/faults", self.ask_fault),
            ("/people", self.add_person),
            ("/pay", self.pay),
            ("/past", self.remember),
            ("/transfers/{no}/confirm", self.confirm_transfer),
            ("/transfers/{no}/fail", self.fail_transfer),
            ("/tracks/{no}", self.move_parcel),
            ("/tracks/{no}/next", self.next_step),
        ):
            app.router.add_post(path, act)
            app.router.add_route("OPTIONS", path, _allowed)
        return app

    async def page(self, _: web.Request) -> web.Response:
        """The page that people see."""
        return web.Response(text=_PAGE.read_text(), content_type="text/html")

    async def state(self, _: web.Request) -> web.Response:
        """Everything the sandbox knows, as JSON."""
        world = self._world
        names = ("people", "payments", "refunds", "transfers", "parcels", "sms", "faults")
        plain = {name: getattr(world, name) for name in names}
        return web.json_response(plain | {"log": list(world.log), "kinds": FAULTS})

    async def sms(self, request: web.Request) -> web.Response:
        """The codes sent to a phone, newest first."""
        return web.json_response(self._world.sms.get(request.query.get("phone", ""), []))

    async def ask_fault(self, request: web.Request) -> web.Response:
        """Have a provider fail so many times in one way."""
        asked = await request.json()
        if asked.get("kind") not in FAULTS or asked.get("target") not in _TARGETS:
            raise web.HTTPBadRequest(text="unknown fault or target")
        self._world.ask_fault(asked["target"], asked["kind"], int(asked.get("times", 1)))
        return web.json_response({"ok": True})

    async def add_person(self, request: web.Request) -> web.Response:
        """One more WeChat user to sign in as."""
        asked = await request.json()
        self._world.person(str(asked["openid"]), str(asked["name"]))
        self._world.save()
        return web.json_response({"ok": True})

    async def pay(self, request: web.Request) -> web.Response:
        """Somebody pays: by the pay sheet that the shop gave him, or by a number."""
        asked = await request.json()
        if sheet := asked.get("pay_sheet"):
            self._check_sheet(sheet)
            asked = {"prepay_id": sheet["package"].removeprefix("prepay_id=")}
        number = asked.get("out_trade_no") or self._number_of(asked.get("prepay_id"))
        return _done(lambda: self._pay.user_pays(str(number)))

    async def remember(self, request: web.Request) -> web.Response:
        """Payments of a time before this sandbox, so that they can be refunded."""
        asked = await request.json()
        for paid in asked["payments"]:
            self._pay.remember(paid)
        self._world.save()
        return web.json_response({"ok": True})

    def _number_of(self, prepay_id: str | None) -> str | None:
        payments = self._world.payments.items()
        return next((no for no, p in payments if p["prepay_id"] == prepay_id), None)

    def _check_sheet(self, sheet: dict[str, str]) -> None:
        """WeChat shows no cashier for a sheet that the merchant did not sign."""
        message = pay_message(
            sheet["appId"], sheet["timeStamp"], sheet["nonceStr"], sheet["package"]
        )
        try:
            verify(self._merchant_key, message, sheet["paySign"])
        except BadSignature:
            raise web.HTTPBadRequest(text="paySign is wrong") from None

    async def confirm_transfer(self, request: web.Request) -> web.Response:
        """The user takes the money that waits for him."""
        number = request.match_info["no"]
        return _done(lambda: self._pay.finish_transfer(number, "SUCCESS"))

    async def fail_transfer(self, request: web.Request) -> web.Response:
        """The money does not arrive, and the shop is told why."""
        number = request.match_info["no"]
        return _done(lambda: self._pay.finish_transfer(number, "FAIL", "ACCOUNT_FROZEN"))

    async def move_parcel(self, request: web.Request) -> web.Response:
        """A parcel gets a trace of its own wording."""
        asked, number = await request.json(), request.match_info["no"]
        place = str(asked.get("location", ""))
        return _done(
            lambda: self._courier.move(number, str(asked["state"]), str(asked["context"]), place)
        )

    async def next_step(self, request: web.Request) -> web.Response:
        """A parcel takes the next ordinary step."""
        return _done(lambda: self._courier.next_step(request.match_info["no"]))


def _done(act: Callable[[], None]) -> web.Response:
    try:
        act()
    except Refused as refused:
        content = {"code": refused.code, "message": refused.text}
        return web.json_response(content, status=refused.status)
    return web.json_response({"ok": True})


async def _allowed(_: web.Request) -> web.Response:
    return web.Response(status=204)


@web.middleware
async def _malformed(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    try:
        return await handler(request)
    except (json.JSONDecodeError, KeyError) as error:
        return web.json_response({"error": repr(error)}, status=400)
