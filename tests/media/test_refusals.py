"""Who is sent away is told why in words, and so is the shop; who could do better is warned once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from bofen.gateways.streams.protocol import PublishStopped, PushRefused, StreamNotice
from bofen.media import flv
from bofen.media.codecs import VideoConfig, read_video_config
from bofen.media.door import Deadlines
from bofen.media.flv import Tag
from bofen.media.watch import Watch
from tests.media import words
from tests.media.conftest import FFMPEG, Open, Studio, hang_up, until, until_read

HEVC = "-c:v libx265 -preset ultrafast -x265-params log-level=error -f flv"


async def refused(studio: Studio, name: str, body: bytes, code: str) -> tuple[bytes, PushRefused]:
    """Push, keep on sending, and read to the orderly end of the connection."""
    reader, writer = await studio.connect()
    writer.write(words.HANDSHAKE + words.publish(f"{name}?key=right"))
    await until_read(reader, b"Publish.Start")
    writer.write(body + bytes(200_000))
    said = await asyncio.wait_for(reader.read(), 5)
    await until(lambda: any(r.code == code for r in studio.shop.of(PushRefused)))
    await hang_up(writer)
    return said, studio.shop.of(PushRefused)[-1]


@pytest.mark.parametrize(
    ("payload", "kind", "code", "words_said"),
    [
        (b"\x90hvc1\0\0\0\1", 9, "unsupported_video", b"only H.264"),
        (b"\x1c\0\0\0\0hevc", 9, "unsupported_video", b"only H.264"),
        (b"\x22mp3 of some kind", 8, "unsupported_sound", b"only AAC"),
        (b"\x17\0\0\0\0short", 9, "malformed", b"H.264 header is cut short"),
    ],
)
async def test_what_cannot_be_played_is_refused_in_words_and_without_a_reset(
    studio: Studio, payload: bytes, kind: int, code: str, words_said: bytes
) -> None:
    studio.shop.keys["odd"] = "right"
    body = words.message(0, 4, 0, 8, words.AUDIO_CONFIG) + words.message(0, 6, 0, kind, payload)
    body += words.message(0, 6, 0, 9, words.KEY_FRAME)

    said, told = await refused(studio, "odd", body, code)

    assert b"NetStream.Publish.Failed" in said
    assert words_said in said
    assert (told.name, told.session, told.code) == ("odd", "session of odd", code)
    assert words_said.decode() in told.why
    assert studio.shop.of(PublishStopped) == []


async def test_a_wrong_key_and_a_second_publisher_are_told_to_the_shop(studio: Studio) -> None:
    studio.shop.keys["taken"] = "right"
    first = await studio.push_raw("taken?key=right")
    for key, reason in (("wrong", b"key is wrong"), ("right", b"already live")):
        reader, writer = await studio.connect()
        writer.write(words.HANDSHAKE + words.publish(f"taken?key={key}"))
        assert reason in await asyncio.wait_for(reader.read(), 5)
        await hang_up(writer)
    await until(lambda: len(studio.shop.of(PushRefused)) == 2)

    assert [(r.code, r.session) for r in studio.shop.of(PushRefused)] == [
        ("wrong_key", ""),
        ("already_live", ""),
    ]
    assert studio.media.engine.is_live("taken")
    await hang_up(first)


async def test_sound_alone_is_warned_of_and_then_refused(
    open_studio: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bofen.media.watch._ALONE_S", 0.05)
    studio = await open_studio(deadlines=Deadlines(picture_s=0.3))
    studio.shop.keys["radio"] = "right"
    reader, writer = await studio.connect()
    writer.write(words.HANDSHAKE + words.publish("radio?key=right"))
    await until_read(reader, b"Publish.Start")
    async with sweeping(studio):
        for i in range(200):
            writer.write(words.message(0, 4, i * 21, 8, words.SOUND if i else words.AUDIO_CONFIG))
        said = await asyncio.wait_for(reader.read(), 5)
        await until(lambda: bool(studio.shop.of(PushRefused)))

    assert b"no H.264 picture came" in said
    (notice,) = studio.shop.of(StreamNotice)
    (told,) = studio.shop.of(PushRefused)
    assert (notice.code, notice.session, told.code) == (
        "audio_only",
        "session of radio",
        "no_picture",
    )
    await hang_up(writer)


@asynccontextmanager
async def sweeping(studio: Studio) -> AsyncIterator[None]:
    """The engine's clock, quicker than once a second."""

    async def sweep() -> None:
        while True:
            studio.media.sweep()
            await asyncio.sleep(0.02)

    task = asyncio.create_task(sweep())
    try:
        yield
    finally:
        task.cancel()


