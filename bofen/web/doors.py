"""The two kinds of doors for a crowd: one that shows a page, one that puts what a buyer sends.

Each is what the framework makes of such a route, and no more: who asks, what he sent, the answer.
What is wrong is refused with the words of the route (docs/decisions/0011-a-door-for-the-crowd.md).
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from json import JSONDecodeError
from typing import Any, Protocol, TypeVar
from uuid import UUID

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bofen.kit.errors import NotSignedIn
from bofen.web.actors import Actors, Buyer
from bofen.web.deps import token_in
from bofen.web.shapes import Body

Headers = Mapping[bytes, bytes]
"""Names are in lower case; none is there twice."""
Sent = TypeVar("Sent", bound=Body)
_ESCAPED_NUL = b"\\u0000"


class Door(Protocol):
    """Answers the ordinary requests of one method and path."""

    def takes(self, headers: Headers) -> bool:
        """Whether a request with these headers is ordinary enough; any other goes to the route."""

    async def answer(self, ids: Sequence[UUID], headers: Headers, body: bytes) -> Response:
        """`ids` are those of the path, in their order. Raises what the route may raise."""


class PageDoor:
    """Shows a page that is the same for everybody."""

    def __init__(self, page: Callable[..., Awaitable[Response]]) -> None:
        self._page = page

    def takes(self, _: Headers) -> bool:
        """Whatever a client says of itself changes nothing of such a page."""
        return True

    async def answer(self, ids: Sequence[UUID], _: Headers, __: bytes) -> Response:
        """See `Door.answer`; a body is not looked at."""
        return await self._page(*ids)


class PutDoor:
    """Takes JSON of a `kind` from a buyer and answers 201."""

    def __init__(
        self, kind: type[Body], put: Callable[..., Awaitable[BaseModel]], actors: Actors
    ) -> None:
        """`put` is called with the buyer's id, the ids of the path and what was sent."""
        self._kind = kind
        self._put = put
        self._actors = actors

    def takes(self, headers: Headers) -> bool:
        """Plain JSON."""
        return headers.get(b"content-type") == b"application/json"

    async def answer(self, ids: Sequence[UUID], headers: Headers, body: bytes) -> Response:
        """See `Door.answer`."""
        token = token_in(headers.get(b"authorization", b"").decode("latin-1"))
        actor = await self._actors.of_token(token) if token else None
        if not isinstance(actor, Buyer):
            if body:
                _parsed(body)  # The route, too, asks who it is once it has read.
            raise NotSignedIn
        made = await self._put(actor.id, *ids, _read(self._kind, body))
        return Response(made.model_dump_json(), 201, media_type="application/json")


def _read(kind: type[Sent], body: bytes) -> Sent:
    """What is well is read in one go; for anything else the route's own steps find the words.

    Where a NUL may stand they are gone at once: only they find the field that it stands in.
    """
    if _ESCAPED_NUL not in body:
        try:
            return kind.model_validate_json(body)
        except ValidationError:
            pass
    if not body:
        raise RequestValidationError([{"type": "missing", "loc": ("body",)}])
    said = _parsed(body)
    try:
        return kind.model_validate(said)
    except ValidationError as error:
        wrong = [{**each, "loc": ("body", *each["loc"])} for each in error.errors()]
        raise RequestValidationError(wrong) from error


def _parsed(body: bytes) -> Any:
    """The value that this JSON is."""
    try:
        return json.loads(body)
    except JSONDecodeError as error:
        wrong = {"type": "json_invalid", "loc": ("body", error.pos), "ctx": {"error": error.msg}}
        raise RequestValidationError([wrong]) from error
    except (ValueError, RecursionError) as error:
        raise HTTPException(400) from error
