"""The engine killed while on air: back at once, the recording whole, the encoder let in again."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from aiohttp import web

from bofen.gateways.streams.protocol import (
    EngineStarted,
    PublishStarted,
    PublishStopped,
    RecordReady,
)
from bofen.media.recording import Recordings, read_journal
from tests.media import words
from tests.media.conftest import SECRET, FakeShop, hang_up, until, until_read

ENCODER_PATIENCE_S = 40.0
"""So long OBS and its kin go on trying, and more."""


@asynccontextmanager
async def answering(shop: FakeShop) -> AsyncIterator[int]:
    """The shop on a port of its own."""
    app = web.Application()
    app.router.add_post("/api/callbacks/streams/embedded", shop.callback)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


@asynccontextmanager
async def engine(
    home: Path, shop_port: int, rtmp_port: int
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`bofen media` as the shop starts it."""
    given = {
        "HOME": str(home),
        "PORT": str(shop_port),
        "RTMP_PORT": str(rtmp_port),
        "MEDIA_PORT": "0",
        "MEDIA_SECRET": SECRET,
        "MASTER_KEY": "",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "MEDIA_RUNGS_MAX": "0",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bofen.cli", "media"),
        env=os.environ | {f"BOFEN_{name}": value for name, value in given.items()},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def admitted(port: int, target: str, body: bytes) -> asyncio.StreamWriter:
    """Try as encoders do, again and again, until publishing may start."""
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionError:
            await asyncio.sleep(0.05)
            continue
        writer.write(words.HANDSHAKE + words.publish(target))
        if b"Publish.Start" in await until_read(reader, b"Publish.Start"):
            writer.write(body)
            return writer
        await hang_up(writer)


async def test_a_killed_engine_is_back_and_lets_the_encoder_in_as_before(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    shop = FakeShop(keys={"show": "right"})
    folder = tmp_path / "recordings" / "show"
    async with answering(shop) as shop_port:
        async with engine(tmp_path, shop_port, unused_tcp_port) as process:
            first = await admitted(unused_tcp_port, "show?key=right", words.media(200))
            await until(lambda: len(list(folder.glob("*.m4s"))) >= 2)
            process.send_signal(signal.SIGKILL)
            await process.wait()
        journal = read_journal(folder)
        assert journal is not None
        assert not journal.is_closed
        async with engine(tmp_path, shop_port, unused_tcp_port):
            async with asyncio.timeout(ENCODER_PATIENCE_S):
                second = await admitted(unused_tcp_port, "show?key=right", words.media(200))
            await until(lambda: len(shop.of(PublishStarted)) == 2)
            await until(lambda: bool(shop.of(RecordReady)) and len(shop.starts) == 2)
        await hang_up(first)
        await hang_up(second)

    assert len({start.engine_id for start in shop.starts}) == 2
    assert all(isinstance(start, EngineStarted) for start in shop.starts)
    stops = [(stop.reason, stop.push_id) for stop in shop.of(PublishStopped)]
    assert stops[0] == ("restart", shop.of(PublishStarted)[0].push_id)
    assert shop.of(RecordReady)[0].duration_ms == journal.duration_ms
    whole = read_journal(folder)
    assert whole is not None
    assert whole.is_closed
    assert [s.no for s in whole.segments] == list(range(len(whole.segments)))
    assert len(whole.segments) > len(journal.segments)


CLOSED = '{"closed": true}'


@pytest.mark.parametrize("ending", ["", "\n", "\n\n"])
async def test_closed_recordings_are_not_read_again_at_a_start(
    tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Years of them would keep the doors shut."""
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "journal.jsonl").write_text(f'{{"push_id": "p"}}\n{CLOSED}{ending}')
    read: list[Path] = []
    monkeypatch.setattr("bofen.media.recording.read_journal", read.append)

    assert await Recordings(tmp_path).close_cut() == []
    assert read == []


async def test_a_journal_that_is_damaged_keeps_no_door_shut(tmp_path: Path) -> None:
    (tmp_path / "torn").mkdir()
    head = json.dumps({"push_id": "p", "session": "s"})
    (tmp_path / "torn" / "journal.jsonl").write_bytes(head.encode() + b'\n[1]\n{"no": 1}\n\xff\0')

    (cut,) = await Recordings(tmp_path).close_cut()

    assert (cut.push_id, cut.segments) == ("p", ())
