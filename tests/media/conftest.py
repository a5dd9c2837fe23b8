"""An engine on free ports, with a shop that decides and remembers what it was told."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import imageio_ffmpeg
import pytest_asyncio
from aiohttp import web
from pydantic import SecretStr

from bofen.gateways.streams.embedded import EmbeddedStreams
from bofen.gateways.streams.protocol import EngineStarted, PublishRequested, StreamEvent
from bofen.kit import clock
from bofen.kit.settings import Settings
from bofen.media.door import Deadlines
from bofen.media.engine import EngineRules
from bofen.media.guard import HttpLimits
from bofen.media.serve import Media
from tests.media import words

Event = TypeVar("Event", bound=StreamEvent)
SECRET = "a secret that engine and shop share, long enough"
FFMPEG = str(imageio_ffmpeg.get_ffmpeg_exe())


@dataclass
class FakeShop:
    """Answers callbacks as the web process does: `keys` are the stream keys it knows."""

    keys: dict[str, str] = field(default_factory=dict)
    told: list[StreamEvent] = field(default_factory=list)
    starts: list[EngineStarted] = field(default_factory=list)
    is_broken: bool = False
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def callback(self, request: web.Request) -> web.Response:
        if self.is_broken:
            return web.Response(status=500)
        body = await request.read()
        streams = EmbeddedStreams(SECRET, "", "", "", http=None)  # type: ignore[arg-type]
        event = streams.open_callback(request.headers, body, clock.now())
        if isinstance(event, EngineStarted):
            self.starts.append(event)
            return web.json_response({"ok": True})
        self.told.append(event)
        self.heard.set()
        if isinstance(event, PublishRequested) and self.keys.get(event.name) != event.key:
            return web.json_response({"allow": False}, status=403)
        return web.json_response({"allow": True, "session": f"session of {event.name}"})

    def of(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.told if isinstance(event, kind)]


@dataclass
class Studio:
    media: Media
    shop: FakeShop
    home: Path
    port: int
    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    @property
    def rtmp_port(self) -> int:
        return self.media.door.port

    @property
    def streams(self) -> EmbeddedStreams:
        url = f"http://127.0.0.1:{self.media.http_port}"
        return EmbeddedStreams(SECRET, url, "", url, http=None)  # type: ignore[arg-type]

    def play(self, name: str, kind: str = "llhls") -> str:
        found = self.streams.play_endpoints(name, clock.now(), 600)
        return next(point.url for point in found if point.kind == kind)

    def push_url(self, name: str) -> str:
        return f"rtmp://127.0.0.1:{self.rtmp_port}/live/{name}?key={self.shop.keys[name]}"

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.rtmp_port)
        self.writers.append(writer)
        return reader, writer

    async def push_raw(self, target: str, body: bytes = b"") -> asyncio.StreamWriter:
        """Publish by hand; returns once the first media was taken."""
        reader, writer = await self.connect()
        writer.write(words.HANDSHAKE + words.publish(target))
        await until_read(reader, b"NetStream.Publish.Start")
        writer.write(body or words.media())
        await writer.drain()
        name = target.partition("?")[0]
        await until(lambda: self.media.engine.is_live(name))
        return writer


async def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for something that happens in another task."""
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.01)


async def until_read(reader: asyncio.StreamReader, wanted: bytes, seconds: float = 10) -> bytes:
    """Everything up to and including the piece that holds `wanted`, or up to the end."""
    got = b""
    async with asyncio.timeout(seconds):
        while wanted not in got and (piece := await reader.read(65536)):
            got += piece
    return got


async def hang_up(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()


Open = Callable[..., Awaitable[Studio]]


@pytest_asyncio.fixture
async def open_studio(tmp_path: Path) -> AsyncIterator[Open]:
    """Makes studios, each with its own rules, and closes them."""
    opened: list[tuple[Studio, web.AppRunner]] = []

    async def make(
        rules: EngineRules | None = None,
        deadlines: Deadlines | None = None,
        limits: HttpLimits | None = None,
    ) -> Studio:
        shop = FakeShop()
        app = web.Application()
        app.router.add_post("/api/callbacks/streams/embedded", shop.callback)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = int(runner.addresses[0][1])
        settings = Settings(
            home=tmp_path, port=port, rtmp_port=0, media_port=0, media_secret=SecretStr(SECRET)
        )
        media = Media(settings, rules or EngineRules(rungs_max=0), deadlines, limits)
        await media.start()
        opened.append((Studio(media, shop, tmp_path, port), runner))
        return opened[-1][0]

    yield make
    for studio, runner in opened:
        for writer in studio.writers:
            await hang_up(writer)
        await studio.media.close()
        await runner.cleanup()


@pytest_asyncio.fixture
async def studio(open_studio: Open) -> Studio:
    return await open_studio()
