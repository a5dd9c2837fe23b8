"""One contract: every answer has a shape, what is one of a few is an enum, a name is one thing."""

from collections.abc import Iterator
from typing import Any

import pytest

from bofen.web.app import AUDIENCES, audience_app
from tests.openapi import Node, asked_fields

ONE_OF_A_FEW = {
    *("status", "kind", "role", "shown", "source", "deed", "outcome", "close_reason"),
    *("rate_source", "limited_by", "reference_kind", "order_status", "why_not", "permission"),
}
"""Fields that hold a word of ours: a bare string would let a page be blind to a new one."""
CLIENTS = [name for name in AUDIENCES if name != "callbacks"]


def document(audience: str) -> Node:
    return audience_app(audience).openapi()


def answered(found: Node) -> set[str]:
    """The names of every schema that an answer of this document may hold."""
    names: set[str] = set()
    waiting = [
        answer
        for methods in found["paths"].values()
        for operation in methods.values()
        for status, answer in operation["responses"].items()
        if status.startswith("2")
    ]
    while waiting:
        for name in refs(waiting.pop()):
            if name not in names:
                names.add(name)
                waiting.append(found["components"]["schemas"][name])
    return names


def refs(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"].rsplit("/", 1)[-1]
        for part in node.values():
            yield from refs(part)
    elif isinstance(node, list):
        for part in node:
            yield from refs(part)


def parts(schema: Node) -> Iterator[Node]:
    """A property, and what it is made of."""
    yield schema
    for name in ("anyOf", "oneOf", "prefixItems"):
        for part in schema.get(name, ()):
            yield from parts(part)
    if isinstance(schema.get("items"), dict):
        yield from parts(schema["items"])


def is_shapeless(schema: Node) -> bool:
    """Anything at all, or an object that does not say what it holds."""
    if not schema.keys() - {"title", "description", "default"}:
        return True
    is_open = schema.get("additionalProperties") is True
    return (
        schema.get("type") == "object"
        and (is_open or "properties" not in schema)
        and (not isinstance(schema.get("additionalProperties"), dict))
    )


@pytest.mark.parametrize("audience", CLIENTS)
def test_every_answer_says_what_it_holds(audience: str) -> None:
    found = document(audience)
    schemas = found["components"]["schemas"]
    shapeless = [
        f"{name}.{field}"
        for name in answered(found)
        for field, schema in schemas[name].get("properties", {}).items()
        for part in parts(schema)
        if is_shapeless(part)
    ]
    bare = [
        f"{method} {path}"
        for path, methods in found["paths"].items()
        for method, operation in methods.items()
        for status, answer in operation["responses"].items()
        if status.startswith("2")
        for content in answer.get("content", {}).values()
        for part in parts(content.get("schema", {"type": "string"}))
        if is_shapeless(part)
    ]

    assert (shapeless, bare) == ([], [])


@pytest.mark.parametrize("audience", CLIENTS)
def test_what_is_one_of_a_few_is_an_enum(audience: str) -> None:
    bare = [
        f"{name}.{field}"
        for name, shape in document(audience)["components"]["schemas"].items()
        for field, schema in shape.get("properties", {}).items()
        if field in ONE_OF_A_FEW
        for part in parts(schema)
        if part.get("type") == "string" and not {"enum", "const"} & part.keys()
    ]

    assert bare == []


@pytest.mark.parametrize("audience", CLIENTS)
def test_a_name_means_one_shape(audience: str) -> None:
    """Two shapes of one name reach TypeScript as `bofen__web__…`."""
    twice = [name for name in document(audience)["components"]["schemas"] if "__" in name]

    assert twice == []


@pytest.mark.parametrize("audience", CLIENTS)
def test_what_staff_and_buyers_type_has_a_length(audience: str) -> None:
    asked = list(asked_fields(document(audience)))
    endless = [
        field
        for field, schema in asked
        for part in parts(schema)
        if part.get("type") == "string"
        and not {"maxLength", "enum", "const", "format", "pattern", "contentMediaType"}
        & part.keys()
    ]

    assert asked
    assert endless == []
