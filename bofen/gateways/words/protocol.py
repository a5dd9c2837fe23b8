"""Judging a text before others see it."""

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True)
class Verdict:
    """`block`: never shown; `review`: a person decides. `hits` are the words found."""

    kind: Literal["pass", "review", "block"]
    hits: tuple[str, ...] = ()


class WordGuard(Protocol):
    def judge(self, text: str) -> Verdict: ...
