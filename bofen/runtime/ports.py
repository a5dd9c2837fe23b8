"""Looks at the doors before opening them, so that a busy one is a sentence and not a stack."""

import asyncio
import socket
import time

from bofen.kit.settings import Settings
from bofen.runtime.errors import CannotStart

_WAIT_S = 6.0
"""What a killed parent leaves behind is gone within this time."""
_OPEN_WITHIN_S = 15.0


def doors(settings: Settings) -> list[tuple[int, str]]:
    """Every port that `bofen up` listens on, with the setting that moves it."""
    named = [
        (settings.port, "BOFEN_PORT"),
        (settings.rooms_port, "BOFEN_ROOMS_PORT"),
        (settings.rtmp_port, "BOFEN_RTMP_PORT"),
        (settings.media_port, "BOFEN_MEDIA_PORT"),
    ]
    if not settings.production:
        first = settings.sandbox_port
        named += [(first + i, "BOFEN_SANDBOX_PORT") for i in range(4)]
    return named


async def until_free(settings: Settings) -> None:
    """Wait a moment for the leftovers of a crash, then refuse the port that stays busy."""
    deadline = time.monotonic() + _WAIT_S
    for port, setting in doors(settings):
        while not is_free(settings.host, port):
            if time.monotonic() > deadline:
                text = f"Port {port} is busy. Stop what uses it, or choose another with {setting}."
                raise CannotStart(text)
            await asyncio.sleep(0.2)


async def until_open(host: str, port: int) -> None:
    """Wait until a part of ours listens; whoever comes then says better why it does not."""
    deadline = time.monotonic() + _OPEN_WITHIN_S
    while time.monotonic() < deadline:
        if not is_free(host, port):
            return
        await asyncio.sleep(0.05)


def is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
