"""AMF0: what publishers send is read, and nothing they send can hurt."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofen.media import amf
from bofen.media.errors import MalformedStream

values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.dictionaries(st.text(min_size=1, max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(values, max_size=5))
def test_what_is_written_is_read(written: list[Any]) -> None:
    assert amf.read_all(amf.write(*written)) == written


@given(st.binary(max_size=200))
def test_garbage_is_refused_with_one_kind_of_error(garbage: bytes) -> None:
    with contextlib.suppress(MalformedStream):
        amf.read_all(garbage)


@pytest.mark.parametrize(
    "data",
    [
        b"\x03\0\x01a" * 50,
        b"\x0a\0\xff\xff\xff",
        b"\x02\0\x05ab",
        b"\x11",
        b"\x00\x01",
    ],
    ids=["nested", "long list", "short text", "unknown kind", "short number"],
)
def test_tricks_are_refused(data: bytes) -> None:
    with pytest.raises(MalformedStream):
        amf.read_all(data)


def test_lists_maps_dates_and_long_texts_are_read() -> None:
    array = b"\x0a\0\0\0\x02\x01\x01\x05"
    mapping = b"\x08\0\0\0\x01\0\x01a\x06\0\0\x09"
    date = b"\x0b" + bytes(8) + b"\0\0"
    long_text = b"\x0c\0\0\0\x02hi"

    assert amf.read_all(array + mapping + date + long_text) == [
        [True, None],
        {"a": None},
        0.0,
        "hi",
    ]
