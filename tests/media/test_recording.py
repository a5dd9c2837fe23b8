"""A recording survives whatever cuts it, and never eats the disk."""

from datetime import UTC, datetime
from pathlib import Path

from bofen.gateways.streams.protocol import PublishStopped, RecordReady
from bofen.kit.settings import Settings
from bofen.media import playlists
from bofen.media.recording import Journal, RecordingLimits, Recordings, Written, read_journal
from bofen.media.serve import Media
from tests.media.conftest import Open, until

AT = datetime(2026, 6, 1, 4, tzinfo=UTC)


def written(map_no: int = 1, *, breaks: bool = False) -> Written:
    return Written(b"moof" * 100, b"moov", map_no, 2_000, breaks, AT)


async def record(recordings: Recordings, name: str, count: int) -> Journal:
    recording = recordings.begin(name, "push", "session")
    for _ in range(count):
        recording.add(written())
    journal = await recording.close()
    assert journal is not None
    return journal


async def test_a_second_push_goes_on_where_the_first_ended(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    await record(recordings, "a", 3)

    journal = await record(recordings, "a", 2)

    assert [s.no for s in journal.segments] == [0, 1, 2, 3, 4]
    assert [s.is_discontinuous for s in journal.segments] == [False, False, False, True, False]
    assert [s.map_no for s in journal.segments] == [1, 1, 1, 2, 2]
    assert (journal.duration_ms, journal.size_bytes) == (10_000, 2_000)


async def test_half_a_line_is_ignored_and_the_rest_plays(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    await record(recordings, "a", 2)
    path = tmp_path / "a" / "journal.jsonl"
    path.write_text(path.read_text().replace('{"closed": true}\n', "") + '{"no": 2, "map"')

    (cut,) = await recordings.close_cut()

    assert len(cut.segments) == 2
    assert await recordings.close_cut() == []
    assert len((await record(recordings, "a", 1)).segments) == 3


async def test_a_full_quota_stops_the_recording_and_nothing_else(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path, RecordingLimits(total_bytes_max=1_000, free_bytes_min=0))

    journal = await record(recordings, "a", 20)
    later = await record(recordings, "b", 5)

    assert len(journal.segments) == 16
    assert later.segments == ()


async def test_no_room_on_the_disk_means_no_recording(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path, RecordingLimits(free_bytes_min=1 << 60))

    assert (await record(recordings, "a", 2)).segments == ()


async def test_nothing_recorded_is_no_journal(tmp_path: Path) -> None:
    assert read_journal(tmp_path / "never") is None
    assert await Recordings(tmp_path).journal("never") is None


async def test_after_a_crash_the_shop_is_told_what_was_saved(open_studio: Open) -> None:
    studio = await open_studio()
    await record(Recordings(studio.home / "recordings"), "cut", 2)
    path = studio.home / "recordings/cut/journal.jsonl"
    path.write_text(path.read_text().replace('{"closed": true}\n', ""))

    await studio.media.engine.start()
    await until(lambda: bool(studio.shop.of(RecordReady)))

    stopped, ready = studio.shop.told
    assert isinstance(stopped, PublishStopped)
    assert isinstance(ready, RecordReady)
    assert (stopped.reason, stopped.push_id, stopped.session) == ("restart", "push", "session")
    assert (ready.duration_ms, ready.started_at) == (4_000, AT)


def test_the_replay_list_is_finished_and_marks_the_breaks(tmp_path: Path) -> None:
    del tmp_path
    segments = [
        playlists.Recorded(0, 1, 2_000, False, AT),
        playlists.Recorded(1, 2, 8_300, True, AT),
    ]

    lines = playlists.replay(segments, "expires=1&sign=2").splitlines()

    assert "#EXT-X-TARGETDURATION:8" in lines
    assert lines.count("#EXT-X-DISCONTINUITY") == 1
    assert 'init2.mp4?expires=1&sign=2"' in "".join(lines)
    assert lines[-2:] == ["s1.m4s?expires=1&sign=2", "#EXT-X-ENDLIST"]


async def test_the_engine_lives_in_its_own_home(tmp_path: Path) -> None:
    media = Media(Settings(home=tmp_path, rtmp_port=0, media_port=0))
    await media.start()
    await media.close()

    assert not (tmp_path / "recordings").exists()
