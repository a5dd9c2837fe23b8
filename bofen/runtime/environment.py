"""From what the environment says to complete settings, and back, to hand them to a child."""

from pathlib import Path

from pydantic import SecretStr, ValidationError

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


def completed(settings: Settings, home: Home, database_url: str) -> Settings:
    """Fill in what a shop on one machine needs and nobody typed: secrets, addresses, sandbox."""
    made: dict[str, object] = {"home": home.folder, "database_url": database_url}
    if not settings.production:
        made |= {
            name: SecretStr(home.secret(name))
            for name in ("master_key", "media_secret")
            if not getattr(settings, name).get_secret_value()
        }
        made |= _of_sandbox(settings, home.folder)
    host = settings.host
    made |= {
        name: getattr(settings, name) or default
        for name, default in (
            ("public_url", f"http://{host}:{settings.port}"),
            ("rooms_url", f"ws://{host}:{settings.rooms_port}"),
            ("media_url", f"http://{host}:{settings.media_port}"),
            ("rtmp_url", f"rtmp://{host}:{settings.rtmp_port}/live"),
        )
    }
    return settings.model_copy(update=made)


def environment_of(settings: Settings) -> dict[str, str]:
    """`settings` as the variables that a child reads them from."""
    given: dict[str, str] = {}
    for name in Settings.model_fields:
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            value = value.get_secret_value()
        elif isinstance(value, tuple):
            value = "[" + ",".join(f'"{item}"' for item in value) + "]"
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
