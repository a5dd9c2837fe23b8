"""What viewers fetch: HLS in parts, FLV over HTTP and WebSocket, replays. All addresses signed."""

import asyncio
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
from bofen.media.stream import Rung, Stream

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_BLOCK_S = 6.0
_MASTER_WAIT_S = 4.0
_AHEAD_MAX = 2
_PLAYLIST = "application/vnd.apple.mpegurl"
_CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Date"}
_FRESH = {"Cache-Control": "no-store"}
_KEPT = {"Cache-Control": "public, max-age=600, immutable"}
_LIVE_FILE = re.compile(r"(?:init(\d{1,9})\.mp4|p(\d{1,12})\.(\d{1,6})\.m4s|s(\d{1,12})\.m4s)")
_REPLAY_FILE = re.compile(r"(?:init\d{1,9}\.mp4|s\d{1,9}\.m4s)")


@web.middleware
async def _open_to_pages(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Players run on the shop's pages, which have another origin; they must see refusals too."""
    try:
        answer = await handler(request)
    except web.HTTPException as refused:
        refused.headers.update(_CORS)
        raise
    if not answer.prepared:
        answer.headers.update(_CORS)
    return answer


class Viewing:
    def __init__(self, engine: Engine, secret: str) -> None:
        self._engine = engine
        self._secret = secret

    def app(self) -> web.Application:
        app = web.Application(middlewares=[_open_to_pages])
        app.router.add_get("/live/{name}.flv", self._http_flv)
        app.router.add_get("/live/{name}/ws.flv", self._socket_flv)
        app.router.add_get("/live/{name}/{list:master|plain}.m3u8", self._master)
        app.router.add_get("/live/{name}/{rung}/{list:index|plain}.m3u8", self._playlist)
        app.router.add_get("/live/{name}/{rung}/{file}", self._media)
        app.router.add_get("/replay/{name}/index.m3u8", self._replay)
        app.router.add_get("/replay/{name}/{file}", self._replay_media)
        return app

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
        for rung in stream.rungs.values():
            if rung.variant() is None:  # Just begun: let the first viewers know every rung.
                await rung.until(rung.packager.next_part()[0], 0, _MASTER_WAIT_S)
        file = "index.m3u8" if request.match_info["list"] == "master" else "plain.m3u8"
        text = stream.master(file, query)
        if text is None:
            raise web.HTTPNotFound(text="nothing to show yet")
        return web.Response(text=text, content_type=_PLAYLIST, headers=_FRESH)

    async def _playlist(self, request: web.Request) -> web.Response:
        stream, rung, query = self._rung(request)
        if request.match_info["list"] == "plain":
            text = playlists.plain(rung.packager, stream.epoch_at, query, is_ended=stream.is_ended)
        else:
            await self._block(request, rung)
            text = playlists.low_latency(
                rung.packager, stream.epoch_at, query, is_ended=stream.is_ended
            )
        return web.Response(text=text, content_type=_PLAYLIST, headers=_FRESH)

    async def _block(self, request: web.Request, rung: Rung) -> None:
        """Answer only when the asked part exists (blocking playlist reload)."""
        asked = request.query.get("_HLS_msn")
        if asked is None:
            return
        part = request.query.get("_HLS_part")
        if not asked.isdecimal() or not (part or "0").isdecimal() or len(asked) > 12:
            raise web.HTTPBadRequest(text="not a number")
        msn = int(asked)
        if msn > rung.packager.next_part()[0] + _AHEAD_MAX:
            raise web.HTTPBadRequest(text="too far ahead")
        await rung.until(msn, int(part[:6]) if part else None, _BLOCK_S)

    async def _media(self, request: web.Request) -> web.Response:
        _, rung, _ = self._rung(request)
        asked = _LIVE_FILE.fullmatch(request.match_info["file"])
        if asked is None:
            raise web.HTTPNotFound
        header, part_msn, part, msn = (int(n) if n else None for n in asked.groups())
        body: bytes | None = None
        if header is not None:
            body = rung.packager.headers.get(header)
        elif part_msn is not None and part is not None:
            body = await _part(rung, part_msn, part)
        elif msn is not None and (segment := rung.packager.segment(msn)) and segment.is_done:
            body = segment.payload
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
        if not _REPLAY_FILE.fullmatch(file) or not await asyncio.to_thread(path.is_file):
            raise web.HTTPNotFound(text="no recording")
        return web.FileResponse(path, headers=_KEPT | {"Content-Type": "video/mp4"})


async def _part(rung: Rung, msn: int, number: int) -> bytes | None:
    """A part; the one that was hinted at is waited for."""
    if (msn, number) == rung.packager.next_part():
        await rung.until(msn, number, _BLOCK_S)
    segment = rung.packager.segment(msn)
    if segment is None or number >= len(segment.parts):
        return None
    return segment.parts[number].payload


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
