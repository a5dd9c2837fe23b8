"""Doing a thing once: the client names it by id, the primary key does the rest.

A row made by a client keeps the `fingerprint` of what was asked in its column `asked`. A repeat
finds the row: the same request gets the first result, another one `IdReused`.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any
from uuid import UUID

from bofen.kit.errors import IdReused


def fingerprint(asked: Any) -> str:
    """Equal requests look equal: hex SHA-256 of the canonical JSON of a dataclass or value."""
    plain = asdict(asked) if is_dataclass(asked) and not isinstance(asked, type) else asked
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Request:
    """Who asked for a thing, and the fingerprint of what was asked."""

    by: UUID
    asked: str


def earlier(row_id: UUID, made: Request, now: Request) -> IdReused | None:
    """Whether the row that stands under this id answers this request too.

    None: it does, hand it out again. Otherwise the refusal, which a batch answers and everybody
    else raises.
    """
    return None if made == now else IdReused(str(row_id))
