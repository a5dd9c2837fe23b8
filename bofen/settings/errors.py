from dataclasses import dataclass

from bofen.kit.errors import Refusal


@dataclass(eq=False)
class SettingsChanged(Refusal):
    """Somebody else has written these settings since they were read."""

    code = "settings_changed"
    key: str
    version: int


@dataclass(eq=False)
class SettingRefused(Refusal):
    """Two settings that contradict each other; `field` is the one to change."""

    code = "setting_refused"
    status = 422
    field: str
