"""Keeping order among viewers: taking a message back, muting a person in one room."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.live import service
from bofen.live.changes import Change, MessageRetracted

MUTED_SHOWN_MAX = 200


async def retract(tx: Tx, room_id: UUID, seq: int, by: StaffMember, at: datetime) -> list[Change]:
    """Gone from every screen, and from the replay. Raises `NotFound` for what is not shown."""
    await service.lock_room(tx, room_id, by)
    rows = await tx.fetch(
        "UPDATE live_message SET status = 'retracted'"
        " WHERE room_id = $1 AND seq = $2 AND status = 'shown' RETURNING id",
        room_id,
        seq,
    )
    if not rows:
        raise NotFound("message")
    subject, message_id = f"room:{room_id}", rows[0]["id"]
    await audit.record(tx, by, Deed.message_retracted, subject, at, message=message_id)
    return [MessageRetracted(seq=await service.next_number(tx, room_id), message_seq=seq)]


async def mute(tx: Tx, room_id: UUID, person_id: UUID, by: StaffMember, at: datetime) -> None:
    """A person says nothing more in this room. Again changes nothing."""
    await service.room(tx, room_id, by)
    rows = await tx.fetch(
        "INSERT INTO live_mute (room_id, person_id, by_staff_id, at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT DO NOTHING RETURNING person_id",
        room_id,
        person_id,
        by.id,
        at,
    )
    if rows:
        subject = f"room:{room_id}"
        await audit.record(tx, by, Deed.person_muted, subject, at, person=person_id)


async def unmute(tx: Tx, room_id: UUID, person_id: UUID, by: StaffMember, at: datetime) -> None:
    """He may speak again. Again changes nothing."""
    await service.room(tx, room_id, by)
    rows = await tx.fetch(
        "DELETE FROM live_mute WHERE room_id = $1 AND person_id = $2 RETURNING person_id",
        room_id,
        person_id,
    )
    if rows:
        subject = f"room:{room_id}"
        await audit.record(tx, by, Deed.person_unmuted, subject, at, person=person_id)


@dataclass(frozen=True)
class MutedPerson:
    """Who is mute in a room, by the name that others see, and since when."""

    person_id: UUID
    nickname: str
    at: datetime


async def muted(tx: Tx, room_id: UUID, by: StaffMember) -> list[MutedPerson]:
    """The newest first."""
    await service.room(tx, room_id, by)
    return await tx.rows(
        MutedPerson,
        "SELECT m.person_id, coalesce((SELECT x.nickname FROM live_message x"
        "  WHERE x.room_id = m.room_id AND x.person_id = m.person_id ORDER BY x.at DESC LIMIT 1),"
        "  '*') AS nickname, m.at"
        " FROM live_mute m WHERE m.room_id = $1 ORDER BY m.at DESC LIMIT $2",
        room_id,
        MUTED_SHOWN_MAX,
    )
