"""What laws stand on: many examples, each against a clock."""

import pytest

from bofen.catalog import words


@pytest.fixture(scope="session", autouse=True)
def dictionaries() -> None:
    """Characters and words are read when they are first used: no example pays for it."""
    words.search_for("臺灣高山茶")
