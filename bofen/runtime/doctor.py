"""Looks at this machine and this installation, and says what is missing or wrong."""

import os
import platform
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg

from bofen.kit.settings import Settings
from bofen.runtime import ports
from bofen.runtime.environment import read_settings
from bofen.runtime.errors import CannotStart
from bofen.runtime.home import Home
from bofen.runtime.postgres import EmbeddedPostgres

Finding = tuple[bool, str]


async def examine() -> int:
    """Prints a line for each thing looked at. Returns 1 when something needs a person."""
    findings: list[Finding] = [_python(), _platform()]
    try:
        settings = read_settings()
    except CannotStart as reason:
        findings.append((False, str(reason)))
    else:
        looks: tuple[Callable[[Settings], Finding], ...] = (_home, _disk, _ffmpeg, _clients)
        findings += [look(settings) for look in looks]
        is_up = await _is_database_up(settings)
        findings.append((True, "the database answers" if is_up else "the database is not started"))
        if not is_up:
            findings += _ports(settings)
    for is_good, text in findings:
        print(f"{'✓' if is_good else '✗'} {text}")  # noqa: T201 - the person reads it
    return 0 if all(is_good for is_good, _ in findings) else 1


def _python() -> Finding:
    return sys.version_info >= (3, 11), f"Python {platform.python_version()}"


def _platform() -> Finding:
    return sys.platform in ("linux", "darwin"), f"{platform.system()} {platform.machine()}"


def _home(settings: Settings) -> Finding:
    folder = Home(settings.home).folder
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    is_writable = os.access(nearest, os.W_OK)
    return is_writable, f"home {folder} ({'writable' if is_writable else 'not writable'})"


def _disk(settings: Settings) -> Finding:
    folder = Home(settings.home).folder
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(nearest).free >> 20
    return free > 1024, f"{free} MB free on the disk of the home"


def _ffmpeg(settings: Settings) -> Finding:
    program = settings.ffmpeg or imageio_ffmpeg.get_ffmpeg_exe()
    return Path(program).exists(), f"ffmpeg {program}"


def _clients(_: Settings) -> Finding:
    clients = Path(__file__).resolve().parents[2] / "clients"
    built = ("shop/dist/build/h5/index.html", "console/dist/index.html")
    missing = [path for path in built if not (clients / path).exists()]
    return not missing, f"clients {'not built: run make setup' if missing else 'built'}"


def _ports(settings: Settings) -> list[Finding]:
    return [
        (is_free := ports.is_free(settings.host, port), f"port {port} ({name}) free: {is_free}")
        for port, name in ports.doors(settings)
    ]


async def _is_database_up(settings: Settings) -> bool:
    if settings.database_url:
        return True
    return await EmbeddedPostgres(Home(settings.home).folder / "postgres").is_running()
