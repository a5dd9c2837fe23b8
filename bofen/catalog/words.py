"""Finding text in Chinese and Latin: terms made so that nothing is missed.

Chinese is found by single characters and pairs of neighbours; a word of three or more must then
stand in the text as it is. Letters and digits are terms apart, so `iPhone15`, `iPhone 15` and
`15 iphone` are one; words count joined as well as apart, as in `AirPods` and `air pods`. A query
is a set of words: in any order, with anything between them. See docs/decisions.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rjieba import Jieba

from bofen.kit.hanzi import simplified

FOLDING = 2
"""How text is folded and cut into terms. What was stored by a lower number is folded again."""
WORD_MAX = 40

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECE = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<number>\d+)|(?P<word>[^\W\d_{_HAN}]+)")
_HYPHENED = re.compile(r"[a-z]+(?:[-‐‑–'][a-z]+)+")
_NOT_LETTERS = re.compile(r"[^a-z]+")
_TOUCHING = re.compile(r"(?=\b([a-z]+) ([a-z]+)(?: ([a-z]+))?\b)")
_CAPITALS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_WRITTEN_TOGETHER = re.compile(r"[A-Za-z]+")
_SAME = str.maketrans("著妳", "着你")
"""Characters of both scripts that only a reader tells apart: 著 is also what 着 was."""
_FOR_WHOM = re.compile("([男女])[士式款]")
_WHOLE_NUMBER = 3
"""Digits fewer than these are a number as it is: 15 does not find 150."""


@dataclass(frozen=True)
class Search:
    """`query` for a tsvector; `runs` must each stand in the text as they are."""

    query: str
    runs: tuple[str, ...]


def fold(text: str) -> str:
    """One form for what looks or means the same: width, case, traditional characters."""
    return simplified(unicodedata.normalize("NFKC", text).casefold()).translate(_SAME)


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def terms_of(text: str) -> list[str]:
    """Everything `text` can be found by; capitals within a word say where another begins."""
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
    for touching in (*_TOUCHING.findall(folded), *_within(text)):
        joined += touching
        joined += ["".join(touching[:2]), "".join(touching)]
    found.update(each[:WORD_MAX] for each in joined if each)
    return sorted(found)


def _within(text: str) -> Iterator[tuple[str, ...]]:
    """Up to three words that follow each other within one: `AirPods`, `iPhoneXSMax`."""
    for written in _WRITTEN_TOGETHER.findall(unicodedata.normalize("NFKC", text)):
        parts = [part.casefold() for part in _CAPITALS.findall(written)]
        if len(parts) > 1:
            yield from (tuple(parts[at : at + 3]) for at in range(len(parts)))


def search_for(text: str) -> Search | None:
    """How to find `text`; None when there is nothing in it to look for."""
    folded = _HYPHENED.sub(lambda chain: _NOT_LETTERS.sub("", chain[0]), fold(text))
    pieces = list(_PIECE.finditer(folded))
    letters = [piece for piece in pieces if piece["word"]]
    terms: list[str] = []
    runs: list[str] = []
    for at, piece in enumerate(pieces):
        if not piece["han"]:
            term = _term(piece, is_last=bool(letters) and piece is letters[-1])
            either = [term, *(f"'{word[:WORD_MAX]}':*" for word in _joined(pieces, at))]
            terms.append(f"({' | '.join(either)})" if len(either) > 1 else term)
            continue
        for word in _words(_FOR_WHOM.sub(r"\1", piece["han"])):
            terms += [f"'{term}'" for term in (_pairs(word) or [word])]
            runs += [word] if len(word) > 2 else []
    if not terms:
        return None
    return Search(" & ".join(dict.fromkeys(terms)), tuple(dict.fromkeys(runs)))


def _joined(pieces: Sequence[re.Match[str]], at: int) -> Iterator[str]:
    """The word with those beside it, as one: `mac book air` also asks for `macbookair`."""
    for first in range(max(0, at - 2), at + 1):
        for size in (2, 3):
            run = pieces[first : first + size]
            if len(run) == size and first + size > at and _is_chain(run):
                yield "".join(piece[0] for piece in run)


def _is_chain(run: Sequence[re.Match[str]]) -> bool:
    gaps = [b.string[a.end() : b.start()] for a, b in itertools.pairwise(run)]
    return all(piece["word"] for piece in run) and all(gap == " " for gap in gaps)


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
