"""Draws the demo shop's pictures on this machine, from small drawings (Fluent Emoji, MIT)."""

import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

_DRAWINGS = Path(__file__).parent / "pictures"
_SIDE = 1000


def product_pictures(drawing: str, tint: tuple[str, str]) -> list[bytes]:
    """Three square pictures of one product: the whole, nearer from the left, nearer still."""
    views = ((1.0, 0.0, 0.0), (1.5, -0.06, 0.05), (2.1, 0.1, -0.08))
    return [_png(_product(drawing, tint, *view)) for view in views]


def room_cover(tint: tuple[str, str]) -> bytes:
    """A portrait cover, 750 × 1000, without words: pages and posters write the title over it."""
    cover = _gradient(750, 1000, tint)
    for name, size, at in (
        ("woman-office-worker", 560, (95, 180)),
        ("microphone", 170, (500, 560)),
    ):
        figure = _drawing(name).resize((size, size), Image.Resampling.LANCZOS)
        cover.alpha_composite(figure, at)
    shade = Image.new("RGBA", cover.size)
    draw = ImageDraw.Draw(shade)
    for y in range(640, 1000):
        draw.line([(0, y), (750, y)], fill=(30, 8, 12, int(200 * (y - 640) / 360)))
    cover.alpha_composite(shade)
    return _png(cover)


def _product(
    drawing: str, tint: tuple[str, str], scale: float, dx: float, dy: float
) -> Image.Image:
    picture = _gradient(_SIDE, _SIDE, tint)
    size = int(620 * scale)
    figure = _drawing(drawing).resize((size, size), Image.Resampling.LANCZOS)
    x = int((_SIDE - size) / 2 + dx * _SIDE)
    y = int((_SIDE - size) / 2 - 20 + dy * _SIDE)
    shadow = Image.new("RGBA", picture.size)
    ellipse = (x + size * 0.12, y + size * 0.90, x + size * 0.88, y + size * 1.02)
    ImageDraw.Draw(shadow).ellipse(ellipse, fill=(40, 30, 30, 90))
    picture.alpha_composite(shadow.filter(ImageFilter.GaussianBlur(26)))
    layer = Image.new("RGBA", picture.size)
    layer.paste(figure, (x, y))
    picture.alpha_composite(layer)
    return picture


def _gradient(width: int, height: int, tint: tuple[str, str]) -> Image.Image:
    """A soft diagonal between the two colours."""
    small = Image.new("RGB", (2, 2))
    top, bottom = (_rgb(colour) for colour in tint)
    middle = tuple((a + b) // 2 for a, b in zip(top, bottom, strict=True))
    for at, colour in (((0, 0), top), ((1, 0), middle), ((0, 1), middle), ((1, 1), bottom)):
        small.putpixel(at, colour)
    return small.resize((width, height), Image.Resampling.BICUBIC).convert("RGBA")


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@cache
def _drawing(name: str) -> Image.Image:
    return Image.open(_DRAWINGS / f"{name}.png").convert("RGBA")


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "PNG", compress_level=3)
    return out.getvalue()
