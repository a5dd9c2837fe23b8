"""Text on a picture: each character from the first font that has it, or left out; never a box."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from itertools import groupby

from fontTools.ttLib import TTFont
from PIL import ImageDraw, ImageFont

_FONTS = tuple(
    f"justmytype_intl_cjk/fonts/ofl/notosans{script}/NotoSans{script.upper()}[wght].ttf"
    for script in ("sc", "tc", "jp", "kr")
)
"""Simplified forms first; the others know characters, kana and Hangul that it lacks."""

Colour = tuple[int, int, int]
Point = tuple[int, int]


def _path(font: int) -> str:
    return str(distribution("justmytype-intl-cjk").locate_file(_FONTS[font]))


@cache
def _characters(font: int) -> frozenset[int]:
    """Every character that the font has a drawing for."""
    with TTFont(_path(font), lazy=True) as opened:
        return frozenset(opened.getBestCmap())


@cache
def _cut(font: int, size: int, weight: int) -> ImageFont.FreeTypeFont:
    cut = ImageFont.truetype(_path(font), size)
    cut.set_variation_by_axes([weight])
    return cut


def _font_of(character: str) -> int | None:
    return next((i for i in range(len(_FONTS)) if ord(character) in _characters(i)), None)


def drawable(text: str) -> str:
    """`text` without what no font has (emoji, rare characters), in one line."""
    return " ".join("".join(c for c in text if c.isspace() or _font_of(c) is not None).split())


@dataclass(frozen=True)
class Lettering:
    """One size and weight (100 to 900) of the house's letters."""

    size: int
    weight: int

    def _runs(self, text: str) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
        for font, characters in groupby(text, key=_font_of):
            if font is not None:
                yield "".join(characters), _cut(font, self.size, self.weight)

    def getlength(self, text: str) -> float:
        """How many pixels `draw` will go to the right."""
        return sum(font.getlength(run) for run, font in self._runs(text))

    def draw(
        self, pen: ImageDraw.ImageDraw, place: Point, text: str, fill: Colour, anchor: str = "la"
    ) -> None:
        """Draws `text` at `place`; `anchor` as Pillow's, of which `l` and `m` are known across."""
        x = place[0] - (self.getlength(text) / 2 if anchor[0] == "m" else 0)
        for run, font in self._runs(text):
            pen.text((x, place[1]), run, font=font, fill=fill, anchor=f"l{anchor[1]}")
            x += font.getlength(run)
