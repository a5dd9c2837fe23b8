"""WeChat Pay APIv3: signatures, encryption and the headers that carry them. Pure.

Sources: merchant development documents, "interface rules": request signature, signature
verification, AEAD_AES_256_GCM of callbacks, encryption of sensitive fields.
"""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SCHEME = "WECHATPAY2-SHA256-RSA2048"
SKEW_S = 300
_SECONDS = re.compile(r"[0-9]{1,12}")
_CERTIFICATE = b"BEGIN CERTIFICATE"
_PROBE = "WECHATPAY/SIGNTEST/"
"""WeChat's probing traffic carries such signatures; they must fail."""


class BadSignature(Exception):  # noqa: N818 - says what it is
    """The message is not what its signature says."""


def request_message(method: str, path: str, timestamp: int, nonce: str, body: str) -> str:
    """Five lines, each ended: what a request's signature is made over. `path` has its query."""
    return f"{method}\n{path}\n{timestamp}\n{nonce}\n{body}\n"


def answer_message(timestamp: str, nonce: str, body: str) -> str:
    """Three lines: what answers and callbacks are signed over."""
    return f"{timestamp}\n{nonce}\n{body}\n"


def pay_message(appid: str, timestamp: str, nonce: str, package: str) -> str:
    """Four lines: what `wx.requestPayment` checks."""
    return f"{appid}\n{timestamp}\n{nonce}\n{package}\n"


def sign(key: RSAPrivateKey, message: str) -> str:
    """Base64 of SHA256 with RSA (PKCS #1 v1.5), as WeChat Pay v3 signs."""
    signature = key.sign(message.encode(), padding.PKCS1v15(), hashes.SHA256())
    return base64.b64encode(signature).decode()


def verify(key: RSAPublicKey, message: str, signature: str) -> None:
    """Raises `BadSignature` unless `key`'s owner signed `message`."""
    try:
        raw = base64.b64decode(signature, validate=True)
        key.verify(raw, message.encode(), padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, binascii.Error) as error:
        raise BadSignature from error


@dataclass(frozen=True)
class Merchant:
    """Who we are to WeChat Pay, and how we know it."""

    mchid: str
    serial: str
    key: RSAPrivateKey
    provider_keys: Mapping[str, RSAPublicKey]
    """By serial: `PUB_KEY_ID_…` or that of a platform certificate. All of them are believed; the
    first is the one that we encrypt with and ask to be answered by."""
    v3_key: bytes


def authorization(
    merchant: Merchant, method: str, path: str, body: str, moment: tuple[int, str]
) -> str:
    """The Authorization header; `moment` is the timestamp and the nonce."""
    timestamp, nonce = moment
    signature = sign(merchant.key, request_message(method, path, timestamp, nonce, body))
    return (
        f'{SCHEME} mchid="{merchant.mchid}",nonce_str="{nonce}",signature="{signature}",'
        f'timestamp="{timestamp}",serial_no="{merchant.serial}"'
    )


def check_answer(merchant: Merchant, headers: Mapping[str, str], body: bytes, at: datetime) -> None:
    """Raises BadSignature unless WeChat Pay signed exactly this body within five minutes."""
    timestamp = headers.get("wechatpay-timestamp", "")
    signature = headers.get("wechatpay-signature", "")
    key = merchant.provider_keys.get(headers.get("wechatpay-serial", ""))
    if key is None or signature.startswith(_PROBE) or not _SECONDS.fullmatch(timestamp):
        raise BadSignature
    if abs(at.timestamp() - int(timestamp)) > SKEW_S:
        raise BadSignature
    nonce = headers.get("wechatpay-nonce", "")
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise BadSignature from error
    verify(key, answer_message(timestamp, nonce, text), signature)


def seal(v3_key: bytes, nonce: str, associated: str, text: str) -> str:
    """AES-256-GCM as notices carry it: base64 of ciphertext and tag."""
    sealed = AESGCM(v3_key).encrypt(nonce.encode(), text.encode(), associated.encode())
    return base64.b64encode(sealed).decode()


def unseal(v3_key: bytes, resource: Mapping[str, Any]) -> dict[str, Any]:
    """The plain object of a callback's resource. Raises BadSignature on anything altered."""
    try:
        plain = AESGCM(v3_key).decrypt(
            str(resource["nonce"]).encode(),
            base64.b64decode(resource["ciphertext"], validate=True),
            str(resource.get("associated_data") or "").encode(),
        )
        opened = json.loads(plain)
    except (InvalidTag, KeyError, TypeError, ValueError) as error:
        raise BadSignature from error
    if not isinstance(opened, dict):
        raise BadSignature
    return opened


def encrypt_field(key: RSAPublicKey, text: str) -> str:
    """A sensitive request field: RSA-OAEP with SHA-1, as WeChat Pay asks."""
    oaep = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)  # noqa: S303
    return base64.b64encode(key.encrypt(text.encode(), oaep)).decode()


def decrypt_field(key: RSAPrivateKey, text: str) -> str:
    """What `encrypt_field` sealed for the owner of `key` (RSA-OAEP, SHA-1)."""
    oaep = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)  # noqa: S303
    return key.decrypt(base64.b64decode(text), oaep).decode()


def private_key(pem: str) -> RSAPrivateKey:
    """Raises ValueError when it is not an RSA key."""
    key = serialization.load_pem_private_key(pem.encode(), None)
    if not isinstance(key, RSAPrivateKey):
        message = "not an RSA private key"
        raise TypeError(message)
    return key


def public_key(pem: str) -> RSAPublicKey:
    """Of a public key or of a platform certificate. Raises ValueError or TypeError."""
    data = pem.encode()
    is_certificate = _CERTIFICATE in data
    key = (
        x509.load_pem_x509_certificate(data).public_key()
        if is_certificate
        else serialization.load_pem_public_key(data)
    )
    if not isinstance(key, RSAPublicKey):
        message = "not an RSA public key"
        raise TypeError(message)
    return key
