"""What viewers fetch, as a reader of the RFC asks for it over HTTP."""

import asyncio
import re
from contextlib import suppress

import httpx
import pytest

from bofen.gateways.streams.protocol import RecordReady
from bofen.media.guard import HttpLimits
from bofen.media.stream import Stream
from tests.media import words
from tests.media.conftest import Open, Studio, hang_up, until
from tests.media.hls_reader import Player, attributes, read


async def on_air(
    studio: Studio, name: str, frames: int = 100
) -> tuple[asyncio.StreamWriter, Stream]:
    studio.shop.keys[name] = "right"
    writer = await studio.push_raw(f"{name}?key=right", words.media(frames))
    return writer, studio.media.engine.streams[name]


def address(studio: Studio, name: str, path: str, more: str = "") -> str:
    base, _, query = studio.play(name).partition("/master.m3u8?")
    return f"{base}/{path}?{query}{more}"


async def get(url: str, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(timeout=15) as http:
        return await http.get(url, headers=headers)


async def test_a_plain_list_waits_for_its_first_segment(studio: Studio) -> None:
    writer, _ = await on_air(studio, "slow", 20)

    asking = asyncio.create_task(get(address(studio, "slow", "plain.m3u8")))
    inner = asyncio.create_task(get(address(studio, "slow", "source/plain.m3u8")))
    await until(lambda: studio.media.engine.streams["slow"].source.packager.next_part()[1] > 0)
    assert not asking.done()
    writer.write(words.media(100, start=660))
    master, first = await asyncio.gather(asking, inner)

    assert "source/plain.m3u8" in master.text
    assert read(first.text).segments[0].is_whole
    await hang_up(writer)


async def test_a_list_that_never_gets_a_segment_is_not_found(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bofen.media.viewing._FIRST_WAIT_S", 0.1)
    writer, _ = await on_air(studio, "none", 20)

    for path in ("plain.m3u8", "master.m3u8", "source/plain.m3u8", "source/index.m3u8"):
        assert (await get(address(studio, "none", path))).status_code == 404
    await hang_up(writer)


async def test_the_list_of_rungs_declares_what_is_there(studio: Studio) -> None:
    writer, _ = await on_air(studio, "rungs")
    master = (await get(studio.play("rungs"))).text

    lines = master.splitlines()
    found = dict(
        zip(lines[3::2], (attributes(line.partition(":")[2]) for line in lines[2::2]), strict=True)
    )
    by_folder = {uri.partition("/")[0]: facts for uri, facts in found.items()}
    assert list(by_folder) == ["source", "sound"]
    assert by_folder["source"]["CODECS"] == "avc1.42c01f,mp4a.40.2"
    assert by_folder["source"]["RESOLUTION"] == "1280x720"
    assert by_folder["source"]["FRAME-RATE"] == "30.303"
    assert by_folder["sound"]["CODECS"] == "mp4a.40.2"
    assert "RESOLUTION" not in by_folder["sound"]
    assert 0 < int(by_folder["sound"]["BANDWIDTH"]) < int(by_folder["source"]["BANDWIDTH"])
    for folder, facts in by_folder.items():
        shown = read((await get(address(studio, "rungs", f"{folder}/plain.m3u8"))).text)
        for segment in shown.segments:
            size = len(
                (
                    await get(address(studio, "rungs", f"{folder}/{segment.uri.partition('?')[0]}"))
                ).content
            )
            assert size * 8 / segment.duration <= int(facts["BANDWIDTH"])
    await hang_up(writer)


async def test_who_only_listens_gets_the_same_segments_without_pictures(studio: Studio) -> None:
    writer, _ = await on_air(studio, "heard")
    shown = read((await get(address(studio, "heard", "sound/index.m3u8"))).text)
    source = read((await get(address(studio, "heard", "source/index.m3u8"))).text)
    header = (
        await get(address(studio, "heard", f"sound/{shown.segments[0].map_uri.partition('?')[0]}"))
    ).content
    body = (
        await get(address(studio, "heard", f"sound/{shown.segments[0].uri.partition('?')[0]}"))
    ).content

    assert [s.uri for s in shown.segments] == [s.uri for s in source.segments]
    assert b"mp4a" in header
    assert b"avc1" not in header
    assert words.SOUND[2:] in body
    assert words.KEY_FRAME[5:] not in body
    await hang_up(writer)


async def test_without_sound_there_is_nothing_to_listen_to(studio: Studio) -> None:
    studio.shop.keys["mute"] = "right"
    body = words.message(0, 6, 0, 9, words.VIDEO_CONFIG)
    for i in range(100):
        body += words.message(0, 6, i * 33, 9, words.FRAME if i % 30 else words.KEY_FRAME)
    writer = await studio.push_raw("mute?key=right", body)

    master = await get(studio.play("mute"))
    header = await get(address(studio, "mute", "sound/init1.mp4"))

    assert "sound" not in master.text
    assert 'CODECS="avc1.42c01f"' in master.text
    assert header.status_code == 404
    await hang_up(writer)


async def test_blocking_reload_answers_as_the_rfc_says(studio: Studio) -> None:
    writer, stream = await on_air(studio, "block")
    msn, part = stream.source.packager.next_part()
    path = "source/index.m3u8"

    wrong = [
        "&_HLS_part=0",
        "&_HLS_msn=x",
        "&_HLS_msn=-1",
        f"&_HLS_msn={msn}&_HLS_part=x",
        f"&_HLS_msn={msn + 3}",
        "&_HLS_msn=" + "9" * 13,
        "&_HLS_msn=²",
    ]
    assert {(await get(address(studio, "block", path, more))).status_code for more in wrong} == {
        400
    }
    asking = asyncio.create_task(
        get(address(studio, "block", path, f"&_HLS_msn={msn}&_HLS_part={part}"))
    )
    await until(lambda: stream.source.watchers == 1)
    writer.write(words.media(60, start=3_300))
    found = read((await asking).text)
    assert any(f"p{msn}.{part}.m4s" in p.uri for s in found.segments for p in s.parts)
    await hang_up(writer)


async def test_delta_updates_and_reports_serve_a_client_that_reloads(studio: Studio) -> None:
    writer, stream = await on_air(studio, "delta", 900)
    await until(lambda: len(stream.source.packager.window) > 12)
    player = Player()
    whole = player.reload((await get(address(studio, "delta", "source/index.m3u8"))).text)
    writer.write(words.media(60, start=29_700))
    msn, _ = stream.source.packager.next_part()
    later = await get(
        address(studio, "delta", "source/index.m3u8", f"&_HLS_msn={msn}&_HLS_skip=YES")
    )
    held = player.reload(later.text)

    assert read(later.text).skipped > 0
    assert held.segments[-1].msn > whole.segments[-1].msn
    (report,) = held.reports
    assert report["URI"].startswith("../sound/index.m3u8?")
    assert int(report["LAST-MSN"]) >= whole.segments[-1].msn
    await hang_up(writer)


async def test_lists_are_compressed_for_those_who_take_it(studio: Studio) -> None:
    writer, _ = await on_air(studio, "small", 900)
    for path in ("master.m3u8", "source/index.m3u8", "source/plain.m3u8"):
        url = address(studio, "small", path)
        small, large = await get(url), await get(url, **{"Accept-Encoding": "identity"})
        assert small.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in small.headers["Vary"]
        assert "Content-Encoding" not in large.headers
        assert (
            read(small.text) == read(large.text) if "source" in path else small.text == large.text
        )
        if "source" in path:
            assert int(small.headers["Content-Length"]) * 4 < int(large.headers["Content-Length"])
    await hang_up(writer)


async def test_an_old_list_still_leads_to_its_segments(studio: Studio) -> None:
    writer, stream = await on_air(studio, "paused", 600)
    await until(lambda: len(stream.source.packager.window) > 8)
    old = read((await get(address(studio, "paused", "source/plain.m3u8"))).text)
    for start in range(600, 1_100, 100):
        writer.write(words.media(100, start=start * 33))
    await until(lambda: stream.source.packager.next_part()[0] > old.segments[-1].msn + 8)
    now = read((await get(address(studio, "paused", "source/plain.m3u8"))).text)

    assert now.first_msn > old.segments[0].msn
    files = [old.segments[0].map_uri, *(segment.uri for segment in old.segments)]
    for file in files:
        path = f"source/{file.partition('?')[0]}"
        assert (await get(address(studio, "paused", path))).status_code == 200, file
    await hang_up(writer)


async def test_the_end_is_an_end_of_every_list(studio: Studio) -> None:
    writer, stream = await on_air(studio, "ended")
    await hang_up(writer)
    await until(lambda: bool(studio.shop.of(RecordReady)))
    stream.end()

    for rung in ("source", "sound"):
        for file in ("index", "plain"):
            text = (await get(address(studio, "ended", f"{rung}/{file}.m3u8"))).text
            assert read(text).is_ended


async def test_silent_and_dripping_callers_are_cut_and_viewers_are_not(open_studio: Open) -> None:
    studio = await open_studio(limits=HttpLimits(idle_s=0.3))
    writer, stream = await on_air(studio, "guarded")
    port = studio.media.http_port
    silent = await asyncio.open_connection("127.0.0.1", port)
    dripping = await asyncio.open_connection("127.0.0.1", port)
    async with (
        httpx.AsyncClient() as http,
        http.stream("GET", studio.play("guarded", "flv")) as flv,
    ):
        await until(lambda: bool(stream.hub.readers))
        drip = asyncio.create_task(dripped(dripping[1]))
        await asyncio.gather(until_cut(silent[0]), until_cut(dripping[0]))
        assert flv.status_code == 200
        assert stream.hub.readers
    drip.cancel()
    for _, other in (silent, dripping):
        await hang_up(other)
    await hang_up(writer)


async def dripped(writer: asyncio.StreamWriter) -> None:
    """A request that never comes to its end."""
    writer.write(b"GET / HTTP/1.1\r\nX-Slow: ")
    while not writer.is_closing():
        writer.write(b"1")
        await asyncio.sleep(0.02)


async def until_cut(reader: asyncio.StreamReader) -> None:
    with suppress(ConnectionError):
        assert await asyncio.wait_for(reader.read(), 3) == b""


async def test_bytes_that_are_no_text_in_a_signature_are_forbidden(studio: Studio) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", studio.media.http_port)
    for header in (b"X-Bofen-Signature", b"X-Bofen-Timestamp"):
        writer.write(b"GET /control/live HTTP/1.1\r\nHost: x\r\n" + header + b": \xff\r\n\r\n")
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        assert re.match(rb"HTTP/1.1 403", answer)
        length = re.search(rb"Content-Length: (\d+)", answer)
        assert length is not None
        await reader.readexactly(int(length[1]))
    writer.close()
