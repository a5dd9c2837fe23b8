"""Everything the environment decides, in one frozen object, built once in `cli` and handed down.

Each field is read from `BOFEN_<NAME>`. In a production (`BOFEN_PRODUCTION=1`) nothing has a usable
default where a secret is needed: missing, short or sample values refuse the start.
"""

import base64
import binascii
import re
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bofen.kit.addresses import LOOPBACK, Proxies, url_of

_SECRET_BYTES_MIN = 32
_SECRETS = {
    "master_key": 32,
    "media_secret": 32,
    "wechat_secret": 16,
    "wechat_pay_v3_key": 32,
    "kuaidi100_key": 8,
    "sms_secret": 16,
}
"""How many characters each has at least where it is real."""
_LETTERS_MIN = 5
"""A secret of fewer different characters was typed, not drawn."""
_SAMPLE = re.compile(
    r"(?:(?:change|me|changeme|example|sample|secret|password|placeholder|test|your|my|key|todo"
    r"|x{3,}|0123456789|1234567890|12345678)[-_ .]?)+\d*",
    re.IGNORECASE,
)
"""Nothing but words of a sample file. A real name may hold one of them, and a random key too."""


class Settings(BaseSettings):
    """What one machine is told by its environment; see each field."""

    model_config = SettingsConfigDict(env_prefix="BOFEN_", frozen=True, extra="ignore")

    production: bool = False
    home: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = 8000
    rooms_port: int = 8001
    rtmp_port: int = 1935
    media_port: int = 8002
    sandbox_port: int = 8010
    """WeChat; WeChat Pay, 快递100 and the fault page follow on the next three ports."""

    public_url: str = ""
    """How people reach the shop, such as https://shop.example.com; empty: host and port above."""
    rooms_url: str = ""
    media_url: str = ""
    rtmp_url: str = ""
    cdn_urls: Annotated[tuple[str, ...], NoDecode] = ()
    """Other addresses that our pages may load pictures and live media from, with commas."""
    internal_shop_url: str = ""
    """How the live engine reaches the web role; empty: `public_url`, or this machine's port."""
    internal_media_url: str = ""
    """How web and workers reach the live engine; empty: this machine's port."""
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    """Addresses or networks whose X-Forwarded-For is believed: 10.0.0.0/8,127.0.0.1."""
    connections_of_an_address_max: int = Field(400, ge=1)
    """Of each port that strangers reach: web, rooms, media. Many people may share an address (an
    office, a mobile network), so this is far above one browser's need; an IPv6 /64 is one."""

    database_url: str = ""
    """Empty: the embedded PostgreSQL under `home`."""
    database_replica_url: str = ""
    redis_url: str = ""
    storage_url: str = ""
    """Empty: a folder under `home`; else s3://bucket?endpoint=…"""

    master_key: SecretStr = SecretStr("")
    """Base64 of 32 random bytes or more. Empty outside production: made once under `home`."""
    media_secret: SecretStr = SecretStr("")
    """Signs what the live engine and the web process tell each other."""

    wechat_url: str = ""
    wechat_authorize_url: str = ""
    wechat_appid: str = ""
    wechat_secret: SecretStr = SecretStr("")
    wechat_pay_url: str = ""
    wechat_pay_mchid: str = ""
    wechat_pay_serial: str = ""
    wechat_pay_private_key: SecretStr = SecretStr("")
    """PEM."""
    wechat_pay_public_key_id: str = ""
    wechat_pay_public_key: str = ""
    """PEM of WeChat Pay's public key."""
    wechat_pay_other_keys: dict[str, str] = {}
    """JSON, serial to PEM: keys or certificates that WeChat Pay also signs with, for the days in
    which it changes from one to the other."""
    wechat_pay_v3_key: SecretStr = SecretStr("")
    kuaidi100_url: str = ""
    kuaidi100_customer: str = ""
    kuaidi100_key: SecretStr = SecretStr("")
    sms_url: str = ""
    sms_secret: SecretStr = SecretStr("")

    media_ladder: str = "480:800,240:240"
    """Qualities below the source, best first, as shorter side in pixels : kbit/s; empty: none."""
    media_rungs_max: int = 4
    """Of these so many are made at once, all streams together: each takes a part of a core."""
    recordings_bytes_max: int = Field(100 << 30, ge=1 << 20)
    """All recordings together: then the engine records no more, and says so."""
    recordings_free_bytes_min: int = Field(2 << 30, ge=0)
    """So much of the disk stays free of recordings."""

    ffmpeg: str = ""
    """Empty: the binary of the imageio-ffmpeg wheel."""
    log_json: bool = False
    log_level: str = "info"
    log_requests: bool | None = None
    """A line for each request; null: where logs are JSON, and in a production."""
    movable_clock: bool = False
    """Tests only: the whole system follows `home/clock-offset`."""

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        found = _parts(value)
        try:
            Proxies(found)
        except ValueError as error:
            message = "must be addresses or networks, with commas between them"
            raise ValueError(message) from error
        return found

    @field_validator("cdn_urls", mode="before")
    @classmethod
    def _urls(cls, value: object) -> object:
        return _parts(value)

    @field_validator("database_url", "database_replica_url")
    @classmethod
    def _postgresql(cls, value: str) -> str:
        """With the driver that we use, whatever driver was named or not."""
        scheme, is_url, rest = value.partition("://")
        if value and (not is_url or scheme.split("+")[0] not in ("postgresql", "postgres")):
            message = "must be an address such as postgresql://name:password@host/database"
            raise ValueError(message)
        return f"postgresql+asyncpg://{rest}" if value else ""

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            message = "must be an address such as redis://host:6379/0"
            raise ValueError(message)
        return value

    @field_validator("master_key", "media_secret")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        if text and len(text) < _SECRET_BYTES_MIN:
            message = f"is too short: at least {_SECRET_BYTES_MIN} characters are needed"
            raise ValueError(message)
        return value

    @model_validator(mode="after")
    def _production_is_complete(self) -> Self:
        if not self.production:
            return self
        if self.movable_clock:
            message = "BOFEN_MOVABLE_CLOCK is for tests: a production does not start with it"
            raise ValueError(message)
        wrong = [name for name in _NEEDED if not _is_usable(name, _text(getattr(self, name)))]
        if wrong:
            names = ", ".join(f"BOFEN_{name.upper()}" for name in wrong)
            message = f"missing, short or sample values: {names}"
            raise ValueError(message)
        return self

    @property
    def master_key_bytes(self) -> bytes:
        """Raises ValueError when BOFEN_MASTER_KEY is not base64 of at least 32 bytes."""
        try:
            key = base64.b64decode(self.master_key.get_secret_value(), validate=True)
        except binascii.Error as error:
            message = "BOFEN_MASTER_KEY is not base64"
            raise ValueError(message) from error
        if len(key) < _SECRET_BYTES_MIN:
            message = f"BOFEN_MASTER_KEY holds {len(key)} bytes; {_SECRET_BYTES_MIN} are needed"
            raise ValueError(message)
        return key

    @property
    def shop_url(self) -> str:
        """How people reach the shop, without a slash at its end."""
        return (self.public_url or url_of("http", self.host, self.port)).rstrip("/")

    @property
    def callbacks_url(self) -> str:
        """Where providers reach us; each has a door of its own below it."""
        return f"{self.shop_url}/api/callbacks"

    @property
    def logs_requests(self) -> bool:
        """Whether each request gets its line in the log."""
        if self.log_requests is None:
            return self.log_json or self.production
        return self.log_requests

    @property
    def sandbox_page_url(self) -> str | None:
        """Where the sandbox is worked by hand: pays, confirms, breaks; None in a production.

        On the loopback, wherever the shop listens.
        """
        return None if self.production else url_of("http", LOOPBACK, self.sandbox_port + 3)

    @property
    def sandbox_cashier_url(self) -> str | None:
        """The same page while the sandbox stands in for WeChat Pay; None with the real one."""
        sandbox = url_of("http", LOOPBACK, self.sandbox_port + 1)
        return self.sandbox_page_url if self.wechat_pay_url.rstrip("/") == sandbox else None


_NEEDED = (
    "master_key",
    "media_secret",
    "public_url",
    "wechat_url",
    "wechat_authorize_url",
    "wechat_appid",
    "wechat_secret",
    "wechat_pay_url",
    "wechat_pay_mchid",
    "wechat_pay_serial",
    "wechat_pay_private_key",
    "wechat_pay_public_key_id",
    "wechat_pay_public_key",
    "wechat_pay_v3_key",
    "kuaidi100_url",
    "kuaidi100_customer",
    "kuaidi100_key",
    "sms_url",
    "sms_secret",
)


def _parts(value: object) -> tuple[str, ...]:
    """What stands between commas, in brackets and quotes or not."""
    if isinstance(value, str):
        value = [part.strip(" \"'") for part in value.strip(" []").split(",")]
    return tuple(str(part) for part in value if part) if isinstance(value, list | tuple) else ()


def _text(value: SecretStr | str) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def _is_usable(name: str, text: str) -> bool:
    least = _SECRETS.get(name, 0)
    is_drawn = not least or len(set(text)) >= _LETTERS_MIN
    return bool(text) and len(text) >= least and is_drawn and not _SAMPLE.fullmatch(text)
