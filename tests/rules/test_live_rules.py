"""The broadcast's own clock, and where its moments are in a recording that leaves gaps out."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofen.identity.rules import Role, StaffMember
from bofen.kit.ids import new_id
from bofen.live.rules import (
    Stretch,
    is_room_of,
    masked_nickname,
    media_time_ms,
    replay_position_ms,
)
from tests.conftest import NOON

LENGTHS = st.lists(st.tuples(st.integers(0, 5_000), st.integers(1, 5_000)), max_size=6)
"""Before each stretch a pause, then its own length."""


def laid_out(lengths: list[tuple[int, int]]) -> list[Stretch]:
    stretches, now = [], 0
    for pause, length in lengths:
        stretches.append(Stretch(now + pause, now + pause + length))
        now += pause + length
    return stretches


@given(LENGTHS, st.integers(0, 60_000), st.integers(0, 60_000))
def test_a_later_moment_is_not_earlier_in_the_recording(
    lengths: list[tuple[int, int]], one: int, other: int
) -> None:
    stretches = laid_out(lengths)
    first, last = sorted([one, other])

    assert replay_position_ms(stretches, first) <= replay_position_ms(stretches, last)
    assert 0 <= replay_position_ms(stretches, last) <= sum(length for _, length in lengths)


@given(LENGTHS)
def test_the_recording_is_its_stretches_one_after_the_other(
    lengths: list[tuple[int, int]],
) -> None:
    played = 0
    for stretch, (_, length) in zip(laid_out(lengths), lengths, strict=True):
        assert replay_position_ms(laid_out(lengths), stretch.start_ms) == played
        played += length
        assert replay_position_ms(laid_out(lengths), stretch.end_ms) == played


def test_a_moment_of_an_interruption_is_where_the_picture_came_back() -> None:
    stretches = [Stretch(0, 10_000), Stretch(40_000, 60_000)]

    assert replay_position_ms(stretches, 25_000) == 10_000
    assert replay_position_ms(stretches, 45_000) == 15_000


def test_media_time_counts_from_the_start_of_the_broadcast_and_never_below_it() -> None:
    assert media_time_ms(None, NOON) is None
    assert media_time_ms(NOON, NOON + timedelta(minutes=13, milliseconds=7)) == 780_007
    assert media_time_ms(NOON, NOON - timedelta(seconds=1)) == 0


def test_a_host_has_his_own_rooms_and_everybody_else_has_all() -> None:
    for role in Role:
        by = StaffMember(new_id(), "小店员", role)
        assert is_room_of(by, by.id)
        assert is_room_of(by, new_id()) == is_room_of(by, None) == (role is not Role.host)


@pytest.mark.parametrize(
    ("nickname", "masked"),
    [
        ("张小米", "张*米"),
        ("李雷", "李*"),
        ("雷", "雷*"),
        ("阿美❤️", "阿*❤️"),
        ("美🇨🇳", "美*"),
        ("小美🇨🇳", "小*🇨🇳"),
        ("🇨🇳🇭🇰🇲🇴", "🇨🇳*🇲🇴"),
        ("👨‍👩‍👧‍👦一家", "👨‍👩‍👧‍👦*家"),
        ("小👩🏽‍🚀", "小*"),
        ("葛\U000e0100城站", "葛\U000e0100*站"),
        ("क्‍षअ", "क्‍ष*"),
    ],
)
def test_a_nickname_is_masked_between_what_a_reader_counts(nickname: str, masked: str) -> None:
    assert masked_nickname(nickname) == masked
