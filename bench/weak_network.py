"""A viewer whose line becomes weak, and strong again, on the real page of a room on air.

    python -m bench.weak_network [kbit/s]

`bofen up` with the demo's broadcast (720p, 1.8 Mbit/s and its lower rungs), and Chromium whose line
is held to so many kbit/s by its own means for a while. Prints JSON: seconds until a lower rung is
shown, the longest stand-still since the line became weak, seconds until the first rung is shown
again after it has recovered (None: not within the time given), and what the page said meanwhile.
"""

import asyncio
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from playwright.async_api import CDPSession, Page, async_playwright

from bench.live_latency import CHROMIUM
from bench.shop import ROOT

PORT = 24_400
KBITS = 400
CALM_S, WEAK_S, RECOVERED_S = 5.0, 18.0, 42.0
STRONG_KBITS = 20_000
_LATENCY_MS = 40
_SAMPLING = """() => {
  const video = document.querySelector('.live-screen video')
  window.samples = []
  setInterval(() => {
    const word = document.querySelector('.t-network')?.textContent ?? ''
    samples.push([performance.now() / 1000, video.currentTime, video.videoHeight, word])
  }, 50)
}"""
Sample = tuple[float, float, int, str]
"""When, in seconds; the player's clock; the height of the picture; what the page says."""


async def main(kbits: int) -> dict[str, Any]:
    """Starts everything, weakens the line, lets it recover, ends everything."""
    with tempfile.TemporaryDirectory(prefix="bofen-bench-") as home:
        async with _shop(home), async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=CHROMIUM,
                args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
            )
            page = await browser.new_page(viewport={"width": 390, "height": 844})
            await _watches(page)
            weak_at, strong_at = await _line_changes(page, kbits)
            found: list[Sample] = await page.evaluate("samples")
            await browser.close()
    return _facts(kbits, found, weak_at, strong_at)


def _facts(kbits: int, found: list[Sample], weak_at: float, strong_at: float) -> dict[str, Any]:
    top = next(height for at, _, height, _ in reversed(found) if at <= weak_at)
    weak = [sample for sample in found if weak_at <= sample[0] < strong_at]
    after = [sample for sample in found if sample[0] >= strong_at]
    lower = next((at - weak_at for at, _, height, _ in weak if height < top), None)
    is_low = weak[-1][2] < top
    higher = next((at - strong_at for at, _, height, _ in after if height == top), None)
    return {
        "kbits": kbits,
        "heights": sorted({height for _, _, height, _ in weak}, reverse=True),
        "lower_s": _tenths(lower),
        "stall_s": _tenths(_longest_stall([s for s in found if s[0] >= weak_at])),
        "up_s": _tenths(higher) if is_low else None,
        "said": list(dict.fromkeys(word for *_, word in weak + after if word)),
    }


def _tenths(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)


def _longest_stall(samples: list[Sample]) -> float:
    """The longest time in which the player's clock did not move."""
    longest, (moved_at, position, *_) = 0.0, samples[0]
    for at, now, *_ in samples:
        longest = max(longest, at - moved_at)
        if now != position:
            moved_at, position = at, now
    return longest


async def _line_changes(page: Page, kbits: int) -> tuple[float, float]:
    """When the line became weak, and when strong again, by the page's own clock."""
    line = await page.context.new_cdp_session(page)
    await line.send("Network.enable")
    await _limit(line, STRONG_KBITS)
    await asyncio.sleep(CALM_S)
    moments = []
    for rate, seconds in ((kbits, WEAK_S), (STRONG_KBITS, RECOVERED_S)):
        await _limit(line, rate)
        moments.append(float(await page.evaluate("performance.now() / 1000")))
        await asyncio.sleep(seconds)
    return moments[0], moments[1]


async def _limit(line: CDPSession, kbits: int) -> None:
    rate = kbits * 1000 / 8
    limits = {"downloadThroughput": rate, "uploadThroughput": rate, "latency": _LATENCY_MS}
    await line.send("Network.emulateNetworkConditions", {"offline": False, **limits})


async def _watches(page: Page) -> None:
    """In the room on air, with a picture that moves."""
    await page.goto(f"http://127.0.0.1:{PORT}/")
    await page.locator(".t-room:visible").first.click()
    deadline = time.monotonic() + 30
    clock = "document.querySelector('.live-screen video')?.currentTime ?? 0"
    while float(await page.evaluate(clock)) < 1:
        if time.monotonic() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.1)
    await page.evaluate(_SAMPLING)


@asynccontextmanager
async def _shop(home: str) -> AsyncIterator[None]:
    """The whole product with its demo on air."""
    ports = {name: str(PORT + i) for i, name in enumerate(("", "ROOMS_", "RTMP_", "MEDIA_"))}
    environment = {f"BOFEN_{name}PORT": port for name, port in ports.items()}
    environment |= {"BOFEN_SANDBOX_PORT": str(PORT + 4), "BOFEN_HOME": home}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bofen.cli", "up", "--demo", "--demo-stream"),
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=ROOT,
    )
    try:
        async with httpx.AsyncClient(trust_env=False) as http, asyncio.timeout(120):
            while not await _is_on_air(http):
                await asyncio.sleep(0.1)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def _is_on_air(http: httpx.AsyncClient) -> bool:
    try:
        answer = await http.get(f"http://127.0.0.1:{PORT}/api/buyer/hall")
    except httpx.TransportError:
        return False
    rooms = answer.json()["live"] if answer.status_code == httpx.codes.OK else []
    return any(room["status"] == "live" for room in rooms)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(int(sys.argv[1]) if sys.argv[1:] else KBITS)), indent=2))
