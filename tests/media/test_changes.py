"""Encoders that change their mind: headers that change or come late, clocks that step."""

import asyncio
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from bofen.gateways.streams.protocol import (
    PublishStarted,
    PublishStopped,
    PushRefused,
    RecordReady,
)
from bofen.media.engine import EngineRules
from bofen.media.packager import Packager
from bofen.media.stream import Stream
from tests.media import words
from tests.media.conftest import Open, Studio, hang_up, until
from tests.media.hls_reader import Playlist, read

SOUND_22K = b"\xaf\0" + words.ASC_22K


def pictures(start: int, count: int, *, sounds: bool = True, gap: int = 33) -> bytes:
    """Thirty to a key frame."""
    out = b""
    for i in range(count):
        at = start + i * gap
        out += words.message(0, 6, at, 9, words.FRAME if i % 30 else words.KEY_FRAME)
        if sounds:
            out += words.message(0, 4, at, 8, words.SOUND)
    return out


def config(at: int, payload: bytes) -> bytes:
    is_sound = payload[0] == words.AUDIO_CONFIG[0]
    return words.message(0, 4 if is_sound else 6, at, 8 if is_sound else 9, payload)


async def begin(studio: Studio, name: str, body: bytes) -> tuple[asyncio.StreamWriter, Stream]:
    studio.shop.keys[name] = "right"
    writer = await studio.push_raw(f"{name}?key=right", body)
    return writer, studio.media.engine.streams[name]


async def listed(studio: Studio, name: str, rung: str = "source") -> tuple[Playlist, list[bytes]]:
    """The whole segments of a rung as an independent reader sees them, and their headers."""
    base = studio.play(name).partition("/master")[0]
    query = studio.play(name).partition("?")[2]
    async with httpx.AsyncClient(timeout=10) as http:
        found = read((await http.get(f"{base}/{rung}/plain.m3u8?{query}")).text)
        names = dict.fromkeys(segment.map_uri for segment in found.segments)
        headers = [(await http.get(f"{base}/{rung}/{uri}")).content for uri in names]
    return found, headers


async def test_sound_that_changes_its_rate_gets_a_header_of_its_own(studio: Studio) -> None:
    body = words.media(90) + config(3_000, SOUND_22K) + pictures(3_000, 90)

    writer, _ = await begin(studio, "rates", body)
    await hang_up(writer)
    await until(lambda: bool(studio.shop.of(RecordReady)))
    found, headers = await listed(studio, "rates")

    assert [words.ASC_48K in header for header in headers] == [True, False]
    assert [words.ASC_22K in header for header in headers] == [False, True]
    assert [s.is_marked for s in found.segments].count(True) == 1
    assert len(studio.shop.of(PublishStarted)) == len(studio.shop.of(PublishStopped)) == 1
    assert studio.shop.of(PushRefused) == []


async def test_another_size_begins_anew_at_once(studio: Studio) -> None:
    body = words.media(75) + config(2_475, words.video_config(words.AVCC_1080))
    writer, _ = await begin(studio, "sizes", body + pictures(2_475, 60))
    await hang_up(writer)
    await until(lambda: bool(studio.shop.of(RecordReady)))
    found, headers = await listed(studio, "sizes")

    assert len(headers) == 2
    assert words.AVCC_1080 in headers[1]
    assert [s.is_marked for s in found.segments].count(True) == 1
    assert abs(found.duration - 4.455) < 0.1


@pytest.mark.parametrize("late_ms", [600, 3_000, 7_000])
async def test_sound_that_comes_late_is_heard(studio: Studio, late_ms: int) -> None:
    count = late_ms // 33
    silent = words.message(0, 6, 0, 9, words.VIDEO_CONFIG) + pictures(0, count, sounds=False)
    body = silent + config(late_ms, words.AUDIO_CONFIG) + pictures(count * 33, 120)

    writer, stream = await begin(studio, "late", body)
    await until(lambda: words.SOUND in stream.hub.backlog())
    await hang_up(writer)
    await until(lambda: bool(studio.shop.of(RecordReady)))
    _, headers = await listed(studio, "late")
    last = stream.source.packager.window.newest

    assert [b"mp4a" in header for header in headers] == [False, True]
    assert last is not None
    assert words.SOUND[2:] in last.payload
    assert words.SOUND[2:] in last.sound


async def test_a_picture_that_comes_late_is_shown(studio: Studio) -> None:
    heard = b"".join(words.message(0, 4, i * 21, 8, words.SOUND) for i in range(160))
    body = config(0, words.AUDIO_CONFIG) + heard + config(3_360, words.VIDEO_CONFIG)

    writer, stream = await begin(studio, "seen", body + pictures(3_360, 90))
    await until(lambda: any(s.is_done for s in stream.source.packager.window))
    _, headers = await listed(studio, "seen")

    assert b"mp4a" in headers[0]
    assert b"avc1" in headers[0]
    await hang_up(writer)


async def test_readers_of_flv_get_the_header_that_came_late(studio: Studio) -> None:
    silent = words.message(0, 6, 0, 9, words.VIDEO_CONFIG) + pictures(0, 30, sounds=False)
    writer, stream = await begin(studio, "flv", silent)
    async with httpx.AsyncClient() as http, http.stream("GET", studio.play("flv", "flv")) as viewer:
        await until(lambda: bool(stream.hub.readers))
        writer.write(config(1_000, words.AUDIO_CONFIG) + pictures(1_000, 30))
        got = b""
        async for piece in viewer.aiter_bytes():
            got += piece
            if words.SOUND in got:
                break

    assert got.index(words.AUDIO_CONFIG) < got.index(words.SOUND)
    await hang_up(writer)


