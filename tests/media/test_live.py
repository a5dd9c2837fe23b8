"""A real stream, pushed and decoded by ffmpeg, through every way out."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import aiohttp
import httpx
import psutil
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from aiohttp.typedefs import Handler

from bofen.gateways.streams.embedded import EmbeddedStreams
from bofen.gateways.streams.protocol import PublishStopped, RecordReady
from bofen.kit import clock
from bofen.kit.errors import ProviderError
from bofen.media.control import Control
from bofen.media.engine import EngineRules
from bofen.media.ladder import RungSpec
from bofen.media.stream import Stream
from bofen.media.window import Segment
from tests.media.conftest import FFMPEG, SECRET, Open, Studio, until

TESTCARD = (
    "-re -f lavfi -i testsrc2=s={size}:r=30 -f lavfi -i sine=f=440:r=44100 "
    "-c:v libx264 -preset ultrafast -bf {b_frames} -g 30 -threads 1 -c:a aac -f flv"
)


@asynccontextmanager
async def pushed(
    studio: Studio, name: str, size: str = "640x360", b_frames: int = 0
) -> AsyncIterator[None]:
    """A pusher that runs as long as the block."""
    studio.shop.keys[name] = "right"
    process = await asyncio.create_subprocess_exec(
        *(FFMPEG, "-hide_banner", "-v", "error"),
        *TESTCARD.format(size=size, b_frames=b_frames).split(),
        studio.push_url(name),
        stdin=asyncio.subprocess.DEVNULL,
    )
    try:
        await until(lambda: studio.media.engine.is_live(name), 20)
        yield
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        await until(lambda: not studio.media.engine.is_live(name))


async def decoded(url: str, seconds: float) -> tuple[int, str]:
    """How many pictures ffmpeg decodes, and what it complains of."""
    process = await asyncio.create_subprocess_exec(
        *(FFMPEG, "-hide_banner", "-v", "error", "-i", url, "-t", str(seconds)),
        *("-map", "0:v:0", "-map", "0:a:0", "-progress", "pipe:1", "-f", "null", "-"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, complaints = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0, complaints.decode()
    frames = re.findall(r"frame=(\d+)", out.decode())
    return int(frames[-1]), complaints.decode()


async def text(url: str) -> str:
    async with httpx.AsyncClient() as http:
        answer = await http.get(url, timeout=10)
    assert answer.status_code == 200, answer.text
    return answer.text


def last_segment(stream: Stream) -> Segment:
    found = stream.source.packager.window.newest
    assert found is not None
    return found


def playlist_url(studio: Studio, name: str, rung: str = "source", file: str = "index") -> str:
    return studio.play(name).replace("master.m3u8", f"{rung}/{file}.m3u8")


async def test_every_way_out_is_decodable(studio: Studio) -> None:
    async with pushed(studio, "card", b_frames=2):
        stream = studio.media.engine.streams["card"]
        await until(lambda: len(stream.source.packager.window) > 3)
        results = await asyncio.gather(
            *(decoded(studio.play("card", kind), 2) for kind in ("llhls", "hls", "flv"))
        )

    assert all(frames >= 55 for frames, _ in results), results
    assert all("error" not in complaint.lower() for _, complaint in results), results


async def test_the_lower_rung_keeps_step_with_the_source(open_studio: Open) -> None:
    studio = await open_studio(rules=EngineRules(ladder=(RungSpec(480, 800),), rungs_max=1))
    async with pushed(studio, "tall", size="1280x720"), pushed(studio, "late", size="1280x720"):
        streams = studio.media.engine.streams
        await until(lambda: "480p" in streams["tall"].lower)
        lower = streams["tall"].lower["480p"]
        await until(lambda: len(lower.packager.window) > 2, 20)
        heads = {s.head.msn: s.head.at for s in streams["tall"].source.packager.window}
        master = await text(studio.play("tall"))

        assert "source/index.m3u8" in master
        assert "480p/index.m3u8" in master
        assert all(heads[s.head.msn] == s.head.at for s in lower.packager.window)
        assert streams["late"].lower == {}
        frames, _ = await decoded(playlist_url(studio, "tall", "480p"), 1)
        assert frames >= 25


async def test_an_upright_picture_keeps_its_width(open_studio: Open) -> None:
    studio = await open_studio(rules=EngineRules(ladder=(RungSpec(480, 800),), rungs_max=1))
    async with pushed(studio, "phone", size="720x1280"):
        stream = studio.media.engine.streams["phone"]
        await until(lambda: "480p" in stream.lower)
        await until(lambda: stream.lower["480p"].variant() is not None, 20)
        variant = stream.lower["480p"].variant()

    assert variant is not None
    assert variant.size == (480, 854)


async def test_a_reconnect_is_a_discontinuity_in_what_viewers_fetch(studio: Studio) -> None:
    async with pushed(studio, "back"):
        stream = studio.media.engine.streams["back"]
        await until(lambda: len(stream.source.packager.window) > 1)
    async with pushed(studio, "back"):
        await until(lambda: last_segment(stream).head.discontinuities == 1)
        await until(lambda: bool(last_segment(stream).parts))
        shown = await text(playlist_url(studio, "back"))
        whole = await text(playlist_url(studio, "back", file="plain"))

    assert studio.media.engine.streams["back"] is stream
    assert shown.count("#EXT-X-DISCONTINUITY\n") == 1
    assert "#EXT-X-ENDLIST" not in shown
    assert "#EXT-X-PART" not in whole
    times = re.findall(r"DATE-TIME:(\S+)", shown)
    assert times == sorted(times)


async def test_what_was_streamed_can_be_watched_again(studio: Studio) -> None:
    async with pushed(studio, "kept"):
        stream = studio.media.engine.streams["kept"]
        await until(lambda: len(stream.source.packager.window) > 2)
    await until(lambda: bool(studio.shop.of(RecordReady)))
    async with pushed(studio, "kept"):
        await until(lambda: len(stream.source.packager.window) > 5)
    await until(lambda: len(studio.shop.of(RecordReady)) == 2)

    first, second = studio.shop.of(RecordReady)
    assert isinstance(first, RecordReady)
    assert isinstance(second, RecordReady)
    assert second.duration_ms > first.duration_ms > 2_000
    url = studio.streams.replay_endpoint("kept", clock.now(), 60).url
    replay = await text(url)
    assert replay.count("#EXT-X-DISCONTINUITY\n") == 1
    assert replay.endswith("#EXT-X-ENDLIST\n")
    frames, _ = await decoded(url, 60)
    assert abs(frames / 30 * 1000 - second.duration_ms) < 200


async def test_a_hinted_part_is_sent_when_it_exists(studio: Studio) -> None:
    async with pushed(studio, "hint"):
        packager = studio.media.engine.streams["hint"].source.packager
        await until(lambda: len(packager.window) > 1)
        msn, part = packager.next_part()
        address = playlist_url(studio, "hint")
        waited = await text(f"{address}&_HLS_msn={msn}&_HLS_part={part}")
        async with httpx.AsyncClient() as http:
            hinted = address.replace("index.m3u8", "p{}.{}.m4s".format(*packager.next_part()))
            body = await http.get(hinted, timeout=10)
            far = await http.get(f"{address}&_HLS_msn={msn + 50}", timeout=10)
            odd = await http.get(f"{address}&_HLS_msn=x", timeout=10)

    assert f"p{msn}.{part}.m4s" in waited
    assert body.content[4:8] == b"moof"
    assert (far.status_code, odd.status_code) == (400, 400)


async def test_pages_of_other_origins_may_play_and_strangers_may_not(studio: Studio) -> None:
    async with pushed(studio, "signed"), httpx.AsyncClient() as http:
        packager = studio.media.engine.streams["signed"].source.packager
        await until(lambda: bool(packager.window))
        good = studio.play("signed")
        expired = studio.streams.play_endpoints("signed", clock.now(), -60)
        other = studio.play("another").replace("another", "signed")
        bare = good.partition("?")[0]
        stolen = good.replace("live", "replay").replace("master", "index")

        allowed = await http.get(good)
        assert allowed.headers["Access-Control-Allow-Origin"] == "*"
        for address in (*(point.url for point in expired), other, bare, stolen, good[:-1] + "é"):
            if not address.startswith("ws"):
                refused = await http.get(address)
                assert refused.status_code == 403, address
                assert refused.headers["Access-Control-Allow-Origin"] == "*"
        for rung_file in ("source/index.m3u8", "source/init1.mp4"):
            assert (await http.get(bare.replace("master.m3u8", rung_file))).status_code == 403
        query = good.partition("?")[2]
        assert query in allowed.text


async def test_the_shop_can_list_and_kick_and_nobody_else(studio: Studio) -> None:
    async with pushed(studio, "guest"), httpx.AsyncClient() as http:
        base = f"http://127.0.0.1:{studio.media.http_port}"
        streams = studio.streams
        streams._http = http
        (state,) = await streams.list_live()
        assert (state.name, state.width, state.height) == ("guest", 640, 360)
        assert state.session == "session of guest"

        stranger = await http.post(f"{base}/control/live/guest/kick")
        assert stranger.status_code == 403
        assert await streams.kick("guest")
        assert not await streams.kick("guest")
        assert await streams.list_live() == []
        ended = await text(playlist_url(studio, "guest"))
        assert "#EXT-X-ENDLIST" in ended


async def test_a_signed_shop_is_heard_from_another_machine_and_through_no_proxy(
    studio: Studio,
) -> None:
    @web.middleware
    async def from_afar(request: web.Request, handler: Handler) -> web.StreamResponse:
        return await handler(request.clone(remote="192.0.2.7"))

    app = web.Application(middlewares=[from_afar])
    Control(studio.media.engine, SECRET).add_to(app)
    async with TestServer(app) as server, httpx.AsyncClient() as http:
        shop = EmbeddedStreams(SECRET, "", "", str(server.make_url("")), http)
        assert await shop.list_live() == []
        http.headers["X-Forwarded-For"] = "192.0.2.7"
        with pytest.raises(ProviderError, match="403"):
            await shop.list_live()


async def test_a_socket_viewer_gets_flv(studio: Studio) -> None:
    async with (
        pushed(studio, "socket"),
        aiohttp.ClientSession() as http,
        http.ws_connect(studio.play("socket", "wsflv")) as socket,
    ):
        first = await socket.receive_bytes()
        later = [await socket.receive_bytes() for _ in range(20)]

    assert first.startswith(b"FLV\x01\x05")
    assert all(piece[0] in (8, 9) for piece in later)


async def test_the_end_of_a_stream_is_told_and_forgotten(open_studio: Open) -> None:
    rules = EngineRules(rungs_max=0, grace_s=0.0, linger_s=3.0)
    studio = await open_studio(rules=rules)
    async with pushed(studio, "over"):
        stream = studio.media.engine.streams["over"]
        await until(lambda: bool(stream.source.packager.window))
    await until(lambda: "over" in studio.media.engine._idle_since)
    studio.media.engine.sweep()
    assert "#EXT-X-ENDLIST" in await text(playlist_url(studio, "over"))

    def is_forgotten() -> bool:
        studio.media.engine.sweep()
        return "over" not in studio.media.engine.streams

    assert not is_forgotten(), "who comes a moment late still sees the end"
    await until(is_forgotten)


async def test_the_journal_is_plain_lines(studio: Studio) -> None:
    async with pushed(studio, "lines"):
        stream = studio.media.engine.streams["lines"]
        await until(lambda: len(stream.source.packager.window) > 2)
    await until(lambda: bool(studio.shop.of(RecordReady)))

    lines = (studio.home / "recordings/lines/journal.jsonl").read_text().splitlines()
    entries = [json.loads(line) for line in lines]
    assert entries[0]["session"] == "session of lines"
    assert entries[-1] == {"closed": True}
    assert [entry["no"] for entry in entries[1:-1]] == list(range(len(entries) - 2))


async def test_no_child_outlives_the_engine(open_studio: Open) -> None:
    studio = await open_studio(rules=EngineRules(ladder=(RungSpec(480, 800),), rungs_max=1))
    async with pushed(studio, "last", size="1280x720"):
        await until(lambda: "480p" in studio.media.engine.streams["last"].lower)
        await until(lambda: len(ffmpegs()) == 2)
        await studio.media.close()

        assert len(ffmpegs()) <= 1, "only the pusher may be left, until it notices"
        await until(lambda: len(studio.shop.of(PublishStopped)) == 1)


def ffmpegs() -> list[psutil.Process]:
    """Our children that run ffmpeg: the pusher of the test, and the transcoders."""
    children = psutil.Process().children(recursive=True)
    return [c for c in children if c.status() != "zombie" and "ffmpeg" in c.name()]
