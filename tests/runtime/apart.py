"""The roles as processes of their own, on a PostgreSQL and a Redis that a test may take away."""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bofen.kit.db import Database
from bofen.runtime.postgres import USER, EmbeddedPostgres
from tests.journeys.system import ROOT, free_ports
from tests.redis_server import RedisServer

# A process loads the whole trade before it says a word: seconds on a quiet machine, a minute on one
# that is busy with other suites.
_START_WITHIN_S = 180.0
_STOP_WITHIN_S = 45.0


@dataclass
class Apart:
    """One installation: its home, its servers, and the roles that run."""

    home: Path
    postgres: EmbeddedPostgres
    redis: RedisServer
    port: int
    http: httpx.AsyncClient
    roles: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "BOFEN_HOME": str(self.home),
            "BOFEN_DATABASE_URL": self.postgres.url(),
            "BOFEN_REDIS_URL": self.redis.url,
            "BOFEN_PORT": str(self.port),
            "BOFEN_ROOMS_PORT": str(self.port + 1),
            "BOFEN_RTMP_PORT": str(self.port + 2),
            "BOFEN_MEDIA_PORT": str(self.port + 3),
            "BOFEN_SANDBOX_PORT": str(self.port + 4),
            "BOFEN_LOG_JSON": "1",
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def log(self, role: str) -> str:
        """What the role has written so far."""
        return (self.home / f"{role}.log").read_text(errors="replace")

    async def start(self, role: str, *before: str, **extra: str) -> asyncio.subprocess.Process:
        """`before` is a command that ends with running what follows it, such as a limit."""
        with (self.home / f"{role}.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(*before, sys.executable, "-m", "bofen.cli", role),
                env=self.environment | extra,
                stdout=log,
                stderr=log,
                cwd=ROOT,
            )
        self.roles[role] = process
        return process

    async def stop(self, role: str) -> int:
        process = self.roles.pop(role)
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(process.wait(), _STOP_WITHIN_S)

    async def command(self, *arguments: str, **extra: str) -> tuple[int, str]:
        """The exit code of `bofen <arguments>` and all that it says."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bofen.cli", *arguments),
            env=self.environment | extra,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            cwd=ROOT,
        )
        said, _ = await asyncio.wait_for(process.communicate(), _START_WITHIN_S)
        assert process.returncode is not None
        return process.returncode, said.decode()

    def db(self) -> Database:
        """For the test itself; close it."""
        return Database(self.postgres.url(), {})


async def until(is_so: Callable[[], object], within_s: float = 20.0) -> None:
    """`is_so` may answer a value or something to be awaited."""
    async with asyncio.timeout(within_s):
        while True:
            with contextlib.suppress(httpx.HTTPError, OSError):
                found = is_so()
                if asyncio.iscoroutine(found):
                    found = await found
                if found:
                    return
            await asyncio.sleep(0.1)


@asynccontextmanager
async def servers() -> AsyncIterator[Apart]:
    """PostgreSQL and Redis run, nothing is migrated, no role has been started."""
    home = Path(tempfile.mkdtemp(prefix="bofen-apart-"))
    postgres = EmbeddedPostgres(home / "postgres", is_durable=False)
    redis = RedisServer(home)
    await postgres.start()
    await postgres.make_database(USER)
    await redis.start()
    http = httpx.AsyncClient(trust_env=False, timeout=10)
    apart = Apart(home, postgres, redis, free_ports(8), http)
    try:
        yield apart
    finally:
        for role in list(apart.roles):
            await apart.stop(role)
        await http.aclose()
        await redis.kill()
        await postgres.stop()
        shutil.rmtree(home, ignore_errors=True)


@asynccontextmanager
async def shop() -> AsyncIterator[Apart]:
    """Web, rooms and a worker run on a migrated database."""
    async with servers() as apart:
        code, said = await apart.command("migrate")
        assert code == 0, said
        for role in ("web", "rooms", "worker"):
            await apart.start(role)

        async def is_up() -> bool:
            web = await apart.http.get(f"{apart.url}/healthz")
            rooms = await apart.http.get(f"http://127.0.0.1:{apart.port + 1}/healthz")
            return web.is_success and rooms.is_success

        await until(is_up, _START_WITHIN_S)
        yield apart
