import secrets

import pytest
from pydantic import ValidationError

from bofen.kit.settings import _NEEDED, Settings


def complete() -> dict[str, str]:
    return {name: secrets.token_hex(24) for name in _NEEDED}


def test_a_complete_production_starts() -> None:
    assert Settings(production=True, **complete()).production  # type: ignore[arg-type]


@pytest.mark.parametrize("name", _NEEDED)
@pytest.mark.parametrize("value", ["", "changeme-changeme-changeme-changeme", "sample-" * 8])
def test_a_production_refuses_missing_and_sample_values(name: str, value: str) -> None:
    with pytest.raises(ValidationError, match=f"BOFEN_{name.upper()}"):
        Settings(production=True, **(complete() | {name: value}))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["master_key", "media_secret"])
def test_a_short_secret_is_refused_everywhere(name: str) -> None:
    with pytest.raises(ValidationError, match="too short"):
        Settings(**{name: "k" * 31})


def test_a_production_cannot_move_its_clock() -> None:
    with pytest.raises(ValidationError, match="MOVABLE_CLOCK"):
        Settings(production=True, movable_clock=True, **complete())  # type: ignore[arg-type]
