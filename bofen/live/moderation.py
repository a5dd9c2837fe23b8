"""Keeping order among viewers: what is held is decided, messages are taken back, persons muted."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.live import service
from bofen.live.changes import Change, MessageOut, MessageRetracted, MessageShown
from bofen.live.rules import MessageStatus

MUTED_SHOWN_MAX = 200
HELD_SHOWN_MAX = 100


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


@dataclass(frozen=True)
class HeldMessage:
    """A message that the word guard was not sure of; nobody but its writer has seen it."""

    id: UUID
    person_id: UUID
    nickname: str
    text: str
    at: datetime


async def held(tx: Tx, room_id: UUID, by: StaffMember) -> list[HeldMessage]:
    """What waits for a decision in this room, the oldest first."""
    await service.room(tx, room_id, by)
    return await tx.rows(
        HeldMessage,
        "SELECT id, person_id, nickname, text, at FROM live_message"
        " WHERE room_id = $1 AND status = 'held' ORDER BY id LIMIT $2",
        room_id,
        HELD_SHOWN_MAX,
    )


async def count_held(tx: Tx, room_id: UUID) -> int:
    """How many wait."""
    rows = await tx.fetch(
        "SELECT count(*) AS n FROM live_message WHERE room_id = $1 AND status = 'held'", room_id
    )
    return int(rows[0]["n"])


async def approve(
    tx: Tx, room_id: UUID, message_id: UUID, by: StaffMember, at: datetime
) -> list[Change]:
    """Everybody sees it from now on. Raises `NotFound` for what has been decided already."""
    await service.lock_room(tx, room_id, by)
    waiting = await _decide(tx, room_id, message_id, MessageStatus.shown)
    seq = await service.next_number(tx, room_id)
    await tx.fetch("UPDATE live_message SET seq = $2 WHERE id = $1", message_id, seq)
    await audit.record(tx, by, Deed.message_approved, f"room:{room_id}", at, message=message_id)
    shown = MessageOut(
        seq=seq,
        person_id=waiting.person_id,
        nickname=waiting.nickname,
        text=waiting.text,
        at=waiting.at,
    )
    return [MessageShown(seq=seq, message=shown)]


async def refuse(tx: Tx, room_id: UUID, message_id: UUID, by: StaffMember, at: datetime) -> None:
    """Nobody will see it. Raises `NotFound` for what has been decided already."""
    await service.lock_room(tx, room_id, by)
    await _decide(tx, room_id, message_id, MessageStatus.refused)
    await audit.record(tx, by, Deed.message_refused, f"room:{room_id}", at, message=message_id)


async def _decide(tx: Tx, room_id: UUID, message_id: UUID, status: MessageStatus) -> HeldMessage:
    rows = await tx.rows(
        HeldMessage,
        "UPDATE live_message SET status = $3 WHERE room_id = $1 AND id = $2 AND status = 'held'"
        " RETURNING id, person_id, nickname, text, at",
        room_id,
        message_id,
        status.value,
    )
    if not rows:
        raise NotFound("message")
    return rows[0]


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
