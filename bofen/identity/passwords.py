"""Which passwords are too easily guessed: by length, by a list of common ones, by who uses them.

As NIST SP 800-63B §3.1.1.2 advises: no rules about kinds of characters, and no expiry. People put
digits around a word that all others use too; the list holds the words (see NOTICE).
"""

import re
from functools import cache
from pathlib import Path

from bofen.identity.errors import PasswordGuessable

LENGTH_MIN, LENGTH_MAX = 8, 200
_WORD_MIN = 3
_DIGITS_MIN = 12
"""A birthday, or a phone number, is one of few; so is one with a letter or two before it."""
_DIFFERENT_MIN = 4
_AROUND_MAX = 5
"""So many digits and signs around a common word are guessed with it."""
_OURS = frozenset({"admin", "bofen", "caonima", "mima", "woaini", "wodemima", "zhibo"})
"""What the list, of other countries' leaks, does not have."""
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")


@cache
def _common() -> frozenset[str]:
    text = (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8")
    return _OURS.union(text.split())


def check(password: str, login: str) -> None:
    """Raises `PasswordGuessable`. The length is the request's matter."""
    plain = password.casefold()
    word = _AROUND.sub("", plain)
    if (
        (word in _common() and len(plain) - len(word) <= _AROUND_MAX)
        or login.casefold() in plain
        or len(set(plain)) < _DIFFERENT_MIN
        or (len(word) < _WORD_MIN and len(plain) < _DIGITS_MIN)
    ):
        raise PasswordGuessable
