"""Draws a face for each sandbox person: the same one each time, in a colour of its own."""

import colorsys
import io
import zlib

from PIL import Image, ImageDraw

_SIDE = 264


def face(name: str) -> bytes:
    """A PNG; who is called otherwise looks otherwise."""
    drawn = zlib.crc32(name.encode())
    red, green, blue = colorsys.hls_to_rgb(drawn % 360 / 360, 0.66, 0.62)
    colour = (int(red * 255), int(green * 255), int(blue * 255))
    picture = Image.new("RGB", (_SIDE, _SIDE), colour)
    draw = ImageDraw.Draw(picture)
    skin = ((255, 224, 196), (241, 194, 150), (224, 172, 128))[drawn // 360 % 3]
    hair = ((62, 44, 38), (24, 24, 28), (104, 68, 44))[drawn // 1080 % 3]
    draw.ellipse((52, 196, 212, 356), fill="white")
    draw.ellipse((66, 44, 198, 176), fill=hair)
    draw.ellipse((78, 64, 186, 190), fill=skin)
    for x in (108, 148):
        draw.ellipse((x, 116, x + 10, 128), fill=hair)
    draw.arc((112, 128, 152, 162), 20, 160, fill=hair, width=5)
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()
