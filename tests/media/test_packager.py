"""The promises that a player relies on, whatever the encoder does."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from bofen.media import flv
from bofen.media.flv import Tag
from bofen.media.packager import PART_MS, Packager
from bofen.media.window import Segment
from tests.media import words


def config(avcc: bytes = words.AVCC_720) -> Tag:
    return Tag(flv.VIDEO, 0, b"\x17\0\0\0\0" + avcc, is_config=True)


def picture(at: int, *, is_key: bool = False) -> Tag:
    return Tag(flv.VIDEO, at, words.KEY_FRAME if is_key else words.FRAME, is_key=is_key)


def sound(at: int) -> Tag:
    return Tag(flv.AUDIO, at, words.SOUND)


def packager(first_msn: int = 7) -> tuple[Packager, list[Segment]]:
    made = Packager(first_msn)
    closed: list[Segment] = []
    made.closed = closed.append
    made.take(config())
    made.take(Tag(flv.AUDIO, 0, words.AUDIO_CONFIG, is_config=True))
    return made, closed


def fed(gaps: list[int], keys: int, start: int = 0) -> list[Segment]:
    """Segments of pictures with these distances, every `keys`-th a key frame."""
    made, closed = packager()
    at = start
    for i, gap in enumerate(gaps):
        made.take(picture(at, is_key=i % keys == 0))
        made.take(sound(at))
        at += gap
    made.interrupt()
    return closed


steady = st.sampled_from([16, 17, 33, 34, 40, 41, 42, 66, 100, 250])


@settings(max_examples=60)
@given(st.lists(steady, min_size=2, max_size=200), st.integers(1, 90))
def test_parts_are_short_and_add_up(gaps: list[int], keys: int) -> None:
    for segment in fed(gaps, keys):
        assert all(part.duration_ms <= PART_MS for part in segment.parts)
        assert sum(part.duration_ms for part in segment.parts) == segment.duration_ms


@settings(max_examples=60)
@given(st.lists(steady, min_size=2, max_size=200), st.integers(1, 90))
def test_every_segment_begins_with_a_key_frame_where_the_last_one_ended(
    gaps: list[int], keys: int
) -> None:
    segments = fed(gaps, keys)

    assert all(segment.parts[0].is_independent for segment in segments)
    for before, after in itertools.pairwise(segments):
        assert after.head.at == before.head.at + before.duration_ms
        assert after.head.msn == before.head.msn + 1


@given(st.integers(0, 100_000), st.integers(5, 60))
def test_the_first_key_frame_is_kept(start: int, frames: int) -> None:
    first = fed([33] * frames, 250, start)[0]

    assert first.head.at == start
    assert words.KEY_FRAME[5:] in first.parts[0].payload
    assert len(first.parts) == -(-frames // 7)


def test_a_thirty_frame_stream_has_parts_of_seven_pictures() -> None:
    segment = fed([33, 33, 34] * 20, 30)[0]

    assert [part.duration_ms for part in segment.parts] == [233, 233, 234, 233, 67]


def test_a_part_is_told_of_as_soon_as_another_picture_would_not_fit() -> None:
    made, _ = packager()
    for i in range(8):
        made.take(picture(i * 33, is_key=i == 0))

    assert len(next(iter(made.window)).parts) == 1


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(1, 80), st.integers(0, 5_000), st.booleans()), min_size=1, max_size=8
    )
)
def test_numbers_are_never_used_twice(pushes: list[tuple[int, int, bool]]) -> None:
    made, closed = packager()
    at = 0
    for frames, pause, is_other in pushes:
        made.take(config(words.AVCC_1080 if is_other else words.AVCC_720))
        for i in range(frames):
            made.take(picture(at, is_key=i % 30 == 0))
            at += 33
        made.interrupt()
        at += pause
    numbers = [segment.head.msn for segment in closed]

    assert numbers == list(range(7, 7 + len(numbers)))


def test_a_reconnect_is_discontinuous_and_counted() -> None:
    made, closed = packager()
    for start in (0, 5_000, 9_000):
        for i in range(40):
            made.take(picture(start + i * 33, is_key=i % 30 == 0))
        made.interrupt()

    breaks = [(s.head.is_discontinuous, s.head.discontinuities) for s in closed]
    assert breaks == [(False, 0), (True, 1), (True, 2)]


def test_a_new_resolution_begins_a_new_header_at_the_key_frame() -> None:
    made, closed = packager()
    for i in range(10):
        made.take(picture(i * 33, is_key=i == 0))
    made.take(config(words.AVCC_1080))
    for i in range(10, 20):
        made.take(picture(i * 33, is_key=i == 15))
    made.interrupt()

    assert [s.map_no for s in closed] == [1, 2]
    assert closed[1].head.is_discontinuous
    assert closed[1].head.at == 15 * 33
    assert closed[0].tracks.header != closed[1].tracks.header


def test_without_key_frames_memory_stays_small() -> None:
    made, closed = packager()
    for i in range(3_000):
        made.take(picture(i * 33, is_key=i == 0))

    assert sum(len(s.parts) for s in made.window) < 400
    assert closed[0].duration_ms <= 4_480


def test_a_long_silence_of_the_encoder_is_a_discontinuity() -> None:
    made, closed = packager()
    for at, is_key in ((0, True), (33, False), (5_000, False), (5_033, True), (5_066, False)):
        made.take(picture(at, is_key=is_key))
    made.interrupt()

    assert [(s.head.at, s.duration_ms) for s in closed] == [(0, 66), (5_033, 66)]
    assert closed[1].head.is_discontinuous


def test_another_push_without_sound_has_none_in_its_header() -> None:
    made, closed = packager()
    made.begin()
    made.take(config())
    for i in range(10):
        made.take(picture(i * 33, is_key=i == 0))
        made.take(sound(i * 33))
    made.interrupt()

    assert words.SOUND[2:] not in closed[0].payload
    assert b"mp4a" not in closed[0].tracks.header


def test_a_rung_begins_and_counts_its_segments_like_its_source() -> None:
    source, _ = packager(100)
    rung = Packager(0, source)
    rung.take(config())
    for i in range(150):
        source.take(picture(i * 33, is_key=i % 30 == 0))
    for i in range(45, 150):
        rung.take(picture(i * 33 + 5, is_key=i % 30 == 0))

    msns = {s.head.msn: s.head.at for s in source.window}
    assert [s.head.msn for s in rung.window] == [101, 102]
    assert all(msns[s.head.msn] == s.head.at for s in rung.window)


def test_a_rung_that_missed_a_segment_starts_its_list_anew() -> None:
    source, _ = packager(100)
    rung = Packager(0, source)
    rung.take(config())
    for i in range(300):
        source.take(picture(i * 33, is_key=i % 31 == 0))
    for i in [*range(70), *range(200, 300)]:
        rung.take(picture(i * 33, is_key=i % 31 == 0))

    listed = rung.window.listed(whole_only=False)
    msns = [s.head.msn for s in listed]
    assert msns == list(range(msns[0], msns[0] + len(msns)))
    assert listed[0].head.at > 200 * 33
    assert rung.window.get(100) is not None, "who has the list from before still finds it"
