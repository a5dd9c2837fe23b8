"""What viewers fetch: HLS in parts, FLV over HTTP and WebSocket, replays. All addresses signed."""

import asyncio
import gzip
import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from bofen.gateways.streams import signing
from bofen.kit import clock
from bofen.media import flv, playlists
from bofen.media.engine import Engine
from bofen.media.hub import Framing, Reader
from bofen.media.rung import Rung
from bofen.media.stream import Stream

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_BLOCK_S = 6.0
_FIRST_WAIT_S = 6.0
"""For the first whole segment of a stream that has just begun."""
_RUNG_WAIT_S = 2.0
_AHEAD_MAX = 2
_PLAYLIST = "application/vnd.apple.mpegurl"
_CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Date"}
_FRESH = {"Cache-Control": "no-store"}
_GZIP = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
_NUMBER = re.compile(r"[0-9]{1,12}")
_KEPT = {"Cache-Control": "public, max-age=600, immutable"}
_LIVE_FILE = re.compile(r"(?:init(\d{1,9})\.mp4|p(\d{1,12})\.(\d{1,6})\.m4s|s(\d{1,12})\.m4s)")
_REPLAY_FILE = re.compile(r"(?:init\d{1,9}\.mp4|s\d{1,9}\.m4s)")


class Viewing:
    """`answer_s`: so long a viewer may take to read one playlist, part or segment."""

    def __init__(self, engine: Engine, secret: str, answer_s: float) -> None:
        self._engine = engine
        self._secret = secret
        self._answer_s = answer_s

    def app(self) -> web.Application:
        """All addresses, as an aiohttp application."""
        app = web.Application(middlewares=[self._answer])
        app.router.add_get("/live/{name}.flv", self._http_flv)
        app.router.add_get("/live/{name}/ws.flv", self._socket_flv)
        app.router.add_get("/live/{name}/{list:master|plain}.m3u8", self._master)
        app.router.add_get("/live/{name}/{rung}/{list:index|plain}.m3u8", self._playlist)
        app.router.add_get("/live/{name}/{rung}/{file}", self._media)
        app.router.add_get("/replay/{name}/index.m3u8", self._replay)
        app.router.add_get("/replay/{name}/{file}", self._replay_media)
        return app

    @web.middleware
    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Send the answer, headers for pages of other origins included, in bounded time."""
        try:
            answer = await handler(request)
        except web.HTTPException as refused:
            refused.headers.update(_CORS)
            raise
        if answer.prepared:
            return answer
        answer.headers.update(_CORS)
        try:
            async with asyncio.timeout(self._answer_s):
                await answer.prepare(request)
                await answer.write_eof()
        except TimeoutError:
            if request.transport is not None:
                request.transport.abort()
        return answer

    # -- who may

    def _signed(self, request: web.Request, kind: str) -> tuple[str, str]:
        """The stream's name, and the query that signs everything below it."""
        name = request.match_info["name"]
        if not signing.is_play_signed(self._secret, f"{kind}/{name}", request.query, clock.now()):
            raise web.HTTPForbidden(text="the address is not signed or has expired")
        return name, urlencode({key: request.query[key] for key in ("expires", "sign")})

    def _stream(self, request: web.Request) -> tuple[Stream, str]:
        name, query = self._signed(request, "live")
        stream = self._engine.streams.get(name)
        if stream is None:
            raise web.HTTPNotFound(text="nothing is live here")
        return stream, query

    def _rung(self, request: web.Request) -> tuple[Stream, Rung, str]:
        stream, query = self._stream(request)
        rung = stream.rungs.get(request.match_info["rung"])
        if rung is None:
            raise web.HTTPNotFound(text="no such rung")
        return stream, rung, query

    # -- HLS

    async def _master(self, request: web.Request) -> web.Response:
        stream, query = self._stream(request)
        await stream.source.until_whole(_FIRST_WAIT_S)
        for rung in stream.lower.values():
            if rung.is_starting():  # Let the first viewers know every rung.
                await rung.until_whole(_RUNG_WAIT_S)
        file = "index.m3u8" if request.match_info["list"] == "master" else "plain.m3u8"
        text = stream.master(file, query)
        if text is None:
            raise web.HTTPNotFound(text="nothing to show yet")
        body, headers = text.encode(), dict(_FRESH)
        if _takes_gzip(request):
            body, headers = gzip.compress(body, mtime=0), headers | _GZIP
        return web.Response(body=body, content_type=_PLAYLIST, headers=headers)

    async def _playlist(self, request: web.Request) -> web.Response:
        stream, rung, query = self._rung(request)
        is_plain = request.match_info["list"] == "plain"
        if not is_plain:
            await self._block(request, rung)
        if not await rung.until_whole(_FIRST_WAIT_S):
            raise web.HTTPNotFound(text="nothing to show yet")
        skips = request.query.get("_HLS_skip") in ("YES", "v2")
        is_small = _takes_gzip(request)
        body = rung.body(
            (query, str(is_plain), str(skips)),
            lambda: stream.playlist(rung, query, is_plain=is_plain, skips=skips),
            is_small=is_small,
        )
        headers = _FRESH | (_GZIP if is_small else {})
        return web.Response(body=body, content_type=_PLAYLIST, headers=headers)

    async def _block(self, request: web.Request, rung: Rung) -> None:
        """Answer only when the asked part exists: blocking playlist reload, §6.2.5.2.

        When it does not come in time the list is answered as it is, not 503: players give up after
        a few errors, and a streamer who comes back within the grace must find them waiting.
        """
        asked, part = request.query.get("_HLS_msn"), request.query.get("_HLS_part")
        if asked is None:
            if part is not None:
                raise web.HTTPBadRequest(text="_HLS_part without _HLS_msn")
            return
        if not _NUMBER.fullmatch(asked) or not _NUMBER.fullmatch(part or "0"):
            raise web.HTTPBadRequest(text="not a number")
        msn = int(asked)
        if msn > rung.packager.next_part()[0] + _AHEAD_MAX:
            raise web.HTTPBadRequest(text="too far ahead")
        await rung.until(msn, int(part) if part else None, _BLOCK_S)

    async def _media(self, request: web.Request) -> web.Response:
        _, rung, _ = self._rung(request)
        asked = _LIVE_FILE.fullmatch(request.match_info["file"])
        if asked is None:
            raise web.HTTPNotFound
        header, part_msn, part, msn = (int(n) if n else None for n in asked.groups())
        body: bytes | None = None
        if header is not None:
            body = rung.header(header)
        elif part_msn is not None and part is not None:
            body = await _part(rung, part_msn, part)
        elif msn is not None and (segment := rung.packager.window.get(msn)) and segment.is_done:
            body = rung.payload(segment)
        if body is None:
            raise web.HTTPNotFound(text="gone or not there yet")
        return web.Response(body=body, content_type="video/mp4", headers=_KEPT)

    # -- FLV

    async def _http_flv(self, request: web.Request) -> web.StreamResponse:
        stream = self._live(request)
        response = web.StreamResponse(headers=_CORS | _FRESH | {"Content-Type": "video/x-flv"})
        response.enable_chunked_encoding()
        await response.prepare(request)
        await response.write(stream.hub.opening())
        backlog = stream.hub.backlog()
        first = b"%x\r\n%b\r\n" % (len(backlog), backlog) if backlog else b""
        await _feed(request, stream, lambda tag: tag.chunked, first)
        return response

    async def _socket_flv(self, request: web.Request) -> web.StreamResponse:
        stream = self._live(request)
        socket = web.WebSocketResponse(compress=False, heartbeat=20, max_msg_size=4096)
        await socket.prepare(request)
        first = flv.websocket_message(stream.hub.opening() + stream.hub.backlog())
        feeding = asyncio.create_task(_feed(request, stream, lambda tag: tag.framed, first))
        listening = asyncio.create_task(_until_closed(socket))
        try:
            await asyncio.wait({feeding, listening}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            feeding.cancel()
            listening.cancel()
            await asyncio.gather(feeding, listening, return_exceptions=True)
        await socket.close()
        return socket

    def _live(self, request: web.Request) -> Stream:
        stream, _ = self._stream(request)
        if not self._engine.is_live(stream.name):
            raise web.HTTPNotFound(text="nothing is live here")
        return stream

    # -- replay

    async def _replay(self, request: web.Request) -> web.Response:
        name, query = self._signed(request, "replay")
        journal = await self._engine.recordings.journal(name)
        if journal is None or not journal.segments:
            raise web.HTTPNotFound(text="no recording")
        text = playlists.replay(journal.segments, query)
        return web.Response(text=text, content_type=_PLAYLIST, headers=_FRESH)

    async def _replay_media(self, request: web.Request) -> web.StreamResponse:
        name, _ = self._signed(request, "replay")
        file = request.match_info["file"]
        path = self._engine.recordings.folder / name / file
        if not _REPLAY_FILE.fullmatch(file):
            raise web.HTTPNotFound(text="no recording")
        try:
            body = await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            raise web.HTTPNotFound(text="no recording") from error
        return web.Response(body=body, content_type="video/mp4", headers=_KEPT)


def _takes_gzip(request: web.Request) -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "").lower()


async def _part(rung: Rung, msn: int, number: int) -> bytes | None:
    """A part; the one that was hinted at is waited for."""
    if (msn, number) == rung.packager.next_part():
        await rung.until(msn, number, _BLOCK_S)
    segment = rung.packager.window.get(msn)
    if segment is None or number >= len(segment.parts):
        return None
    return rung.payload(segment.parts[number])


async def _feed(request: web.Request, stream: Stream, framing: Framing, first: bytes) -> None:
    """Write to the viewer's transport directly, each tag framed once for all, until it ends."""
    transport = request.transport
    if transport is None:
        return
    gone = asyncio.Event()
    reader = Reader(transport, framing, gone.set)
    transport.write(first)
    stream.hub.join(reader)
    try:
        await gone.wait()
    finally:
        stream.hub.leave(reader)
    if transport.get_write_buffer_size():
        transport.abort()


async def _until_closed(socket: web.WebSocketResponse) -> None:
    async for message in socket:
        if message.type is aiohttp.WSMsgType.ERROR:
            return
