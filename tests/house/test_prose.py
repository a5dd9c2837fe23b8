"""What is public says what it is for: units, shapes, errors, sources."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SILENT_OF_A_HUNDRED = 2
"""Public names that may go without a sentence: where a signature says everything."""
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(body: list[ast.stmt]) -> Iterator[Definition]:
    """Functions, classes and their methods, down to but not into functions."""
    for node in body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            if not any(ast.unparse(each) == "override" for each in node.decorator_list):
                yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def test_public_names_say_what_they_are_for() -> None:
    names, silent = 0, []
    for path in sorted((ROOT / "bofen").rglob("*.py")):
        for node in public(ast.parse(path.read_text()).body):
            names += 1
            if not ast.get_docstring(node):
                silent.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")

    assert len(silent) * 100 <= names * SILENT_OF_A_HUNDRED, silent


def test_a_decision_has_a_date() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    undated = [
        path.name
        for path in decisions
        if not any(line[:4].isdigit() for line in path.read_text().splitlines()[1:4])
    ]

    assert decisions
    assert undated == []
