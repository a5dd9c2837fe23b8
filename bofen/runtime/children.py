"""Our own programs as child processes: started with their settings, ended with us."""

import asyncio
import os
import signal
import sys

from bofen.kit.settings import Settings
from bofen.runtime import launch
from bofen.runtime.environment import environment_of
from bofen.runtime.errors import Ended

_STOP_TIMEOUT_S = 4.0


class Child:
    """`bofen <role>` beside us, with `settings` as its environment."""

    def __init__(self, role: str, settings: Settings) -> None:
        self._role = role
        self._environment = os.environ | environment_of(settings)

    async def live(self) -> None:
        """Start it and wait for its end, which raises `Ended`; cancelled, end it in order."""
        death = str(int(signal.SIGTERM))
        program = [sys.executable, "-m", "bofen.cli", self._role]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, launch.__file__, death, "same", "--", *program),
            env=self._environment,
            stdin=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            code = await process.wait()
        except asyncio.CancelledError:
            await _end(process)
            raise
        raise Ended(self._role, code)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _STOP_TIMEOUT_S)
    except TimeoutError:
        process.kill()
        await process.wait()
