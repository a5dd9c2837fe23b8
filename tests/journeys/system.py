"""The whole system as a user has it: `bofen up --demo`, in its own home and on its own ports."""

import asyncio
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_START_TIMEOUT_S = 120.0
_STOP_TIMEOUT_S = 20.0
_PAST_TIMEOUT_S = 240.0


@dataclass(frozen=True)
class System:
    """Where the parts of a running system are, and its terminal."""

    home: Path
    port: int
    rtmp_port: int
    sandbox_port: int
    process: asyncio.subprocess.Process
    lines: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sandbox_url(self) -> str:
        return f"http://127.0.0.1:{self.sandbox_port + 3}"

    async def has_past(self) -> None:
        """Until the demo's sixty days are written: sweeps of theirs wait for that."""
        async with asyncio.timeout(_PAST_TIMEOUT_S):
            while not any("demo past written" in line for line in self.lines):
                await asyncio.sleep(0.1)

    def move_clock(self, seconds: int) -> None:
        """Set every part's clock this far ahead of the real time."""
        (self.home / "clock-offset").write_text(str(seconds))


def free_ports(count: int) -> int:
    """The first of `count` neighbouring ports that nobody listens on."""
    for first in range(23_000 + os.getpid() % 500 * 10, 60_000, 10):
        try:
            sockets = [socket.create_server(("127.0.0.1", first + i)) for i in range(count)]
        except OSError:
            continue
        for held in sockets:
            held.close()
        return first
    raise AssertionError


@asynccontextmanager
async def running(*options: str, home: Path | None = None, **extra: str) -> AsyncIterator[System]:
    """`bofen up` with `options`; stopped as Ctrl-C stops it. A home that was made is removed."""
    folder = home or Path(tempfile.mkdtemp(prefix="bofen journey "))
    first = free_ports(8)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "BOFEN_HOME": str(folder),
        "BOFEN_PORT": str(first),
        "BOFEN_ROOMS_PORT": str(first + 1),
        "BOFEN_RTMP_PORT": str(first + 2),
        "BOFEN_MEDIA_PORT": str(first + 3),
        "BOFEN_SANDBOX_PORT": str(first + 4),
        "BOFEN_MOVABLE_CLOCK": "1",
        **extra,
    }
    log = (folder / "journey.log").open("wb")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bofen.cli", "up", *options),
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=log,
        start_new_session=True,
        cwd=ROOT,
    )
    lines: list[str] = []
    reader = asyncio.create_task(_read(process, lines))
    system = System(folder, first, first + 2, first + 4, process, lines)
    try:
        await _until_started(system)
        yield system
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), _STOP_TIMEOUT_S)
            except TimeoutError:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        await reader
        log.close()
        if home is None:
            kept = os.environ.get("BOFEN_KEEP_LOGS")
            if kept:
                shutil.copy(folder / "journey.log", kept)
            shutil.rmtree(folder, ignore_errors=True)


async def _read(process: asyncio.subprocess.Process, lines: list[str]) -> None:
    assert process.stdout
    async for line in process.stdout:
        lines.append(line.decode().rstrip())  # noqa: PERF401 - others read while it grows


async def _until_started(system: System) -> None:
    async with asyncio.timeout(_START_TIMEOUT_S):
        while not any("Ctrl-C" in line for line in system.lines):
            if system.process.returncode is not None:
                log = (system.home / "journey.log").read_text(errors="replace")
                raise AssertionError("\n".join([*system.lines, log[-4000:]]))
            await asyncio.sleep(0.05)
