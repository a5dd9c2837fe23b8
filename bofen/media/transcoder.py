"""A lower rung of a stream: an ffmpeg child, FLV in, FLV out, that may fail without harm.

It is fed by a pipe, so it ends when we do, however we end. It never holds up the source: above
4 MB of queue it is skipped to a later key frame, and when it dies it is started again, later.
"""

import asyncio
import contextlib

from bofen.kit import log
from bofen.media import flv
from bofen.media.errors import MalformedStream
from bofen.media.hub import Hub, Reader
from bofen.media.ladder import RungSpec
from bofen.media.packager import Packager

_END_TIMEOUT_S = 2.0
_RESTART_S = (1.0, 5.0, 30.0)
_log = log.get(__name__)


def arguments(spec: RungSpec) -> list[str]:
    """What ffmpeg is asked: same clock, key frames where the source has them, 4:2:0 for all.

    The shorter side is the rung's: phones push upright pictures.
    """
    side, rate = spec.side, f"{spec.video_k}k"
    scale = f"scale=w='if(gt(iw,ih),-2,{side})':h='if(gt(iw,ih),{side},-2)',format=yuv420p"
    read = "-fflags nobuffer -flags low_delay -analyzeduration 300000 -probesize 200000"
    encode = (
        f"-c:v libx264 -preset veryfast -tune zerolatency -vf {scale} -b:v {rate} "
        f"-maxrate {rate} -bufsize {spec.video_k // 2}k -force_key_frames source -g 600 "
        "-sc_threshold 0 -threads 1 -fps_mode passthrough -enc_time_base:v demux"
    )
    sound = f"-c:a aac -b:a {spec.sound_k}k -ac 1" if spec.sound_k else "-c:a copy"
    write = "-f flv -flvflags no_duration_filesize -flush_packets 1 pipe:1"
    return (
        f"-hide_banner -v error -nostats {read} -f flv -i pipe:0 -copyts "
        f"-map 0:v:0 -map 0:a:0? {encode} {sound} {write}"
    ).split()


class Slots:
    """How many rungs this machine transcodes at once. The source is never refused for it."""

    def __init__(self, count: int) -> None:
        self._free = count

    def take(self) -> bool:
        """Whether there was one; give it back with `give_back`."""
        if self._free == 0:
            return False
        self._free -= 1
        return True

    def give_back(self, count: int) -> None:
        """So many that were taken are free again."""
        self._free += count


class Transcoder:
    """Runs the child for as long as one push lives, and hands its tags to `packager`."""

    def __init__(self, ffmpeg: str, spec: RungSpec, hub: Hub, packager: Packager) -> None:
        self._ffmpeg = ffmpeg
        self._spec = spec
        self._hub = hub
        self._packager = packager
        self._renewing: asyncio.Event = asyncio.Event()
        self._task = asyncio.create_task(self._keep())

    def renew(self) -> None:
        """The source's headers changed: a child keeps the tracks and sizes it began with."""
        self._renewing.set()

    async def stop(self) -> None:
        """End the child; what it has given out stays playable."""
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def _keep(self) -> None:
        failures = 0
        while True:
            self._renewing.clear()
            try:
                await self._run()
            except (OSError, MalformedStream) as error:
                _log.warning("transcoder_failed", error=str(error))
            except Exception:  # noqa: BLE001 - contained and logged
                _log.exception("transcoder_failed")
            if self._renewing.is_set():
                continue
            if failures == len(_RESTART_S):
                _log.error("transcoder_given_up")
                return
            await asyncio.sleep(_RESTART_S[failures])
            failures += 1

    async def _run(self) -> None:
        process = await asyncio.create_subprocess_exec(
            self._ffmpeg,
            *arguments(self._spec),
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
        reading = asyncio.create_task(self._read(process.stdout))
        renewing = asyncio.create_task(self._renewing.wait())
        try:
            await asyncio.wait({reading, renewing}, return_when=asyncio.FIRST_COMPLETED)
            if reading.done():
                reading.result()
        finally:
            reading.cancel()
            renewing.cancel()
            self._hub.leave(reader)
            self._packager.begin()
            await _end(process, pipe)

    async def _read(self, output: asyncio.StreamReader) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError):
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
