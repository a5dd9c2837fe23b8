"""A streamer for the demo shop: drifting colours, a clock that really moves, a quiet chord."""

import asyncio
import contextlib
import sys
from importlib.metadata import distribution
from pathlib import Path

import imageio_ffmpeg

import bofen
from bofen.kit import log

_LAUNCH = Path(bofen.__file__).parent / "runtime" / "launch.py"
_FONT = "justmytype_intl_cjk/fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
_AGAIN_S = 2.0
_END_TIMEOUT_S = 2.0
_KILL = "9"
_COLOURS = "c0=0x2b1055:c1=0xd53369:c2=0xf2994a:c3=0x3a1c71"
_CHORD = (
    "0.015*(1+0.5*sin(2*PI*0.07*t))*(sin(2*PI*220*t)+0.8*sin(2*PI*277.18*t)+0.6*sin(2*PI*329.63*t))"
)
_log = log.get(__name__)


async def push_demo(push_url: str, ffmpeg: str = "") -> None:
    """Push to `push_url` until cancelled; begin again when the connection ends."""
    ffmpeg = ffmpeg or str(imageio_ffmpeg.get_ffmpeg_exe())
    while True:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, str(_LAUNCH), _KILL, "same", "--", ffmpeg, *arguments(push_url)),
            stdin=asyncio.subprocess.DEVNULL,
        )
        try:
            code = await process.wait()
        except asyncio.CancelledError:
            await _end(process)
            raise
        _log.warning("demo_stream_ended", code=code)
        await asyncio.sleep(_AGAIN_S)


def arguments(push_url: str) -> list[str]:
    """Colours are drawn small and enlarged, which costs a tenth of a core, encoder included."""
    picture = f"gradients=s=160x90:r=30:n=4:speed=0.006:seed=7:{_COLOURS}"
    read = ["-re", "-f", "lavfi", "-i", picture]
    read += ["-re", "-f", "lavfi", "-i", f"aevalsrc={_CHORD}:s=44100:c=mono"]
    video = "-c:v libx264 -preset ultrafast -tune zerolatency -profile:v baseline -threads 1"
    rate = "-b:v 1800k -maxrate 1800k -bufsize 1800k -g 60 -keyint_min 60"
    sound = "-c:a aac -b:a 64k -ac 2"
    write = ["-f", "flv", "-flvflags", "no_duration_filesize", push_url]
    head = ["-hide_banner", "-v", "fatal", "-nostats"]
    return [*head, *read, "-vf", _drawing(), *video.split(), *rate.split(), *sound.split(), *write]


def _drawing() -> str:
    font = str(distribution("justmytype-intl-cjk").locate_file(_FONT))
    look = f"fontfile='{font}':fontcolor=white:shadowcolor=black@0.35:shadowx=2:shadowy=3"
    texts = (
        f"drawtext={look}:fontsize=76:x=(w-tw)/2:y=h*0.24:text='播分 演示直播间'",
        f"drawtext={look}:fontsize=128:x=(w-tw)/2:y=h*0.42:text='%{{localtime\\:%T}}'",
        f"drawtext={look}:fontsize=34:x=(w-tw)/2:y=h*0.68:text='Bofen demo room · %{{pts\\:hms}}'",
        f"drawtext={look}:fontsize=54:x=w/2+w*0.36*sin(t*0.9)-tw/2:y=h*0.82:text='●'",
    )
    return ",".join(("scale=1280:720:flags=bilinear", "format=yuv420p", *texts))


async def _end(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _END_TIMEOUT_S)
    except TimeoutError:
        process.kill()
        await process.wait()
