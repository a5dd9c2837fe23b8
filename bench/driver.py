"""A load driver of its own process: HTTP/1.1 over kept connections, requests made beforehand.

    python -m bench.driver <host> <port> <connections> <seconds> <folder of requests>

Each file in the folder holds, one per line, base64 of a complete request. Prints JSON: answers by
status, seconds, latencies in ms (p50, p99). Plain protocol code, so that the driver costs little
of the two cores it shares with the server.
"""

import asyncio
import base64
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import cast

import uvloop


class Connection(asyncio.Protocol):
    """Sends its next request as soon as the answer to the last is complete."""

    def __init__(self, requests: list[bytes], until: float) -> None:
        self._requests = iter(requests)
        self._until = until
        self._buffer = b""
        self._sent_at = 0.0
        self.statuses: Counter[int] = Counter()
        self.latencies: list[float] = []
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by class
        self._send()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._buffer[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self._buffer) < end + 4 + length:
            return
        self.statuses[int(head[9:12])] += 1
        self.latencies.append(time.perf_counter() - self._sent_at)
        self._buffer = b""
        self._send()

    def connection_lost(self, _: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)

    def _send(self) -> None:
        request = next(self._requests, None)
        if request is None or time.perf_counter() > self._until:
            self._transport.close()
            return
        self._sent_at = time.perf_counter()
        self._transport.write(request)


async def drive(host: str, port: int, connections: int, seconds: float, folder: Path) -> None:
    lines = [line for file in sorted(folder.iterdir()) for line in file.read_bytes().splitlines()]
    requests = [base64.b64decode(line) for line in lines]
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    made = [
        (await loop.create_connection(
            lambda i=i: Connection(requests[i::connections], started + seconds), host, port
        ))[1]
        for i in range(connections)
    ]  # fmt: skip
    await asyncio.gather(*(connection.done for connection in made))
    took = time.perf_counter() - started
    statuses: Counter[int] = sum((c.statuses for c in made), Counter())
    latencies = sorted(value for c in made for value in c.latencies)
    print(
        json.dumps({
            "statuses": statuses,
            "seconds": round(took, 2),
            "per_second": round(statuses[201] / took),
            "p50_ms": round(latencies[len(latencies) // 2] * 1000, 1),
            "p99_ms": round(latencies[int(len(latencies) * 0.99)] * 1000, 1),
        })
    )  # fmt: skip


if __name__ == "__main__":
    host, port, connections, seconds, folder = sys.argv[1:6]
    uvloop.run(drive(host, int(port), int(connections), float(seconds), Path(folder)))
