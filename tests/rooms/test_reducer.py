"""A viewer's picture of a room, on the examples that the TypeScript reducer is tested on too."""

import json
from pathlib import Path
from typing import Any

import pytest

from bofen.live.rules import MESSAGES_KEPT, Gap, apply

EXAMPLES = [
    example
    for file in sorted((Path(__file__).parent / "examples").glob("*.json"))
    for example in json.loads(file.read_text())
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_the_view_after_the_ticks(example: dict[str, Any]) -> None:
    view: dict[str, Any] | str = example["view"]
    for tick in example["ticks"]:
        assert isinstance(view, dict)
        try:
            view = apply(view, tick)
        except Gap:
            view = "gap"
    assert view == example["expected"]


def test_only_the_last_messages_are_kept() -> None:
    view: dict[str, Any] = {"epoch": 1, "seq": 0, "messages": [], "shelf": [], "pin": None}
    changes = [
        {"seq": seq, "kind": "message", "message": {"seq": seq}}
        for seq in range(1, MESSAGES_KEPT + 11)
    ]
    after = apply(view, {"epoch": 1, "changes": changes})
    assert [m["seq"] for m in after["messages"]] == list(range(11, MESSAGES_KEPT + 11))
