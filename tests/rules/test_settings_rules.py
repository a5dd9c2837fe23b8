"""Groups of settings: defaults that agree, limits that are declared, readers that forgive."""

import json
from dataclasses import asdict, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bofen.settings import rules
from bofen.settings.rules import GROUPS, Binding, Group, Trade


@pytest.mark.parametrize("kind", GROUPS)
def test_the_defaults_are_within_their_own_limits(kind: type[Group]) -> None:
    defaults = kind()

    assert TypeAdapter(kind).validate_json(json.dumps(asdict(defaults))) == defaults
    assert rules.contradiction(defaults) is None


@pytest.mark.parametrize("kind", GROUPS)
def test_every_number_has_a_limit_on_both_sides(kind: type[Group]) -> None:
    schema = TypeAdapter(kind).json_schema()["properties"]
    for field in fields(kind):
        limits = schema[field.name]
        if limits["type"] == "integer":
            assert {"minimum", "maximum"} <= limits.keys(), field.name
        elif limits["type"] != "boolean":
            assert "maxLength" in limits, field.name


@given(st.dictionaries(st.sampled_from(["freight_fen", "gone", "open_orders_max"]), st.just(7)))
def test_a_stored_group_reads_whatever_this_version_knows(stored: dict[str, int]) -> None:
    read = rules.read(Trade, stored)

    assert read.freight_fen == stored.get("freight_fen", Trade().freight_fen)
    assert read.open_orders_max == stored.get("open_orders_max", Trade().open_orders_max)


@given(st.integers(1, 365), st.integers(0, 90))
def test_a_protection_is_never_longer_than_the_binding(days: int, protection: int) -> None:
    wrong = rules.contradiction(Binding(binding_days=days, protection_days=protection))

    assert (wrong == "protection_days") == (protection > days)
