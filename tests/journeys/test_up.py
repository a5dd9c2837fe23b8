"""`bofen up` as somebody at a terminal meets it: started, killed, started again, refused."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from tests.journeys.system import ROOT, System, free_ports, running
from tests.journeys.test_protocol_story import _verifies


def _family(system: System) -> list[psutil.Process]:
    parent = psutil.Process(system.process.pid)
    return [parent, *parent.children(recursive=True)]


def _listens_on(process: psutil.Process) -> set[str]:
    """Processes of PostgreSQL come and go; one that is gone listens nowhere."""
    with contextlib.suppress(psutil.NoSuchProcess):
        found = process.net_connections("inet")
        return {each.laddr.ip for each in found if each.status == psutil.CONN_LISTEN}
    return set()


async def _has_started(system: System, *parts: str) -> None:
    """Every part runs; a child that is forked and not yet itself still bears its parent's name."""
    async with asyncio.timeout(20):
        while True:
            names = ""
            for each in _family(system):
                with contextlib.suppress(psutil.NoSuchProcess):
                    names += " ".join(each.cmdline())
            if all(part in names for part in parts):
                return
            await asyncio.sleep(0.05)


async def _products(system: System) -> set[str]:
    async with httpx.AsyncClient(base_url=system.url, trust_env=False) as http:
        return {item["title"] for item in (await http.get("/api/buyer/products")).json()["items"]}


async def _gone(processes: list[psutil.Process], within_s: float) -> bool:
    _, alive = await asyncio.to_thread(psutil.wait_procs, processes, within_s)
    return not [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]


async def test_a_killed_shop_leaves_nobody_and_starts_again_whole(tmp_path: Path) -> None:
    home = tmp_path / "a home of ours"
    home.mkdir()
    async with running("--demo", "--demo-stream", home=home) as first:
        await _has_started(first, "postgres", "media", "sandbox", "ffmpeg")
        family = _family(first)
        assert {address for one in family for address in _listens_on(one)} == {"127.0.0.1"}
        products = await _products(first)
        assert len(products) == 12

        first.process.send_signal(signal.SIGKILL)
        await first.process.wait()
        assert await _gone(family[1:], 5)

    async with running("--demo", home=home) as again:
        family = _family(again)
        assert await _products(again) == products
        await _verifies(again)
        again.process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(again.process.wait(), 20) == 0
        assert await _gone(family, 5)
    assert again.lines[-1] == "stopped"


async def _refused(home: Path, **environment: str) -> str:
    """What the terminal says; the command must have failed."""
    first = free_ports(8)
    ports = {
        "BOFEN_PORT": str(first),
        "BOFEN_ROOMS_PORT": str(first + 1),
        "BOFEN_RTMP_PORT": str(first + 2),
        "BOFEN_MEDIA_PORT": str(first + 3),
        "BOFEN_SANDBOX_PORT": str(first + 4),
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bofen.cli", "up", "--demo"),
        env={**os.environ, **ports, "BOFEN_HOME": str(home), "PYTHONPATH": str(ROOT)} | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode not in (0, None)
    text = said.decode()
    assert "Traceback" not in text
    return text


@contextmanager
def _busy_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as held:
        yield held.getsockname()[1]


async def test_a_busy_port_is_one_sentence_and_nothing_is_made(tmp_path: Path) -> None:
    with _busy_port() as port:
        said = await _refused(tmp_path / "home", BOFEN_RTMP_PORT=str(port))

    assert f"Port {port} is busy" in said
    assert "BOFEN_RTMP_PORT" in said
    assert not (tmp_path / "home" / "postgres").exists()


async def test_a_newer_home_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "version").write_text("999\n")

    said = await _refused(tmp_path)

    assert "newer Bofen" in said
    assert [path.name for path in tmp_path.iterdir()] == ["version"]


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, "BOFEN_WECHAT_PAY_PRIVATE_KEY"),
        ({"BOFEN_MASTER_KEY": "a-few-letters"}, "BOFEN_MASTER_KEY"),
        ({"BOFEN_WECHAT_SECRET": "changeme-changeme-changeme"}, "BOFEN_WECHAT_SECRET"),
        ({"BOFEN_MOVABLE_CLOCK": "1"}, "BOFEN_MOVABLE_CLOCK"),
    ],
)
async def test_a_production_does_not_start_on_missing_or_sample_secrets(
    tmp_path: Path, environment: dict[str, str], named: str
) -> None:
    said = await _refused(tmp_path / "home", BOFEN_PRODUCTION="1", **environment)

    assert named in said
    assert not any(value in said for value in environment.values() if len(value) > 1)
    assert not (tmp_path / "home").exists()
