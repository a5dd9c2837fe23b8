"""Sizes and rates from the encoders' own headers."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofen.media.codecs import read_audio_config, read_video_config
from bofen.media.errors import MalformedStream
from tests.media import words


@pytest.mark.parametrize(
    ("avcc", "size"), [(words.AVCC_720, (1280, 720)), (words.AVCC_1080, (1920, 1080))]
)
def test_the_size_is_the_cropped_one(avcc: bytes, size: tuple[int, int]) -> None:
    config = read_video_config(avcc)

    assert (config.width, config.height) == size
    assert config.codec.startswith("avc1.42c0")


def test_sound_is_named_as_players_expect() -> None:
    config = read_audio_config(words.ASC_48K)

    assert (config.rate, config.channels, config.codec) == (48_000, 2, "mp4a.40.2")


@given(st.binary(max_size=60), st.integers(0, 37))
def test_garbage_is_refused_with_one_kind_of_error(garbage: bytes, cut: int) -> None:
    for data in (garbage, words.AVCC_720[:cut] + garbage):
        with contextlib.suppress(MalformedStream):
            read_video_config(data)
        with contextlib.suppress(MalformedStream):
            read_audio_config(data)