async def test_who_is_kicked_is_told_so(studio: Studio) -> None:
    studio.shop.keys["kicked"] = "right"
    reader, writer = await studio.connect()
    writer.write(words.HANDSHAKE + words.publish("kicked?key=right") + words.media(40))
    await until(lambda: studio.media.engine.is_live("kicked"))

    await studio.media.engine.kick("kicked")

    assert b"the shop has ended this broadcast" in await asyncio.wait_for(reader.read(), 5)
    await until(lambda: bool(studio.shop.of(PublishStopped)))
    assert studio.shop.of(PublishStopped)[0].reason == "kicked"
    assert studio.shop.of(PushRefused) == []
    await hang_up(writer)


async def test_a_refused_connection_is_closed_even_if_it_goes_on_sending(
    open_studio: Open,
) -> None:
    studio = await open_studio(deadlines=Deadlines(farewell_s=0.05))
    _, writer = await studio.connect()
    writer.write(words.HANDSHAKE + words.publish("nobody?key=k"))
    async with sweeping(studio):
        with suppress(ConnectionError):
            while studio.media.door.connections:
                writer.write(bytes(1_000))
                await writer.drain()
                await asyncio.sleep(0.01)
    await hang_up(writer)

    assert not studio.media.door.connections


async def test_ffmpeg_shows_its_user_why_hevc_is_refused(studio: Studio) -> None:
    studio.shop.keys["hevc"] = "right"
    process = await asyncio.create_subprocess_exec(
        *(
            FFMPEG,
            "-hide_banner",
            "-v",
            "error",
            "-re",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=r=10:s=320x180",
        ),
        *HEVC.split(),
        studio.push_url("hevc"),
        stdin=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await asyncio.wait_for(process.communicate(), 30)

    assert b"only H.264 video is accepted" in said
    assert b"reset by peer" not in said


PLAIN = read_video_config(words.AVCC_720)


def tag(kind: int, at: int, *, is_key: bool = False, size: int = 100) -> Tag:
    return Tag(kind, at, bytes(size), is_key=is_key)


def watched(
    feed: Callable[[Watch], Any], video: VideoConfig | None = PLAIN, now: float = 60
) -> list[tuple[str, int]]:
    watch = Watch(0)
    feed(watch)
    first = list(watch.findings(video, now))
    assert list(watch.findings(video, now)) == [], "each thing is said once"
    return [(code, value) for code, value in first]


def test_key_frames_that_are_too_far_apart_are_measured() -> None:
    def feed(watch: Watch) -> None:
        watch.see(tag(flv.AUDIO, 0), 0)
        for i in range(400):
            watch.see(tag(flv.VIDEO, i * 40, is_key=i % 208 == 0), 0)

    assert watched(feed) == [("gop_too_long", 8_320)]


def test_an_ordinary_push_is_not_warned_of_anything() -> None:
    def feed(watch: Watch) -> None:
        for i in range(900):
            watch.see(tag(flv.VIDEO, i * 33, is_key=i % 60 == 0, size=20_000), i * 0.033)
            watch.see(tag(flv.AUDIO, i * 33), i * 0.033)

    assert watched(feed) == []


def test_a_rate_that_phones_cannot_take_is_measured() -> None:
    def feed(watch: Watch) -> None:
        watch.see(tag(flv.AUDIO, 0), 0)
        for i in range(200):
            watch.see(tag(flv.VIDEO, i * 33, is_key=i % 60 == 0, size=50_000), i * 0.033)

    ((code, value),) = watched(feed)
    assert code == "bitrate_too_high"
    assert 11_000 < value < 13_000


def test_no_sound_and_colours_that_browsers_cannot_show() -> None:
    def feed(watch: Watch) -> None:
        watch.see(tag(flv.VIDEO, 0, is_key=True), 0)

    odd = VideoConfig(PLAIN.avcc, 1280, 720, chroma=3, depth=10)
    assert watched(feed, odd) == [("no_sound", 0), ("chroma_not_420", 3), ("depth_not_8", 10)]
