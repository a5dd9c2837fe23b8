"""What every request passes first: its size, its request id, and the headers of its answer."""

import structlog
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bofen.kit.ids import short_token
from bofen.web.answers import refused

BODY_BYTES_MAX = 1_000_000
UPLOAD_BYTES_MAX = 30_000_000
_UPLOADS = "/api/merchant/pictures"

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
_API_HEADERS = {"Cache-Control": "no-store"}


class Edge:
    """ASGI middleware around everything: limits a request, marks its answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = short_token(12)
        structlog.contextvars.bind_contextvars(request_id=request_id)
        answered = _Answered(send, scope["path"], request_id)
        try:
            if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
                await refused("invalid_request", 422, {"fields": []})(scope, receive, answered)
            else:
                await self._limited(scope, receive, answered)
        finally:
            structlog.contextvars.clear_contextvars()

    async def _limited(self, scope: Scope, receive: Receive, answered: "_Answered") -> None:
        most = UPLOAD_BYTES_MAX if scope["path"] == _UPLOADS else BODY_BYTES_MAX
        length = dict(scope["headers"]).get(b"content-length", b"0")
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
    """Adds our headers to an answer."""

    def __init__(self, send: Send, path: str, request_id: str) -> None:
        self._send = send
        self._is_api = path.startswith("/api/")
        self._request_id = request_id

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["X-Request-Id"] = self._request_id
            for name, value in (_HEADERS | (_API_HEADERS if self._is_api else {})).items():
                headers.setdefault(name, value)
        await self._send(message)
