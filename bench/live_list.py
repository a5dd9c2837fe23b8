"""What the playlists of one LL-HLS viewer weigh: bytes a second, as three kinds of client ask.

    python -m bench.live_list [seconds]

An engine in this process, ffmpeg the streamer (720p30, a key frame each 2 s), one client after the
other that reloads at each part. Prints JSON: bytes a second and reloads a second of each.
"""

import asyncio
import json
import re
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import imageio_ffmpeg
from aiohttp import web
from pydantic import SecretStr

from bofen.gateways.streams.embedded import EmbeddedStreams
from bofen.kit import clock
from bofen.kit.settings import Settings
from bofen.media.engine import EngineRules
from bofen.media.serve import Media

SHOP_PORT, RTMP_PORT, MEDIA_PORT = 21493, 21494, 21495
SECRET = "only for this measurement, nothing to protect"  # noqa: S105 - nothing to protect
WARM_UP_S = 25
CLIENTS = {
    "as it is": ({"Accept-Encoding": "identity"}, ""),
    "compressed": ({"Accept-Encoding": "gzip"}, ""),
    "compressed, delta updates": ({"Accept-Encoding": "gzip"}, "&_HLS_skip=YES"),
}
_HINT = re.compile(r'PRELOAD-HINT:TYPE=PART,URI="p(\d+)\.(\d+)\.m4s')


async def main(seconds: float) -> dict[str, Any]:
    """Starts everything, measures each client, ends everything."""
    async with AsyncExitStack() as parts:
        home = parts.enter_context(tempfile.TemporaryDirectory())
        await _shop(parts)
        settings = Settings(
            home=Path(home),
            port=SHOP_PORT,
            rtmp_port=RTMP_PORT,
            media_port=MEDIA_PORT,
            media_secret=SecretStr(SECRET),
        )
        media = Media(settings, EngineRules(rungs_max=0))
        await media.start()
        parts.push_async_callback(media.close)
        await _encoder(parts)
        await asyncio.sleep(WARM_UP_S)
        http = await parts.enter_async_context(aiohttp.ClientSession(auto_decompress=True))
        return {name: await _weighed(http, *how, seconds) for name, how in CLIENTS.items()}


async def _shop(parts: AsyncExitStack) -> None:
    async def allow(_: web.Request) -> web.Response:
        return web.json_response({"allow": True, "session": "bench"})

    app = web.Application()
    app.router.add_post("/api/callbacks/streams/embedded", allow)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", SHOP_PORT).start()
    parts.push_async_callback(runner.cleanup)


async def _encoder(parts: AsyncExitStack) -> None:
    pictures = "-re -f lavfi -i testsrc2=s=1280x720:r=30 -f lavfi -i sine=f=440:r=48000"
    encode = "-c:v libx264 -preset ultrafast -threads 1 -g 60 -b:v 2500k -c:a aac -f flv"
    process = await asyncio.create_subprocess_exec(
        *(str(imageio_ffmpeg.get_ffmpeg_exe()), "-v", "quiet", *pictures.split()),
        *(*encode.split(), f"rtmp://127.0.0.1:{RTMP_PORT}/live/bench?key=bench"),
        stdin=asyncio.subprocess.DEVNULL,
    )

    async def end() -> None:
        process.terminate()
        await process.wait()

    parts.push_async_callback(end)


async def _weighed(
    http: aiohttp.ClientSession, headers: dict[str, str], skip: str, seconds: float
) -> dict[str, float]:
    streams = EmbeddedStreams(SECRET, f"http://127.0.0.1:{MEDIA_PORT}", "", "", http=None)  # type: ignore[arg-type]
    url = streams.play_endpoints("bench", clock.now(), 600)[0].url
    url = url.replace("master.m3u8", "source/index.m3u8")
    began, weight, reloads, more = time.monotonic(), 0, 0, ""
    while time.monotonic() - began < seconds:
        async with http.get(url + more, headers=headers) as answer:
            text = await answer.text()
            weight += int(answer.headers["Content-Length"])
            reloads += 1
        hint = _HINT.search(text)
        assert hint is not None
        more = f"&_HLS_msn={hint[1]}&_HLS_part={hint[2]}{skip}"
    took = time.monotonic() - began
    return {
        "bytes_per_s": round(weight / took),
        "kbit_per_s": round(weight * 8 / took / 1000, 1),
        "reloads_per_s": round(reloads / took, 2),
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(float(sys.argv[1]) if sys.argv[1:] else 10.0)), indent=2))
