"""Finding text in Chinese and Latin: terms made so that nothing is missed.

Chinese is found by single characters and pairs of neighbours; a word of three or more must then
stand in the text as it is. Letters and digits are terms apart, so `iPhone15`, `iPhone 15` and
`15 iphone` are one. A query is a set of words: in any order, with anything between them.
See docs/decisions.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rjieba import Jieba

from bofen.kit.hanzi import simplified

FOLDING = 1
"""How text is folded and cut into terms. What was stored by a lower number is folded again."""
WORD_MAX = 40

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECE = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<number>\d+)|(?P<word>[^\W\d_{_HAN}]+)")
_HYPHENED = re.compile(r"[a-z]+(?:[-‐‑–'][a-z]+)+")
_NOT_LETTERS = re.compile(r"[^a-z]+")
_TOUCHING = re.compile(r"(?=\b([a-z]+) ([a-z]+)\b)")
_WHOLE_NUMBER = 3
"""Digits fewer than these are a number as it is: 15 does not find 150."""


@dataclass(frozen=True)
class Search:
    """`query` for a tsvector; `runs` must each stand in the text as they are."""

    query: str
    runs: tuple[str, ...]


def fold(text: str) -> str:
    """One form for what looks or means the same: width, case, traditional characters."""
    return simplified(unicodedata.normalize("NFKC", text).casefold())


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def terms_of(text: str) -> list[str]:
    """Everything `text` can be found by."""
    folded = fold(text)
    found: set[str] = set()
    for piece in _PIECE.finditer(folded):
        if piece["han"]:
            found.update(piece["han"])
            found.update(_pairs(piece["han"]))
        else:
            found.add(piece[0][:WORD_MAX])
    # `wi-fi` and `T shirt` are also asked for as one word.
    joined = [_NOT_LETTERS.sub("", chain[0]) for chain in _HYPHENED.finditer(folded)]
    joined += [first + second for first, second in _TOUCHING.findall(folded)]
    found.update(each[:WORD_MAX] for each in joined)
    return sorted(found)


def search_for(text: str) -> Search | None:
    """How to find `text`; None when there is nothing in it to look for."""
    folded = _HYPHENED.sub(lambda chain: _NOT_LETTERS.sub("", chain[0]), fold(text))
    pieces = list(_PIECE.finditer(folded))
    letters = [piece for piece in pieces if piece["word"]]
    terms: list[str] = []
    runs: list[str] = []
    for piece in pieces:
        if not piece["han"]:
            terms.append(_term(piece, is_last=bool(letters) and piece is letters[-1]))
            continue
        for word in _words(piece["han"]):
            terms += [f"'{term}'" for term in (_pairs(word) or [word])]
            runs += [word] if len(word) > 2 else []
    if not terms:
        return None
    return Search(" & ".join(dict.fromkeys(terms)), tuple(dict.fromkeys(runs)))


def _term(piece: re.Match[str], *, is_last: bool) -> str:
    """Words and longer numbers are found by how they begin: people stop typing early."""
    text = piece[0][:WORD_MAX]
    begins = is_last or len(text) > 1 if piece["word"] else len(text) >= _WHOLE_NUMBER
    return f"'{text}':*" if begins else f"'{text}'"


@cache
def _dictionary() -> Jieba:
    return Jieba()


def _words(run: str) -> Iterator[str]:
    """The words of a Chinese run. Single characters in a row stay together: a name, most likely."""
    alone = ""
    for word in _dictionary().cut(run, hmm=False):
        if len(word) == 1:
            alone += word
            continue
        if alone:
            yield alone
        alone = ""
        yield word
    if alone:
        yield alone
