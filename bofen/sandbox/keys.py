"""Throw-away keys of the sandbox's providers, made once under the home, and what we tell the shop.

Only base addresses and keys differ from the real providers: the shop is configured with them by
the same variables.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bofen.kit.addresses import LOOPBACK, url_of
from bofen.kit.settings import Settings


@dataclass(frozen=True)
class Keys:
    """Both sides' keys: the sandbox is the provider, and made the merchant's for him."""

    appid: str
    secret: str
    mchid: str
    merchant_serial: str
    merchant_private: str
    merchant_public: str
    provider_key_id: str
    provider_private: str
    provider_public: str
    v3_key: str
    kuaidi100_customer: str
    kuaidi100_key: str
    sms_secret: str


def keys_of(home: Path) -> Keys:
    """The keys of the sandbox in `home`; made when there are none."""
    path = home / "sandbox" / "keys.json"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(asdict(_made()), file)
        fresh.replace(path)
    return Keys(**json.loads(path.read_text()))


def provider_settings(home: Path, settings: Settings) -> dict[str, str]:
    """The BOFEN_* values with which the shop finds the sandbox where it would find the world."""
    keys, first = keys_of(home), settings.sandbox_port
    wechat, pay, courier = (url_of("http", LOOPBACK, first + i) for i in range(3))
    return {
        "BOFEN_WECHAT_URL": wechat,
        "BOFEN_WECHAT_AUTHORIZE_URL": f"{wechat}/connect/oauth2/authorize",
        "BOFEN_WECHAT_APPID": keys.appid,
        "BOFEN_WECHAT_SECRET": keys.secret,
        "BOFEN_WECHAT_PAY_URL": pay,
        "BOFEN_WECHAT_PAY_MCHID": keys.mchid,
        "BOFEN_WECHAT_PAY_SERIAL": keys.merchant_serial,
        "BOFEN_WECHAT_PAY_PRIVATE_KEY": keys.merchant_private,
        "BOFEN_WECHAT_PAY_PUBLIC_KEY_ID": keys.provider_key_id,
        "BOFEN_WECHAT_PAY_PUBLIC_KEY": keys.provider_public,
        "BOFEN_WECHAT_PAY_V3_KEY": keys.v3_key,
        "BOFEN_KUAIDI100_URL": courier,
        "BOFEN_KUAIDI100_CUSTOMER": keys.kuaidi100_customer,
        "BOFEN_KUAIDI100_KEY": keys.kuaidi100_key,
        "BOFEN_SMS_URL": f"{wechat}/sms",
        "BOFEN_SMS_SECRET": keys.sms_secret,
    }


def _made() -> Keys:
    merchant, provider = _pair(), _pair()
    return Keys(
        appid=f"wx{secrets.token_hex(8)}",
        secret=secrets.token_hex(16),
        mchid=f"16{secrets.randbelow(10**8):08d}",
        merchant_serial=secrets.token_hex(20).upper(),
        merchant_private=merchant[0],
        merchant_public=merchant[1],
        provider_key_id=f"PUB_KEY_ID_{secrets.randbelow(10**28):028d}",
        provider_private=provider[0],
        provider_public=provider[1],
        v3_key=secrets.token_hex(16),
        kuaidi100_customer=secrets.token_hex(16).upper(),
        kuaidi100_key=secrets.token_hex(6),
        sms_secret=secrets.token_hex(24),
    )


def _pair() -> tuple[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()
