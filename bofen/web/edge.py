"""What every request passes first: its size, its id, its line in the log, its answer's headers.

Nothing that goes wrong inside leaves this house in another way: a bug is answered like a refusal,
with the same headers, and written down once.
"""

import re
import secrets
import time

import structlog
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bofen.kit import log
from bofen.kit.settings import Settings
from bofen.web.answers import answer_to, refused

BODY_BYTES_MAX = 1_000_000
UPLOAD_BYTES_MAX = 30_000_000
AVATAR_BYTES_MAX = 10_000_000
_UPLOADS = {
    "/api/merchant/pictures": UPLOAD_BYTES_MAX,
    "/api/buyer/me/avatar": AVATAR_BYTES_MAX + 10_000,
}
"""Paths that take more than others; a form has a few bytes around its file."""
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_HSTS_S = 31_536_000

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
API_HEADERS = {"Cache-Control": "no-store"}
_log = log.get(__name__)


def headers_of_answers(settings: Settings) -> dict[str, str]:
    """What every answer bears, unless it says otherwise itself."""
    if settings.shop_url.startswith("https:"):
        return _HEADERS | {"Strict-Transport-Security": f"max-age={_HSTS_S}"}
    return dict(_HEADERS)


def request_id_of(given: bytes) -> str:
    """The id that a proxy gave the request, or a new one."""
    return given.decode() if _REQUEST_ID.fullmatch(given) else secrets.token_urlsafe(9)


def answer_of(error: Exception, method: str, path: str) -> Response:
    """The answer to whatever went wrong. A bug is written down, here and once."""
    answer = answer_to(error, path)
    if answer is None:
        _log.exception("request_failed", method=method, path=path)
        answer = refused("internal_error", 500)
    return answer


def write_line(
    method: str, path: str, status: int | None, took_ms: float, address: str | None
) -> None:
    """A request's line in the log; the path without its query, where people's searches stand."""
    _log.info("request", method=method, path=path, status=status, took_ms=took_ms, address=address)


class Edge:
    """ASGI middleware around everything: limits a request, marks its answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._is_logging = settings.logs_requests
        self._headers = headers_of_answers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, headers = time.monotonic(), dict(scope["headers"])
        request_id = request_id_of(headers.get(b"x-request-id", b""))
        structlog.contextvars.bind_contextvars(request_id=request_id)
        is_api = scope["path"].startswith("/api/")
        added = self._headers | (API_HEADERS if is_api else {}) | {"X-Request-Id": request_id}
        answered = _Answered(send, added)
        try:
            await self._guarded(scope, receive, answered, headers.get(b"content-length", b"0"))
        finally:
            if self._is_logging:
                took_ms = round((time.monotonic() - began) * 1000, 1)
                client = scope.get("client")
                address = client[0] if client else None
                write_line(scope["method"], scope["path"], answered.status, took_ms, address)
            structlog.contextvars.clear_contextvars()

    async def _guarded(
        self, scope: Scope, receive: Receive, answered: "_Answered", length: bytes
    ) -> None:
        try:
            if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
                await refused("invalid_request", 422, {"fields": []})(scope, receive, answered)
            else:
                await self._limited(scope, receive, answered, length)
        except Exception as error:  # noqa: BLE001 - whatever it was, the answer looks the same
            answer = answer_of(error, scope["method"], scope["path"])
            if answered.status is None:
                await answer(scope, receive, answered)

    async def _limited(
        self, scope: Scope, receive: Receive, answered: "_Answered", length: bytes
    ) -> None:
        most = _UPLOADS.get(scope["path"], BODY_BYTES_MAX)
        if not length.isdigit() or int(length) > most:
            await refused("body_too_large", 413, {"bytes_max": most})(scope, receive, answered)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, answered)


class _Answered:
    """Adds our headers to an answer, and remembers its status."""

    def __init__(self, send: Send, added: dict[str, str]) -> None:
        self._send = send
        self._added = added
        self.status: int | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = int(message["status"])
            headers = MutableHeaders(scope=message)
            for name, value in self._added.items():
                headers.setdefault(name, value)
        await self._send(message)
