"""Lists are read by keyset: a page and an opaque cursor for the next, never an offset."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from bofen.kit.errors import Refusal

T = TypeVar("T")

LIMIT_MAX = 100
LIMIT_DEFAULT = 20
_YEARS = (2000, 2200)


@dataclass(eq=False)
class BadCursor(Refusal):
    """A cursor that this list did not hand out."""

    code = "bad_cursor"
    status = 422


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a list; `next` is the cursor of the page after it, None at the end."""

    items: Sequence[T]
    next: str | None


def encode_cursor(*key: Any) -> str:
    """The sort key of the last row of a page, as an opaque string."""
    return base64.urlsafe_b64encode(json.dumps(key, default=str).encode()).decode().rstrip("=")


def read_cursor(cursor: str, *readers: Callable[[Any], Any]) -> list[Any]:
    """The sort key in `cursor`, each part through its reader: `read_id`, `read_number` and so on.

    Raises `BadCursor` on everything that we did not write: people do edit addresses.
    """
    key = _key(cursor)
    try:
        return [read(part) for read, part in zip(readers, key, strict=True)]
    except (ArithmeticError, AttributeError, TypeError, ValueError) as error:
        raise BadCursor from error


def cursor_length(cursor: str) -> int:
    """How many parts the key in `cursor` has. Raises `BadCursor`."""
    return len(_key(cursor))


def _key(cursor: str) -> list[Any]:
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (AttributeError, RecursionError, TypeError, ValueError) as error:
        raise BadCursor from error
    if not isinstance(key, list):
        raise BadCursor
    return key


def read_id(part: Any) -> UUID:
    """The UUID of a row."""
    return UUID(part)


def read_number(part: Any) -> int:
    """A whole number that a bigint holds; also one that came as text."""
    number = int(part)
    if isinstance(part, bool) or not -(2**63) <= number < 2**63:
        raise ValueError(part)
    return number


def read_time(part: Any) -> datetime:
    """An aware time of this century: no row of a shop is older, and PostgreSQL can hold it."""
    time = datetime.fromisoformat(part)
    if time.tzinfo is None or not _YEARS[0] <= time.year <= _YEARS[1]:
        raise ValueError(part)
    return time


def read_text(part: Any) -> str:
    """Text that PostgreSQL can hold: without NUL and without half characters."""
    if not isinstance(part, str) or "\x00" in part:
        raise TypeError(part)
    part.encode()
    return part


def page_of(rows: Sequence[T], limit: int, key: Callable[[T], tuple[Any, ...]]) -> Page[T]:
    """A page from `limit + 1` rows that were asked for: the extra row says that more follow."""
    items = rows[:limit]
    more = len(rows) > limit
    return Page(items, encode_cursor(*key(items[-1])) if more else None)
