"""Foreign encoders: ffmpeg and GStreamer with what people set in them, and RTMP by hand."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise

import httpx
import pytest

from bofen.gateways.streams.protocol import PublishStopped, RecordReady, StreamNotice
from bofen.kit import clock
from bofen.media import flv
from bofen.media.engine import EngineRules
from bofen.media.ladder import RungSpec
from tests.media import words
from tests.media.conftest import FFMPEG, Open, Studio, hang_up, until
from tests.media.hls_reader import Player, read

SECONDS = 6.0
TONE = "-f lavfi -i sine=f=440:r={rate}"
X264 = "-c:v libx264 -preset ultrafast -threads 1"


@dataclass(frozen=True)
class Encoder:
    """`read` and `write` of an ffmpeg command; what its stream must look like."""

    read: str = ""
    write: str = ""
    pipeline: str = ""
    """For GStreamer instead, which names its multiplexer `mux`."""
    has_sound: bool = True
    fps: float = 30
    target_s: int = 2

    def command(self, url: str) -> list[str]:
        """The program and its words."""
        if self.pipeline:
            return ["gst-launch-1.0", "-q", "-e", *f"{self.pipeline} mux. ! {_SINK}{url}".split()]
        inputs = self.read.replace("-f lavfi", "-re -f lavfi")
        quiet = [FFMPEG, "-hide_banner", "-v", "error", *inputs.split(), *self.write.split()]
        return [*quiet, "-t", str(SECONDS), "-f", "flv", url]


_SINK = "rtmp2sink location="


def picture(size: str = "320x180", rate: int = 30) -> str:
    return f"-f lavfi -i testsrc2=s={size}:r={rate}"


GST_PICTURE = (
    f"videotestsrc is-live=true num-buffers={int(SECONDS * 30)}"
    " ! video/x-raw,format=I420,width=320,height=180,framerate=30/1"
)
GST_X264 = "x264enc speed-preset=ultrafast key-int-max=60 threads=1 bitrate=500"
GST_TONE = (
    f"audiotestsrc is-live=true num-buffers={int(SECONDS * 48000 / 1024)}"
    " ! audio/x-raw,rate=48000,channels=2 ! voaacenc ! aacparse"
)

ENCODERS = {
    "plain": Encoder(f"{picture()} {TONE.format(rate=48000)}", f"{X264} -g 60 -c:a aac"),
    "B-frames, 44.1 kHz": Encoder(
        f"{picture()} {TONE.format(rate=44100)}",
        "-c:v libx264 -preset veryfast -threads 1 -bf 3 -g 60 -c:a aac",
    ),
    "22.05 kHz mono": Encoder(
        f"{picture()} {TONE.format(rate=22050)}", f"{X264} -g 30 -c:a aac -ar 22050 -ac 1"
    ),
    "no sound": Encoder(picture(), f"{X264} -g 30", has_sound=False),
    "key frames only": Encoder(f"{picture()} {TONE.format(rate=48000)}", f"{X264} -g 1 -c:a aac"),
    "key frames ten seconds apart": Encoder(
        f"{picture()} {TONE.format(rate=48000)}",
        f"{X264} -g 300 -keyint_min 300 -sc_threshold 0 -c:a aac",
        target_s=4,
    ),
    "five pictures a second": Encoder(
        f"{picture(rate=5)} {TONE.format(rate=48000)}", f"{X264} -g 10 -c:a aac", fps=5
    ),
    "a rate that changes": Encoder(
        f"{picture()} {TONE.format(rate=48000)}",
        f"{X264} -vf select='if(lt(t\\,3)\\,1\\,not(mod(n\\,6)))' -fps_mode vfr -g 20 -c:a aac",
        fps=17,
    ),
    "4:4:4": Encoder(
        f"{picture()} {TONE.format(rate=48000)}", f"{X264} -pix_fmt yuv444p -g 30 -c:a aac"
    ),
    "an early clock near its wrap": Encoder(
        f"{picture()} {TONE.format(rate=48000)}",
        f"{X264} -g 30 -c:a aac -output_ts_offset 16774",
    ),
    "GStreamer": Encoder(
        pipeline=f"{GST_PICTURE} ! {GST_X264} ! flvmux streamable=true name=mux {GST_TONE} ! mux."
    ),
}


@asynccontextmanager
async def pushed(studio: Studio, name: str, encoder: Encoder) -> AsyncIterator[None]:
    studio.shop.keys[name] = "right"
    process = await asyncio.create_subprocess_exec(
        *encoder.command(studio.push_url(name)), stdin=asyncio.subprocess.DEVNULL
    )
    try:
        await until(lambda: studio.media.engine.is_live(name), 20)
        yield
        await asyncio.wait_for(process.wait(), 30)
        await until(lambda: bool(studio.shop.of(RecordReady)))
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


@pytest.mark.parametrize("kind", ENCODERS)
async def test_what_they_push_is_played_and_recorded_whole(studio: Studio, kind: str) -> None:
    encoder = ENCODERS[kind]
    async with pushed(studio, "foreign", encoder):
        base, _, query = studio.play("foreign").partition("/master.m3u8?")
        player = Player()
        reading = asyncio.create_task(read_live(player, f"{base}/source/index.m3u8?{query}"))
        tags = asyncio.create_task(read_flv(studio.play("foreign", "flv")))
    async with httpx.AsyncClient() as http:
        plain = read((await http.get(f"{base}/source/plain.m3u8?{query}")).text)
    studio.media.engine.streams["foreign"].end()
    found = await tags
    await reading

    assert reading.done()
    assert player.held is not None
    assert len(player.held.segments) > 1
    assert plain.target == encoder.target_s
    assert abs(plain.duration - SECONDS) < 0.4
    for track in (flv.VIDEO, flv.AUDIO):
        times = [at for known, at in found if known == track]
        assert times == sorted(times)
        assert bool(times) == (track == flv.VIDEO or encoder.has_sound)
        assert [(b, a) for b, a in pairwise(times) if a - b > 600] == []
    pictures, complaints = await decoded(
        studio.streams.replay_endpoint("foreign", clock.now(), 60).url
    )
    assert complaints == ""
    assert abs(pictures - encoder.fps * SECONDS) < 0.1 * encoder.fps * SECONDS + 2


async def read_live(player: Player, url: str) -> None:
    """Reloads as a player of low latency does, and checks each answer and each change."""
    next_part = ""
    async with httpx.AsyncClient(timeout=15) as http:
        while True:
            answer = await http.get(url + next_part)
            if answer.status_code != 200:
                return
            held = player.reload(answer.text)
            if held.is_ended:
                return
            msn, part = held.hint.partition(".m4s")[0].removeprefix("p").split(".")
            next_part = f"&_HLS_msn={msn}&_HLS_part={part}&_HLS_skip=YES"


async def read_flv(url: str) -> list[tuple[int, int]]:
    """Kind and time of each tag but headers, to the end of the stream."""
    async with httpx.AsyncClient(timeout=15) as http, http.stream("GET", url) as answer:
        pieces = []
        with suppress(httpx.RemoteProtocolError):
            pieces = [piece async for piece in answer.aiter_bytes()]
    data, position, found = b"".join(pieces), 13, []
    while position + 11 <= len(data):
        size = int.from_bytes(data[position + 1 : position + 4], "big")
        at = int.from_bytes(data[position + 4 : position + 7], "big") | data[position + 7] << 24
        if data[position + 12]:
            found.append((data[position], at))
        position += 15 + size
    return found


async def decoded(url: str) -> tuple[int, str]:
    """How many pictures ffmpeg decodes of a recording, and what it complains of."""
    process = await asyncio.create_subprocess_exec(
        *(FFMPEG, "-hide_banner", "-v", "error", "-i", url, "-progress", "pipe:1", "-f", "null"),
        "-",
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, complaints = await asyncio.wait_for(process.communicate(), 30)
    frames = [line for line in out.decode().splitlines() if line.startswith("frame=")]
    return int(frames[-1].removeprefix("frame=")), complaints.decode()


async def test_what_a_host_should_change_is_told_to_the_shop(studio: Studio) -> None:
    encoder = ENCODERS["4:4:4"]
    async with pushed(studio, "colours", encoder):
        studio.media.sweep()

    (notice,) = studio.shop.of(StreamNotice)
    assert (notice.code, notice.value) == ("chroma_not_420", 3)


def declared(master: str) -> dict[str, int]:
    """BANDWIDTH of each rung in the list of rungs."""
    lines = master.splitlines()
    return {
        line.partition("/")[0]: int(before.partition("BANDWIDTH=")[2].partition(",")[0])
        for before, line in pairwise(lines)
        if ".m3u8" in line
    }


async def test_a_rung_that_needs_more_than_its_source_is_not_offered(open_studio: Open) -> None:
    studio = await open_studio(rules=EngineRules(ladder=(RungSpec(480, 800),), rungs_max=1))
    encoder = Encoder(
        f"-f lavfi -i color=c=gray:s=1280x720:r=30 {TONE.format(rate=48000)}",
        f"{X264} -b:v 200k -g 30 -c:a aac -b:a 64k",
    )
    async with pushed(studio, "thin", encoder):
        stream = studio.media.engine.streams["thin"]
        await until(lambda: "480p" in stream.lower and stream.lower["480p"].is_playable(), 30)
        async with httpx.AsyncClient(timeout=10) as http:
            bandwidths = declared((await http.get(studio.play("thin"))).text)

    assert list(bandwidths) == ["source", "sound"]
    assert bandwidths["source"] < RungSpec(480, 800).bandwidth


async def test_each_rung_of_the_ladder_is_declared_and_plays(open_studio: Open) -> None:
    ladder = (RungSpec(480, 800), RungSpec(240, 240), RungSpec(1080, 3_000))
    studio = await open_studio(rules=EngineRules(ladder=ladder, rungs_max=4))
    encoder = Encoder(
        f"{picture('1280x720')} {TONE.format(rate=48000)}",
        f"{X264} -b:v 2500k -pix_fmt yuv444p -g 30 -c:a aac",
    )
    async with pushed(studio, "ladder", encoder):
        stream = studio.media.engine.streams["ladder"]
        await until(lambda: all(rung.is_playable() for rung in stream.rungs.values()), 20)
        async with httpx.AsyncClient(timeout=10) as http:
            master = (await http.get(studio.play("ladder"))).text
    bandwidths = declared(master)

    assert list(bandwidths) == ["source", "480p", "240p", "sound"]
    assert sorted(bandwidths.values(), reverse=True) == list(bandwidths.values())
    assert 340_000 <= bandwidths["240p"] <= 380_000
    for folder in ("480p", "240p"):
        window = stream.rungs[folder].packager.window
        assert window.peak_bps(lambda s: s.size) <= bandwidths[folder]
        assert all(s.tracks.video.chroma == 1 for s in window)
        heads = {s.head.msn: s.head.at for s in stream.source.packager.window}
        assert all(heads[s.head.msn] == s.head.at for s in window)


def by_hand(kind: str) -> bytes:
    """Ninety pictures with sound, written as some encoder writes them."""
    frames = [(i * 33, words.FRAME if i % 30 else words.KEY_FRAME) for i in range(90)]
    start = 0xFFFFFF - 1_500 if kind == "extended timestamps" else 0
    if kind == "extended timestamps, not repeated":
        start = 0xFFFFFF + 10
    out = words.message(0, 6, start, 9, words.VIDEO_CONFIG)
    out += words.message(0, 4, start, 8, words.AUDIO_CONFIG)
    if kind == "large chunks":
        out += words.message(0, 2, 0, 1, struct.pack(">I", 65_536), stream=0)
    repeats = kind != "extended timestamps, not repeated"
    for at, payload in frames:
        if kind == "aggregates":
            out += words.message(0, 6, start + at, 22, aggregate(at, payload))
            continue
        chunk = 65_536 if kind == "large chunks" else 128
        for channel, message_kind, body in ((6, 9, payload), (4, 8, words.SOUND)):
            out += words.message(
                *(0, channel, start + at, message_kind, body),
                chunk=chunk,
                repeats_extended=repeats,
            )
    return out


def aggregate(at: int, payload: bytes) -> bytes:
    body = b""
    for kind, data in ((9, payload), (8, words.SOUND)):
        body += bytes((kind,)) + len(data).to_bytes(3, "big") + at.to_bytes(3, "big") + bytes(4)
        body += data + struct.pack(">I", 11 + len(data))
    return body


@pytest.mark.parametrize(
    "kind",
    [
        "small chunks",
        "large chunks",
        "aggregates",
        "extended timestamps",
        "extended timestamps, not repeated",
    ],
)
async def test_rtmp_as_others_write_it_is_recorded_whole(studio: Studio, kind: str) -> None:
    studio.shop.keys["hand"] = "right"
    writer = await studio.push_raw("hand?key=right", by_hand(kind))
    await hang_up(writer)
    await until(lambda: bool(studio.shop.of(RecordReady)))

    (ready,) = studio.shop.of(RecordReady)
    assert ready.duration_ms == 90 * 33
    assert studio.shop.of(PublishStopped)[0].reason == "left"
    stream = studio.media.engine.streams["hand"]
    sent = b"".join(s.payload for s in stream.source.packager.window)
    assert sent.count(words.FRAME[5:]) + sent.count(words.KEY_FRAME[5:]) == 90