@pytest.mark.parametrize("step", [-5_000, -1_500, -400, 400, 8_000, 2**31, 2**32 - 2_000])
async def test_a_clock_that_steps_leaves_neither_hole_nor_overlap(
    studio: Studio, step: int
) -> None:
    later = (20_000 + 60 * 33 + step) % 2**32
    body = words.media(60, start=20_000) + pictures(later, 90)

    writer, _ = await begin(studio, "steps", body)
    await hang_up(writer)
    await until(lambda: bool(studio.shop.of(RecordReady)))
    found, _ = await listed(studio, "steps")

    assert abs(found.duration - 150 * 0.033) < 0.1
    assert [s.is_marked for s in found.segments].count(True) == 1
    first, last = found.segments[0].began_at, found.segments[-1].began_at
    assert first is not None
    assert last is not None
    assert (last - first).total_seconds() < 5


async def test_a_fault_of_ours_ends_one_push_and_is_told(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, _ = await begin(studio, "other", words.media(40))
    take = Packager.take

    def fail(packager: Packager, tag: Any) -> None:
        if tag.payload.endswith(b"poison"):
            raise ZeroDivisionError
        take(packager, tag)

    monkeypatch.setattr(Packager, "take", fail)
    writer, _ = await begin(studio, "faulty", words.media(70))
    writer.write(words.message(0, 6, 2_400, 9, words.FRAME + b"poison"))
    await until(lambda: bool(studio.shop.of(RecordReady)))

    (refused,) = studio.shop.of(PushRefused)
    (stopped,) = studio.shop.of(PublishStopped)
    assert (refused.name, refused.code, refused.session) == (
        "faulty",
        "engine_fault",
        "session of faulty",
    )
    assert (stopped.name, stopped.reason) == ("faulty", "fault")
    assert studio.media.engine.is_live("other")
    again, stream = await begin(studio, "faulty", words.media(70))
    await until(lambda: stream.source.packager.window.newest is not None)
    await hang_up(writer)
    await hang_up(again)
    await hang_up(other)


async def test_a_packager_that_fails_at_the_end_does_not_poison_the_next_push(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, stream = await begin(studio, "poisoned", words.media(70))
    close = Packager._close
    failures: list[int] = []

    def fail(packager: Packager) -> None:
        if not failures:
            failures.append(1)
            raise ZeroDivisionError
        close(packager)

    monkeypatch.setattr(Packager, "_close", fail)
    await hang_up(writer)
    await until(lambda: bool(studio.shop.of(RecordReady)))

    assert failures
    assert len(studio.shop.of(PublishStopped)) == 1
    before = stream.source.packager.next_part()
    again, _ = await begin(studio, "poisoned", words.media(70))
    await until(lambda: stream.source.packager.next_part() > before)
    await hang_up(again)


scenes = st.lists(
    st.one_of(
        st.builds(lambda n: ("pictures", n), st.integers(1, 60)),
        st.builds(lambda n: ("silent", n), st.integers(1, 60)),
        st.sampled_from([("sound", words.AUDIO_CONFIG), ("sound", SOUND_22K)]),
        st.sampled_from(
            [("size", words.VIDEO_CONFIG), ("size", words.video_config(words.AVCC_1080))]
        ),
        st.builds(lambda n: ("step", n), st.integers(-20_000, 20_000)),
    ),
    min_size=1,
    max_size=10,
)


def composed(played: list[tuple[str, Any]]) -> bytes:
    """A whole and valid session in which everything may change at any time."""
    out, at = words.media(30), 990
    for what, value in played:
        match what:
            case "pictures" | "silent":
                out += pictures(at % 2**32, value, sounds=what == "pictures")
                at += value * 33
            case "step":
                at = max(0, at + value)
            case _:
                out += config(at % 2**32, value)
    return out


async def test_valid_sessions_of_changing_headers_all_end_well(open_studio: Open) -> None:
    """Two hundred sessions; each is recorded to its end and no exception escapes."""
    studio = await open_studio(rules=EngineRules(rungs_max=0, tries_per_minute=10_000))
    errors: list[object] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: errors.append(context))

    for number, played in enumerate(drawn(200)):
        name = f"drawn{number % 20}"
        writer, stream = await begin(studio, name, composed(played))
        await hang_up(writer)
        await until(lambda: len(studio.shop.of(PublishStopped)) == number + 1)  # noqa: B023
        assert all(s.duration_ms <= 4_480 for s in stream.source.packager.window)
        found, _ = await listed(studio, name)
        assert found.segments
    loop.set_exception_handler(None)

    assert errors == []
    assert studio.shop.of(PushRefused) == []
    assert {stopped.reason for stopped in studio.shop.of(PublishStopped)} == {"left"}


def drawn(count: int) -> list[list[tuple[str, Any]]]:
    """Hypothesis' examples, gathered outside the event loop's reach."""
    found: list[list[tuple[str, Any]]] = []

    @seed(20260602)
    @settings(max_examples=count, database=None, suppress_health_check=list(HealthCheck))
    @given(scenes)
    def gather(played: list[tuple[str, Any]]) -> None:
        found.append(played)

    gather()
    return found[:count]
