"""How long a shop takes to answer: on an empty home, and again on the same home. Prints JSON."""

import asyncio
import json
import os
import signal
import sys
import tempfile
import time

import httpx

from bench.shop import ROOT

PORT = 24_300


async def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bofen-bench-") as home:
        first, again = await _first_answer(home), await _first_answer(home)
    print(json.dumps({"first_s": round(first, 2), "again_s": round(again, 2)}))


async def _first_answer(home: str) -> float:
    """Seconds from the command to the first products that a visitor is shown."""
    ports = {name: str(PORT + i) for i, name in enumerate(("", "ROOMS_", "RTMP_", "MEDIA_"))}
    environment = {f"BOFEN_{name}PORT": port for name, port in ports.items()}
    environment |= {"BOFEN_SANDBOX_PORT": str(PORT + 4), "BOFEN_HOME": home}
    started = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bofen.cli", "up", "--demo"),
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=ROOT,
    )
    try:
        async with httpx.AsyncClient(trust_env=False) as http, asyncio.timeout(120):
            while not await _answers(http):
                await asyncio.sleep(0.02)
        return time.monotonic() - started
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def _answers(http: httpx.AsyncClient) -> bool:
    try:
        answer = await http.get(f"http://127.0.0.1:{PORT}/api/buyer/hall")
    except httpx.TransportError:
        return False
    return answer.status_code == 200 and bool(answer.json()["featured"])


if __name__ == "__main__":
    asyncio.run(main())
