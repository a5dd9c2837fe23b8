"""`PUT /orders/{id}` for a crowd: the same answers as the route's, with no framework in between.

What it does not take whole it hands on to the route, which answers everybody else and is what the
OpenAPI document shows (docs/decisions/0011-a-door-for-the-crowd.md).
"""

import json
from uuid import UUID

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bofen.kit.errors import NotSignedIn
from bofen.web.actors import Actors, Buyer
from bofen.web.answers import answer_to
from bofen.web.buyer.orders import OrderIn, Placing, placed
from bofen.web.deps import TOKEN_MAX

_PATH = "/api/buyer/orders/"
_ID_LENGTH = 36
_ESCAPED_NUL = b"\\u0000"


class OrderDoor:
    """ASGI middleware: what it does not know goes on to `app`."""

    def __init__(self, app: ASGIApp, actors: Actors, placing: Placing) -> None:
        self._app = app
        self._actors = actors
        self._placing = placing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = _asked(scope)
        if asked is None:
            await self._app(scope, receive, send)
            return
        order_id, token = asked
        try:
            answer = await self._answer(order_id, token, await _body(receive))
        except Exception as error:
            found = await answer_to(error)
            if found is None:
                raise
            answer = found
        await answer(scope, receive, send)

    async def _answer(self, order_id: UUID, token: str, body: bytes) -> Response:
        actor = await self._actors.of_token(token)
        if not isinstance(actor, Buyer):
            raise NotSignedIn
        try:
            asked = _order(body)
        except ValidationError as error:
            wrong = [{**each, "loc": ("body", *each["loc"])} for each in error.errors()]
            raise RequestValidationError(wrong) from error
        made = await placed(self._placing, actor.id, order_id, asked)
        content = {
            "id": str(made.order_id),
            "order_no": made.order_no,
            "total_fen": made.total_fen,
        }
        return Response(json.dumps(content), 201, media_type="application/json")


def _order(body: bytes) -> OrderIn:
    """Where a NUL may stand it is read as the route reads it, which finds the field."""
    if _ESCAPED_NUL not in body:
        return OrderIn.model_validate_json(body)
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return OrderIn.model_validate_json(body)
    return OrderIn.model_validate(said)


def _asked(scope: Scope) -> tuple[UUID, str] | None:
    """The order id and the bearer token of an ordinary request to place an order."""
    if scope["type"] != "http" or scope["method"] != "PUT":
        return None
    path: str = scope["path"]
    if not path.startswith(_PATH) or len(path) != len(_PATH) + _ID_LENGTH:
        return None
    headers = dict(scope["headers"])
    scheme, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    is_plain = headers.get(b"content-type") == b"application/json" and scheme == "Bearer"
    if not is_plain or not 0 < len(token) <= TOKEN_MAX:
        return None
    try:
        return UUID(path[len(_PATH) :]), token
    except ValueError:
        return None


async def _body(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)
