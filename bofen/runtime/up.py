"""`bofen up`: every part of the shop on one machine, started in order, ended together."""

import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import httpx

from bofen.kit import clock, log
from bofen.kit.settings import Settings
from bofen.media.demo_stream import push_demo
from bofen.runtime import demo, migrate, ports, roles
from bofen.runtime.children import Child
from bofen.runtime.environment import completed, read_settings
from bofen.runtime.errors import CannotStart
from bofen.runtime.home import Home
from bofen.runtime.postgres import USER, EmbeddedPostgres
from bofen.runtime.services import open_services

_ANSWER_TIMEOUT_S = 20.0
_log = log.get(__name__)


@dataclass
class _Story:
    """What has been started, in order; ending it ends them in the opposite order."""

    parts: AsyncExitStack
    is_demo: bool
    is_demo_stream: bool
    stopped: asyncio.Event = field(default_factory=asyncio.Event)


async def up(*, is_demo: bool, is_demo_stream: bool) -> int:
    """Runs until SIGINT or SIGTERM. Returns the exit code; raises CannotStart with the reason."""
    settings = read_settings()
    log.configure(json=settings.log_json, level=settings.log_level)
    if sys.platform == "win32":
        text = "Bofen runs on Linux and macOS. On Windows, use WSL."
        raise CannotStart(text)
    async with AsyncExitStack() as parts:
        story = _Story(parts, is_demo, is_demo_stream)
        loop = asyncio.get_running_loop()
        for wanted in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(wanted, story.stopped.set)
        started = asyncio.create_task(_start(settings, story))
        stopping = asyncio.create_task(story.stopped.wait())
        await asyncio.wait({started, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not started.done():
            started.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await started
            return 130
        await started
        await stopping
        print("stopping …", flush=True)  # noqa: T201 - the person at the terminal reads it
    print("stopped", flush=True)  # noqa: T201
    return 0


async def _start(settings: Settings, story: _Story) -> None:
    home = Home(settings.home)
    home.open()
    await ports.until_free(settings)
    postgres = await _database(settings, home, story)
    url = settings.database_url or (postgres.url() if postgres else "")
    settings = completed(settings, home, url)
    if settings.movable_clock:
        clock.follow(settings.home / "clock-offset")
    async with _step("database migrated"):
        await asyncio.to_thread(migrate.upgrade, url)
    children = ["media"] if settings.production else ["sandbox", "media"]
    for role in children:
        async with _step(f"{role} started"):
            child = Child(role, settings)
            await child.start()
            story.parts.push_async_callback(child.stop)
    services = await story.parts.enter_async_context(open_services(settings))
    if story.is_demo:
        async with _step("demo shop ready"):
            await demo.seed(services)
    for part in (roles.web, roles.rooms, roles.worker):
        _run_along(story, part(services))
    async with _step("shop answers"):
        await _until_answering(settings)
    if story.is_demo and story.is_demo_stream:
        async with _step("demo room on air"):
            await ports.until_open(settings.host, settings.rtmp_port)
            push_url = await demo.go_live(services)
            _run_along(story, push_demo(push_url))
    _print_table(settings, story)


async def _database(settings: Settings, home: Home, story: _Story) -> EmbeddedPostgres | None:
    if settings.database_url:
        return None
    async with _step("PostgreSQL started"):
        postgres = EmbeddedPostgres(home.folder / "postgres")
        story.parts.push_async_callback(postgres.stop)
        await postgres.start()
        await postgres.make_database(USER)
    return postgres


def _run_along(story: _Story, running: Awaitable[None]) -> None:
    """A part that runs in this process until the end; if it fails, everything stops."""

    async def run() -> None:
        try:
            await running
        except asyncio.CancelledError:
            raise
        except Exception:  # noqa: BLE001 - whatever it was, the whole shop stops
            _log.exception("part_failed")
            story.stopped.set()

    task = asyncio.ensure_future(run())

    async def cancel() -> None:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    story.parts.push_async_callback(cancel)


async def _until_answering(settings: Settings) -> None:
    deadline = time.monotonic() + _ANSWER_TIMEOUT_S
    async with httpx.AsyncClient(trust_env=False) as http:
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                address = f"http://{settings.host}:{settings.port}/healthz"
                if (await http.get(address)).status_code == httpx.codes.OK:
                    return
            await asyncio.sleep(0.05)
    text = f"The shop does not answer on port {settings.port}; the log above says why."
    raise CannotStart(text)


@asynccontextmanager
async def _step(title: str) -> AsyncIterator[None]:
    started = time.monotonic()
    yield
    print(f"✓ {title} ({time.monotonic() - started:.1f} s)", flush=True)  # noqa: T201


def _print_table(settings: Settings, story: _Story) -> None:
    shop = settings.shop_url
    rows = [
        ("H5 shop 商城", f"{shop}/"),
        ("console 商家后台", f"{shop}/console/"),
        ("API documents", f"{shop}/api/{{buyer,affiliate,host,merchant}}/docs"),
        ("health", f"{shop}/healthz"),
        (
            "push address 推流地址",
            f"{settings.rtmp_url} (a key for each session: console → 直播间)",
        ),
        ("data 数据", str(settings.home)),
    ]
    if not settings.production:
        page = f"http://{settings.host}:{settings.sandbox_port + 3}/"
        rows.append(("sandbox 沙箱 (WeChat, Pay, courier)", page))
    if story.is_demo:
        rows += demo.accounts()
    width = max(_columns(name) for name, _ in rows)
    print()  # noqa: T201
    for name, value in rows:
        print(f"  {name}{' ' * (width - _columns(name))}  {value}")  # noqa: T201
    print("\n  Ctrl-C stops everything.", flush=True)  # noqa: T201


def _columns(text: str) -> int:
    """On a terminal a Chinese character takes two columns."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
