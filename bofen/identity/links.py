"""Which person a member of staff is: proved by a code to the phone, or said by the owner."""

from datetime import datetime
from uuid import UUID

from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound


async def link_staff(
    tx: Tx, staff_id: UUID, person_id: UUID, by: StaffMember, at: datetime
) -> None:
    """From now on this login is that person's; one person may have several logins.

    Whom it was before is kept as well: a new phone makes nobody another human.

    Whether `by` may say so, and how it was proved, is the caller's question. Raises `NotFound`.
    """
    rows = await tx.fetch(
        "UPDATE identity_staff SET person_id = $2 WHERE id = $1 RETURNING id", staff_id, person_id
    )
    if not rows:
        raise NotFound("staff")
    await tx.fetch(
        "INSERT INTO identity_staff_person (staff_id, person_id, at) VALUES ($1, $2, $3)"
        " ON CONFLICT DO NOTHING",
        staff_id,
        person_id,
        at,
    )
    is_own = staff_id == by.id
    await audit.record(tx, by, Deed.staff_linked, f"staff:{staff_id}", at, is_own=is_own)


async def person_of_staff(tx: Tx, staff_id: UUID) -> UUID | None:
    """The person behind a login; None while nobody has proved or said it."""
    rows = await tx.fetch("SELECT person_id FROM identity_staff WHERE id = $1", staff_id)
    return rows[0]["person_id"] if rows else None
