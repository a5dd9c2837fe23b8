"""What a role needs to run as a process of its own, and the live engine as one.

Apart from `roles`, because the engine imports no word of the trade: after a crash it is back in the
time that its own few modules take to load, and encoders that try again find it.
"""

import asyncio
import signal
from collections.abc import Awaitable

from bofen.kit import clock, descriptors, log
from bofen.kit.settings import Settings
from bofen.media.serve import serve
from bofen.runtime.environment import completed, read_settings
from bofen.runtime.home import Home
from bofen.runtime.postgres import EmbeddedPostgres


async def run_media() -> int:
    """The live engine, until SIGINT or SIGTERM: 0. Raises CannotStart."""
    await until_told(serve(prepared(("media_secret",))))
    return 0


def prepared(must_exist: tuple[str, ...]) -> Settings:
    """The settings of this process, complete, and logging set up.

    Raises CannotStart, also when one of the secrets `must_exist` would have to be made.
    """
    settings = read_settings()
    log.configure(json=settings.log_json, level=settings.log_level)
    descriptors.raise_limit()
    home = Home(settings.home)
    if not settings.database_url:
        running = EmbeddedPostgres(home.folder / "postgres")
        settings = settings.model_copy(update={"database_url": running.url()})
    settings = completed(settings, home, settings.database_url, must_exist=must_exist)
    if settings.movable_clock:
        clock.follow(settings.home / "clock-offset")
    return settings


async def until_told(running: Awaitable[None]) -> None:
    """Run this until SIGINT or SIGTERM, or until it fails."""
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(running)
    for wanted in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(wanted, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        return
