"""The stream's own clock."""

from hypothesis import given
from hypothesis import strategies as st

from bofen.media.timeline import Timeline


@given(st.lists(st.tuples(st.integers(0, 2**32), st.integers(0, 20_000)), max_size=40))
def test_it_never_goes_back_by_more_than_a_step_of_interleaving(
    steps: list[tuple[int, int]],
) -> None:
    timeline, now, highest = Timeline(0), 0, 0
    for timestamp, waited in steps:
        now += waited
        placed, _ = timeline.place(timestamp, now)
        assert placed >= max(0, highest - 2_000)
        highest = max(highest, placed)


def test_a_reconnect_goes_on_at_the_present() -> None:
    timeline = Timeline(1_000)
    timeline.place(0, 1_000)
    timeline.place(5_000, 6_000)

    timeline.restart()

    assert timeline.place(0, 9_000) == (8_000, False)
    assert timeline.place(33, 9_033) == (8_033, False)


def test_a_quick_reconnect_does_not_overlap_what_was_sent_ahead() -> None:
    timeline = Timeline(0)
    timeline.place(0, 0)
    timeline.place(5_000, 100)

    timeline.restart()

    assert timeline.place(0, 200)[0] > 5_000


def test_a_clock_that_leaps_is_put_back_in_place() -> None:
    timeline = Timeline(0)
    timeline.place(0, 0)

    assert timeline.place(4_000_000, 33) == (40, True)
    assert timeline.place(4_000_033, 66) == (73, False)
    assert timeline.place(5, 99)[1]


def test_a_real_pause_is_no_leap() -> None:
    timeline = Timeline(0)
    timeline.place(0, 0)

    assert timeline.place(12_000, 12_000) == (12_000, False)
