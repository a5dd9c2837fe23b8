"""Doing a thing once: the client names it by id, the primary key does the rest.

A row made by a client keeps the `fingerprint` of what was asked in its column `asked`. A repeat
finds the row: the same fingerprint and the same actor get the first result, others `IdReused`.
"""

import hashlib
import json
from dataclasses import asdict, is_dataclass
from typing import Any


def fingerprint(asked: Any) -> str:
    """Equal requests look equal: hex SHA-256 of the canonical JSON of a dataclass or value."""
    plain = asdict(asked) if is_dataclass(asked) and not isinstance(asked, type) else asked
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
