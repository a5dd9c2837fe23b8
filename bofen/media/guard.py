"""What strangers may take of the media port: connections, and the time to ask for something."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from aiohttp import web
from typing_extensions import override

from bofen.kit import log
from bofen.media.addresses import Trusted

_log = log.get(__name__)


@dataclass(frozen=True)
class HttpLimits:
    """Seconds and numbers for the callers of one port."""

    idle_s: float = 15.0
    """From the connection to a whole request, and between requests: a slow drip ends here too."""

    answer_s: float = 60.0
    """So long one playlist, part or segment may take to be read."""

    per_address: int = 256
    """Connections from one address; this machine and trusted proxies are exempt."""

    connections_max: int = 8_000


class Counter:
    """Counts open connections by address; beyond the caps a new one is closed unread."""

    def __init__(self, limits: HttpLimits, trusted: Trusted) -> None:
        self._limits = limits
        self._trusted = trusted
        self._open: defaultdict[str, set[asyncio.Transport]] = defaultdict(set)
        self._total = 0

    def enter(self, transport: asyncio.Transport) -> bool:
        """Whether this connection may stay."""
        peer = transport.get_extra_info("peername")
        address = str(peer[0]) if peer else ""
        if self._total >= self._limits.connections_max:
            self._recount()
        beside = self._open[address]
        if len(beside) >= self._limits.per_address:
            beside -= {known for known in beside if known.is_closing()}
        is_many = len(beside) >= self._limits.per_address and not self._trusted.holds(address)
        if is_many or self._total >= self._limits.connections_max:
            _log.warning("connection_refused", address=address, open=len(beside))
            return False
        beside.add(transport)
        self._total += 1
        return True

    def _recount(self) -> None:
        for address, known in list(self._open.items()):
            known -= {transport for transport in known if transport.is_closing()}
            if not known:
                del self._open[address]
        self._total = sum(map(len, self._open.values()))


class _Usher(asyncio.Protocol):
    """Stands for the HTTP protocol until it is clear that the connection may stay."""

    def __init__(self, counter: Counter, make: Callable[[], asyncio.BaseProtocol]) -> None:
        self._counter = counter
        self._make = make

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        stream = cast("asyncio.Transport", transport)
        if not self._counter.enter(stream):
            stream.abort()
            return
        inner = self._make()
        stream.set_protocol(inner)
        inner.connection_made(stream)


class GuardedSite(web.TCPSite):
    """An aiohttp site whose connections are counted first."""

    def __init__(self, runner: web.AppRunner, host: str, port: int, counter: Counter) -> None:
        super().__init__(runner, host, port)
        self._address = (host, port)
        self._counter = counter

    @override
    async def start(self) -> None:
        await web.BaseSite.start(self)
        server = self._runner.server
        assert server is not None
        make = cast("Callable[[], Any]", server)
        self._server = await asyncio.get_running_loop().create_server(
            lambda: _Usher(self._counter, make), *self._address
        )
