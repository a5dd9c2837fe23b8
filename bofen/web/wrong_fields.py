"""What is wrong with a request, field by field, in sentences that a person can act on."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bofen.kit.money import Fen, yuan

_KNOWN = json.loads((Path(__file__).parent / "fields.json").read_text(encoding="utf-8"))
NAMES: Mapping[str, Mapping[str, str]] = _KNOWN["names"]
_WHY: Mapping[str, Mapping[str, str]] = _KNOWN["why"]
_SHOWN_MAX = 20
_LANGUAGES = ("zh", "en")
WrongField = dict[str, Any]
"""`{field, name: {zh, en}, why: {zh, en}}`."""
_PLAIN = re.compile(r"[A-Za-z0-9_.-]{1,60}")


def wrong_fields(errors: Iterable[Mapping[str, Any]], path: str = "") -> list[WrongField]:
    """Each error of pydantic as `{field, name: {zh, en}, why: {zh, en}}`, the first twenty.

    `errors` begin their `loc` with where the field came from (`body`, `query`); `path` is the
    address asked for, which tells the name of a person from the name of a category.
    """
    nouns = [part for part in reversed(path.split("/")) if part]
    return [_wrong(error, nouns) for error in list(errors)[:_SHOWN_MAX]]


def _wrong(error: Mapping[str, Any], nouns: Sequence[str]) -> WrongField:
    # Brackets stand in pydantic's names of its own machinery, never in a field's name.
    steps = [step for step in error["loc"][1:] if "[" not in str(step)]
    if error["type"] == "json_invalid":
        steps = []  # it was a place in the text
    field = ".".join(str(step) for step in steps) or "body"
    name = _name(steps, nouns)
    ctx = {key: _figure(value, field) for key, value in error.get("ctx", {}).items()}
    sentence = _WHY.get(_kind(error), _WHY["form"])
    why = {lang: sentence[lang].format_map(ctx | {"name": name[lang]}) for lang in _LANGUAGES}
    return {"field": field, "name": name, "why": why}


def _name(steps: Sequence[int | str], nouns: Sequence[str]) -> dict[str, str]:
    """`第 2 项的数量`: the innermost named step, and which entry of a list it stands in."""
    named = [step for step in steps if isinstance(step, str)]
    field = named[-1] if named else "body"
    around = [*reversed(named[:-1]), *nouns]
    keys = [*(f"{noun}.{field}" for noun in around), field]
    unknown = field if _PLAIN.fullmatch(field) else "…"
    name = next((NAMES[key] for key in keys if key in NAMES), {"zh": unknown, "en": unknown})
    place = next((step for step in reversed(steps) if isinstance(step, int)), None)
    if place is None:
        return {lang: name[lang] for lang in _LANGUAGES}
    return {"zh": f"第 {place + 1} 项的{name['zh']}", "en": f"{name['en']} of entry {place + 1}"}


def _kind(error: Mapping[str, Any]) -> str:
    """Which sentence fits an error of pydantic."""
    kind, ctx = str(error["type"]), error.get("ctx", {})
    is_text = ctx.get("field_type", "Value") == "Value"
    match kind:
        case "string_too_long":
            return "text_too_long"
        case "too_long":
            return "text_too_long" if is_text else "too_many"
        case "string_too_short" | "too_short" if ctx.get("min_length") == 1:
            return "empty" if is_text else "none"
        case "string_too_short":
            return "text_too_short"
        case "too_short":
            return "text_too_short" if is_text else "too_few"
        case _:
            return kind


def _figure(value: Any, field: str) -> Any:
    """A bound as people read it: money in yuan."""
    if field.endswith("_fen") and isinstance(value, int):
        return f"¥{yuan(Fen(value))}"
    return value
