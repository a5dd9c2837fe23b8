import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import psutil
import pytest

from bofen.runtime.errors import CannotStart
from bofen.runtime.postgres import USER, EmbeddedPostgres

_STARTS_AND_WAITS = """
import asyncio, sys
from pathlib import Path
from bofen.runtime.postgres import EmbeddedPostgres
async def main():
    server = EmbeddedPostgres(Path(sys.argv[1]))
    await server.start()
    print("up", flush=True)
    await server.wait()
asyncio.run(main())
"""


async def started_elsewhere(home: Path) -> subprocess.Popen[bytes]:
    """A process of its own that runs the server, as `bofen up` does."""
    process = subprocess.Popen(
        [sys.executable, "-c", _STARTS_AND_WAITS, str(home)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout
    assert await asyncio.to_thread(process.stdout.readline) == b"up\n"
    return process


def postmaster(home: Path) -> psutil.Process:
    return psutil.Process(int((home / "data" / "postmaster.pid").read_text().splitlines()[0]))


async def test_data_survives_a_killed_parent_and_the_server_does_not(tmp_path: Path) -> None:
    home = tmp_path / "a home with spaces"
    parent = await started_elsewhere(home)
    connection = await asyncpg.connect(
        host=str(EmbeddedPostgres(home).socket_folder), user=USER, database="postgres"
    )
    await connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    server = postmaster(home)

    parent.send_signal(signal.SIGKILL)
    await asyncio.to_thread(parent.wait)
    connection.terminate()
    if parent.stdout:
        parent.stdout.close()

    assert psutil.wait_procs([server], timeout=5)[1] == []
    again = EmbeddedPostgres(home)
    await again.start()
    connection = await asyncpg.connect(
        host=str(again.socket_folder), user=USER, database="postgres"
    )
    assert await connection.fetchval("SELECT answer FROM kept") == 42
    await connection.close()
    await again.stop()


async def test_a_lock_that_nobody_holds_is_cleared(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "home")
    await server.start()
    await server.stop()
    lock = server.data / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{server.data}\n")  # alive, but not a postgres of ours

    await server.start()

    assert await server.is_running()
    await server.stop()


async def test_a_broken_cluster_is_one_clear_sentence(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "home")
    await server.start()
    await server.stop()
    (server.data / "global" / "pg_control").write_bytes(b"")

    with pytest.raises(CannotStart, match="does not start"):
        await server.start()


async def test_nobody_reaches_it_over_the_network(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "home")
    await server.start()

    connections = psutil.Process(postmaster(tmp_path / "home").pid).net_connections("inet")

    assert connections == []
    assert server.socket_folder.stat().st_mode & 0o077 == 0
    await server.stop()
