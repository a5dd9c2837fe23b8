"""One role of the shop: inside `bofen up`, or as a process of its own."""

import asyncio
import gc
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import cast

import uvicorn

from bofen.flows.services import Services
from bofen.kit import clock, descriptors, log
from bofen.kit.addresses import Doorman, Proxies
from bofen.kit.settings import Settings
from bofen.reports.sealed import unreadable
from bofen.reports.verify import verify_side_by_side
from bofen.rooms.serve import serve as serve_rooms
from bofen.runtime import demo, doctor, migrate, ports, readiness
from bofen.runtime.alone import prepared, until_told
from bofen.runtime.environment import SECRETS, completed, read_settings
from bofen.runtime.errors import CannotStart
from bofen.runtime.home import Home
from bofen.runtime.postgres import EmbeddedPostgres
from bofen.runtime.services import open_services
from bofen.sandbox.serve import serve as serve_sandbox
from bofen.web.app import create_app
from bofen.web.crowd import met_by
from bofen.worker.beat import beat
from bofen.worker.jobs import JOBS, SWEEPS
from bofen.worker.run import run_jobs, run_sweeps

_IDLE_S = 30
"""A proxy in front keeps its connections shorter than this, or meets a closed one now and then."""
_ALLOCATED_UNTIL_COLLECTED = 20_000
"""A batch of a few hundred orders makes that many objects and drops them all by itself."""
CLIENTS = Path(__file__).resolve().parents[2] / "clients"


async def web(services: Services) -> None:
    """HTTP until cancelled."""
    settings = services.settings
    app = create_app(
        services, shop=CLIENTS / "shop/dist/build/h5", console=CLIENTS / "console/dist"
    )
    await services.bus.start()
    _settle_memory()
    proxies = Proxies(settings.trusted_proxies)
    doorman = Doorman(
        of_a_place_max=settings.connections_of_an_address_max,
        all_max=descriptors.for_strangers(),
    )
    config = uvicorn.Config(
        app,
        http=cast("type[asyncio.Protocol]", met_by(app.state.crowd, proxies, doorman)),
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        server_header=False,
        timeout_keep_alive=_IDLE_S,
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    # The process already has its own signal handlers; uvicorn would replace them.
    listening = ports.listen(settings.host, settings.port, "BOFEN_PORT")
    serving = asyncio.ensure_future(server._serve([listening]))  # noqa: SLF001
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving
        raise


def _settle_memory() -> None:
    """The program itself is no garbage: the collector need not walk it again with each batch."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ALLOCATED_UNTIL_COLLECTED, *gc.get_threshold()[1:])


async def rooms(services: Services) -> None:
    """The sockets of the rooms until cancelled."""
    await serve_rooms(services)


async def worker(services: Services) -> None:
    """Jobs and sweeps until cancelled."""
    async with asyncio.TaskGroup() as group:
        group.create_task(beat(services.db))
        group.create_task(run_jobs(services, JOBS))
        group.create_task(run_sweeps(services, SWEEPS))


WITH_SERVICES: dict[str, Callable[[Services], Awaitable[None]]] = {
    "web": web,
    "rooms": rooms,
    "worker": worker,
}


async def run_role(role: str) -> int:
    """A role in a process of its own, until SIGINT or SIGTERM: 0. Raises CannotStart."""
    settings = prepared(SECRETS)
    if role == "sandbox":
        return await _run_sandbox(settings)
    if not settings.redis_url:
        text = f"`bofen {role}` alone needs BOFEN_REDIS_URL: several processes share one bus."
        raise CannotStart(text)
    async with open_services(settings) as services:
        await readiness.check(services)
        await until_told(WITH_SERVICES[role](services))
    return 0


async def _run_sandbox(settings: Settings) -> int:
    if settings.production:
        text = "A production has no sandbox: it would sign anybody in and pay every bill."
        raise CannotStart(text)
    await until_told(serve_sandbox(settings))
    return 0


async def run_task(task: str, *, is_whole: bool = False) -> int:
    """A task by hand. Without BOFEN_DATABASE_URL it works on the database under the home.

    `verify` looks at what has changed since its last proof, or `is_whole` at everything.
    """
    if task == "doctor":
        return await doctor.examine()
    settings = read_settings()
    home = Home(settings.home)
    postgres: EmbeddedPostgres | None = None
    url = settings.database_url
    if not url:
        postgres = EmbeddedPostgres(home.folder / "postgres")
        if not await postgres.is_running():
            home.open()
            await postgres.start()
            await postgres.make_database("bofen")
        url = postgres.url()
    try:
        return await _run_task(task, completed(settings, home, url), is_whole=is_whole)
    finally:
        if postgres:
            await postgres.stop()


async def _run_task(task: str, settings: Settings, *, is_whole: bool) -> int:
    log.configure(json=settings.log_json, level="warning")
    if task in ("migrate", "demo"):
        await asyncio.to_thread(migrate.upgrade, settings.database_url)
    async with open_services(settings) as services:
        await readiness.check(services)
        if task == "demo":
            await demo.seed(services)
            await demo.Past(services).lay()
        elif task == "verify":
            return await _verify(services, is_whole=is_whole)
    return 0


async def _verify(services: Services, *, is_whole: bool) -> int:
    """1 when something is broken, after a line for each promise that does not hold."""
    breaches, since = [], None
    async for asked in verify_side_by_side(services.db, clock.now(), is_whole=is_whole):
        breaches += asked.breaches
        since = asked.since
        place = f"{asked.done}/{asked.of}"
        print(f"{place} {asked.promise} ({asked.seconds:.1f} s)", file=sys.stderr, flush=True)  # noqa: T201
    async with services.db.reading() as tx:
        breaches += await unreadable(tx, services.vault)
    for breach in breaches:
        print(f"✗ {breach}")  # noqa: T201 - the person at the terminal reads it
    print(f"{len(breaches)} breaches" if breaches else _agreed(since))  # noqa: T201
    return 1 if breaches else 0


def _agreed(since: datetime | None) -> str:
    if since is None:
        return "✓ money, stock and orders agree"
    told = f"{since:%Y-%m-%d %H:%M} UTC"
    return f"✓ money, stock and orders agree (since the proof of {told}; --all looks at all of it)"
