"""Asking the word guard about what will be shown at once, with nobody to decide in between."""

from bofen.gateways.words.errors import WordsRefused
from bofen.gateways.words.protocol import WordGuard


def check_text(guard: WordGuard, field: str, text: str, *, is_decided_later: bool = False) -> None:
    """Raises `WordsRefused`, naming `field` as requests call it.

    Words that a person must decide on pass only if a person will: `is_decided_later`.
    """
    verdict = guard.judge(text)
    if verdict.kind == "block" or (verdict.kind == "review" and not is_decided_later):
        raise WordsRefused(field, list(verdict.hits))
