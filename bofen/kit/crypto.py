"""Encrypted columns, blind indexes, password and token hashes: all from one master key."""

import hashlib
import hmac
import os
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bofen.kit.text import graphemes

_NONCE_BYTES = 12
_VERSION = b"\x01"


class Vault:
    """Keys derived from the master key (HKDF-SHA256, RFC 5869), one for each use."""

    def __init__(self, master_key: bytes) -> None:
        assert len(master_key) >= 32
        self._box = AESGCM(_derive(master_key, b"column"))
        self._index_key = _derive(master_key, b"blind index")
        self._sign_key = _derive(master_key, b"signature")
        self.fingerprint = _derive(master_key, b"fingerprint").hex()[:16]
        """16 hex digits that tell master keys apart and say nothing of them."""

    def seal(self, text: str) -> bytes:
        """AES-256-GCM: version byte, 12-byte nonce, ciphertext and tag."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._box.encrypt(nonce, text.encode(), _VERSION)

    def open(self, sealed: bytes) -> str:
        """The text that `seal` was given. Raises ValueError on anything altered."""
        body = sealed[len(_VERSION) :]
        try:
            return self._box.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], sealed[:1]).decode()
        except InvalidTag as error:
            message = "sealed value was altered, or sealed with another key"
            raise ValueError(message) from error

    def blind_index(self, text: str) -> bytes:
        """Equal texts give equal 32 bytes, so that a sealed column can be looked up."""
        return hmac.new(self._index_key, text.encode(), hashlib.sha256).digest()

    def sign(self, text: str) -> str:
        """A short signature for addresses we hand out ourselves: 32 hex digits."""
        return hmac.new(self._sign_key, text.encode(), hashlib.sha256).hexdigest()[:32]

    def is_signed(self, text: str, signature: str) -> bool:
        """Whether `sign` made this signature of this text."""
        return hmac.compare_digest(self.sign(text).encode(), signature.encode())


def _derive(master_key: bytes, use: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"bofen " + use).derive(master_key)


def new_token() -> str:
    """A session token: 256 random bits, url-safe."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What is stored instead of a token; tokens are random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).digest()


_passwords = PasswordHasher()


def hash_password(password: str) -> str:
    """Argon2id with the library's recommended cost. Takes tens of milliseconds: use a thread."""
    return _passwords.hash(password)


def is_password(password: str, hashed: str) -> bool:
    """Whether this is the password that was hashed. Slow on purpose: use a thread."""
    try:
        return _passwords.verify(hashed, password)
    except VerificationError:
        return False


def mask_phone(phone: str) -> str:
    """`138****1234`."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 7 else "****"


def mask_name(name: str) -> str:
    """`张**`: the first character as a reader counts it, and no hint of how many follow."""
    return "".join(graphemes(name)[:1]) + "**"
