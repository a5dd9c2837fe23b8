"""Who may speak to the sandbox: programs of this machine, and pages that come from it."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Middleware

from bofen.kit.addresses import is_of_this_machine

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def only_from_here(shop_url: str) -> Middleware:
    """Middleware: pages of the shop and of this machine may read answers, others get 403.

    The name that the request asked for must be this machine's too: a foreign page could have its
    own name resolve to the loopback.
    """

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin", "")
        asked = urlsplit(f"//{request.host}").hostname or ""
        if not is_of_this_machine(asked) or (origin and not _is_welcome(origin, shop_url)):
            return web.Response(status=403, text="the sandbox answers this machine's pages only")
        try:
            answer = await handler(request)
        except web.HTTPException as error:
            _allow(error, origin)
            raise
        _allow(answer, origin)
        return answer

    return guard


def _is_welcome(origin: str, shop_url: str) -> bool:
    return origin == shop_url or is_of_this_machine(urlsplit(origin).hostname or "?")


def _allow(answer: web.StreamResponse, origin: str) -> None:
    if origin and not answer.prepared:
        answer.headers["Access-Control-Allow-Origin"] = origin
        answer.headers["Access-Control-Allow-Headers"] = "content-type"
        answer.headers["Vary"] = "Origin"
