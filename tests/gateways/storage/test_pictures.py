"""Pictures of every kind that people upload come out upright, in right colours, readable."""

import io
import struct
import zlib
from typing import Any

import numpy as np
import pytest
from PIL import Image

from bofen.gateways.storage.errors import PictureIsHeic, PictureUnreadable
from bofen.gateways.storage.pictures import Pictures, reencode
from tests.gateways.storage.profiles import ADOBE_RGB, DISPLAY_P3, is_readable, press

RED = (200, 80, 60)


def _sent(picture: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    made = io.BytesIO()
    picture.save(made, kind, **{"quality": 95} | how if kind == "JPEG" else how)
    return made.getvalue()


def _large(made: Pictures) -> Image.Image:
    opened = Image.open(io.BytesIO(made.large))
    opened.load()
    return opened


def _colour(picture: Image.Image) -> tuple[int, ...]:
    middle = picture.convert("RGB").getpixel((picture.width // 2, picture.height // 2))
    assert isinstance(middle, tuple)
    return tuple(int(each) for each in middle)


def _near(found: tuple[int, ...], wanted: tuple[int, ...], by: int = 4) -> bool:
    return all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    ("size", "large", "small"),
    [
        ((750, 9000), (750, 9000), (200, 400)),
        ((1242, 12_000), (1200, 11_594), (200, 400)),
        ((790, 15_000), (790, 15_000), (200, 400)),
        ((9000, 750), (1200, 100), (400, 33)),
        ((3000, 4000), (1200, 1600), (300, 400)),
        ((800, 800), (800, 800), (400, 400)),
        ((1, 1), (1, 1), (1, 1)),
    ],
)
def test_a_long_picture_keeps_its_width(
    size: tuple[int, int], large: tuple[int, int], small: tuple[int, int]
) -> None:
    made = reencode(_sent(Image.new("RGB", size, RED), "PNG"))

    assert _large(made).size == large
    assert Image.open(io.BytesIO(made.small)).size == small


@pytest.mark.parametrize(
    ("size", "is_layered"), [((5712, 4284), True), ((8064, 6048), False), ((6048, 8064), False)]
)
def test_the_photos_of_phones_are_taken(size: tuple[int, int], is_layered: bool) -> None:
    data = _sent(Image.new("RGB", size, RED), progressive=is_layered)

    large = _large(reencode(data))

    assert large.width == 1200
    assert large.height == round(size[1] * 1200 / size[0])
    assert _near(_colour(large), RED)


def test_a_photo_is_never_held_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[int] = []
    whole = Image.Image.resize

    def seen(picture: Image.Image, *args: Any, **how: Any) -> Image.Image:
        decoded.append(picture.width * picture.height)
        return whole(picture, *args, **how)

    monkeypatch.setattr(Image.Image, "resize", seen)
    reencode(_sent(Image.new("RGB", (8064, 6048), RED)))

    assert max(decoded) <= 8064 * 6048 / 4


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(orientation: int) -> None:
    picture = Image.new("RGB", (3000, 2000), "white")
    picture.paste("red", (0, 0, 1500, 2000))
    exif = Image.Exif()
    exif[0x0112] = orientation
    turned = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(orientation)
    stored = picture.transpose(Image.Transpose(turned)) if turned is not None else picture

    large = _large(reencode(_sent(stored, exif=exif)))

    assert large.size == (1200, 800)
    left, right = large.getpixel((100, 400)), large.getpixel((1100, 400))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert _near(left, (254, 0, 0))
    assert _near(right, (255, 255, 255))
    assert not large.getexif()


def test_the_profiles_of_these_tests_are_read() -> None:
    assert is_readable(DISPLAY_P3)
    assert is_readable(ADOBE_RGB)
    assert is_readable(press())


@pytest.mark.parametrize(
    ("profile", "wanted"), [(DISPLAY_P3, (218, 67, 47)), (ADOBE_RGB, (232, 79, 57)), (None, RED)]
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_wide_colours_become_those_of_a_browser(
    profile: bytes | None, wanted: tuple[int, ...], kind: str
) -> None:
    how = {"icc_profile": profile} if profile else {}
    data = _sent(Image.new("RGB", (90, 60), RED), kind, **how)

    large = _large(reencode(data))

    assert _near(_colour(large), wanted)
    assert "icc_profile" not in large.info


def test_clear_parts_stay_clear_under_a_profile() -> None:
    data = _sent(Image.new("RGBA", (90, 60), (*RED, 0)), "PNG", icc_profile=DISPLAY_P3)

    large = _large(reencode(data))

    assert large.mode == "RGBA"
    assert large.getchannel("A").getextrema() == (0, 0)


def test_inks_are_turned_by_the_profile_of_their_press() -> None:
    magenta = Image.new("CMYK", (90, 60), (0, 255, 0, 0))

    by_profile = _colour(_large(reencode(_sent(magenta, icc_profile=press()))))
    by_rule = _colour(_large(reencode(_sent(magenta))))

    assert _near(by_profile, (215, 0, 119), 12)
    assert _near(by_rule, (255, 0, 255))


@pytest.mark.parametrize("profile", [b"nonsense", b"\0" * 200, press()])
def test_a_profile_that_does_not_fit_is_left_aside(profile: bytes) -> None:
    data = _sent(Image.new("RGB", (90, 60), RED), icc_profile=profile)

    assert _near(_colour(_large(reencode(data))), RED)


@pytest.mark.parametrize(("value", "wanted"), [(0, 0), (30_000, 117), (65_535, 255)])
def test_sixteen_bits_of_grey_keep_their_tone(value: int, wanted: int) -> None:
    grey = Image.fromarray(np.full((60, 90), value, np.uint16))

    assert _near(_colour(_large(reencode(_sent(grey, "PNG")))), (wanted,) * 3, 2)


def test_palettes_keep_colours_and_clear_parts() -> None:
    drawn = Image.new("P", (90, 60), 1)
    drawn.putpalette([0, 0, 0, *RED])
    solid = _large(reencode(_sent(drawn, "PNG")))
    clear = _large(reencode(_sent(drawn, "PNG", transparency=1)))

    assert _near(_colour(solid), RED)
    assert clear.getchannel("A").getextrema() == (0, 0)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "RGBA", "P", "RGB"])
def test_every_mode_of_a_png_is_taken(mode: str) -> None:
    assert _large(reencode(_sent(Image.new(mode, (90, 60)), "PNG"))).size == (90, 60)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_picture_the_first_frame_is_kept(kind: str) -> None:
    frames = [Image.new("RGB", (90, 60), colour) for colour in (RED, "blue")]
    data = _sent(frames[0], kind, save_all=True, append_images=frames[1:])

    large = _large(reencode(data))

    assert _near(_colour(large), RED)
    assert getattr(large, "n_frames", 1) == 1


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"msf1"])
def test_a_photo_of_an_iphone_s_own_kind_is_named(brand: bytes) -> None:
    with pytest.raises(PictureIsHeic):
        reencode(b"\0\0\0\x18ftyp" + brand + b"\0" * 200)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is that large."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = _chunk(b"IDAT", zlib.compress(b"\0" * 100_000, 9))
    return b"\x89PNG\r\n\x1a\n" + head + rows + _chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(100_000, 100_000), (65_535, 65_535), (6000, 6000)])
def test_a_bomb_is_refused_by_its_header(size: tuple[int, int]) -> None:
    with pytest.raises(PictureUnreadable):
        reencode(_claims(*size))


def test_a_jpeg_beyond_reason_is_refused() -> None:
    with pytest.raises(PictureUnreadable):
        reencode(_sent(Image.new("L", (12_000, 8_000)), quality=10))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_a_damaged_picture_is_refused_and_never_breaks(kind: str) -> None:
    whole = _sent(Image.effect_noise((90, 60), 50).convert("RGB"), kind)
    for length in range(0, len(whole) - 20, max(1, len(whole) // 15)):
        try:
            reencode(whole[:length])
        except PictureUnreadable:
            continue
        pytest.fail(f"{length} of {len(whole)} bytes passed")
