"""Identifiers sort by birth: UUID version 7. Short public tokens are random and say nothing."""

import os
import secrets
import time
from uuid import UUID

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def new_id() -> UUID:
    """A UUIDv7: 48 bits of milliseconds, then randomness (RFC 9562 §5.7)."""
    millis = time.time_ns() // 1_000_000
    raw = bytearray(millis.to_bytes(6, "big") + os.urandom(10))
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return UUID(bytes=bytes(raw))


def short_token(length: int = 8) -> str:
    """`length` random base62 characters: opaque, printable, fit for a link or a code scene."""
    value, text = secrets.randbelow(len(_BASE62) ** length), ""
    for _ in range(length):
        value, digit = divmod(value, len(_BASE62))
        text += _BASE62[digit]
    return text
