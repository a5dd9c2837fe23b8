"""`bofen up`: every part of the shop on one machine, started in order, ended together."""

import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import httpx

from bofen.flows.services import Services
from bofen.kit import clock, descriptors, log
from bofen.kit.addresses import url_of
from bofen.kit.settings import Settings
from bofen.media.demo_stream import push_demo
from bofen.runtime import demo, migrate, ports, readiness, roles
from bofen.runtime.children import Child
from bofen.runtime.environment import completed, read_settings
from bofen.runtime.errors import CannotStart
from bofen.runtime.home import Home
from bofen.runtime.parts import Parts
from bofen.runtime.postgres import USER, EmbeddedPostgres
from bofen.runtime.services import open_services

_ANSWER_TIMEOUT_S = 20.0
_PATIENCE_S = 5.0
_PICTURE_TIMEOUT_S = 90.0


async def up(*, is_demo: bool, is_demo_stream: bool) -> int:
    """Runs until SIGINT or SIGTERM: 0; 1 when a part stays dead. Raises CannotStart."""
    settings = read_settings()
    log.configure(json=settings.log_json, level=settings.log_level)
    if sys.platform == "win32":
        text = "Bofen runs on Linux and macOS. On Windows, use WSL."
        raise CannotStart(text)
    descriptors.raise_limit()
    async with AsyncExitStack() as stack:
        parts = Parts(stack)
        loop = asyncio.get_running_loop()
        for wanted in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(wanted, parts.stopped.set)
        started = asyncio.create_task(_start(settings, parts, is_demo, is_demo_stream))
        stopping = asyncio.create_task(parts.stopped.wait())
        await asyncio.wait({started, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not started.done():
            started.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await started
            return _exit_code(parts, otherwise=130)
        await started
        await stopping
        print("stopping …", flush=True)  # noqa: T201 - the person at the terminal reads it
    print("stopped", flush=True)  # noqa: T201
    return _exit_code(parts, otherwise=0)


def _exit_code(parts: Parts, *, otherwise: int) -> int:
    if parts.dead is None:
        return otherwise
    text = f"✗ {parts.dead} stays dead, so everything was stopped. The log above says why."
    print(text, file=sys.stderr, flush=True)  # noqa: T201
    return 1


async def _start(settings: Settings, parts: Parts, is_demo: bool, is_demo_stream: bool) -> None:
    home = Home(settings.home)
    home.open()
    await ports.until_free(settings)
    postgres = await _database(settings, home, parts)
    url = settings.database_url or (postgres.url() if postgres else "")
    settings = completed(settings, home, url)
    if settings.movable_clock:
        clock.follow(settings.home / "clock-offset")
    async with _step("database migrated"):
        await asyncio.to_thread(migrate.upgrade, url)
    services = await parts.stack.enter_async_context(open_services(settings))
    await readiness.check(services)
    for role in ["media"] if settings.production else ["sandbox", "media"]:
        parts.run(role, Child(role, settings).live)
    past: demo.Past | None = None
    if is_demo:
        async with _step("demo shop ready"):
            await demo.seed(services)
        # Its sixty days are written beside the shop, which does not wait for them.
        past = demo.Past(services)
        parts.begin("demo past", partial(_write_past, past))
    for name, part in roles.WITH_SERVICES.items():
        parts.run(name, partial(part, services))
    async with _step("shop answers"):
        await _until_answering(settings)
    if past and is_demo_stream:
        await past.shows_over.wait()
        await _demo_on_air(services, parts)
    _print_table(settings, is_demo=is_demo)


async def _write_past(past: demo.Past) -> None:
    async with _step("demo past written"):
        await past.lay()


async def _demo_on_air(services: Services, parts: Parts) -> None:
    """On air is said when a viewer would see it; a machine that is too slow for that is told so."""
    started = time.monotonic()
    await ports.until_open(services.settings.host, services.settings.rtmp_port)
    shown = await demo.go_live(services)
    parts.run("demo stream", partial(push_demo, shown.push_url))
    has_said = False
    while not await demo.has_picture(services, shown):
        took = time.monotonic() - started
        if took > _PATIENCE_S and not has_said:
            has_said = True
            print("… waiting for the first picture of the demo room", flush=True)  # noqa: T201
        if took > _PICTURE_TIMEOUT_S:
            text = f"✗ demo room: no picture after {took:.0f} s; it goes on air when one comes"
            print(text, flush=True)  # noqa: T201
            return
        await asyncio.sleep(0.1)
    print(f"✓ demo room on air ({time.monotonic() - started:.1f} s)", flush=True)  # noqa: T201


async def _database(settings: Settings, home: Home, parts: Parts) -> EmbeddedPostgres | None:
    if settings.database_url:
        return None
    async with _step("PostgreSQL started"):
        postgres = EmbeddedPostgres(home.folder / "postgres")
        parts.stack.push_async_callback(postgres.stop)
        await postgres.start()
        await postgres.make_database(USER)
        parts.run("PostgreSQL", postgres.live)
    return postgres


async def _until_answering(settings: Settings) -> None:
    deadline = time.monotonic() + _ANSWER_TIMEOUT_S
    address = url_of("http", settings.host, settings.port, "/healthz")
    async with httpx.AsyncClient(trust_env=False) as http:
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
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


def _print_table(settings: Settings, *, is_demo: bool) -> None:
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
        rows.append(("sandbox 沙箱 (WeChat, Pay, courier)", f"{settings.sandbox_page_url}/"))
    if is_demo:
        rows += demo.accounts()
    width = max(_columns(name) for name, _ in rows)
    print()  # noqa: T201
    for name, value in rows:
        print(f"  {name}{' ' * (width - _columns(name))}  {value}")  # noqa: T201
    print("\n  Ctrl-C stops everything.", flush=True)  # noqa: T201


def _columns(text: str) -> int:
    """On a terminal a Chinese character takes two columns."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
