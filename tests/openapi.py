"""Reads an OpenAPI document as its clients do."""

from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]


def asked_fields(document: Node) -> Iterator[tuple[str, Node]]:
    """Name and schema of every field that a request's body may hold, at whatever depth."""
    shapes, waiting = document["components"]["schemas"], []
    for methods in document["paths"].values():
        for operation in methods.values():
            content = operation.get("requestBody", {}).get("content", {})
            waiting += [each["schema"] for each in content.values()]
    seen: set[str] = set()
    while waiting:
        shape = waiting.pop()
        reference = shape.get("$ref", "").rpartition("/")[2]
        if reference and reference not in seen:
            seen.add(reference)
            waiting.append(shapes[reference])
        yield from shape.get("properties", {}).items()
        waiting += [*shape.get("properties", {}).values(), *filter(None, [shape.get("items")])]
        waiting += [each for key in ("anyOf", "oneOf", "allOf") for each in shape.get(key, ())]
