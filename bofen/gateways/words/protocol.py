"""Judging a text before others see it."""

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True)
class Verdict:
    """`block`: never shown; `review`: a person decides. `hits` are the words found."""

    kind: Literal["pass", "review", "block"]
    hits: tuple[str, ...] = ()


class WordGuard(Protocol):
    """Whoever knows which words may not be shown."""

    def judge(self, text: str) -> Verdict:
        """The verdict on one field; never on several joined, where words meet by chance."""
