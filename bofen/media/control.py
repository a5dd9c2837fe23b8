"""What the shop orders its engine to do: list, kick. Only signed, and not by way of a proxy."""

from dataclasses import asdict
from typing import Any

from aiohttp import web

from bofen.gateways.streams import signing
from bofen.kit import clock
from bofen.media.engine import Engine


class Control:
    """What the shop asks of the engine: what is live, and to end a push. Signed."""

    def __init__(self, engine: Engine, secret: str) -> None:
        self._engine = engine
        self._secret = secret

    def add_to(self, app: web.Application) -> None:
        """Put the routes into an HTTP application."""
        app.router.add_get("/control/live", self._list)
        app.router.add_post("/control/live/{name}/kick", self._kick)
        app.router.add_get("/healthz", _healthy)

    async def _list(self, request: web.Request) -> web.Response:
        self._check(request)
        return web.json_response({"items": [_plain(asdict(s)) for s in self._engine.list_live()]})

    async def _kick(self, request: web.Request) -> web.Response:
        self._check(request)
        was_live = await self._engine.kick(request.match_info["name"])
        return web.json_response({"was_live": was_live})

    def _check(self, request: web.Request) -> None:
        body = signing.control_body(request.method, request.path)
        is_direct = "X-Forwarded-For" not in request.headers
        is_ours = signing.is_message_signed(self._secret, request.headers, body, clock.now())
        if not (is_direct and is_ours):
            raise web.HTTPForbidden(text="not signed by the shop, or passed on by a proxy")


async def _healthy(request: web.Request) -> web.Response:
    del request
    return web.json_response({"ok": True})


def _plain(state: dict[str, Any]) -> dict[str, Any]:
    return state | {"started_at": state["started_at"].isoformat()}
