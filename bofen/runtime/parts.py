"""What `bofen up` has started, in order: kept running, and ended in the opposite order."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

from bofen.kit import log
from bofen.kit.supervise import GaveUp, Patience, keep_running
from bofen.runtime.errors import CannotStart, Ended

_log = log.get(__name__)


class Parts:
    """Holds running parts; `stopped` is set when the person asked, or when a part stays dead."""

    def __init__(self, stack: AsyncExitStack, patience: Patience | None = None) -> None:
        self.stack = stack
        self.stopped = asyncio.Event()
        self.dead: str | None = None
        self._patience = patience or Patience()

    def run(self, name: str, live: Callable[[], Awaitable[object]]) -> None:
        """Run `live`, again when it ends before everything does; one that stays dead ends all.

        `live` is one life of the part; cancelling it ends the part in order.
        """
        task = asyncio.create_task(self._keep(name, live))

        async def end() -> None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

        self.stack.push_async_callback(end)

    def begin(self, name: str, work: Callable[[], Awaitable[object]]) -> None:
        """Do `work` once, beside all else. What goes wrong in it is logged and ends only it."""

        async def once() -> None:
            try:
                await work()
            except Exception:  # noqa: BLE001 - the shop goes on without it
                _log.exception("work_failed", work=name)

        task = asyncio.create_task(once())

        async def end() -> None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

        self.stack.push_async_callback(end)

    async def _keep(self, name: str, live: Callable[[], Awaitable[object]]) -> None:
        try:
            await keep_running(name, live, self._patience, expected=(Ended, CannotStart))
        except GaveUp:
            _log.critical("part_stays_dead", part=name)
            self.dead = self.dead or name
            self.stopped.set()
