"""Turning an upload into pictures of our own: nothing of the sent file survives but its pixels."""

import io
import secrets
from dataclasses import dataclass

from PIL import Image, ImageOps

from bofen.gateways.storage.errors import PictureUnreadable

PIXELS_MAX = 20_000_000
LARGE = 1200
SMALL = 400
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")


@dataclass(frozen=True)
class Pictures:
    """One upload in two sizes, as WebP."""

    key: str
    large: bytes
    small_key: str
    small: bytes


def reencode(data: bytes) -> Pictures:
    """Raises `PictureUnreadable` for anything else than a picture. Slow: use a thread."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as sent:
            if sent.width * sent.height > PIXELS_MAX:
                raise PictureUnreadable
            upright = ImageOps.exif_transpose(sent).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning) as error:
        raise PictureUnreadable from error
    name = f"pictures/{secrets.token_hex(16)}"
    return Pictures(
        f"{name}.webp", _fitted(upright, LARGE), f"{name}-{SMALL}.webp", _fitted(upright, SMALL)
    )


def _fitted(picture: Image.Image, side: int) -> bytes:
    copy = picture.copy()
    copy.thumbnail((side, side), Image.Resampling.LANCZOS)
    made = io.BytesIO()
    copy.save(made, "WEBP", quality=84, method=4)
    return made.getvalue()
