"""The stream's own clock."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bofen.media import flv
from bofen.media.timeline import STEP_MS, Timeline

USUAL_MAX_MS = 500
tags = st.tuples(
    st.sampled_from([flv.VIDEO, flv.AUDIO]),
    st.one_of(st.integers(-1_000, 1_000), st.integers(0, 2**32 - 1)),
    st.integers(0, 20_000),
)


def placed(tags: list[tuple[int, int, int]], *, as_steps: bool) -> list[tuple[int, int, int]]:
    """Kind, place and wall clock of each tag: kind, timestamp or step from the last, pause."""
    timeline, now, timestamp, found = Timeline(0), 0, 0, []
    for kind, given_ms, waited in tags:
        now += waited
        timestamp = (timestamp + given_ms if as_steps else given_ms) % 2**32
        found.append((kind, timeline.place(kind, timestamp, now).at, now))
    return found


@given(st.lists(tags, max_size=60), st.booleans())
def test_no_track_ever_goes_back(given_tags: list[tuple[int, int, int]], as_steps: bool) -> None:
    found = placed(given_tags, as_steps=as_steps)

    for kind in (flv.VIDEO, flv.AUDIO):
        places = [at for known, at, _ in found if known == kind]
        assert places == sorted(places)
        assert all(at >= 0 for at in places)


@given(st.lists(tags, max_size=60), st.booleans())
def test_no_hole_is_longer_than_the_real_pause(
    given_tags: list[tuple[int, int, int]],
    as_steps: bool,
) -> None:
    found = placed(given_tags, as_steps=as_steps)

    for kind in (flv.VIDEO, flv.AUDIO):
        track = [(at, now) for known, at, now in found if known == kind]
        for (at, now), (next_at, next_now) in pairwise(track):
            assert next_at - at <= STEP_MS + max(USUAL_MAX_MS, next_now - now)


@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([-5_000, -1_500, -400, 400, 700, 8_000, 3_000_000, 2**31 - 1]),
    st.integers(-150, 150),
    st.booleans(),
)
def test_a_step_of_one_clock_leaves_sound_and_picture_together(
    start: int,
    step: int,
    apart: int,
    sound_first: bool,
) -> None:
    """Pictures each 40 ms and sound each 20; the encoder's clock steps under both of them."""
    timeline, steps, distances = Timeline(0), 0, []
    for i in range(100):
        base = start + i * 40 + (step if i >= 50 else 0)
        order = [(flv.AUDIO, base + apart), (flv.VIDEO, base), (flv.AUDIO, base + apart + 20)]
        for kind, timestamp in order if sound_first else order[1:]:
            found = timeline.place(kind, timestamp % 2**32, i * 40)
            steps += found.stepped
            if kind == flv.VIDEO:
                video = found.at
        distances.append(found.at - 20 - video)

    assert steps == 1
    assert abs(distances[-1] - distances[40]) <= 20


@given(st.lists(st.integers(1, 250), min_size=2, max_size=200), st.integers(0, 2**32 - 1))
def test_an_honest_clock_is_followed_to_the_millisecond(gaps: list[int], start: int) -> None:
    timeline, timestamp, first = Timeline(0), start, 0
    for i, gap in enumerate(gaps):
        found = timeline.place(flv.VIDEO, timestamp % 2**32, 0)
        first = found.at if i == 0 else first
        assert found.at - first == timestamp - start
        assert not found.stepped
        timestamp += gap


def test_a_reconnect_goes_on_at_the_present() -> None:
    timeline = Timeline(1_000)
    timeline.place(flv.VIDEO, 0, 1_000)
    timeline.place(flv.VIDEO, 5_000, 6_000)

    timeline.restart()

    assert timeline.place(flv.VIDEO, 0, 9_000).at == 8_000
    assert timeline.place(flv.VIDEO, 33, 9_033).at == 8_033


def test_a_quick_reconnect_does_not_overlap_what_was_sent_ahead() -> None:
    timeline = Timeline(0)
    for i in range(100):
        timeline.place(flv.VIDEO, i * 50, 100)

    timeline.restart()

    assert timeline.place(flv.VIDEO, 0, 200).at > 99 * 50
    assert timeline.place(flv.AUDIO, 2**32 - 200, 200).at >= 99 * 50


def test_a_clock_that_jumps_ahead_leaves_no_hole_and_one_that_jumps_back_none_either() -> None:
    timeline = Timeline(0)
    timeline.place(flv.VIDEO, 0, 0)
    timeline.place(flv.VIDEO, 33, 33)

    ahead = timeline.place(flv.VIDEO, 8_066, 66)
    back = timeline.place(flv.VIDEO, 6_599, 99)

    assert (ahead.at, ahead.stepped) == (66, True)
    assert (back.at, back.stepped) == (99, True)


def test_the_wrap_of_32_bits_is_no_step() -> None:
    timeline = Timeline(0)
    places = [timeline.place(flv.VIDEO, (2**32 - 80 + i * 40) % 2**32, i * 40) for i in range(5)]

    assert [(p.at, p.stepped) for p in places] == [(i * 40, False) for i in range(5)]


def test_a_real_pause_is_no_step() -> None:
    timeline = Timeline(0)
    timeline.place(flv.VIDEO, 0, 0)

    found = timeline.place(flv.VIDEO, 12_000, 12_000)
    assert (found.at, found.stepped) == (12_000, False)


def test_two_pictures_a_second_that_arrive_together_are_no_step() -> None:
    timeline = Timeline(0)
    places = [timeline.place(flv.VIDEO, i * 500, i // 2 * 1_000 + 1_000) for i in range(2, 10)]

    assert [p.stepped for p in places[1:]].count(True) <= 1
    assert [p.at for p in places] == sorted(p.at for p in places)


def test_late_sound_stands_beside_the_picture_of_its_time() -> None:
    timeline = Timeline(0)
    for i in range(100):
        timeline.place(flv.VIDEO, i * 33, i * 33)

    assert timeline.place(flv.AUDIO, 3_250, 3_270).at == 3_250


def test_tracks_of_strange_clocks_are_put_together() -> None:
    timeline = Timeline(0)
    timeline.place(flv.VIDEO, 9_000_000, 0)

    assert timeline.place(flv.AUDIO, 0, 5).at == 0
