"""Room fan-out: one broadcast room with 2 000 sockets, beside a bare loop over the same sockets.

    python -m bench.room_fanout

Server and viewers are processes of their own on the machine's cores; the server's CPU time is its
own. Prints JSON: frames per server CPU second of both, delay of danmaku, memory of an idle socket.
"""

import asyncio
import json
import os
import resource
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import UUID

import uvloop
from picows import (
    WSFrame,
    WSListener,
    WSMsgType,
    WSTransport,
    WSUpgradeRequest,
    ws_connect,
    ws_create_server,
)

from bench.shop import ROOT, measured_shop
from bofen.flows import rooms
from bofen.kit import clock, log
from bofen.kit.ids import new_id
from bofen.live.changes import MessageOut, MessageShown
from bofen.rooms.serve import serve
from bofen.runtime.environment import environment_of, read_settings
from bofen.runtime.services import open_services

SOCKETS = 2_000
SECONDS = 10
TALK_PER_SECOND = 50
BARE_PORT, BARE_ROUNDS, BARE_PER_SECOND = 24_190, 400, 50
PAYLOAD = b"x" * 120
SAMPLED = 50


def cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def resident_kb() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1])


async def heard(word: str) -> None:
    """Wait for this word on the standard input."""
    line = await asyncio.to_thread(sys.stdin.readline)
    assert line.strip() == word, line


def say(**facts: Any) -> None:
    print(json.dumps(facts), flush=True)


# ---- servers -------------------------------------------------------------------------------------


async def ours(room_id: UUID) -> None:
    """The gateway itself; somebody talks in the room, as the web process would tell it."""
    log.configure(level="warning")
    async with open_services(read_settings()) as services:
        gateway = asyncio.create_task(serve(services))
        await asyncio.sleep(0.5)
        before_kb = resident_kb()
        say(ready=True)
        await heard("full")
        idle_kb = (resident_kb() - before_kb) / SOCKETS
        await heard("talk")
        started = cpu_s()
        person_id = new_id()
        for seq in range(1, SECONDS * TALK_PER_SECOND + 1):
            said = MessageOut(
                seq=seq, person_id=person_id, nickname="小米", text="好看" * 8, at=clock.now()
            )
            await rooms.publish(services.bus, [(room_id, [MessageShown(seq=seq, message=said)])])
            await asyncio.sleep(1 / TALK_PER_SECOND)
        await asyncio.sleep(0.3)
        say(cpu_s=cpu_s() - started, idle_kb=round(idle_kb, 1))
        gateway.cancel()


class _Open(WSListener):
    def __init__(self, everybody: set[WSTransport]) -> None:
        self._everybody = everybody

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._everybody.add(transport)


async def bare() -> None:
    """The least that can be done: the same bytes to every socket, and nothing else."""
    everybody: set[WSTransport] = set()

    def accept(_: WSUpgradeRequest) -> WSListener:
        return _Open(everybody)

    server = await ws_create_server(accept, "127.0.0.1", BARE_PORT)
    say(ready=True)
    await heard("full")
    await heard("talk")
    started = cpu_s()
    for _ in range(BARE_ROUNDS):
        for transport in everybody:
            transport.send(WSMsgType.TEXT, PAYLOAD)
        await asyncio.sleep(1 / BARE_PER_SECOND)
    await asyncio.sleep(0.3)
    say(cpu_s=cpu_s() - started)
    server.close()


# ---- viewers -------------------------------------------------------------------------------------


class _Viewer(WSListener):
    """Counts frames; a few of them also read what is in them."""

    def __init__(self, delays: list[float] | None) -> None:
        self.frames = 0
        self.messages = 0
        self._delays = delays

    def on_ws_connected(self, transport: WSTransport) -> None:
        transport.send(WSMsgType.TEXT, b'{"type":"enter","epoch":1,"seq":0}')

    def on_ws_frame(self, _: WSTransport, frame: WSFrame) -> None:
        self.frames += 1
        if self._delays is None:
            return
        text = frame.get_payload_as_utf8_text()
        if not text.startswith("{"):
            return
        for change in json.loads(text).get("changes", ()):
            self.messages += 1
            sent_at = datetime.fromisoformat(change["message"]["at"])
            self._delays.append(time.time() - sent_at.timestamp())


