from dataclasses import dataclass

from bofen.kit.errors import Refusal


@dataclass(eq=False)
class WordsRefused(Refusal):
    """`field` holds words that may not be shown to everybody."""

    code = "words_refused"
    status = 422
    field: str
    words: list[str]
