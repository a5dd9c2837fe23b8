"""Phones that people have proved by code, and by them who is the same human as whom.

A proof is kept for ever: whoever changes his phone stays who he was. Two persons may have proved
one phone, since somebody may come by WeChat and by phone: then they are one human with two
accounts, which are left apart.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from bofen.kit.crypto import Vault
from bofen.kit.db import Tx

Marks = frozenset[UUID | bytes]
"""What somebody is known by: his persons and the blind indexes of his phones."""


async def prove(tx: Tx, vault: Vault, person_id: UUID, phone: str, at: datetime) -> None:
    """Keep that this phone is this person's; the caller has checked the code.

    He signs in by it from now on, unless somebody else does. The one before stays a proof.
    """
    index, sealed = vault.blind_index(phone), vault.seal(phone)
    await tx.queue_up(f"phone:{index.hex()}")
    await tx.fetch(
        "INSERT INTO identity_phone (person_id, phone_index, phone_sealed, proved_at)"
        " VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (person_id, phone_index) DO UPDATE SET proved_at = excluded.proved_at",
        person_id,
        index,
        sealed,
        at,
    )
    await tx.fetch(
        "INSERT INTO identity_phone (person_id, phone_index, phone_sealed, proved_at)"
        " SELECT id, phone_index, phone_sealed, created_at FROM identity_person"
        " WHERE id = $1 AND phone_index IS NOT NULL ON CONFLICT DO NOTHING",
        person_id,
    )
    await tx.fetch(
        "UPDATE identity_person SET phone_sealed = $2, phone_index = $3 WHERE id = $1"
        " AND NOT EXISTS (SELECT FROM identity_person WHERE phone_index = $3)",
        person_id,
        sealed,
        index,
    )


async def has_proved(tx: Tx, person_id: UUID) -> bool:
    """Whether any phone is known to be his: the one he signs in by, or one he proved since."""
    rows = await tx.fetch(
        "SELECT 1 FROM identity_person WHERE id = $1 AND phone_index IS NOT NULL"
        " UNION ALL SELECT 1 FROM identity_phone WHERE person_id = $1 LIMIT 1",
        person_id,
    )
    return bool(rows)


async def marks_of_person(tx: Tx, person_id: UUID) -> Marks:
    """Whoever shares a mark with him is the same human."""
    return frozenset({person_id}) | await _phones(tx, [person_id])


async def marks_of_staff(tx: Tx, vault: Vault, staff_ids: Collection[UUID]) -> dict[UUID, Marks]:
    """By login: everybody it was ever proved or said to be, and its name where that is a phone."""
    rows = await tx.fetch(
        "SELECT staff.id, staff.login, array_agg(link.person_id)"
        " FILTER (WHERE link.person_id IS NOT NULL) AS persons"
        " FROM identity_staff staff"
        " LEFT JOIN identity_staff_person link ON link.staff_id = staff.id"
        " WHERE staff.id = ANY($1::uuid[]) GROUP BY staff.id",
        list(staff_ids),
    )
    return {
        row["id"]: frozenset({vault.blind_index(row["login"]), *(row["persons"] or ())})
        | await _phones(tx, row["persons"] or ())
        for row in rows
    }


async def is_one_human(tx: Tx, vault: Vault, staff_id: UUID, other_id: UUID) -> bool:
    """Whether two logins are known to be the same person's."""
    marks = await marks_of_staff(tx, vault, {staff_id, other_id})
    return staff_id == other_id or bool(marks[staff_id] & marks[other_id])


async def is_login_of(tx: Tx, vault: Vault, staff_id: UUID, person_id: UUID) -> bool:
    """Whether a login is known to be this person's."""
    marks = (await marks_of_staff(tx, vault, {staff_id}))[staff_id]
    return bool(marks & await marks_of_person(tx, person_id))


async def _phones(tx: Tx, person_ids: Collection[UUID]) -> Marks:
    rows = await tx.fetch(
        "SELECT phone_index FROM identity_phone WHERE person_id = ANY($1::uuid[])"
        " UNION SELECT phone_index FROM identity_person"
        " WHERE id = ANY($1::uuid[]) AND phone_index IS NOT NULL",
        list(person_ids),
    )
    return frozenset(row["phone_index"] for row in rows)
