"""The lower rung of a stream: an ffmpeg child, FLV in, FLV out, that may fail without harm.

It is fed by a pipe, so it ends when we do, however we end. It never holds up the source: above
4 MB of queue it is skipped to a later key frame, and when it dies it is started again, later.
"""

import asyncio
import contextlib

from bofen.kit import log
from bofen.media import flv
from bofen.media.errors import MalformedStream
from bofen.media.hub import Hub, Reader
from bofen.media.packager import Packager

SIDE = 480
"""The shorter side: phones push upright pictures."""
BITRATE_K = 800
_SCALE = f"scale=w='if(gt(iw,ih),-2,{SIDE})':h='if(gt(iw,ih),{SIDE},-2)'"
_END_TIMEOUT_S = 2.0
_RESTART_S = (1.0, 5.0, 30.0)
_log = log.get(__name__)


def arguments() -> list[str]:
    """What ffmpeg is asked: same clock, key frames where the source has them, sound untouched."""
    rate = f"{BITRATE_K}k"
    read = "-fflags nobuffer -flags low_delay -analyzeduration 300000 -probesize 200000"
    encode = (
        f"-c:v libx264 -preset veryfast -tune zerolatency -vf {_SCALE} -b:v {rate} "
        f"-maxrate {rate} -bufsize {rate} -force_key_frames source -g 600 -sc_threshold 0 "
        "-threads 1 -fps_mode passthrough -enc_time_base demux"
    )
    write = "-c:a copy -f flv -flvflags no_duration_filesize -flush_packets 1 pipe:1"
    return (
        f"-hide_banner -v error -nostats {read} -f flv -i pipe:0 -copyts "
        f"-map 0:v:0 -map 0:a:0? {encode} {write}"
    ).split()


class Slots:
    """How many rungs this machine transcodes at once. The source is never refused for it."""

    def __init__(self, count: int) -> None:
        self._free = count

    def take(self) -> bool:
        if self._free == 0:
            return False
        self._free -= 1
        return True

    def give_back(self) -> None:
        self._free += 1


class Transcoder:
    """Runs the child for as long as one push lives, and hands its tags to `packager`."""

    def __init__(self, ffmpeg: str, hub: Hub, packager: Packager) -> None:
        self._ffmpeg = ffmpeg
        self._hub = hub
        self._packager = packager
        self._task = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def _keep(self) -> None:
        for pause in (*_RESTART_S, None):
            try:
                await self._run()
            except (OSError, MalformedStream) as error:
                _log.warning("transcoder_failed", error=str(error))
            if pause is None:
                _log.error("transcoder_given_up")
                return
            await asyncio.sleep(pause)

    async def _run(self) -> None:
        process = await asyncio.create_subprocess_exec(
            self._ffmpeg,
            *arguments(),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=1 << 20,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        pipe = process.stdin
        reader = Reader(pipe.transport, lambda tag: tag.plain, pipe.close)
        pipe.write(self._hub.opening() + self._hub.backlog())
        self._hub.join(reader)
        try:
            await self._read(process.stdout)
        except asyncio.IncompleteReadError:
            pass
        finally:
            self._hub.leave(reader)
            self._packager.interrupt()
            await _end(process, pipe)

    async def _read(self, output: asyncio.StreamReader) -> None:
        await output.readexactly(len(flv.header(has_audio=True)))
        while True:
            kind, at, payload = await flv.read_tag(output)
            if kind in (flv.VIDEO, flv.AUDIO) and (tag := flv.read(kind, at, payload)):
                self._packager.take(tag)


async def _end(process: asyncio.subprocess.Process, pipe: asyncio.StreamWriter) -> None:
    pipe.close()
    with contextlib.suppress(ConnectionError, BrokenPipeError):
        await pipe.wait_closed()
    try:
        await asyncio.wait_for(process.wait(), _END_TIMEOUT_S)
    except (TimeoutError, asyncio.CancelledError):
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
