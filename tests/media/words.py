"""RTMP as a pusher writes it, byte for byte, for tests that must write it wrongly too."""

import os
import random
import struct

from bofen.media import amf

AVCC_720 = bytes.fromhex(
    "0142c01fffe100176742c01fda014016ec0440000003004000000f03c60ca801000468ce0fc8"
)
AVCC_1080 = bytes.fromhex(
    "0142c028ffe100196742c028da01e0089f970110000003001000000303c0f1832a01000468ce0fc8"
)
ASC_48K = bytes.fromhex("1190")
"""AAC-LC, 48 kHz, stereo."""
ASC_22K = bytes.fromhex("1388")
"""AAC-LC, 22.05 kHz, mono."""
VIDEO_CONFIG = b"\x17\0\0\0\0" + AVCC_720
AUDIO_CONFIG = b"\xaf\0" + ASC_48K
KEY_FRAME = b"\x17\1\0\0\0" + b"\0\0\x02\xb4\x65" + b"k" * 691
FRAME = b"\x27\1\0\0\0" + b"\0\0\x02\xb4\x41" + b"p" * 691
SOUND = b"\xaf\1" + b"s" * 60


def video_config(avcc: bytes) -> bytes:
    return b"\x17\0\0\0\0" + avcc


HANDSHAKE = b"\3" + bytes(8) + os.urandom(1528) + os.urandom(1536)


def message(
    form: int,
    channel: int,
    time: int,
    kind: int,
    payload: bytes,
    *,
    chunk: int = 128,
    stream: int = 1,
    repeats_extended: bool = True,
) -> bytes:
    """One message in chunks; `time` is absolute in form 0, a distance in forms 1 and 2."""
    extended = struct.pack(">I", time) if time >= 0xFFFFFF else b""
    out = bytearray(bytes((form << 6 | channel,)))
    if form < 3:
        out += min(time, 0xFFFFFF).to_bytes(3, "big")
    if form < 2:
        out += len(payload).to_bytes(3, "big") + bytes((kind,))
    if form == 0:
        out += struct.pack("<I", stream)
    out += extended + payload[:chunk]
    for start in range(chunk, len(payload), chunk):
        out += bytes((0xC0 | channel,)) + (extended if repeats_extended else b"")
        out += payload[start : start + chunk]
    return bytes(out)


def command(*values: object, stream: int = 0) -> bytes:
    return message(0, 3, 0, 20, amf.write(*values), stream=stream)


def publish(target: str, app: str = "live") -> bytes:
    """Everything from connect to publish."""
    return (
        command("connect", 1, {"app": app, "tcUrl": f"rtmp://localhost/{app}"})
        + command("releaseStream", 2, None, target)
        + command("createStream", 3, None)
        + command("publish", 4, None, target, "live", stream=1)
    )


def media(frames: int = 40, start: int = 0) -> bytes:
    """Configs, then pictures at 30 a second with some sound, a key frame each second."""
    out = message(0, 6, start, 9, VIDEO_CONFIG) + message(0, 4, start, 8, AUDIO_CONFIG)
    for i in range(frames):
        at = start + i * 33
        out += message(0, 6, at, 9, FRAME if i % 30 else KEY_FRAME)
        out += message(0, 4, at, 8, SOUND)
    return out


def chance(seed: int) -> random.Random:
    """The same disorder each time."""
    return random.Random(seed)  # noqa: S311 - for tests, not for secrets
