"""Reading the settings in force, and writing their next version."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.kit.db import Tx
from bofen.settings import rules
from bofen.settings.errors import SettingRefused, SettingsChanged
from bofen.settings.policies import Written
from bofen.settings.rules import (
    GROUPS,
    AnyGroup,
    Binding,
    Group,
    Live,
    Payout,
    Policies,
    Settings,
    Shop,
    Trade,
)

_IN_FORCE = f"""
SELECT DISTINCT ON (key) key, value FROM settings_setting
WHERE from_at <= $1 AND key <> '{Policies.key}' ORDER BY key, version DESC
"""  # noqa: S608


async def in_force(tx: Tx, at: datetime) -> Settings:
    """The groups as they are at `at`: of the versions that have begun, the one written last.

    A group that nobody has written yet has its defaults. One statement.
    """
    rows = await tx.fetch(_IN_FORCE, at)
    stored = {row["key"]: row["value"] for row in rows}

    def group(kind: type[AnyGroup]) -> AnyGroup:
        return rules.read(kind, stored.get(kind.key, {}))

    return Settings(group(Shop), group(Trade), group(Live), group(Binding), group(Payout))


@dataclass(frozen=True)
class Version:
    """One version of a group; 0 is the defaults, which nobody wrote."""

    key: str
    version: int
    value: Mapping[str, Any]
    from_at: datetime | None = None
    by_staff_id: UUID | None = None
    written_at: datetime | None = None


async def policies_in_force(tx: Tx, at: datetime) -> Written:
    """The merchant's own texts as they are at `at`; version 0 where he wrote none."""
    rows = await tx.rows(
        Version,
        "SELECT key, version, value, from_at, by_staff_id, written_at FROM settings_setting"
        " WHERE key = $1 AND from_at <= $2 ORDER BY version DESC LIMIT 1",
        Policies.key,
        at,
    )
    found = rows[0] if rows else Version(Policies.key, 0, {})
    return Written(rules.read(Policies, found.value), found.version, found.from_at)


async def history(tx: Tx, key: str, limit: int) -> list[Version]:
    """The newest versions of a group, newest first."""
    return await tx.rows(
        Version,
        "SELECT key, version, value, from_at, by_staff_id, written_at FROM settings_setting"
        " WHERE key = $1 ORDER BY version DESC LIMIT $2",
        key,
        limit,
    )


async def newest(tx: Tx) -> dict[str, Version]:
    """The version of each group that was written last, also where its time has not come yet."""
    rows = await tx.rows(
        Version,
        "SELECT DISTINCT ON (key) key, version, value, from_at, by_staff_id, written_at"
        " FROM settings_setting ORDER BY key, version DESC",
    )
    found = {row.key: row for row in rows}
    return {kind.key: found.get(kind.key, Version(kind.key, 0, {})) for kind in GROUPS}


@dataclass(frozen=True)
class Change:
    """What shall hold `from_at` on. `version` is the one that the writer has read."""

    group: Group
    version: int
    from_at: datetime


async def write(tx: Tx, change: Change, by: StaffMember, at: datetime) -> int:
    """The next version of a group; its number.

    Raises `SettingRefused` for settings that contradict each other, and `SettingsChanged` when
    somebody else was quicker: nobody overwrites what he has not seen.
    """
    if field := rules.contradiction(change.group):
        raise SettingRefused(field)
    rows = await tx.fetch(
        "INSERT INTO settings_setting (key, version, value, from_at, by_staff_id, written_at)"
        " SELECT $1, $2 + 1, $3::jsonb, $4, $5, $6 WHERE $2 = ("
        "  SELECT coalesce(max(version), 0) FROM settings_setting WHERE key = $1)"
        " ON CONFLICT DO NOTHING RETURNING version",
        change.group.key,
        change.version,
        json.dumps(asdict(change.group), ensure_ascii=False),
        change.from_at,
        by.id,
        at,
    )
    if not rows:
        raise SettingsChanged(change.group.key, change.version)
    version = change.version + 1
    subject = f"settings:{change.group.key}"
    await audit.record(tx, by, Deed.settings_changed, subject, at, version=version)
    return version
