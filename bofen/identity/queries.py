"""Reading people, staff and their sessions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bofen.identity.errors import AccessChanged, SessionExpired, StaffInactive
from bofen.identity.rules import Role
from bofen.kit.db import Tx
from bofen.kit.errors import Refusal


@dataclass(frozen=True)
class SessionActor:
    """Whose session it is: a person's, or staff's with name and role."""

    person_id: UUID | None
    staff_id: UUID | None
    name: str
    role: str


async def of_sessions(
    tx: Tx, token_hashes: Collection[bytes], at: datetime
) -> dict[bytes, SessionActor]:
    """Whose these sessions are; one that is unknown, over or revoked is not in the answer."""
    rows = await tx.fetch(
        "SELECT s.token_hash, s.person_id, s.staff_id, coalesce(f.name, '') AS name,"
        " coalesce(f.role, '') AS role"
        " FROM identity_session s LEFT JOIN identity_staff f ON f.id = s.staff_id"
        " WHERE s.token_hash = ANY($1::bytea[]) AND s.expires_at > $2 AND s.revoked_at IS NULL"
        " AND (s.staff_id IS NULL OR f.is_active)",
        list(token_hashes),
        at,
    )
    return {row.pop("token_hash"): SessionActor(**row) for row in rows}


async def nicknames(tx: Tx, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """By person; one who does not exist is not in the answer."""
    rows = await tx.fetch(
        "SELECT id, nickname FROM identity_person WHERE id = ANY($1::uuid[])", list(person_ids)
    )
    return {row["id"]: row["nickname"] for row in rows}


async def staff_names(tx: Tx, staff_ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of these members of staff, also of those who left."""
    rows = await tx.fetch(
        "SELECT id, name FROM identity_staff WHERE id = ANY($1::uuid[])", list(staff_ids)
    )
    return {row["id"]: row["name"] for row in rows}


async def staff_of_role(tx: Tx, role: Role) -> dict[UUID, str]:
    """The names of those who work here in this role now, by name."""
    rows = await tx.fetch(
        "SELECT id, name FROM identity_staff WHERE role = $1 AND is_active ORDER BY name, id",
        role.value,
    )
    return {row["id"]: row["name"] for row in rows}


async def staff_of_login(tx: Tx, login: str) -> dict[str, Any] | None:
    """The member of staff who signs in by this name, also one who left, or None."""
    rows = await tx.fetch(
        "SELECT id, name, role, password_hash, is_active FROM identity_staff WHERE login = $1",
        login,
    )
    return rows[0] if rows else None


async def why_ended(tx: Tx, token_hash: bytes, at: datetime) -> Refusal | None:
    """Why a session of staff is good no more; None for any other token."""
    rows = await tx.fetch(
        "SELECT f.is_active, s.revoked_at, s.expires_at FROM identity_session s"
        " JOIN identity_staff f ON f.id = s.staff_id WHERE s.token_hash = $1",
        token_hash,
    )
    if not rows:
        return None
    if not rows[0]["is_active"]:
        return StaffInactive()
    if rows[0]["revoked_at"]:
        return AccessChanged()
    return SessionExpired() if rows[0]["expires_at"] <= at else None


async def login_of(tx: Tx, staff_id: UUID) -> str:
    """How a member of staff signs in."""
    rows = await tx.fetch("SELECT login FROM identity_staff WHERE id = $1", staff_id)
    return str(rows[0]["login"])


async def all_staff(tx: Tx) -> list[dict[str, Any]]:
    """Everybody who works or worked here, those who work here first."""
    return await tx.fetch(
        "SELECT id, login, name, role, is_active, created_at FROM identity_staff"
        " ORDER BY is_active DESC, name, id"
    )
