"""How many connections one address may hold on the media port."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from aiohttp import web

from bofen.kit.addresses import Doorman, Proxies
from bofen.media.guard import GuardedSite
from tests.media.conftest import hang_up

Pair = tuple[asyncio.StreamReader, asyncio.StreamWriter]
REQUEST = b"GET / HTTP/1.1\r\nHost: media\r\n\r\n"


async def _answer(_: web.Request) -> web.Response:
    return web.Response(text="here")


@asynccontextmanager
async def _open(
    of_a_place_max: int, all_max: int, trusted: tuple[str, ...] = ()
) -> AsyncIterator["Port"]:
    app = web.Application()
    app.router.add_get("/", _answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    doorman = Doorman(of_a_place_max=of_a_place_max, all_max=all_max)
    await GuardedSite(runner, "127.0.0.1", 0, doorman, Proxies(trusted)).start()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(runner.cleanup)
        yield Port(int(runner.addresses[0][1]), stack)


class Port:
    """A guarded port, and what was opened to it."""

    def __init__(self, number: int, stack: AsyncExitStack) -> None:
        self._number = number
        self._stack = stack

    async def connect(self) -> Pair:
        pair = await asyncio.open_connection("127.0.0.1", self._number)
        self._stack.push_async_callback(hang_up, pair[1])
        return pair

    async def serves(self, pair: Pair) -> bool:
        """Whether a request on this connection is answered; a refused one ends unread."""
        try:
            pair[1].write(REQUEST)
            async with asyncio.timeout(5):
                return await pair[0].readuntil(b"here") != b""
        except (ConnectionError, asyncio.IncompleteReadError):
            return False


async def _serves_soon(port: Port) -> None:
    async with asyncio.timeout(5):
        while not await port.serves(await port.connect()):
            await asyncio.sleep(0.02)


async def test_one_address_has_its_share_and_gets_it_back() -> None:
    async with _open(of_a_place_max=2, all_max=9) as port:
        pairs = [await port.connect() for _ in range(3)]

        assert [await port.serves(pair) for pair in pairs] == [True, True, False]
        await hang_up(pairs[0][1])
        await _serves_soon(port)


async def test_a_trusted_proxy_is_not_counted_but_the_house_has_an_end() -> None:
    async with _open(of_a_place_max=1, all_max=3, trusted=("127.0.0.0/8",)) as port:
        pairs = [await port.connect() for _ in range(4)]

        assert [await port.serves(pair) for pair in pairs] == [True, True, True, False]
        await hang_up(pairs[1][1])
        await _serves_soon(port)


def test_what_is_no_address_is_trusted_by_nobody() -> None:
    with pytest.raises(ValueError, match="does not appear"):
        Proxies(("proxy.example.com",))
    assert not Proxies(()).trusts("")
