"""Looks at the doors before opening them, so that a busy one is a sentence and not a stack."""

import asyncio
import errno
import socket
import time

from bofen.kit.addresses import LOOPBACK, reached_at
from bofen.kit.settings import Settings
from bofen.runtime.errors import CannotStart

_WAIT_S = 6.0
"""What a killed parent leaves behind is gone within this time."""
_OPEN_WITHIN_S = 15.0
_BACKLOG = 2048


def doors(settings: Settings) -> list[tuple[str, int, str]]:
    """Every host and port that `bofen up` listens on, with the setting that moves it."""
    named = [
        (settings.host, settings.port, "BOFEN_PORT"),
        (settings.host, settings.rooms_port, "BOFEN_ROOMS_PORT"),
        (settings.host, settings.rtmp_port, "BOFEN_RTMP_PORT"),
        (settings.host, settings.media_port, "BOFEN_MEDIA_PORT"),
    ]
    if not settings.production:
        first = settings.sandbox_port
        named += [(LOOPBACK, first + i, "BOFEN_SANDBOX_PORT") for i in range(4)]
    return named


async def until_free(settings: Settings) -> None:
    """Wait a moment for the leftovers of a crash, then refuse the port that stays busy."""
    deadline = time.monotonic() + _WAIT_S
    for host, port, setting in doors(settings):
        while (error := _probed(host, port)) is not None:
            if time.monotonic() > deadline or error.errno != errno.EADDRINUSE:
                raise CannotStart(_sentence(host, port, setting, error))
            await asyncio.sleep(0.2)


async def until_open(host: str, port: int) -> None:
    """Wait until a part of ours listens; whoever comes then says better why it does not."""
    deadline = time.monotonic() + _OPEN_WITHIN_S
    while time.monotonic() < deadline:
        try:
            (await asyncio.open_connection(reached_at(host), port))[1].close()
        except OSError:
            await asyncio.sleep(0.05)
        else:
            return


def listen(host: str, port: int, setting: str) -> socket.socket:
    """A listening socket, IPv4 or IPv6 as `host` says. Raises CannotStart with what to do."""
    try:
        return _bound(host, port, backlog=_BACKLOG)
    except OSError as error:
        raise CannotStart(_sentence(host, port, setting, error)) from error


def fault_of(host: str, port: int, setting: str) -> str | None:
    """Why nobody could listen there now; None when it is free."""
    error = _probed(host, port)
    return _sentence(host, port, setting, error) if error else None


def _probed(host: str, port: int) -> OSError | None:
    try:
        _bound(host, port).close()
    except OSError as error:
        return error
    return None


def _bound(host: str, port: int, backlog: int | None = None) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        if backlog is not None:
            made.listen(backlog)
    except OSError:
        made.close()
        raise
    return made


def _sentence(host: str, port: int, setting: str, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is busy. Stop what uses it, or choose another with {setting}."
    if error.errno == errno.EACCES:
        return f"Port {port} needs root. Choose one above 1023 with {setting}, behind a proxy."
    return f"BOFEN_HOST={host} is no address of this machine that can be listened on: {error}."
