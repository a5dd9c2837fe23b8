"""A viewer's picture of a room, on the examples that the TypeScript reducer is tested on too."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from bofen.live.changes import Change
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


def test_there_is_an_example_of_every_kind_of_change() -> None:
    union, _ = get_args(Change)
    kinds = {get_args(kind.model_fields["kind"].annotation)[0] for kind in get_args(union)}
    shown = {
        change["kind"]
        for example in EXAMPLES
        for tick in example["ticks"]
        for change in tick["changes"]
    }
    assert kinds <= shown


def test_only_the_last_messages_are_kept() -> None:
    view: dict[str, Any] = {"epoch": 1, "seq": 0, "messages": [], "shelf": [], "pin": None}
    changes = [
        {"seq": seq, "kind": "message", "message": {"seq": seq}}
        for seq in range(1, MESSAGES_KEPT + 11)
    ]
    after = apply(view, {"epoch": 1, "changes": changes})
    assert [m["seq"] for m in after["messages"]] == list(range(11, MESSAGES_KEPT + 11))
