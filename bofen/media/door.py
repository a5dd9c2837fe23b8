"""The door for encoders: who may stay in it, how long, and how many from one place.

Two crowds are counted apart. Who was admitted by the shop stays as long as he sends. Who was not
yet has little time and few places, and when those are gone the oldest makes room, unless the shop
is being asked about it: an encoder needs less than a second from its first byte to its key, so
sockets that dawdle cannot close the door to it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bofen.gateways.streams.protocol import StopReason
from bofen.kit.addresses import Proxies
from bofen.media.push import Push
from bofen.media.shop import PushAsked

Admit = Callable[[PushAsked, Callable[[StopReason], None]], Awaitable[Push]]
Left = Callable[[Push, StopReason], None]


@dataclass(frozen=True)
class Deadlines:
    """Seconds and numbers that a stranger at the door has."""

    handshake_s: float = 5.0
    publish_s: float = 10.0
    """From the connection to the command `publish`."""

    picture_s: float = 20.0
    """From being admitted to the first key frame."""

    silent_s: float = 15.0
    """Without any picture, once on air."""

    farewell_s: float = 1.0
    """So long who was refused may still send, unread, before the socket closes."""

    waiting_max: int = 512
    """Not admitted yet, all together."""

    waiting_per_address: int = 32
    """Not admitted yet, from one place; an encoder needs one. Trusted proxies are exempt."""


class Caller(Protocol):
    """One connection, as the door sees it."""

    address: str
    place: str
    """What counts as one: see `place_of`."""
    began: float
    """On `time.monotonic()`."""

    def is_admitted(self) -> bool:
        """The shop has let it publish."""

    def is_asking(self) -> bool:
        """The shop is being asked."""

    def cut(self) -> None:
        """Close at once, without a word."""

    def sweep(self, now: float) -> None:
        """End it, if it has kept us waiting too long."""


class Door:
    """Listens for pushers and closes on those who dawdle."""

    def __init__(
        self,
        admit: Admit,
        left: Left,
        deadlines: Deadlines | None = None,
        proxies: Proxies | None = None,
    ) -> None:
        self.admit = admit
        self.left = left
        self.deadlines = deadlines or Deadlines()
        self.connections: set[Caller] = set()
        self._proxies = proxies or Proxies(())
        self._server: asyncio.Server | None = None

    async def open(self, host: str, port: int, make: Callable[["Door"], asyncio.Protocol]) -> None:
        """Listen; `make` builds the protocol of one connection. Raises OSError."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: make(self), host, port)

    @property
    def port(self) -> int:
        """The one that is listened on, also when 0 was asked for."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    def enter(self, caller: Caller) -> None:
        """A connection is there; another one may have to make room for it."""
        self.connections.add(caller)
        waiting = [c for c in self.connections if not c.is_admitted()]
        if not self._proxies.trusts(caller.address):
            beside = [c for c in waiting if c.place == caller.place]
            _make_room(beside, self.deadlines.waiting_per_address)
        _make_room(waiting, self.deadlines.waiting_max)

    def leave(self, caller: Caller) -> None:
        """The connection is gone."""
        self.connections.discard(caller)

    def sweep(self) -> None:
        """Call it about once a second."""
        now = time.monotonic()
        for caller in tuple(self.connections):
            caller.sweep(now)

    async def close(self) -> None:
        """No new pushers, and an end for those inside."""
        if self._server is not None:
            self._server.close()
        for caller in tuple(self.connections):
            caller.cut()


def _make_room(waiting: list[Caller], most: int) -> None:
    if len(waiting) > most:
        min(waiting, key=lambda caller: (caller.is_asking(), caller.began)).cut()
