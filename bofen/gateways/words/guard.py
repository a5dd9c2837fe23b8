"""Finds banned words in one pass over a normalised text."""

import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from bofen.gateways.words.protocol import Verdict

_LIST = Path(__file__).parent / "words.json"
_FILLERS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff*·•_\-~.。,，!！|/\\]+")
_CONTACT = re.compile(r"(?:微信|vx|v信|wx|加我|q群|qq)[:：号]?[a-z0-9]{5,20}|1[3-9]\d{9}")


class ListedWords:
    """Our own list, in tiers. Law knows exceptions to many words: those are for a person."""

    def __init__(self, tiers: Mapping[str, list[str]]) -> None:
        self._blocked = _automaton(tiers.get("block", []))
        self._reviewed = _automaton(tiers.get("review", []))

    @classmethod
    def shipped(cls) -> "ListedWords":
        return cls(json.loads(_LIST.read_text(encoding="utf-8"))["tiers"])

    def judge(self, text: str) -> Verdict:
        plain = normalised(text)
        if hits := self._blocked.find_matches_as_strings(plain):
            return Verdict("block", tuple(dict.fromkeys(hits)))
        hits = [*self._reviewed.find_matches_as_strings(plain), *_CONTACT.findall(plain)]
        return Verdict("review", tuple(dict.fromkeys(hits))) if hits else Verdict("pass")


def normalised(text: str) -> str:
    """Width, case, hidden characters and fillers do not hide a word."""
    return _FILLERS.sub("", unicodedata.normalize("NFKC", text).lower())


def _automaton(words: list[str]) -> AhoCorasick:
    return AhoCorasick([normalised(word) for word in words], matchkind=MatchKind.LeftmostLongest)