async def viewers(url: str, *, is_bare: bool) -> None:
    delays: list[float] = []
    made: list[_Viewer] = []

    def listener() -> _Viewer:
        is_sampled = not is_bare and len(made) < SAMPLED
        made.append(_Viewer(delays if is_sampled else None))
        return made[-1]

    for _ in range(SOCKETS // 50):
        await asyncio.gather(*(ws_connect(listener, url) for _ in range(50)))
    await asyncio.sleep(2)
    say(ready=True)
    await heard("count")
    first = [viewer.frames for viewer in made]
    await heard("stop")
    await asyncio.sleep(1)
    ordered = sorted(delays)
    frames = [viewer.frames - start for viewer, start in zip(made, first, strict=True)]
    say(
        frames=sum(frames),
        fewest=min(frames),
        messages_each=min((viewer.messages for viewer in made[:SAMPLED]), default=0),
        p50_ms=round(ordered[len(ordered) // 2] * 1000) if ordered else None,
        p99_ms=round(ordered[int(len(ordered) * 0.99)] * 1000) if ordered else None,
    )


# ---- the measurement -----------------------------------------------------------------------------


@asynccontextmanager
async def child(*arguments: str, **environment: str) -> AsyncIterator[Callable[..., Any]]:
    """Another part of this file in a process of its own; returns how to speak with it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.room_fanout", *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, **environment},
        cwd=ROOT,
    )
    output, given = process.stdout, process.stdin
    assert output
    assert given

    async def speak(word: str | None = None, *, is_answered: bool = True) -> dict[str, Any]:
        if word:
            given.write(f"{word}\n".encode())
            await given.drain()
        return cast("dict[str, Any]", json.loads(await output.readline())) if is_answered else {}

    try:
        yield speak
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def measured(
    server: tuple[str, ...], url: str, environment: dict[str, str]
) -> dict[str, Any]:
    async with child(*server, **environment) as serving:
        await serving()
        async with child("viewers", url, server[0]) as watching:
            await watching()
            await serving("full", is_answered=False)
            await watching("count", is_answered=False)
            used = await serving("talk")
            seen = await watching("stop")
    return {**seen, **used, "frames_per_cpu_second": round(seen["frames"] / used["cpu_s"])}


async def main() -> None:
    room_id = new_id()
    async with measured_shop() as shop:
        async with shop.db.transaction() as tx:
            await tx.fetch(
                "INSERT INTO live_room (id, title, host_name, created_at, epoch, seq, likes,"
                " viewers, slow_mode_s) VALUES ($1, 'bench', 'bench', $2, 1, 0, 0, 0, 0)",
                room_id,
                clock.now(),
            )
        url = f"ws://127.0.0.1:{shop.settings.rooms_port}/rooms/{room_id}"
        room = await measured(("ours", str(room_id)), url, environment_of(shop.settings))
    loop = await measured(("bare",), f"ws://127.0.0.1:{BARE_PORT}/", {})
    ratio = room["frames_per_cpu_second"] / loop["frames_per_cpu_second"]
    say(
        sockets=SOCKETS,
        ours=room,
        bare=loop,
        messages_delivered_per_second=TALK_PER_SECOND * SOCKETS,
        ratio_of_frames=round(ratio, 2),
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["ours", room]:
            uvloop.run(ours(UUID(room)))
        case ["bare"]:
            uvloop.run(bare())
        case ["viewers", address, kind]:
            assert urlsplit(address).hostname == "127.0.0.1"
            uvloop.run(viewers(address, is_bare=kind == "bare"))
        case _:
            asyncio.run(main())
