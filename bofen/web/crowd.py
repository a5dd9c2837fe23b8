"""Where a crowd knocks: its requests are answered with no framework in between.

A door takes the ordinary form of one request, at the connection itself. Whatever else comes goes
the long way to the routes, which answer everything and are what the OpenAPI documents show. See
docs/decisions/0011-a-door-for-the-crowd.md.
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from starlette.responses import Response
from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from bofen.kit import log
from bofen.kit.addresses import Doorman, Proxies
from bofen.kit.settings import Settings
from bofen.web.connections import Deadlines, GuardedConnection
from bofen.web.doors import Door, Headers
from bofen.web.edge import API_HEADERS, answer_of, headers_of_answers, request_id_of, write_line

Doors = Mapping[tuple[bytes, bytes], Door]
"""By method and path, in which `{id}` stands for each id."""
Answering = Callable[[bytes], Awaitable[Response]]
"""Makes the answer to a request of this body; it may raise what a route may raise."""

_BODY_BYTES_MAX = 16_384
_ID = re.compile(rb"(?<=/)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=/|$)")


class Crowd:
    """The doors of this process, and what every answer through them bears."""

    def __init__(self, doors: Doors, settings: Settings) -> None:
        self._doors = doors
        self.is_logging = settings.logs_requests
        marks = headers_of_answers(settings) | API_HEADERS
        self.marks = "".join(f"{k.lower()}: {v}\r\n" for k, v in marks.items()).encode()

    def answering(self, method: bytes, target: bytes, headers: Headers) -> Answering | None:
        """Who answers this request here, or None: a route does. `target` is path and query."""
        door = self._doors.get((method, _ID.sub(b"{id}", target)))
        if door is None or b"{" in target or not door.takes(headers):
            return None
        length = headers.get(b"content-length", b"0")
        is_short = length.isdigit() and int(length) <= _BODY_BYTES_MAX
        if not is_short or b"transfer-encoding" in headers:
            return None
        ids = [UUID(found.decode()) for found in _ID.findall(target)]
        return partial(door.answer, ids, headers)


class CrowdConnection(GuardedConnection):
    """A connection whose requests go through a door where one takes them."""

    def __init__(self, crowd: Crowd, *guards: Any, **uvicorn_s: Any) -> None:
        super().__init__(*guards, **uvicorn_s)
        self.crowd = crowd

    @override
    def on_headers_complete(self) -> None:
        if exchange := self._exchange():
            self.expect_request()
            self.cycle = exchange  # type: ignore[assignment] # in the place of uvicorn's own
        else:
            super().on_headers_complete()

    def _exchange(self) -> "_Exchange | None":
        before: RequestResponseCycle | None = self.cycle
        # Who does not read his answers waits for them on the long way, which knows how.
        is_free = (before is None or before.response_complete) and not self.flow.write_paused
        is_plain = self.parser.get_http_version() == "1.1" and not self.parser.should_upgrade()
        if not is_free or not is_plain or self.expect_100_continue:
            return None
        asked = _Asked(self.parser.get_method(), self.url, dict(self.headers))
        if len(asked.headers) < len(self.headers):  # One is there twice: which counts?
            return None
        answering = self.crowd.answering(asked.method, asked.target, asked.headers)
        return _Exchange(self, asked, answering) if answering else None


@dataclass(frozen=True)
class _Asked:
    method: bytes
    target: bytes
    headers: Headers


class _Exchange:
    """One request and its answer, with the names by which uvicorn's protocol knows its own."""

    def __init__(self, connection: CrowdConnection, asked: _Asked, answering: Answering) -> None:
        self.body = b""
        self.more_body = True
        self.response_complete = False
        self.disconnected = False
        self.keep_alive = connection.parser.should_keep_alive()
        self.message_event = self
        self._connection = connection
        self._asked = asked
        self._answering = answering
        self._began = time.monotonic()
        self._task: asyncio.Task[None] | None = None

    def set(self) -> None:
        """Something has come of the request, or its client has gone."""
        if self.more_body or self.disconnected or self._task:
            return
        tasks = self._connection.tasks
        self._task = self._connection.loop.create_task(self._run())
        self._task.add_done_callback(tasks.discard)
        tasks.add(self._task)

    async def _run(self) -> None:
        path = self._asked.target.partition(b"?")[0].decode("latin-1")
        method = self._asked.method.decode("latin-1")
        request_id = request_id_of(self._asked.headers.get(b"x-request-id", b""))
        log.bind(request_id=request_id)
        try:
            answer = await self._answering(self.body)
        except Exception as error:  # noqa: BLE001 - whatever it was, the answer looks the same
            answer = answer_of(error, method, path)
        if not self.disconnected:
            self._send(answer, request_id)
        self.response_complete = True
        if self._connection.crowd.is_logging:
            took_ms = round((time.monotonic() - self._began) * 1000, 1)
            write_line(method, path, answer.status_code, took_ms, self._address())
        self._connection.on_response_complete()

    def _send(self, answer: Response, request_id: str) -> None:
        connection = self._connection
        head = [STATUS_LINE[answer.status_code], connection.crowd.marks]
        for name, value in (*connection.server_state.default_headers, *answer.raw_headers):
            head += (name, b": ", value, b"\r\n")
        head.append(b"x-request-id: %b\r\n" % request_id.encode())
        if not self.keep_alive:
            head.append(b"connection: close\r\n")
        connection.transport.write(b"".join((*head, b"\r\n", answer.body)))
        if not self.keep_alive:
            connection.transport.close()

    def _address(self) -> str | None:
        """Who asks, as far as our proxies say."""
        client = self._connection.client
        forwarded = self._asked.headers.get(b"x-forwarded-for", b"").decode("latin-1")
        return self._connection.proxies.client(client[0], forwarded) if client else None


def met_by(
    crowd: Crowd, proxies: Proxies, doorman: Doorman, deadlines: Deadlines | None = None
) -> "partial[CrowdConnection]":
    """What uvicorn calls for each new connection."""
    return partial(CrowdConnection, crowd, proxies, doorman, deadlines)
