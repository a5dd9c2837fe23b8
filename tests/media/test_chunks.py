"""The chunk layer, form by form, and what it refuses."""

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofen.media.chunks import ChunkReader, Message
from bofen.media.errors import MalformedStream
from tests.media.words import FRAME, SOUND, message

EXTENDED = 0x1000100
LATE_VIDEO = message(0, 6, EXTENDED, 9, FRAME)
_first = message(0, 6, 10, 9, FRAME)
_cut = 12 + 128


def _aggregate() -> bytes:
    body = b""
    for kind, at, payload in ((8, 50, SOUND), (9, 60, FRAME)):
        body += bytes((kind,)) + len(payload).to_bytes(3, "big") + at.to_bytes(3, "big")
        body += bytes(4) + payload + struct.pack(">I", 11 + len(payload))
    return message(0, 6, 1050, 22, body)


CASES = {
    "form 0": (message(0, 6, 1000, 9, FRAME), [(9, 1000, FRAME)]),
    "form 1 is a distance": (
        message(0, 6, 1000, 9, FRAME) + message(1, 6, 33, 8, SOUND),
        [(9, 1000, FRAME), (8, 1033, SOUND)],
    ),
    "form 2 keeps length and kind": (
        message(0, 6, 1000, 9, FRAME) + message(1, 6, 33, 9, FRAME) + message(2, 6, 34, 9, FRAME),
        [(9, 1000, FRAME), (9, 1033, FRAME), (9, 1067, FRAME)],
    ),
    "form 3 repeats the distance": (
        message(0, 6, 1000, 9, FRAME) + message(1, 6, 33, 9, FRAME) + message(3, 6, 0, 9, FRAME),
        [(9, 1000, FRAME), (9, 1033, FRAME), (9, 1066, FRAME)],
    ),
    "form 3 after form 0 takes its time as distance": (
        message(0, 6, 33, 9, FRAME) + message(3, 6, 0, 9, FRAME),
        [(9, 33, FRAME), (9, 66, FRAME)],
    ),
    "extended timestamp, repeated inside the message": (LATE_VIDEO, [(9, EXTENDED, FRAME)]),
    "extended timestamp, left out inside the message": (
        message(0, 6, EXTENDED, 9, FRAME, repeats_extended=False),
        [(9, EXTENDED, FRAME)],
    ),
    "interleaved chunk streams": (
        _first[:_cut] + message(0, 4, 11, 8, SOUND) + _first[_cut:],
        [(8, 11, SOUND), (9, 10, FRAME)],
    ),
    "aggregate": (_aggregate(), [(8, 1050, SOUND), (9, 1060, FRAME)]),
    "sound of no length": (
        message(0, 4, 5, 8, b"") + message(0, 6, 6, 9, FRAME),
        [(8, 5, b""), (9, 6, FRAME)],
    ),
    "a larger chunk size": (
        message(0, 2, 0, 1, struct.pack(">I", 4096)) + message(0, 6, 7, 9, FRAME, chunk=4096),
        [(9, 7, FRAME)],
    ),
    "an aborted message": (
        _first[:_cut] + message(0, 2, 0, 2, struct.pack(">I", 6)) + message(0, 6, 9, 9, FRAME),
        [(9, 9, FRAME)],
    ),
    "long chunk stream ids": (
        b"\x00\x05"
        + message(0, 6, 8, 8, SOUND)[1:]
        + b"\x01\x05\x01"
        + message(0, 6, 9, 8, b"")[1:],
        [(8, 8, SOUND), (8, 9, b"")],
    ),
}


def _all(reader: ChunkReader) -> list[Message]:
    found = []
    while (one := reader.next_message()) is not None:
        found.append(one)
    return found


@pytest.mark.parametrize("name", CASES)
def test_what_is_written_is_read(name: str) -> None:
    data, expected = CASES[name]
    reader = ChunkReader()

    reader.feed(data)

    assert [(m.kind, m.timestamp, m.payload) for m in _all(reader)] == expected


@pytest.mark.parametrize("name", CASES)
def test_one_byte_at_a_time_makes_no_difference(name: str) -> None:
    data, expected = CASES[name]
    reader = ChunkReader()
    found = []

    for i in range(len(data)):
        reader.feed(data[i : i + 1])
        found += _all(reader)

    assert [(m.kind, m.timestamp, m.payload) for m in found] == expected


@given(st.binary(max_size=4000), st.integers(0, 3000))
def test_garbage_is_refused_or_awaited_never_anything_else(garbage: bytes, cut: int) -> None:
    reader = ChunkReader()
    reader.feed(LATE_VIDEO[:cut])
    reader.feed(garbage)
    with contextlib.suppress(MalformedStream):
        _all(reader)


@pytest.mark.parametrize(
    "data",
    [
        message(0, 2, 0, 1, struct.pack(">I", 0)),
        message(0, 2, 0, 1, struct.pack(">I", (1 << 20) + 1)),
        message(0, 2, 0, 1, b"\0"),
        b"\x06\0\0\0\xff\xff\xff\x09\0\0\0\0",
        b"\xc6",
        b"".join(b"\0" + bytes((i,)) + message(0, 4, 0, 8, b"")[1:] for i in range(70)),
    ],
    ids=["chunk 0", "chunk > 1 MB", "short control", "16 MB message", "no header", "70 streams"],
)
def test_every_limit_is_a_refusal(data: bytes) -> None:
    reader = ChunkReader()
    reader.feed(data)

    with pytest.raises(MalformedStream):
        _all(reader)


def test_before_publishing_even_64_kb_is_too_much() -> None:
    reader = ChunkReader()
    reader.feed(b"\x06\0\0\0\x02\0\0\x14\0\0\0\0")

    with pytest.raises(MalformedStream):
        reader.next_message()
