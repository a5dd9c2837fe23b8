"""Glass to glass: from a clock burnt into a 720p30 picture to the same clock read in Chromium.

    python -m bench.live_latency [seconds per path]

The engine is a process of its own, ffmpeg the streamer, hls.js and mpegts.js the players (from
clients/shop/node_modules, or BOFEN_BENCH_PLAYERS). Prints JSON: per path p50 and p95 in ms,
pictures shown and dropped, by how much the player's clock advanced, and how colourful it was.
"""

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import imageio_ffmpeg
import numpy as np
from aiohttp import web
from playwright.async_api import Browser, async_playwright
from pydantic import SecretStr

from bofen.gateways.streams.embedded import EmbeddedStreams
from bofen.kit import clock, log
from bofen.kit.settings import Settings
from bofen.media.serve import serve

HERE = Path(__file__).parent
PLAYERS = Path(
    os.environ.get("BOFEN_BENCH_PLAYERS", HERE.parent / "clients" / "shop" / "node_modules")
)
CHROMIUM = os.environ.get("BOFEN_CHROMIUM", "/usr/bin/chromium")
PATHS = ("llhls", "flv", "wsflv")
SHOP_PORT, RTMP_PORT, MEDIA_PORT = 21490, 21491, 21492
SECRET = "only for this measurement, nothing to protect"  # noqa: S105 - nothing to protect
WIDTH, HEIGHT, RATE = 1280, 720, 30
BLOCKS = 48
ENCODER = (
    "-c:v libx264 -preset ultrafast -tune zerolatency -b:v 2500k -maxrate 2500k -bufsize 2500k "
    "-g 60 -threads 1 -c:a aac -b:a 128k -shortest -f flv -flush_packets 1"
)


async def main(seconds: float) -> dict[str, Any]:
    """Starts everything, measures each path, ends everything."""
    with tempfile.TemporaryDirectory() as home:
        async with _pages(), _child("engine", home), _child("streamer"):
            await _until_playable()
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(
                    executable_path=CHROMIUM,
                    args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
                )
                found = {kind: await _measure(browser, kind, seconds) for kind in PATHS}
                await browser.close()
    return found


async def _measure(browser: Browser, kind: str, seconds: float) -> dict[str, Any]:
    page = await browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    url = f"http://127.0.0.1:{SHOP_PORT}/player?kind={kind}&url={quote(_address(kind), safe='')}"
    await page.goto(url)
    await page.wait_for_function("video.currentTime > 0 && video.readyState > 2", timeout=15_000)
    await asyncio.sleep(seconds / 3)
    started = await page.evaluate("(latencies.length = 0, video.currentTime)")
    before = time.monotonic()
    await asyncio.sleep(seconds)
    facts: dict[str, Any] = await page.evaluate(
        "({at: video.currentTime, latencies, errors, spread: spread(), height: video.videoHeight,"
        " quality: (q => [q.totalVideoFrames, q.droppedVideoFrames])"
        "(video.getVideoPlaybackQuality())})"
    )
    took = time.monotonic() - before
    await page.close()
    latencies = sorted(facts["latencies"])
    return {
        "p50_ms": round(statistics.median(latencies)),
        "p95_ms": latencies[int(len(latencies) * 0.95)],
        "clocks_read": len(latencies),
        "shown_and_dropped": facts["quality"],
        "advanced_s_per_s": round((facts["at"] - started) / took, 3),
        "height": facts["height"],
        "brightness_spread": round(facts["spread"], 1),
        "errors": facts["errors"],
    }


def _settings(home: str) -> Settings:
    return Settings(
        home=Path(home),
        port=SHOP_PORT,
        rtmp_port=RTMP_PORT,
        media_port=MEDIA_PORT,
        media_secret=SecretStr(SECRET),
    )


def _address(kind: str) -> str:
    streams = EmbeddedStreams.of(_settings("."), httpx.AsyncClient())
    points = streams.play_endpoints("bench", clock.now(), 3600)
    return next(point.url for point in points if point.kind == kind)


async def _until_playable() -> None:
    async with httpx.AsyncClient() as http, asyncio.timeout(30):
        while True:
            try:
                if (await http.get(_address("llhls"))).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.2)


@asynccontextmanager
async def _pages() -> AsyncIterator[None]:
    """A shop that lets everybody push, and the page with the player."""

    async def allow(_: web.Request) -> web.Response:
        return web.json_response({"allow": True, "session": "bench"})

    async def player(_: web.Request) -> web.StreamResponse:
        return web.FileResponse(HERE / "live_player.html")

    app = web.Application()
    app.router.add_post("/api/callbacks/streams/embedded", allow)
    app.router.add_get("/player", player)
    app.router.add_static("/players", PLAYERS)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", SHOP_PORT).start()
    try:
        yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _child(*role: str) -> AsyncIterator[None]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.live_latency", *role), stdin=asyncio.subprocess.PIPE
    )
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


async def _stream() -> None:
    """Pictures with the clock in them, in real time, through ffmpeg to the engine."""
    background = _background()
    process = await asyncio.create_subprocess_exec(
        *(str(imageio_ffmpeg.get_ffmpeg_exe()), "-v", "error", "-f", "rawvideo"),
        *f"-pix_fmt yuv420p -s {WIDTH}x{HEIGHT} -r {RATE} -i pipe:0".split(),
        *["-f", "lavfi", "-i", "sine=f=330:r=48000"],  # ffmpeg itself holds it to the pictures
        *ENCODER.split(),
        f"rtmp://127.0.0.1:{RTMP_PORT}/live/bench?key=bench",
        stdin=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    began, number = time.monotonic(), 0
    while process.returncode is None:
        await asyncio.sleep(max(0.0, began + number / RATE - time.monotonic()))
        process.stdin.write(_picture(background[number % len(background)]))
        await process.stdin.drain()
        number += 1


def _background() -> list[np.ndarray[Any, Any]]:
    """A second of drifting waves with some noise, so that the encoder has work."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    noise = np.random.default_rng(1).integers(-12, 12, (HEIGHT, WIDTH))
    pictures = []
    for i in range(RATE):
        phase = 2 * np.pi * i / RATE
        luma = 128 + 80 * np.sin(columns / 90 + phase) * np.cos(rows / 70) + np.roll(noise, i, 1)
        chroma = np.full(HEIGHT * WIDTH // 2, 128 + int(40 * np.sin(phase)))
        pictures.append(np.concatenate((luma.ravel(), chroma)).clip(16, 235).astype(np.uint8))
    return pictures


def _picture(background: np.ndarray[Any, Any]) -> bytes:
    picture = background.copy()
    now = int(time.time() * 1000)
    bits = [1, 0, 1, 0] + [now >> k & 1 for k in range(BLOCKS - 5, -1, -1)]
    blocks = np.repeat(np.array(bits, dtype=np.uint8) * 219 + 16, WIDTH // BLOCKS)
    strip = np.pad(blocks, (0, WIDTH - len(blocks)), constant_values=16)
    picture[: WIDTH * 30].reshape(30, WIDTH)[:] = strip
    for plane in (0, 1):
        start = WIDTH * HEIGHT * (4 + plane) // 4
        picture[start : start + WIDTH * 15 // 2] = 128
    return picture.tobytes()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["engine", folder]:
            log.configure()
            asyncio.run(serve(_settings(folder)))
        case ["streamer"]:
            asyncio.run(_stream())
        case given:
            print(json.dumps(asyncio.run(main(float(given[0]) if given else 15.0)), indent=2))
