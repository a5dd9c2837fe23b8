"""`PUT /orders/{id}` for a crowd: the same answers as the route's, with no framework in between.

What it does not take whole it hands on to the route, which answers everybody else and is what the
OpenAPI document shows (docs/decisions/0011-a-door-for-the-crowd.md).
"""

import json
from functools import partial
from uuid import UUID

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.responses import Response

from bofen.kit.errors import NotSignedIn
from bofen.web.actors import Actors, Buyer
from bofen.web.buyer.orders import OrderIn, Placing, placed
from bofen.web.crowd import Answering, Headers
from bofen.web.deps import TOKEN_MAX

_PATH = b"/api/buyer/orders/"
_TARGET_LENGTH = len(_PATH) + 36
_ESCAPED_NUL = b"\\u0000"


class OrderDoor:
    """A door of the crowd (`bofen.web.crowd`)."""

    def __init__(self, actors: Actors, placing: Placing) -> None:
        self._actors = actors
        self._placing = placing

    def __call__(self, method: bytes, target: bytes, headers: Headers) -> Answering | None:
        """Takes what is quite ordinary: a well-formed id, plain JSON, a bearer token."""
        if method != b"PUT" or not target.startswith(_PATH) or len(target) != _TARGET_LENGTH:
            return None
        scheme, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        is_plain = headers.get(b"content-type") == b"application/json" and scheme == "Bearer"
        if not is_plain or not 0 < len(token) <= TOKEN_MAX:
            return None
        try:
            order_id = UUID(target[len(_PATH) :].decode("latin-1"))
        except ValueError:
            return None
        return partial(self._answer, order_id, token)

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
        text = json.dumps(content, separators=(",", ":"))
        return Response(text, 201, media_type="application/json")


def _order(body: bytes) -> OrderIn:
    """Where a NUL may stand it is read as the route reads it, which finds the field."""
    if _ESCAPED_NUL not in body:
        return OrderIn.model_validate_json(body)
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return OrderIn.model_validate_json(body)
    return OrderIn.model_validate(said)
