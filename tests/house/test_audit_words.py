"""The console has a word for whatever a deed writes down, and for every job and its facts."""

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import bofen
from bofen.worker.jobs import JOBS
from bofen.worker.subscriptions import SUBSCRIBERS

ROOT = Path(bofen.__file__).parent
WORDS = (ROOT.parent / "clients/console/src/words.ts").read_text()
RECORDERS = {"record", "_record", "_audit"}
"""`audit.record`, and what a domain puts before it."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


def words_of(table: str) -> set[str]:
    found = re.search(rf"export const {table}: Record<.*?> = \{{(.*?)\n\}}", WORDS, re.DOTALL)
    assert found, table
    return set(re.findall(r"^  (\w+): ", found[1], re.MULTILINE))


def _calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in names:
                yield node


def _literal(node: ast.AST) -> set[str]:
    """The keys of every dict that is written out in `node`."""
    return {
        key.value
        for each in ast.walk(node)
        if isinstance(each, ast.Dict)
        for key in each.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


def _named(module: ast.AST, within: ast.AST, name: str) -> set[str]:
    """The keys of a variable of this function, or of what a function of this module answers."""
    keys: set[str] = set()
    for node in ast.walk(within):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id == name:
                    keys |= _keys(module, within, node.value)
                if isinstance(target, ast.Subscript) and ast.unparse(target.value) == name:
                    keys |= {ast.literal_eval(target.slice)}
    for node in ast.walk(module):
        if isinstance(node, Function) and node.name == name:
            keys |= _literal(node)
    return keys


def _keys(module: ast.AST, within: ast.AST, facts: ast.AST) -> set[str]:
    named = {n.id for n in ast.walk(facts) if isinstance(n, ast.Name)}
    return _literal(facts).union(*(_named(module, within, name) for name in named))


def _told(calls: set[str]) -> Iterator[tuple[str, set[str]]]:
    """Each function that tells facts by one of these calls, and their names."""
    for file in sorted(ROOT.rglob("*.py")):
        module = ast.parse(file.read_text())
        functions = [node for node in ast.walk(module) if isinstance(node, Function)]
        for within in functions:
            for call in _calls(within, calls):
                keys = {word.arg for word in call.keywords if word.arg} - {"after"}
                loose = [word.value for word in call.keywords if word.arg is None]
                for facts in [*call.args[1:], *loose]:
                    if isinstance(facts, ast.Dict | ast.Name | ast.Call):
                        keys |= _keys(module, within, facts)
                yield f"{file.relative_to(ROOT)}:{call.lineno}", keys


def test_every_fact_of_a_deed_has_its_word() -> None:
    told = dict(_told(RECORDERS))

    assert len(told) > 30
    assert {"sent_as", "was", "is", "job", "approvals"} <= set().union(*told.values())
    unnamed = {place: keys - words_of("FACT") for place, keys in told.items()}
    assert {place: keys for place, keys in unnamed.items() if keys} == {}


def test_every_job_and_what_it_is_about_has_its_word() -> None:
    given = set().union(
        *(keys for place, keys in _told({"enqueue"}) if not place.startswith("kit/"))
    )
    for name in (module.name for module in walk_packages(bofen.__path__, "bofen.")):
        if name.endswith(".events"):
            for _, event in inspect.getmembers(import_module(name), inspect.isclass):
                if getattr(event, "topic", "") in SUBSCRIBERS:
                    given |= set(inspect.signature(event).parameters)

    assert {"out_refund_no", "withdrawal_id", "sku_id"} <= given
    assert given - words_of("FACT") == set()
    assert JOBS.keys() - words_of("JOB") == set()


def test_every_thing_that_a_deed_is_about_has_its_word() -> None:
    kinds = {
        found
        for file in ROOT.rglob("*.py")
        for within in ast.walk(ast.parse(file.read_text()))
        if isinstance(within, Function) and any(_calls(within, RECORDERS))
        for part in ast.walk(within)
        if isinstance(part, ast.JoinedStr) and isinstance(part.values[0], ast.Constant)
        for found in re.findall(r"^([a-z_]+):$", str(part.values[0].value))
    }

    assert {"order", "refund", "job"} <= kinds
    assert kinds - words_of("SUBJECT") == set()
