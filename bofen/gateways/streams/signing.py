"""Signatures shared by the shop and its live engine: callbacks, control calls, play addresses.

Each use signs a text that no other use can produce, so one secret serves all three.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

FRESH_S = 300
"""A signed message older or newer than this is not believed."""

_SHARED_S = 60

TIMESTAMP = "X-Bofen-Timestamp"
SIGNATURE = "X-Bofen-Signature"


def sign(secret: str, text: str) -> str:
    """HMAC-SHA256 (RFC 2104) of `text`, in hexadecimal."""
    return hmac.new(secret.encode(), _bytes(text), hashlib.sha256).hexdigest()


def signed_headers(secret: str, body: bytes, at: datetime) -> dict[str, str]:
    """Headers that prove to the other side who wrote `body`, and when."""
    timestamp = str(int(at.timestamp()))
    return {TIMESTAMP: timestamp, SIGNATURE: sign_message(secret, timestamp, body)}


def sign_message(secret: str, timestamp: str, body: bytes) -> str:
    """The signature of `body`, said at `timestamp` (seconds since 1970, as text)."""
    text = _bytes(timestamp) + b"\n" + body
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def is_message_signed(secret: str, headers: Mapping[str, str], body: bytes, at: datetime) -> bool:
    """True when `body` came from a holder of the secret within the last minutes."""
    lower = {name.lower(): value for name, value in headers.items()}
    timestamp = lower.get(TIMESTAMP.lower(), "")
    signature = lower.get(SIGNATURE.lower(), "")
    expected = sign_message(secret, timestamp, body)
    if not hmac.compare_digest(expected.encode(), _bytes(signature)):
        return False
    return timestamp.isdecimal() and abs(int(at.timestamp()) - int(timestamp)) <= FRESH_S


def control_body(method: str, path: str) -> bytes:
    """What is signed of a control call, which carries no body of its own."""
    return f"control {method} {path}".encode()


def play_query(secret: str, scope: str, at: datetime, ttl_s: int) -> str:
    """`expires=…&sign=…` for everything below `scope`, such as `live/abc`.

    Expiry is rounded up to the minute: who comes in the same minute has the same addresses, so
    that a cache in front serves them all from one copy.
    """
    expires = -(-(int(at.timestamp()) + ttl_s) // _SHARED_S) * _SHARED_S
    return f"expires={expires}&sign={_sign_play(secret, scope, str(expires))}"


def is_play_signed(secret: str, scope: str, query: Mapping[str, str], at: datetime) -> bool:
    """True when `query` was made by `play_query` for this very scope and has not expired."""
    expires = query.get("expires", "")
    expected = _sign_play(secret, scope, expires)
    if not hmac.compare_digest(expected.encode(), _bytes(query.get("sign", ""))):
        return False
    return expires.isdecimal() and at.timestamp() < int(expires)


def _bytes(text: str) -> bytes:
    """Whatever a header held: bytes that are no UTF-8 arrive as halves of surrogate pairs."""
    return text.encode("utf-8", "replace")


def _sign_play(secret: str, scope: str, expires: str) -> str:
    return sign(secret, f"play {scope} {expires}")[:40]
