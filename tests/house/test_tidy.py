"""Our own law: sizes, names and promises. Exceptions are listed by name and may only shrink."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 50

_PROMISES = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|pytest\.mark\.(skip|xfail)|pytest\.skip\(")
_VAGUE = re.compile(r"(^|_)(utils?|helpers?|common|misc|process|manager|handler)(_|$)")


def ours(*endings: str) -> Iterator[Path]:
    for folder in ("bofen", "tests", "bench", "tools", "migrations", "clients"):
        for path in sorted((ROOT / folder).rglob("*")):
            parts = path.relative_to(ROOT).parts
            if path.suffix in endings and not {"node_modules", "dist", "schema"} & set(parts):
                yield path


def test_no_file_is_longer_than_its_reader_s_patience() -> None:
    sources = (p for p in ours(".py", ".ts", ".vue", ".mjs") if "versions" not in p.parts)
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources
        if (lines := path.read_text().count("\n")) > FILE_LINES_MAX
    }

    assert long == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in ours(".py")
        if "versions" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno >= FUNCTION_LINES_MAX
    ]

    assert long == []


def test_nothing_is_promised_for_later() -> None:
    promised = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in ours(".py", ".ts", ".vue", ".mjs")
        if path != Path(__file__)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if _PROMISES.search(line)
    ]

    assert promised == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in ours(".py")
        if path.is_relative_to(ROOT / "bofen")
        and path.name not in {"__init__.py", "errors.py", "events.py", "models.py"}
        and not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert silent == []


def test_names_say_something() -> None:
    vague = [
        str(path.relative_to(ROOT))
        for path in ours(".py")
        if path.is_relative_to(ROOT / "bofen") and _VAGUE.search(path.stem)
    ]

    assert vague == []


def test_no_machine_s_own_path_or_registry_is_written_down() -> None:
    names = ["requirements", "docs", "bofen", "clients", "tools", "README.md", "README.zh-CN.md"]
    places = "|".join(re.escape(f"{place}/") for place in (ROOT, Path.home()))
    forbidden = re.compile(rf"{places}|://[^/\s]*(?:registry|pypi|pythonhosted)")
    found = [
        str(path.relative_to(ROOT))
        for name in names
        for path in ([ROOT / name] if (ROOT / name).is_file() else (ROOT / name).rglob("*"))
        if path.is_file()
        and path.suffix in {".py", ".md", ".lock", ".json", ".ts", ".vue", ".toml"}
        and not {"node_modules", "dist"} & set(path.parts)
        and forbidden.search(path.read_text())
    ]

    assert found == []


def test_no_page_adds_freight_to_an_amount_that_holds_it() -> None:
    """The `amount_fen` of an after-sale and the `total_fen` of an order include their freight."""
    adds = re.compile(r"(amount_fen|total_fen)\s*\+[^\n]*freight_fen|freight_fen\s*\+")
    found = [
        str(path.relative_to(ROOT)) for path in ours(".vue", ".ts") if adds.search(path.read_text())
    ]

    assert found == []
