"""Lists are read by keyset: a page and an opaque cursor for the next, never an offset."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bofen.kit.errors import Refusal

T = TypeVar("T")

LIMIT_MAX = 100
LIMIT_DEFAULT = 20


@dataclass(eq=False)
class BadCursor(Refusal):
    code = "bad_cursor"
    status = 422


@dataclass(frozen=True)
class Page(Generic[T]):
    items: Sequence[T]
    next: str | None


def encode_cursor(*key: Any) -> str:
    """The sort key of the last row of a page, as an opaque string."""
    return base64.urlsafe_b64encode(json.dumps(key, default=str).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, length: int) -> list[Any]:
    """The sort key in `cursor`; refuses anything we did not write."""
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise BadCursor from error
    if not isinstance(key, list) or len(key) != length:
        raise BadCursor
    return key


def read_cursor(cursor: str, *readers: Callable[[Any], Any]) -> list[Any]:
    """The sort key in `cursor`, each part through its reader, such as `int` or `UUID`."""
    try:
        return [
            read(part)
            for read, part in zip(readers, decode_cursor(cursor, len(readers)), strict=True)
        ]
    except (AttributeError, TypeError, ValueError) as error:
        raise BadCursor from error


def page_of(rows: Sequence[T], limit: int, key: Callable[[T], tuple[Any, ...]]) -> Page[T]:
    """A page from `limit + 1` rows that were asked for: the extra row says that more follow."""
    items = rows[:limit]
    more = len(rows) > limit
    return Page(items, encode_cursor(*key(items[-1])) if more else None)
