"""Colour profiles made by hand: what cameras and presses put into their files."""

import io
import struct
from collections.abc import Sequence

from PIL import ImageCms

_WHITE = (0.9642, 1.0, 0.8249)
Colour = tuple[float, float, float]


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _xyz(colour: Colour) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(*colour)


def _text(text: bytes) -> bytes:
    return b"desc\0\0\0\0" + struct.pack(">I", len(text) + 1) + text + b"\0" + b"\0" * 78


def _profile(space: bytes, kind: bytes, tags: dict[bytes, bytes]) -> bytes:
    tags = {b"desc": _text(b"test"), b"wtpt": _xyz(_WHITE), **tags}
    table, body, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        padded = data + b"\0" * (-len(data) % 4)
        table += name + struct.pack(">II", at, len(data))
        body += padded
        at += len(padded)
    connection = b"Lab " if space == b"CMYK" else b"XYZ "
    head = struct.pack(">I4sI", at, b"\0" * 4, 0x02400000) + kind + space + connection
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28 + _fixed(*_WHITE)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def display(primaries: Sequence[Colour], gamma: float | None = None) -> bytes:
    """An RGB profile of `primaries` (D50), with sRGB's curve or a plain `gamma`."""
    if gamma is None:
        points = [i / 1023 for i in range(1024)]
        curve = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in points]
        values = [round(v * 65535) for v in curve]
    else:
        values = [round(gamma * 256)]
    trc = b"curv\0\0\0\0" + struct.pack(f">I{len(values)}H", len(values), *values)
    names = (b"rXYZ", b"gXYZ", b"bXYZ")
    columns = {name: _xyz(each) for name, each in zip(names, primaries, strict=True)}
    curves = dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), trc)
    return _profile(b"RGB ", b"mntr", columns | curves)


DISPLAY_P3 = display(
    [(0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)]
)
ADOBE_RGB = display(
    [(0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)],
    gamma=2.19921875,
)


def press() -> bytes:
    """A CMYK profile of a press whose inks are these, in CIE Lab: a grid of 2 to the 4th."""
    inks = {
        (0, 0, 0): (95, 0, 0),
        (1, 0, 0): (55, -37, -50),
        (0, 1, 0): (48, 74, -3),
        (0, 0, 1): (89, -5, 93),
        (1, 1, 0): (24, 22, -46),
        (1, 0, 1): (50, -68, 33),
        (0, 1, 1): (47, 68, 48),
        (1, 1, 1): (23, 0, 0),
    }
    grid = b""
    for i in range(16):
        c, m, y, k = (i >> 3) & 1, (i >> 2) & 1, (i >> 1) & 1, i & 1
        lightness, a, b = (16, 0, 0) if k else inks[c, m, y]
        grid += bytes([round(lightness * 2.55), a + 128, b + 128])
    straight = bytes(range(256))
    head = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + _fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    lut = head + straight * 4 + grid + straight * 3
    return _profile(b"CMYK", b"prtr", {b"A2B0": lut})


def is_readable(profile: bytes) -> bool:
    """Whether the colour engine takes it: a broken one would make a test that cannot fail."""
    return bool(ImageCms.ImageCmsProfile(io.BytesIO(profile)).profile.xcolor_space)
