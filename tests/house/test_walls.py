"""Walls between rooms: each speaks only to its own tables; flows call verbs; reports alone roam."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bofen.runtime.migrate import metadata

ROOT = Path(__file__).resolve().parents[2]
BOFEN = ROOT / "bofen"
TABLES = frozenset(metadata().tables)
_SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|FROM|JOIN|TABLE)\b")
_WORD = re.compile(r"\b[a-z]+_[a-z_]+\b")

ROAMERS = {"reports"}
"""Read-only questions over all rooms. `runtime` prepares databases and is not a room."""
NOT_ROOMS = ROAMERS | {"runtime", "sandbox", "media"}


def sources() -> Iterator[tuple[str, str, ast.Module]]:
    """Each file of the house: its room, its path, its tree."""
    for path in sorted(BOFEN.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        yield path.relative_to(BOFEN).parts[0], name, ast.parse(path.read_text())


def docstrings(tree: ast.AST) -> set[int]:
    """The nodes that explain; they may name what they like."""
    found = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for line in body if isinstance(body, list) else ():
            if isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant):
                found.add(id(line.value))
    return found


def foreign_tables(room: str, tree: ast.Module) -> set[str]:
    told = docstrings(tree)
    return {
        word
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
        if _SQL.search(node.value)
        for word in _WORD.findall(node.value)
        if word in TABLES and not word.startswith(f"{room}_")
    }


def test_a_room_s_sql_names_only_its_own_tables() -> None:
    found = {
        name: sorted(foreign)
        for room, name, tree in sources()
        if room not in NOT_ROOMS and (foreign := foreign_tables(room, tree))
    }

    assert found == {}


def annotations(tree: ast.Module) -> set[int]:
    """Every node inside an annotation: there a foreign model is only the type of an answer."""
    found: set[int] = set()
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            part = getattr(node, name, None)
            if part is not None:
                found |= {id(each) for each in ast.walk(part)}
        if isinstance(node, ast.Subscript):  # list[tuple[Order, …]] as a type alias or argument
            found |= {id(each) for each in ast.walk(node.slice)}
    return found


def foreign_models(room: str, tree: ast.Module) -> set[str]:
    """Names of another room's models that are used as more than a type."""
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".models")
        if (node.module or "").split(".")[1] != room
        for alias in node.names
    }
    typed = annotations(tree)
    return {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id in imported and id(node) not in typed
    }


def test_another_room_s_models_are_types_and_nothing_more() -> None:
    found = {
        name: sorted(foreign)
        for room, name, tree in sources()
        if room not in NOT_ROOMS and (foreign := foreign_models(room, tree))
    }

    assert found == {}


def test_flows_and_edges_change_rows_by_verbs() -> None:
    """Setting an attribute of somebody's row is a write that its room does not see."""
    written = [
        f"{name}:{node.lineno} {ast.unparse(target)}"
        for room, name, tree in sources()
        if room in {"flows", "web", "worker"}
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for part in (node.targets if isinstance(node, ast.Assign) else [node.target])
        for target in (part.elts if isinstance(part, ast.Tuple) else [part])
        if isinstance(target, ast.Attribute)
        if not ast.unparse(target).startswith(("self.", "app.state", "part.state", "state."))
        if not target.attr.startswith("__")
    ]

    assert written == []


def test_nothing_is_set_by_its_name() -> None:
    found = [
        f"{name}:{node.lineno}"
        for _, name, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id == "setattr"
    ]

    assert found == []


def test_a_migration_stands_on_its_own() -> None:
    """A migration that imports the house means something else after every commit."""
    found = [
        path.name
        for path in sorted((ROOT / "migrations").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bofen"))
        or (isinstance(node, ast.Import) and any(a.name.startswith("bofen") for a in node.names))
    ]

    assert found == []
