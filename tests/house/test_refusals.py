"""Every refusal has a stable code, a status, and a sentence in Chinese and English."""

import inspect
import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import bofen
from bofen.kit.errors import Refusal

MESSAGES = Path(bofen.__file__).parent / "web" / "messages"


def every_refusal() -> Iterator[type[Refusal]]:
    for module in walk_packages(bofen.__path__, "bofen."):
        if module.name.startswith("bofen.cli"):
            continue
        for _, found in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(found, Refusal) and found is not Refusal:
                yield found


def sentences() -> dict[str, dict[str, str]]:
    return {
        code: both
        for file in MESSAGES.glob("*.json")
        for code, both in json.loads(file.read_text()).items()
    }


def test_every_code_has_its_sentences() -> None:
    known = sentences()
    missing = {
        refusal.code
        for refusal in every_refusal()
        if not {"zh", "en"} <= known.get(refusal.code, {}).keys()
    }

    assert missing == set()


def test_a_code_means_one_thing() -> None:
    owners: dict[str, set[str]] = {}
    for refusal in every_refusal():
        owners.setdefault(refusal.code, set()).add(refusal.__qualname__)

    assert {code: names for code, names in owners.items() if len(names) > 1} == {}


def test_sentences_name_only_facts_that_the_refusal_has() -> None:
    facts: dict[str, set[str]] = {}
    for refusal in every_refusal():
        facts.setdefault(refusal.code, set()).update(inspect.signature(refusal).parameters)
    wrong = {
        code
        for code, both in sentences().items()
        for text in both.values()
        if code in facts and not set(re.findall(r"\{(\w+)", text)) <= facts[code]
    }

    assert wrong == set()


def test_statuses_are_refusals() -> None:
    assert {r.code for r in every_refusal() if not 400 <= r.status < 600} == set()


def test_sentences_speak_yuan() -> None:
    """A fact in fen is told in yuan, so a sentence puts ¥ before it and never says 分."""
    wrong = {
        code
        for code, both in sentences().items()
        for text in both.values()
        if re.search(r"(?<!¥)\{\w+_fen\}", text) or "fen)" in text or re.search(r"_fen\} ?分", text)
    }

    assert wrong == set()
