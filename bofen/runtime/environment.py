"""From what the environment says to complete settings, and back, to hand them to a child."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr, ValidationError
from pydantic_settings import SettingsError

from bofen.kit.addresses import is_of_this_machine, url_of
from bofen.kit.settings import Settings
from bofen.runtime.errors import CannotStart
from bofen.runtime.home import Home
from bofen.sandbox.keys import provider_settings


def read_settings() -> Settings:
    """Refuses with one sentence that names each wrong variable, never its value."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(
            " ".join(filter(None, (_variable(e["loc"]), e["msg"].removeprefix("Value error, "))))
            for e in error.errors(include_input=False)
        )
        text = f"The settings do not fit: {wrong}."
        raise CannotStart(text) from error
    except SettingsError as error:
        field = _FIELD.search(str(error))
        text = f"The settings do not fit: {_variable(field.groups() if field else ())} is no JSON."
        raise CannotStart(text) from error


_FIELD = re.compile(r'field "(\w+)"')
"""How pydantic names the field whose text it could not even read."""
SECRETS = ("master_key", "media_secret")


def completed(
    settings: Settings, home: Home, database_url: str, *, must_exist: tuple[str, ...] = ()
) -> Settings:
    """Fill in what a shop on one machine needs and nobody typed: secrets, addresses, sandbox.

    Secrets named in `must_exist` are read, not made. Raises CannotStart, in a production also for
    addresses that nobody but this machine could reach.
    """
    made: dict[str, object] = {"home": home.folder, "database_url": database_url}
    if not settings.production:
        made |= {
            name: SecretStr(home.secret(name, must_exist=name in must_exist))
            for name in (must_exist or SECRETS)
            if not getattr(settings, name).get_secret_value()
        }
        made |= _of_sandbox(settings, home.folder)
    addresses = _addresses(settings)
    if settings.production:
        _check_reachable(addresses)
    return settings.model_copy(update=made | addresses)


def _addresses(settings: Settings) -> dict[str, str]:
    """How people and our own parts reach each part.

    A public address without a port is a proxy's, which passes sockets and media on (the nginx file
    in docs/operating.md); one with a port is this machine's, and the other ports are beside it.
    """
    shop = urlsplit(settings.shop_url)
    host, is_proxied = shop.hostname or settings.host, bool(settings.public_url) and not shop.port
    sockets = "wss" if shop.scheme == "https" else "ws"
    if is_proxied:
        rooms, media = f"{sockets}://{shop.netloc}", f"{shop.scheme}://{shop.netloc}"
    else:
        rooms = url_of(sockets, host, settings.rooms_port)
        media = url_of(shop.scheme, host, settings.media_port)
    own_shop = url_of("http", settings.host, settings.port)
    return {
        "public_url": settings.shop_url,
        "rooms_url": settings.rooms_url or rooms,
        "media_url": settings.media_url or media,
        "rtmp_url": settings.rtmp_url or url_of("rtmp", host, settings.rtmp_port, "/live"),
        "internal_shop_url": settings.internal_shop_url or own_shop,
        "internal_media_url": settings.internal_media_url
        or url_of("http", settings.host, settings.media_port),
    }


def _check_reachable(addresses: dict[str, str]) -> None:
    wrong = [
        f"BOFEN_{name.upper()} ({address})"
        for name, address in addresses.items()
        if not name.startswith("internal_")
        and (not (parts := urlsplit(address)).scheme or is_of_this_machine(parts.hostname or ""))
    ]
    if wrong:
        text = f"Nobody could reach these addresses: {', '.join(wrong)}. Set them."
        raise CannotStart(text)


def environment_of(settings: Settings) -> dict[str, str]:
    """`settings` as the variables that a child reads them from."""
    given: dict[str, str] = {}
    for name in Settings.model_fields:
        value = getattr(settings, name)
        if value is None:
            continue
        if isinstance(value, SecretStr):
            value = value.get_secret_value()
        elif isinstance(value, tuple):
            value = ",".join(value)
        elif isinstance(value, dict):
            value = json.dumps(value)
        given[f"BOFEN_{name.upper()}"] = str(value)
    return given


def _of_sandbox(settings: Settings, home: Path) -> dict[str, object]:
    """What the sandbox's providers expect, wherever the environment names no real provider."""
    found: dict[str, object] = {}
    for variable, value in provider_settings(home, settings).items():
        name = variable.removeprefix("BOFEN_").lower()
        present = getattr(settings, name)
        if isinstance(present, SecretStr):
            found[name] = present if present.get_secret_value() else SecretStr(value)
        else:
            found[name] = present or value
    return found


def _variable(location: tuple[int | str, ...]) -> str:
    return f"BOFEN_{str(location[0]).upper()}" if location else ""
