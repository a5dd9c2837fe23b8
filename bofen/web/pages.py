"""What is the same for everybody, kept as JSON for a moment: hall, lists, products, rooms.

An answer is of a reading that began at most `FRESH_S` before the request came, and a change that
this process has been told of is in every answer from then on. (A replica adds what it lags.)
Nothing personal may come in here. See docs/decisions/0015-pages-kept-for-a-second.md.
"""

import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel
from pydantic_core import from_json
from starlette.responses import Response

from bofen.flows.rooms import CHANNEL as ROOMS
from bofen.flows.rooms import PRODUCTS
from bofen.flows.services import Services
from bofen.kit.recent import Recent

FRESH_S = 1.0
_ON_CARDS = {"session", "room"}
"""Changes of a room that show on its card as well."""
Read = Callable[[Services], Awaitable[BaseModel]]


class Pages:
    """The pages that this process keeps."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._details: Recent[tuple[str, UUID], bytes] = Recent(FRESH_S)
        self._overviews: Recent[Hashable, bytes] = Recent(FRESH_S)
        services.bus.listen(ROOMS, self._room_changed)
        services.bus.listen(PRODUCTS, self._product_changed)

    async def detail(self, kind: str, its_id: UUID, read: Read) -> Response:
        """The page of one `product` or `room`. Raises what `read` raises."""
        key = kind, its_id
        return _answer(await self._details.of(key, lambda: self._read(read), time.monotonic()))

    async def overview(self, asked: Hashable, read: Read) -> Response:
        """A page that shows many things; `asked` is everything that tells it from others."""
        return _answer(await self._overviews.of(asked, lambda: self._read(read), time.monotonic()))

    async def fresh(self, read: Read) -> Response:
        """A page for one person, who has typed what he looks for: it is not kept."""
        return _answer(await self._read(read))

    async def _read(self, read: Read) -> bytes:
        return (await read(self._services)).model_dump_json().encode()

    async def _room_changed(self, channel: str, message: bytes) -> None:
        self._details.forget(("room", UUID(channel.removeprefix(ROOMS))))
        if any(change["kind"] in _ON_CARDS for change in from_json(message)["changes"]):
            self._overviews.forget_all()

    async def _product_changed(self, channel: str, _: bytes) -> None:
        self._details.forget(("product", UUID(channel.removeprefix(PRODUCTS))))
        self._overviews.forget_all()


def _answer(page: bytes) -> Response:
    return Response(page, media_type="application/json")


async def _pages(request: Request) -> Pages:
    return request.app.state.pages  # type: ignore[no-any-return]


KeptPages = Annotated[Pages, Depends(_pages)]
