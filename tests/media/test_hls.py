"""Playlists to the letter of RFC 8216bis, whatever the encoder does: reloaded after every part by
a reader that knows only the RFC.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bofen.media.playlists import low_latency
from tests.media import words
from tests.media.broadcast import Broadcast
from tests.media.hls_reader import read


def broadcast() -> Broadcast:
    made = Broadcast()
    made.video_config()
    made.audio_config()
    return made


@pytest.mark.parametrize("sounds", [True, False])
@pytest.mark.parametrize("fps", [5, 10, 12, 15, 24, 25, 29.97, 30, 50, 60])
@pytest.mark.parametrize("gop_s", [0.5, 1, 2, 3, 4, 10, 30])
def test_every_rate_and_every_distance_of_key_frames(
    fps: float,
    gop_s: float,
    sounds: bool,
) -> None:
    made = broadcast()
    count = int(fps * max(2.2 * gop_s, 16))
    gaps = [round((i + 1) * 1000 / fps) - round(i * 1000 / fps) for i in range(count)]

    made.pictures(gaps, max(1, round(fps * gop_s)), sounds=sounds)
    made.end()

    assert made.reads > 20
    listed = made.plain.held
    assert listed is not None
    assert listed.target == min(4, max(2, round(gop_s)))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([16, 33, 40, 41, 42, 66, 67, 83, 200, 500, 1_000, 1_900]), max_size=400
    ),
    st.integers(1, 120),
    st.booleans(),
)
def test_frame_rates_that_wander(
    gaps: list[int],
    gop: int,
    sounds: bool,
) -> None:
    made = broadcast()
    made.pictures(gaps, gop, sounds=sounds)
    made.end()


Scene = tuple[str, int, int]
scenes = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "sound 48k",
                "sound 22k",
                "size 720",
                "size 1080",
                "reconnect",
                "silent reconnect",
                "leap",
            ]
        ),
        st.integers(1, 90),
        st.sampled_from([12, 30, 75]),
    ),
    max_size=8,
)


@settings(max_examples=120, deadline=None)
@given(scenes)
def test_headers_that_change_and_streams_that_break(played: list[Scene]) -> None:
    made = broadcast()
    made.pictures([33] * 60, 30)
    for what, frames, gop in played:
        play(made, what)
        made.pictures([33] * frames, gop)
    made.end()


def play(made: Broadcast, what: str) -> None:
    match what:
        case "sound 48k" | "sound 22k":
            made.audio_config(words.ASC_48K if what == "sound 48k" else words.ASC_22K)
        case "size 720" | "size 1080":
            made.video_config(words.AVCC_720 if what == "size 720" else words.AVCC_1080)
        case "leap":
            made.packager.mark_discontinuous()
        case _:
            made.packager.begin()
            made.at += 5_000
            made.video_config()
            if what == "reconnect":
                made.audio_config()


def test_the_target_duration_is_the_first_and_the_last() -> None:
    """Key frames each second, then for a minute none at all."""
    made = broadcast()
    made.pictures([40] * 100, 25)
    made.pictures([40] * 1_500, 10_000)
    made.end()

    assert made.plain.held is not None
    assert made.plain.held.target == 2


def test_a_segment_that_begins_between_key_frames_says_so() -> None:
    made = broadcast()
    made.pictures([40] * 500, 250)

    assert made.full.held is not None
    independent = [s.parts[0].is_independent for s in made.full.held.segments if s.parts]
    assert independent == [False, False, True, False, False]


def test_a_delta_update_is_smaller_and_needs_no_more() -> None:
    made = broadcast()
    made.pictures([33] * 1_200, 30)
    live = made.live()
    whole, delta = low_latency(live, (), skips=False), low_latency(live, (), skips=True)

    assert read(delta).skipped == 2
    assert len(delta) < len(whole)


def test_a_discontinuity_keeps_its_number_when_it_slides_out_of_the_list() -> None:
    made = broadcast()
    for _ in range(6):
        made.pictures([33] * 150, 30)
        made.packager.interrupt()
        made.at += 3_000
    made.pictures([33] * 900, 30)
    made.end()

    assert made.full.held is not None
    assert made.full.held.headers["EXT-X-DISCONTINUITY-SEQUENCE"] == "6"
