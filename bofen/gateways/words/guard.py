"""Finds words that may not be shown: through fillers and spellings, but not across word borders.

`色 情` and `色*情` are the word with something put between; `特色情侣` are two other words that
happen to touch. A dictionary of common Chinese words tells them apart: a hit counts unless two
words of the text share it, each reaching beyond its end.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind
from rjieba import Jieba

from bofen.gateways.words.protocol import Verdict
from bofen.kit.hanzi import simplified

_LIST = Path(__file__).parent / "words.json"
_COLUMN = re.compile(r"^\S(?:\n\S)+$", re.MULTILINE)
"""One character a line: written downwards, to be read as one word."""
_GAP = r"[^\w\n]{0,3}"
"""What people put between the characters of what should not be found."""


def _apart(word: str) -> str:
    return _GAP.join(word)


_NAMES = ("微信", "薇信", "vx", "v信", "wx", "加我", "q群", "qq", "扣扣")
_CONTACT = re.compile(
    rf"(?<![a-z0-9])(?:(?:{'|'.join(map(_apart, _NAMES))})"
    rf"{_GAP}[群号]{{0,2}}{_GAP}[a-z0-9_-]{{5,20}}"
    rf"|(?:weixin|wechat){_GAP}(?:id|号)?{_GAP}(?=[a-z_-]*\d)[a-z0-9_-]{{5,20}})"
)
"""A name of a way to talk outside, and an account. The long names also stand before plain words."""
_GROUPED = ((3, 4, 4), (3, 8), (5, 6), (7, 4), (3, 2, 2, 2, 2), (1,) * 11)
_PHONE = re.compile(
    "|".join(
        r"(?<!\d)(?=1[\W_]*[3-9])" + r"[\W_]{1,3}".join(rf"\d{{{n}}}" for n in sizes) + r"(?!\d)"
        for sizes in ((11,), *_GROUPED)
    )
)
"""As people group one. Other groupings of eleven digits are prices: 199 / 299 / 399 / 99."""
_WORD_FREQUENCY = 20_000

_Span = tuple[int, int]


class ListedWords:
    """Our own list, in tiers. Law knows exceptions to many words: those are for a person.

    `listed` has `tiers` (`block` and `review`), `allowed` (longer words that hold a listed one and
    mean no harm) and `common` (words of the trade that the dictionary lacks).
    """

    def __init__(self, listed: Mapping[str, Any]) -> None:
        tiers: Mapping[str, Sequence[str]] = listed.get("tiers", {})
        self._blocked = _automaton(tiers.get("block", ()))
        self._reviewed = _automaton(tiers.get("review", ()))
        self._allowed = _automaton(listed.get("allowed", ()))
        self._dictionary = Jieba()
        for word in listed.get("common", ()):
            self._dictionary.add_word(word, _WORD_FREQUENCY, None)

    @classmethod
    def shipped(cls) -> "ListedWords":
        """With the list that comes with the program."""
        return cls(json.loads(_LIST.read_text(encoding="utf-8")))

    def judge(self, text: str) -> Verdict:
        """A line break separates: nothing is found across it, unless each line is one character."""
        joined = _COLUMN.sub(lambda found: found[0].replace("\n", ""), normalised(text))
        lines = [_Line(line, self._dictionary) for line in joined.split("\n")]
        if hits := self._hits(self._blocked, lines):
            return Verdict("block", hits)
        found = dict.fromkeys(self._hits(self._reviewed, lines))
        for contact in (_CONTACT, _PHONE):
            found |= dict.fromkeys(match[0] for match in contact.finditer(joined))
        return Verdict("review", tuple(found)) if found else Verdict("pass")

    def _hits(self, words: AhoCorasick, lines: Iterable["_Line"]) -> tuple[str, ...]:
        """Listed words that stand in the lines, the longest where one holds another."""
        found: dict[str, None] = {}
        for line in lines:
            spans = _spans(words, line.plain)
            if not spans:
                continue
            allowed = _spans(self._allowed, line.plain)
            held = [span for span in spans if not _is_inside(span, allowed)]
            for start, end in held:
                longer = [each for each in held if each != (start, end)]
                if not _is_inside((start, end), longer) and line.means((start, end)):
                    found[line.plain[start:end]] = None
        return tuple(found)


@dataclass(frozen=True)
class _Line:
    """A line of normalised text. `plain` are its letters and digits alone."""

    text: str
    dictionary: Jieba

    @cached_property
    def plain(self) -> str:
        return "".join(filter(str.isalnum, self.text))

    @cached_property
    def _words(self) -> list[_Span]:
        """The words of `plain`."""
        return self._split(self.plain, 0)

    @cached_property
    def _words_apart(self) -> list[_Span]:
        """The words of each run of letters and digits, placed as in `plain`: fillers part words."""
        words: list[_Span] = []
        at = 0
        for run in re.findall(r"[^\W_]+", self.text):
            words += self._split(run, at)
            at += len(run)
        return words

    def _split(self, text: str, at: int) -> list[_Span]:
        tokens = self.dictionary.tokenize(text, "default", hmm=False)
        return [(at + start, at + end) for _, start, end in tokens]

    def means(self, hit: _Span) -> bool:
        """Whether `hit` is meant as a word, and not made of the ends of two others."""
        return not (_is_chance(hit, self._words) or _is_chance(hit, self._words_apart))


def _is_chance(hit: _Span, words: Sequence[_Span]) -> bool:
    """Whether two words share `hit`, each reaching beyond its end: 特色|情侣 over 色情.

    One is not enough: in 特色|情|视频 the 情 stands alone, in 全国|第一名 the longer word means the
    same as the listed one.
    """
    start, end = hit
    is_begun = any(a < start < b < end for a, b in words)
    return is_begun and any(start < a < end < b for a, b in words)


def _is_inside(span: _Span, others: Iterable[_Span]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in others)


def _spans(words: AhoCorasick, plain: str) -> list[_Span]:
    return [
        (start, end) for _, start, end in words.find_matches_as_indexes(plain, overlapping=True)
    ]


def normalised(text: str) -> str:
    """Width, case, ornament and traditional characters do not hide a word."""
    return simplified(unicodedata.normalize("NFKC", text).lower())


def _automaton(words: Iterable[str]) -> AhoCorasick:
    plain = ["".join(filter(str.isalnum, normalised(word))) for word in words]
    return AhoCorasick(plain, matchkind=MatchKind.Standard)
