"""What people type, in one form: nothing invisible, nothing that reorders, one spelling.

Python's tables are as old as Python. A character that they do not know may be next year's emoji
or somebody's name, so nothing is refused for being unknown. What cannot be text at all is
refused, what nobody can see is taken away, and what is left is NFC.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Annotated, Literal

import regex
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

Reason = Literal["control", "direction", "broken"]


class UnfitText(ValueError):  # noqa: N818 - it says what is wrong with the text, not with us
    """`reason` is `control` (C0, C1 and, in a single line, a line break), `direction` (a character
    that turns the order of what follows) or `broken` (half a character, or a noncharacter).
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"holds a character that no text may hold ({reason})")
        self.reason = reason


_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BREAKS = re.compile("[\t\n]")
_OVERRIDES = re.compile("[\u202d\u202e]")
_BROKEN = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]")

# Unicode's Extended_Pictographic in whole blocks: newer emoji are given room inside them.
_PICTURES = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u27ff\u2801-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001fffd"
)
# Arabic to Sinhala, Myanmar, Khmer, Mongolian, and the later Indic blocks: scripts in which the
# two joiners decide how letters meet.
_JOINED = "\u0600-\u0dff\u1000-\u109f\u1780-\u18af\ua800-\uabff\U00010a00-\U00011fff"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202c"
    "\u2060-\u206f\u2800\u3164\uffa0\ufeff\ufff0-\ufffc" + _SELECTORS + "\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_ANY_HIDDEN = re.compile(f"[{_HIDDEN}]")
_PICTURE = f"[{_PICTURES}]\ufe0f?(?:[\U000e0020-\U000e007e]{{1,16}}\U000e007f)?"
_SEEN_OR_HIDDEN = re.compile(
    f"({_PICTURE}(?:\u200d{_PICTURE})*"  # 👨‍👩‍👧, ❤️‍🔥, 🏴󠁧󠁢󠁥󠁮󠁧󠁿
    f"|[{_JOINED}][\u200c\u200d]"
    f"|[^\\s{_HIDDEN}][{_SELECTORS}])"  # 1️⃣, 葛󠄀
    f"|[{_HIDDEN}]"
)

_GRAPHEME = regex.compile(r"\X")
_EDGES = " \t\r\n\u3000"
_FILLERS = "\u115f\u1160"
"""Letters that nobody sees."""
_COUNTRY = re.compile(r"\+?(?:00)?86(?=1[3-9][0-9]{9}$)")
_DASHES = re.compile("[\u2010-\u2015\u2043\u2212]")
_AROUND_A_CODE = re.compile("^[^0-9A-Z]+|[^0-9A-Z]+$")


def clean_line(text: str) -> str:
    """`text` as it is kept and counted, in one line without spaces around. Raises `UnfitText`.

    Marks, embeddings and isolates of direction, joiners without anything to join, fillers and
    other characters of no width are taken away; an override of direction is refused.
    """
    text = _LINE_ENDS.sub("\n", text.strip(_EDGES))
    if _BREAKS.search(text):
        raise UnfitText("control")
    return _clean(text)


def clean_lines(text: str) -> str:
    """The same for text of several lines: a newline ends each, tabs stay. Raises `UnfitText`."""
    return _clean(_LINE_ENDS.sub("\n", text.strip(_EDGES)))


def _clean(text: str) -> str:
    for reason, unfit in _UNFIT:
        if unfit.search(text):
            raise UnfitText(reason)
    text = _SPACES.sub(" ", text)
    if _ANY_HIDDEN.search(text):
        text = _SEEN_OR_HIDDEN.sub(lambda found: found[1] or "", text)
    return unicodedata.normalize("NFC", text).strip(_EDGES)


_UNFIT: tuple[tuple[Reason, re.Pattern[str]], ...] = (
    ("broken", _BROKEN),
    ("control", _CONTROLS),
    ("direction", _OVERRIDES),
)


def is_clean(text: str) -> bool:
    """Whether `text` is one line, just as `clean_line` would leave it."""
    try:
        return clean_line(text) == text
    except UnfitText:
        return False


def graphemes(text: str) -> list[str]:
    """What a reader counts as characters: a flag, a family or a letter with its marks is one."""
    found: list[str] = _GRAPHEME.findall(text)
    return found


def shortened(text: str, length_max: int) -> str:
    """As many whole characters of a reader as have room in so many code points."""
    found = ""
    for grapheme in graphemes(text):
        if len(found) + len(grapheme) > length_max:
            break
        found += grapheme
    return found


def plain_digits(text: str) -> str:
    """Digits of any script as 0-9, without what people put between them; letters and `+` stay.

    `clients/api/src/phone.ts` reads in the same way; one file of examples holds both to it.
    """
    return "".join(
        str(unicodedata.decimal(char, char))
        for char in unicodedata.normalize("NFKC", text)
        if char.isdecimal() or char == "+" or (char.isalpha() and char not in _FILLERS)
    )


def plain_phone(text: str) -> str:
    """A mobile number as 11 digits: `+86 138-1234-5678` and `０１３…` lose what is not the number.

    Anything else comes back without its separators, for the caller to refuse.
    """
    return _COUNTRY.sub("", plain_digits(text))


def plain_code(text: str) -> str:
    """A tracking number as couriers print it, out of whatever stood around it: `单号：sf12…。`.

    Capitals, half-width, nothing invisible between. Dashes stay (京东 numbers its parcels with
    them); the caller checks what is left.
    """
    seen = (c for c in unicodedata.normalize("NFKC", text) if c.isprintable() and c != " ")
    return _AROUND_A_CODE.sub("", _DASHES.sub("-", "".join(seen)).upper())


def _cleaned_by(clean: Callable[[str], str]) -> AfterValidator:
    def read(text: str) -> str:
        try:
            return clean(text)
        except UnfitText as error:
            raise PydanticCustomError(f"text_{error.reason}", "unfit text") from error

    return AfterValidator(read)


Line = Annotated[str, _cleaned_by(clean_line)]
"""One line of text that a person typed, cleaned. Give it a length: it counts what is left."""
Lines = Annotated[str, _cleaned_by(clean_lines)]
"""Several lines of text, cleaned in the same way."""
