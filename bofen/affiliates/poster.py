"""Drawing a share poster: picture, price, title, code, and the word that says it is an advert."""

import io
import re
from dataclasses import dataclass, replace
from typing import Literal

import segno
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from bofen.affiliates.lettering import Lettering, drawable
from bofen.kit.money import Fen

VERSION = 2
"""Part of the name of a stored poster: a new look makes new pictures."""
SIZE = (750, 1280)

_RED = (250, 44, 25)
_INK = (28, 27, 26)
_GREY = (138, 132, 126)
_LINE = (236, 230, 223)
_PAPER = (255, 253, 250)
_WHITE = (255, 255, 255)
_MARGIN = 48
_NO_LINE_START = "，。！？、；：）》”’】%"
_WORDS = re.compile(r"[0-9A-Za-z.,×*/%+\-]+|.")
_LAST_LINE_MIN = 4

Color = tuple[int, int, int]


@dataclass(frozen=True)
class Poster:
    """Everything that is drawn; equal posters are equal pictures."""

    kind: Literal["product", "room"]
    title: str
    subtitle: str
    url: str
    affiliate_name: str
    shop_name: str
    price_fen: Fen | None = None
    price_is_from: bool = False
    badge: str = ""
    """For a room: 直播中, or when it begins."""


def draw(poster: Poster, picture: bytes | None) -> bytes:
    """A PNG. What no font has is left out. Takes some hundred milliseconds: use a thread."""
    poster = replace(
        poster,
        title=drawable(poster.title),
        subtitle=drawable(poster.subtitle),
        affiliate_name=drawable(poster.affiliate_name),
        shop_name=drawable(poster.shop_name),
    )
    sheet = Image.new("RGB", SIZE, _PAPER)
    photo = _photo(picture)
    if poster.kind == "room":
        _draw_room(sheet, photo, poster)
    else:
        _draw_product(sheet, photo, poster)
    _draw_advert_label(sheet)
    _draw_footer(sheet, poster)
    out = io.BytesIO()
    sheet.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _photo(picture: bytes | None) -> Image.Image | None:
    if picture is None:
        return None
    with Image.open(io.BytesIO(picture)) as opened:
        return opened.convert("RGB")


_PRODUCT_PICTURE = 790


def _draw_product(sheet: Image.Image, photo: Image.Image | None, poster: Poster) -> None:
    top = _fitted(photo, (SIZE[0], _PRODUCT_PICTURE), poster.title)
    sheet.paste(top, (0, 0))
    pen = ImageDraw.Draw(sheet)
    pen.rounded_rectangle((0, _PRODUCT_PICTURE - 32, SIZE[0], SIZE[1] + 32), 32, fill=_PAPER)
    y = _PRODUCT_PICTURE + 6
    if poster.price_fen is not None:
        _draw_price(pen, (_MARGIN, y), poster.price_fen, is_from=poster.price_is_from)
        y += 88
    font = Lettering(36, 600)
    for line in _wrapped(poster.title, font, SIZE[0] - 2 * _MARGIN, 2):
        font.draw(pen, (_MARGIN, y), line, _INK)
        y += 50
    if poster.subtitle:
        font = Lettering(26, 400)
        (line,) = _wrapped(poster.subtitle, font, SIZE[0] - 2 * _MARGIN, 1)
        font.draw(pen, (_MARGIN, y + 4), line, _GREY)


_ROOM_PICTURE = 1058


def _draw_room(sheet: Image.Image, photo: Image.Image | None, poster: Poster) -> None:
    cover = _fitted(photo, (SIZE[0], _ROOM_PICTURE), poster.title)
    cover = Image.composite(
        Image.new("RGB", cover.size, (18, 12, 10)), cover, _shade(cover.size, 0.42)
    )
    sheet.paste(cover, (0, 0))
    pen = ImageDraw.Draw(sheet)
    font = Lettering(54, 700)
    lines = _wrapped(poster.title, font, SIZE[0] - 2 * _MARGIN, 2)
    y = _ROOM_PICTURE - 44 - (48 if poster.subtitle else 0) - 74 * len(lines)
    if poster.badge:
        _draw_live_badge(sheet, (_MARGIN, y - 76), poster.badge)
    for line in lines:
        font.draw(pen, (_MARGIN, y), line, _WHITE)
        y += 74
    if poster.subtitle:
        font = Lettering(28, 400)
        (line,) = _wrapped(poster.subtitle, font, SIZE[0] - 2 * _MARGIN, 1)
        font.draw(pen, (_MARGIN, y + 6), line, (240, 232, 226))


def _shade(size: tuple[int, int], start: float) -> Image.Image:
    """Clear at the top, dark where white words stand."""
    column = Image.new("L", (1, size[1]))
    first = int(size[1] * start)
    for y in range(first, size[1]):
        column.putpixel((0, y), int(225 * ((y - first) / (size[1] - first)) ** 1.1))
    return column.resize(size)


