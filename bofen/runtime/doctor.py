"""Looks at this machine and this installation, tries each part, and says what is wrong."""

import os
import platform
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import imageio_ffmpeg

from bofen.flows.services import Services
from bofen.kit import clock, descriptors
from bofen.kit.bus import redis_of
from bofen.kit.jobs import held
from bofen.kit.log import redacted
from bofen.kit.settings import Settings
from bofen.reports.workers import living
from bofen.runtime import ports, readiness
from bofen.runtime.environment import SECRETS, completed, read_settings
from bofen.runtime.errors import CannotStart
from bofen.runtime.home import Home
from bofen.runtime.postgres import EmbeddedPostgres
from bofen.runtime.services import open_services

Finding = tuple[bool, str]
_REDIS_WITHIN_S = 3.0
_DESCRIPTORS_MIN = 4096
_PROBE = "doctor/probe.txt"


async def examine() -> int:
    """Prints a line for each thing looked at. Returns 1 when something needs a person."""
    is_well = True
    async for is_good, text in _findings():
        is_well = is_well and is_good
        print(f"{'✓' if is_good else '✗'} {redacted(text)}", flush=True)  # noqa: T201
    return 0 if is_well else 1


async def _findings() -> AsyncIterator[Finding]:
    yield sys.version_info >= (3, 11), f"Python {platform.python_version()}"
    yield sys.platform in ("linux", "darwin"), f"{platform.system()} {platform.machine()}"
    try:
        settings = read_settings()
    except CannotStart as reason:
        yield False, str(reason)
        return
    looks: tuple[Callable[[Settings], Finding], ...] = (
        _home, _disk, _descriptors, _ffmpeg, _clients
    )  # fmt: skip
    for look in looks:
        yield look(settings)
    embedded = EmbeddedPostgres(Home(settings.home).folder / "postgres")
    url = settings.database_url or embedded.url()
    if not settings.database_url and not await embedded.is_running():
        yield True, "the embedded database is not started; it is looked at while `bofen up` runs"
        for host, port, setting in ports.doors(settings):
            fault = ports.fault_of(host, port, setting)
            yield fault is None, fault or f"port {port} ({setting}) is free"
        return
    async for finding in _running(settings, url):
        yield finding


def _home(settings: Settings) -> Finding:
    folder = Home(settings.home).folder
    is_writable = os.access(_nearest(folder), os.W_OK)
    return is_writable, f"home {folder} ({'writable' if is_writable else 'not writable'})"


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(_nearest(Home(settings.home).folder)).free >> 20
    return free > 1024, f"{free} MB free on the disk of the home"


def _nearest(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())


def _descriptors(_: Settings) -> Finding:
    limit = descriptors.raise_limit()
    text = f"{limit} files and sockets may be open"
    advice = f"; {_DESCRIPTORS_MIN} is little enough: raise `ulimit -n`, or LimitNOFILE of systemd"
    return limit >= _DESCRIPTORS_MIN, text if limit >= _DESCRIPTORS_MIN else text + advice


def _ffmpeg(settings: Settings) -> Finding:
    program = settings.ffmpeg or imageio_ffmpeg.get_ffmpeg_exe()
    return Path(program).exists(), f"ffmpeg {program}"


def _clients(_: Settings) -> Finding:
    clients = Path(__file__).resolve().parents[2] / "clients"
    built = ("shop/dist/build/h5/index.html", "console/dist/index.html")
    missing = [path for path in built if not (clients / path).exists()]
    return not missing, f"clients {'not built: run make setup' if missing else 'built'}"


async def _running(settings: Settings, url: str) -> AsyncIterator[Finding]:
    """What can be tried only where the database is."""
    try:
        whole = completed(settings, Home(settings.home), url, must_exist=SECRETS)
        async with open_services(whole) as services:
            yield True, f"people reach the shop at {whole.public_url}"
            yield True, f"the rooms at {whole.rooms_url}, the picture at {whole.media_url}"
            async for finding in _tried(services):
                yield finding
    except CannotStart as reason:
        yield False, str(reason)


async def _tried(services: Services) -> AsyncIterator[Finding]:
    settings = services.settings
    good = "the database answers, is of this version and knows the master key"
    database = await _try("The database", readiness.check(services), good)
    yield database
    if settings.database_replica_url:
        yield await _try("The replica", _read_replica(services), "the replica answers")
    if settings.redis_url:
        asked = _redis_version(settings.redis_url)
        yield await _try("Redis", asked, "Redis answers (version {})")
    yield await _try("The storage", _write_and_read(services), "files are written and read")
    if database[0]:
        async for finding in _work(services):
            yield finding


async def _try(what: str, trying: Awaitable[object], good: str) -> Finding:
    """`good` with what came of it, or what stood in the way."""
    try:
        return True, good.format(await trying)
    except CannotStart as reason:
        return False, str(reason)
    except Exception as error:  # noqa: BLE001 - every library fails in its own way
        cause = error.__cause__ or error
        return False, f"{what} cannot be used: {type(cause).__name__}: {cause}"


async def _read_replica(services: Services) -> None:
    async with services.db.reading() as tx:
        await tx.fetch("SELECT 1")


async def _redis_version(url: str) -> str:
    client = redis_of(url, answer_within_s=_REDIS_WITHIN_S)
    try:
        return str((await client.info("server"))["redis_version"])
    finally:
        await client.aclose()


async def _write_and_read(services: Services) -> None:
    content = clock.now().isoformat().encode()
    await services.storage.put(_PROBE, content, "text/plain")
    if await services.storage.get(_PROBE) != content:
        message = "what was written is not what is read"
        raise OSError(message)


async def _work(services: Services) -> AsyncIterator[Finding]:
    async with services.db.transaction() as tx:
        workers = await living(tx, clock.now())
        waiting = await held(tx)
    names = ", ".join(f"{each.host}:{each.pid}" for each in workers)
    yield bool(workers), f"workers: {names or 'none lives, so nothing is sent or settled'}"
    advice = "; look at 后台任务 in the console" if waiting else ""
    yield not waiting, f"{len(waiting)} jobs are held for a person{advice}"
