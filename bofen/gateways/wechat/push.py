"""WeChat's push endpoint: the handshake, and messages in safe mode (protocols 1.6). Pure."""

import base64
import hashlib
import hmac
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32


class BadMessage(Exception):  # noqa: N818 - says what it is
    """Not encrypted for this app, or altered."""


def signature(token: str, *parts: str) -> str:
    """SHA-1 over the sorted parts: of timestamp and nonce, and of the message in safe mode."""
    return hashlib.sha1("".join(sorted((token, *parts))).encode()).hexdigest()  # noqa: S324


def is_signed(token: str, given: str, *parts: str) -> bool:
    """Whether WeChat signed these parts with our token."""
    return hmac.compare_digest(signature(token, *parts).encode(), given.encode())


def encrypt(aes_key: str, appid: str, message: str, random: bytes) -> str:
    """`random` is 16 bytes."""
    raw = random + struct.pack(">I", len(message.encode())) + message.encode() + appid.encode()
    fill = _BLOCK - len(raw) % _BLOCK
    encryptor = _cipher(aes_key).encryptor()
    sealed = encryptor.update(raw + bytes([fill]) * fill) + encryptor.finalize()
    return base64.b64encode(sealed).decode()


def decrypt(aes_key: str, appid: str, sealed: str) -> str:
    """The message in a push; raises `BadMessage` when it is not for this app."""
    try:
        decryptor = _cipher(aes_key).decryptor()
        raw = decryptor.update(base64.b64decode(sealed, validate=True)) + decryptor.finalize()
        fill = raw[-1]
        (length,) = struct.unpack(">I", raw[16:20])
        message = raw[20 : 20 + length].decode()
        owner = raw[20 + length : len(raw) - fill].decode()
    except (ValueError, IndexError, struct.error) as error:
        raise BadMessage from error
    if not 1 <= fill <= _BLOCK or not hmac.compare_digest(owner.encode(), appid.encode()):
        raise BadMessage
    return message


def _cipher(aes_key: str) -> Cipher[modes.CBC]:
    key = base64.b64decode(aes_key + "=")
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))
