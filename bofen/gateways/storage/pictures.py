"""Turning an upload into pictures of our own: nothing of the sent file survives but its pixels."""

import io
import math
import secrets
from dataclasses import dataclass
from typing import cast

import numpy as np
from PIL import Image, ImageCms, ImageOps

from bofen.gateways.storage.errors import PictureIsHeic, PictureUnreadable

JPEG_PIXELS_MAX = 89_000_000
"""A JPEG is read at a fraction of its size, so that even this many pixels take little memory."""
PIXELS_MAX = 32_000_000
"""Of what must be opened whole: PNG, WebP, GIF and BMP."""
_PROGRESSIVE_PIXELS_MAX = 50_000_000
"""Of a JPEG that comes in layers: all of them are held until the last."""
WIDTH = 1200
SMALL = 400
AVATAR = 320
_LARGE_PIXELS_MAX = 16_000_000
_WEBP_SIDE_MAX = 16_383
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_TURNED = frozenset({5, 6, 7, 8})
"""Values of EXIF's orientation that lie on their side."""
_ORIENTATION = 0x0112
_SPACES = {"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK"}

_BROKEN = (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError, Warning)

Size = tuple[int, int]


@dataclass(frozen=True)
class Pictures:
    """One upload in two sizes, as WebP in sRGB."""

    key: str
    large: bytes
    small_key: str
    small: bytes


def reencode(data: bytes) -> Pictures:
    """The first frame, upright. A long picture keeps its width: it is text to be read.

    Raises `PictureUnreadable`, or `PictureIsHeic` for what iPhones keep. Slow: use a thread.
    """
    large = _opened(data)
    name = f"pictures/{secrets.token_hex(16)}"
    return Pictures(f"{name}.webp", _webp(large), f"{name}-{SMALL}.webp", _webp(_small(large)))


def avatar_of(data: bytes) -> tuple[str, bytes]:
    """A small square out of the middle, as WebP, under a key of its own.

    Raises `PictureUnreadable` and `PictureIsHeic`. Slow: use a thread.
    """
    square = ImageOps.fit(_opened(data), (AVATAR, AVATAR), Image.Resampling.LANCZOS)
    return f"avatars/{secrets.token_hex(16)}.webp", _webp(square)


def _opened(data: bytes) -> Image.Image:
    """The first frame, upright and in sRGB, reduced to the size of the large picture."""
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        raise PictureIsHeic
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as sent:
            _check_pixels(sent)
            return _in_srgb(_read(sent))
    except _BROKEN as error:
        raise PictureUnreadable from error


def _check_pixels(sent: Image.Image) -> None:
    """Asked of the header, before anything is unpacked."""
    most = PIXELS_MAX
    if sent.format == "JPEG":
        is_layered = "progressive" in sent.info
        most = _PROGRESSIVE_PIXELS_MAX if is_layered else JPEG_PIXELS_MAX
    if sent.width * sent.height > most:
        raise PictureUnreadable


def _read(sent: Image.Image) -> Image.Image:
    """`sent` reduced to the size of the large picture, upright, in its own colours."""
    is_turned = sent.getexif().get(_ORIENTATION) in _TURNED
    width, height = _large_size(sent.size[::-1] if is_turned else sent.size)
    size = (height, width) if is_turned else (width, height)
    # JPEG alone can be decoded at a half, a quarter, an eighth: twice the target keeps it sharp.
    sent.draft(None, (size[0] * 2, size[1] * 2))
    profile = sent.info.get("icc_profile")
    reduced = _plain(sent).resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    reduced.info["icc_profile"] = profile
    reduced.getexif()[_ORIENTATION] = sent.getexif().get(_ORIENTATION, 1)
    return ImageOps.exif_transpose(reduced)


def _large_size(size: Size) -> Size:
    width, height = size
    scale = min(
        1.0,
        WIDTH / width,
        _WEBP_SIDE_MAX / height,
        math.sqrt(_LARGE_PIXELS_MAX / (width * height)),
    )
    return max(1, round(width * scale)), max(1, round(height * scale))


def _plain(sent: Image.Image) -> Image.Image:
    """In one of the modes RGB, RGBA, L and CMYK, eight bits a channel."""
    if sent.mode.startswith("I"):
        # Sixteen bits of grey; Pillow would cut off what is above 255.
        return Image.fromarray((np.asarray(sent) >> 8).clip(0, 255).astype(np.uint8), "L")
    if sent.mode in {"RGB", "RGBA", "L", "CMYK"} and "transparency" not in sent.info:
        return sent
    return sent.convert("RGBA" if sent.has_transparency_data else "RGB")


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Colours as a browser without a profile will show them."""
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    opaque = picture.convert("RGB") if alpha else picture
    turned = _converted(opaque, picture.info.get("icc_profile")).convert("RGB")
    if alpha:
        turned.putalpha(alpha)
    return turned


def _converted(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """By its colour profile, if it has one that can be read and fits."""
    if not profile:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space != _SPACES[picture.mode]:
            return picture
        turned = ImageCms.profileToProfile(
            picture,
            source,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError):
        return picture
    return cast("Image.Image", turned)


def _small(large: Image.Image) -> Image.Image:
    """For lists. Of a long picture it shows the top, not all of it as a thread."""
    shown = large.crop((0, 0, large.width, min(large.height, large.width * 2)))
    shown.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    return shown


def _webp(picture: Image.Image) -> bytes:
    made = io.BytesIO()
    picture.save(made, "WEBP", quality=84, method=4)
    return made.getvalue()