def _fitted(photo: Image.Image | None, size: tuple[int, int], title: str) -> Image.Image:
    """The picture, filling `size`; without one, a warm sheet with the first character."""
    if photo is not None:
        return ImageOps.fit(photo, size, Image.Resampling.LANCZOS)
    empty = Image.linear_gradient("L").resize(size)
    sheet = ImageOps.colorize(empty, (255, 143, 107), _RED)
    pen = ImageDraw.Draw(sheet)
    middle = (size[0] // 2, size[1] // 2)
    Lettering(300, 700).draw(pen, middle, title[:1], (255, 205, 190), "mm")
    return sheet


def _draw_price(
    pen: ImageDraw.ImageDraw, place: tuple[int, int], price_fen: Fen, *, is_from: bool
) -> None:
    """`¥99.90 起`: the yuan are what is read from across the room."""
    x, y = place
    yuan, fen = divmod(price_fen, 100)
    baseline = y + 56
    parts: list[tuple[str, int, int]] = [("¥", 36, 700), (f"{yuan:,}", 64, 800)]
    if fen:
        parts.append((f".{fen:02d}", 36, 700))
    if is_from:
        parts.append((" 起", 26, 500))
    for text, size, weight in parts:
        font = Lettering(size, weight)
        font.draw(pen, (x, baseline), text, _RED, "ls")
        x += int(font.getlength(text)) + 2


def _draw_live_badge(sheet: Image.Image, place: tuple[int, int], text: str) -> None:
    """A red pill with three bars of sound."""
    font = Lettering(26, 600)
    x, y = place
    width = int(font.getlength(text)) + 84
    pen = ImageDraw.Draw(sheet)
    pen.rounded_rectangle((x, y, x + width, y + 52), 26, fill=_RED)
    for i, height in enumerate((14, 24, 18)):
        left = x + 24 + i * 10
        middle = y + 26
        pen.rounded_rectangle(
            (left, middle - height // 2, left + 4, middle + height // 2), 2, fill=_WHITE
        )
    font.draw(pen, (x + 60, y + 26), text, _WHITE, "lm")


def _draw_advert_label(sheet: Image.Image) -> None:
    """The law wants it seen: upper right, on a dark ground that any picture leaves readable."""
    box = (SIZE[0] - 110, 28, SIZE[0] - 28, 70)
    under = sheet.crop(box).filter(ImageFilter.GaussianBlur(8))
    dark = Image.blend(under, Image.new("RGB", under.size, (0, 0, 0)), 0.55)
    mask = Image.new("L", under.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, *under.size), 8, fill=255)
    sheet.paste(dark, box[:2], mask)
    middle = ((box[0] + box[2]) // 2, (box[1] + box[3]) // 2 - 1)
    Lettering(24, 500).draw(ImageDraw.Draw(sheet), middle, "广告", _WHITE, "mm")


_CODE_MAX = 190


def _draw_footer(sheet: Image.Image, poster: Poster) -> None:
    """Who recommends it, in which shop, and the code that leads there."""
    pen = ImageDraw.Draw(sheet)
    top = SIZE[1] - 222
    if poster.kind == "product":
        pen.line((_MARGIN, top, SIZE[0] - _MARGIN, top), fill=_LINE, width=2)
    code = _code(poster.url)
    sheet.paste(code, (SIZE[0] - _MARGIN - code.width, top + (222 - code.height) // 2))
    middle = top + 64
    pen.ellipse((_MARGIN, middle - 34, _MARGIN + 68, middle + 34), fill=(255, 231, 224))
    initial = poster.affiliate_name[:1] or poster.shop_name[:1]
    Lettering(32, 600).draw(pen, (_MARGIN + 34, middle), initial, _RED, "mm")
    invites = "邀你来看直播" if poster.kind == "room" else "推荐给你"
    beside = _MARGIN + 86
    Lettering(28, 600).draw(pen, (beside, middle - 17), poster.affiliate_name, _INK, "lm")
    Lettering(24, 400).draw(pen, (beside, middle + 18), invites, _GREY, "lm")
    Lettering(24, 500).draw(pen, (_MARGIN, top + 144), "长按或扫码查看", _INK, "lm")
    Lettering(22, 400).draw(pen, (_MARGIN, top + 180), poster.shop_name, _GREY, "lm")


def _code(url: str) -> Image.Image:
    """A QR code that survives a crumpled photo of a screen (error correction Q)."""
    code = segno.make_qr(url, error="q")
    scale = _CODE_MAX // code.symbol_size(scale=1, border=1)[0]
    out = io.BytesIO()
    code.save(out, kind="png", scale=scale, border=1, dark=_INK, light=_PAPER)
    with Image.open(io.BytesIO(out.getvalue())) as opened:
        return opened.convert("RGB")


def _wrapped(text: str, font: Lettering, width: int, lines_max: int) -> list[str]:
    """Lines that fit, with … where the last one does not. No comma begins a line, no number
    is broken, and no single character is left over for the last line.
    """
    lines = _filled(text, font, width, lines_max)
    if len(lines) > 1 and len(lines[-1]) < _LAST_LINE_MIN:
        narrower = int(font.getlength(text) / len(lines) + font.size)
        lines = _filled(text, font, min(width, narrower), lines_max)
    return lines


def _filled(text: str, font: Lettering, width: int, lines_max: int) -> list[str]:
    lines = [""]
    for word in _WORDS.findall(" ".join(text.split())):
        fits = font.getlength(lines[-1] + word) <= width
        if fits or (word in _NO_LINE_START and lines[-1]):
            lines[-1] += word
        elif len(lines) == lines_max:
            lines[-1] = _shortened(lines[-1] + word, font, width)
            break
        else:
            lines.append(_shortened(word.lstrip(), font, width))
    return [line for line in lines if line] or [""]


def _shortened(line: str, font: Lettering, width: int) -> str:
    if font.getlength(line) <= width:
        return line
    while line and font.getlength(line + "…") > width:
        line = line[:-1]
    return line + "…"
