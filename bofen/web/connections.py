"""The web port's side of a connection: so many of one address, and none that only waits.

uvicorn times what stands idle after an answer; a request that comes a byte at a time, or an answer
that nobody reads, it would wait for without end.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bofen.kit.addresses import Doorman, Proxies, place_of


@dataclass(frozen=True)
class Deadlines:
    """In seconds: until the headers are there, the whole request is there, an answer moves on."""

    headers_s: float = 10.0
    request_s: float = 120.0
    answer_s: float = 30.0


class GuardedConnection(HttpToolsProtocol):
    """HTTP/1.1 of one client, or of a proxy that stands for many."""

    def __init__(
        self,
        proxies: Proxies,
        doorman: Doorman,
        deadlines: Deadlines | None = None,
        **uvicorn_s: Any,
    ) -> None:
        super().__init__(**uvicorn_s)
        self._doorman = doorman
        self.proxies = proxies
        self._deadlines = deadlines or Deadlines()
        self._place: str | None = None
        self._receiving: asyncio.TimerHandle | None = None
        self._writing: asyncio.TimerHandle | None = None

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        peer = self.client[0] if self.client else ""
        place = place_of(peer)
        if not self._doorman.admit(place, is_proxy=self.proxies.trusts(peer)):
            transport.abort()
            return
        self._place = place
        self._expect(self._deadlines.headers_s)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._receiving, self._writing):
            if timer:
                timer.cancel()
        if self._place is not None:
            self._doorman.leave(self._place)
            self._place = None
        super().connection_lost(exc)

    @override
    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._expect(self._deadlines.headers_s)

    @override
    def on_headers_complete(self) -> None:
        self.expect_request()
        super().on_headers_complete()

    def expect_request(self) -> None:
        """The headers are there; the whole request has its own time."""
        self._expect(self._deadlines.request_s)

    @override
    def on_message_complete(self) -> None:
        self._expect(None)
        super().on_message_complete()

    @override
    def pause_writing(self) -> None:
        super().pause_writing()
        self._writing = self.loop.call_later(self._deadlines.answer_s, self._too_slow)

    @override
    def resume_writing(self) -> None:
        if self._writing:
            self._writing.cancel()
        super().resume_writing()

    def _expect(self, within_s: float | None) -> None:
        """The next step of the request comes within this time; None: nothing is missing."""
        if self._receiving:
            self._receiving.cancel()
            self._receiving = None
        if within_s is not None:
            self._receiving = self.loop.call_later(within_s, self._too_slow)

    def _too_slow(self) -> None:
        self.transport.abort()
