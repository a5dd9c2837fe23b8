"""Connections that only wait, at the web port: each has its deadline, each address its share."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from starlette.types import Receive, Scope, Send

from bofen.kit.addresses import Doorman, Proxies
from bofen.web.connections import Deadlines, GuardedConnection
from tests.web.served import served

QUICK = Deadlines(headers_s=0.4, request_s=0.8, answer_s=0.4)
LARGE = b"x" * 30_000_000


async def _app(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the whole request, and answers with more than any buffer holds where that is asked."""
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    body = LARGE if scope["path"] == "/large" else b"ok"
    length = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": length})
    await send({"type": "http.response.body", "body": body})


Pair = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Port:
    """Where the server listens, and who has connected to it."""

    number: int
    pairs: list[Pair] = field(default_factory=list)

    async def connect(self) -> Pair:
        self.pairs.append(await asyncio.open_connection("127.0.0.1", self.number))
        return self.pairs[-1]

    async def leave(self) -> None:
        for _, writer in self.pairs:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


@asynccontextmanager
async def _served(of_a_place_max: int = 3, trusted: tuple[str, ...] = ()) -> AsyncIterator[Port]:
    doorman = Doorman(of_a_place_max=of_a_place_max, all_max=6)
    met_by = partial(GuardedConnection, Proxies(trusted), doorman, QUICK)
    async with served(_app, met_by) as number:
        port = Port(number)
        try:
            yield port
        finally:
            await port.leave()


async def _is_closed(pair: Pair, within_s: float) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within_s):
            try:
                return await pair[0].read(1) == b""
            except ConnectionError:
                return True
    return False


async def _answers(pair: Pair) -> bool:
    pair[1].write(b"GET / HTTP/1.1\r\nHost: shop\r\n\r\n")
    try:
        async with asyncio.timeout(5):
            return b"200" in await pair[0].readuntil(b"ok")
    except (OSError, asyncio.IncompleteReadError):
        return False


async def _drips(pair: Pair, text: bytes) -> None:
    with contextlib.suppress(ConnectionError):
        for i in range(len(text)):
            pair[1].write(text[i : i + 1])
            await pair[1].drain()
            await asyncio.sleep(0.05)


async def test_a_silent_connection_is_closed() -> None:
    async with _served() as port:
        silent = await port.connect()

        assert await _is_closed(silent, 3)


async def test_headers_and_bodies_that_drip_are_cut_off() -> None:
    whole = b"POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 100\r\n\r\n"
    async with _served() as port:
        for at_once, drop_by_drop in ((b"", whole), (whole, b"y" * 100)):
            pair = await port.connect()
            pair[1].write(at_once)
            dripping = asyncio.create_task(_drips(pair, drop_by_drop))
            assert await _is_closed(pair, 3)
            dripping.cancel()
            await asyncio.gather(dripping, return_exceptions=True)


async def test_an_answer_that_nobody_reads_is_given_up() -> None:
    async with _served(of_a_place_max=1) as port:
        with socket.create_connection(("127.0.0.1", port.number)) as deaf:
            deaf.sendall(b"GET /large HTTP/1.1\r\nHost: shop\r\n\r\n")
            assert not await _answers(await port.connect())
            async with asyncio.timeout(10):
                while not await _answers(await port.connect()):
                    await asyncio.sleep(0.05)


async def test_a_slow_but_moving_request_is_served() -> None:
    async with _served() as port:
        pair = await port.connect()
        pair[1].write(b"POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 4\r\n\r\n")
        for _ in range(4):
            await asyncio.sleep(0.12)
            pair[1].write(b"y")
        async with asyncio.timeout(5):
            assert b"200" in await pair[0].readuntil(b"ok")
        assert await _answers(pair)


async def test_one_address_has_its_share_and_gets_it_back() -> None:
    async with _served() as port:
        held = [await port.connect() for _ in range(3)]
        assert [await _answers(pair) for pair in held] == [True] * 3
        assert not await _answers(await port.connect())

        held[0][1].close()
        await held[0][1].wait_closed()
        async with asyncio.timeout(5):
            while not await _answers(await port.connect()):
                await asyncio.sleep(0.05)


async def test_a_trusted_proxy_has_more_and_the_house_its_end() -> None:
    async with _served(trusted=("127.0.0.1",)) as port:
        held = [await port.connect() for _ in range(6)]
        assert [await _answers(pair) for pair in held] == [True] * 6
        assert not await _answers(await port.connect())
