"""What strangers may take of the media port: connections, and the time to ask for something."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from aiohttp import web
from typing_extensions import override

from bofen.kit import log
from bofen.kit.addresses import Doorman, Proxies, place_of

_log = log.get(__name__)


@dataclass(frozen=True)
class HttpLimits:
    """Seconds for the callers of one port."""

    idle_s: float = 15.0
    """From the connection to a whole request, and between requests: a slow drip ends here too."""

    answer_s: float = 60.0
    """So long one playlist, part or segment may take to be read."""


class _Usher(asyncio.Protocol):
    """Stands before the HTTP protocol: counts a connection in or closes it unread."""

    def __init__(self, doorman: Doorman, proxies: Proxies, inner: asyncio.Protocol) -> None:
        self._doorman = doorman
        self._proxies = proxies
        self._inner = inner
        self._place: str | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        peer = str((transport.get_extra_info("peername") or ("",))[0])
        place = place_of(peer)
        if not self._doorman.admit(place, is_proxy=self._proxies.trusts(peer)):
            _log.warning("connection_refused", address=place)
            cast("asyncio.Transport", transport).abort()
            return
        self._place = place
        self._inner.connection_made(transport)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        if self._place is not None:
            self._doorman.leave(self._place)
            self._inner.connection_lost(exc)

    @override
    def data_received(self, data: bytes) -> None:
        self._inner.data_received(data)

    @override
    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    @override
    def pause_writing(self) -> None:
        self._inner.pause_writing()

    @override
    def resume_writing(self) -> None:
        self._inner.resume_writing()


class GuardedSite(web.TCPSite):
    """An aiohttp site whose connections are counted first."""

    def __init__(
        self, runner: web.AppRunner, host: str, port: int, doorman: Doorman, proxies: Proxies
    ) -> None:
        super().__init__(runner, host, port)
        self._address = (host, port)
        self._doorman = doorman
        self._proxies = proxies

    @override
    async def start(self) -> None:
        await web.BaseSite.start(self)
        server = self._runner.server
        assert server is not None
        make = cast("Callable[[], Any]", server)
        self._server = await asyncio.get_running_loop().create_server(
            lambda: _Usher(self._doorman, self._proxies, make()), *self._address
        )
