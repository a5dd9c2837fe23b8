"""Our own programs as child processes: started with their settings, watched, ended with us."""

import asyncio
import os
import signal
import sys

from bofen.kit import log
from bofen.kit.settings import Settings
from bofen.runtime import launch
from bofen.runtime.environment import environment_of

_log = log.get(__name__)
_STOP_TIMEOUT_S = 4.0
_RESTART_S = 1.0


class Child:
    """`bofen <role>` beside us. It ends when we do; when it ends alone it is started again."""

    def __init__(self, role: str, settings: Settings) -> None:
        self._role = role
        self._environment = os.environ | environment_of(settings)
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None

    async def start(self) -> None:
        await self._spawn()
        self._watch = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        if self._watch:
            self._watch.cancel()
        if self._process is None or self._process.returncode is not None:
            return
        self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), _STOP_TIMEOUT_S)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def _spawn(self) -> None:
        death = str(int(signal.SIGTERM))
        program = [sys.executable, "-m", "bofen.cli", self._role]
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, launch.__file__, death, "same", "--", *program),
            env=self._environment,
            stdin=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )

    async def _keep(self) -> None:
        while True:
            assert self._process is not None
            code = await self._process.wait()
            _log.error("child_ended", role=self._role, code=code)
            await asyncio.sleep(_RESTART_S)
            await self._spawn()
