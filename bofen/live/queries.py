"""Questions about rooms and broadcasts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from bofen.kit.db import Tx
from bofen.live.models import Session
from bofen.live.rules import ON_AIR, RoomStatus, SessionStatus

ROOMS_MAX = 100


@dataclass(frozen=True)
class RoomRow:
    """A room with its broadcast on air, or its next one."""

    id: UUID
    title: str
    cover_key: str | None
    host_name: str
    host_staff_id: UUID | None
    host_affiliate_id: UUID | None
    viewers: int
    slow_mode_s: int
    status: RoomStatus
    scheduled_at: datetime | None


_ROOMS = """
SELECT r.id, r.title, r.cover_key, r.host_name, r.host_staff_id, r.host_affiliate_id,
  r.viewers, r.slow_mode_s, coalesce(s.status, 'idle') AS status, s.scheduled_at
FROM live_room r
LEFT JOIN LATERAL (
  SELECT status, scheduled_at FROM live_session x
  WHERE x.room_id = r.id AND x.status <> 'ended'
  ORDER BY (x.status IN ('live', 'interrupted')) DESC, x.scheduled_at LIMIT 1
) s ON true
WHERE $2::uuid IS NULL OR r.host_staff_id = $2
ORDER BY (s.status = 'live') DESC NULLS LAST, s.scheduled_at NULLS LAST, r.created_at
LIMIT $1
"""


async def rooms(tx: Tx, host_staff_id: UUID | None = None) -> list[RoomRow]:
    """Every room, or those of one host; the ones on air first."""
    return await tx.rows(RoomRow, _ROOMS, ROOMS_MAX, host_staff_id)


@dataclass(frozen=True)
class Position:
    """How far a room has been numbered, and its likes so far."""

    epoch: int
    seq: int
    likes: int


async def position(tx: Tx, room_id: UUID) -> Position | None:
    """None for a room that does not exist."""
    rows = await tx.rows(Position, "SELECT epoch, seq, likes FROM live_room WHERE id = $1", room_id)
    return rows[0] if rows else None


@dataclass(frozen=True)
class RoomNow:
    """What a snapshot begins with: the room, how far it has come, its pin and its shelf."""

    id: UUID
    title: str
    cover_key: str | None
    host_name: str
    epoch: int
    seq: int
    likes: int
    viewers: int
    pin_id: UUID | None
    pinned_id: UUID | None
    """The product that is spoken of now."""
    shelf: Sequence[UUID]
    """Products in the order of the shelf."""


async def room_now(tx: Tx, room_id: UUID) -> RoomNow | None:
    """All of one moment. None for a room that does not exist."""
    rows = await tx.rows(
        RoomNow,
        "SELECT r.id, r.title, r.cover_key, r.host_name, r.epoch, r.seq, r.likes, r.viewers,"
        " p.id AS pin_id, p.product_id AS pinned_id,"
        " ARRAY(SELECT product_id FROM live_shelf WHERE room_id = r.id ORDER BY position) AS shelf"
        " FROM live_room r LEFT JOIN live_pin p ON p.room_id = r.id AND p.ended_at IS NULL"
        " WHERE r.id = $1",
        room_id,
    )
    return rows[0] if rows else None


@dataclass(frozen=True)
class ShownSession:
    """The broadcast that a room shows."""

    id: UUID
    room_id: UUID
    title: str
    status: SessionStatus
    scheduled_at: datetime
    started_at: datetime | None
    provider: str
    stream_name: str


_SHOWN = "id, room_id, title, status, scheduled_at, started_at, provider, stream_name"
_SESSIONS = f"""
(
  SELECT {_SHOWN}, 1 AS nth FROM live_session WHERE room_id = $1 AND status <> 'ended'
  ORDER BY status = 'scheduled', scheduled_at LIMIT 1
) UNION ALL (
  SELECT {_SHOWN}, 2 FROM live_session
  WHERE room_id = $1 AND status = 'ended' AND started_at IS NOT NULL
  ORDER BY ended_at DESC LIMIT 1
)"""  # noqa: S608
_CURRENT_SESSION = f"SELECT {_SHOWN} FROM ({_SESSIONS}) AS shown ORDER BY nth LIMIT 1"  # noqa: S608


async def current_session(tx: Tx, room_id: UUID) -> ShownSession | None:
    """The broadcast on air, else the next one scheduled, else the last one that ended.

    A plan that was called off never was a broadcast.
    """
    rows = await tx.rows(ShownSession, _CURRENT_SESSION, room_id)
    return rows[0] if rows else None


async def on_air(tx: Tx, room_id: UUID) -> Session | None:
    """The broadcast that runs in a room now, its encoder there or away for a moment."""
    query = select(Session).where(Session.room_id == room_id, Session.status.in_(ON_AIR))
    return await tx.scalar(query)


async def room_exists(tx: Tx, room_id: UUID) -> bool:
    """Whether there is such a room, on air or not."""
    return bool(await tx.fetch("SELECT 1 FROM live_room WHERE id = $1", room_id))


@dataclass(frozen=True)
class Announcement:
    """What can be said of a room to somebody who is not in it."""

    title: str
    cover_key: str | None
    session_title: str | None
    """Of the broadcast on air, else of the next one; None: none is planned."""
    status: SessionStatus | None
    scheduled_at: datetime | None


_ANNOUNCEMENT = """
SELECT room.title, room.cover_key, session.title AS session_title, session.status,
  session.scheduled_at
FROM live_room room LEFT JOIN LATERAL (
  SELECT title, status, scheduled_at FROM live_session
  WHERE room_id = room.id AND status IN ('live', 'interrupted', 'scheduled')
  ORDER BY status = 'scheduled', scheduled_at LIMIT 1
) AS session ON true
WHERE room.id = $1
"""


async def announcement(tx: Tx, room_id: UUID) -> Announcement | None:
    """The room with its broadcast on air, or its next one; None for no such room."""
    rows = await tx.rows(Announcement, _ANNOUNCEMENT, room_id)
    return rows[0] if rows else None


async def positions(tx: Tx, room_ids: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    """How far each room has been numbered: its epoch and the number of its newest change."""
    rows = await tx.fetch(
        "SELECT id, epoch, seq FROM live_room WHERE id = ANY($1::uuid[])", list(room_ids)
    )
    return {row["id"]: (row["epoch"], row["seq"]) for row in rows}


async def sessions(tx: Tx, room_id: UUID, limit: int) -> list[Session]:
    """Newest first."""
    query = select(Session).where(Session.room_id == room_id)
    return list(await tx.scalars(query.order_by(Session.scheduled_at.desc()).limit(limit)))


@dataclass(frozen=True)
class OnAir:
    """What an order remembers of the room it was placed in."""

    room_id: UUID
    session_id: UUID
    host_affiliate_id: UUID | None
    pin_id: UUID | None
    started_at: datetime


async def on_air_in(tx: Tx, room_ids: Collection[UUID]) -> dict[UUID, OnAir]:
    """The broadcast that runs in each of these rooms; a room that is silent has none."""
    if not room_ids:
        return {}
    rows = await tx.rows(
        OnAir,
        "SELECT s.room_id, s.id AS session_id, r.host_affiliate_id, p.id AS pin_id,"
        " s.started_at"
        " FROM live_session s JOIN live_room r ON r.id = s.room_id"
        " LEFT JOIN live_pin p ON p.session_id = s.id AND p.ended_at IS NULL"
        " WHERE s.room_id = ANY($1::uuid[]) AND s.status IN ('live', 'interrupted')",
        list(room_ids),
    )
    return {row.room_id: row for row in rows}


@dataclass(frozen=True)
class StreamOnAir:
    """A stream that the shop believes to be live or interrupted, or that its provider names."""

    stream_name: str
    status: SessionStatus


async def sessions_to_compare(tx: Tx, provider: str, playing: Sequence[str]) -> list[StreamOnAir]:
    """What we hold for on air at this provider, and what he says is playing."""
    return await tx.rows(
        StreamOnAir,
        "SELECT stream_name, status FROM live_session WHERE provider = $1"
        " AND (status IN ('live', 'interrupted') OR stream_name = ANY($2::text[]))",
        provider,
        list(playing),
    )


async def carried_by(tx: Tx, provider: str) -> list[UUID]:
    """The broadcasts on air whose pictures this provider carries."""
    rows = await tx.fetch(
        "SELECT id FROM live_session WHERE provider = $1 AND status IN ('live', 'interrupted')"
        " ORDER BY id",
        provider,
    )
    return [row["id"] for row in rows]


async def abandoned(tx: Tx, since: datetime) -> list[Session]:
    """The broadcasts whose encoder went away before `since` and has not come back."""
    query = select(Session).where(
        Session.status == SessionStatus.interrupted, Session.interrupted_at < since
    )
    return list(await tx.scalars(query.order_by(Session.id)))


async def host_affiliates(tx: Tx, room_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Who earns as the host of each of these rooms; a room without such a host is left out."""
    if not room_ids:
        return {}
    rows = await tx.fetch(
        "SELECT id, host_affiliate_id FROM live_room"
        " WHERE id = ANY($1::uuid[]) AND host_affiliate_id IS NOT NULL",
        list(room_ids),
    )
    return {row["id"]: row["host_affiliate_id"] for row in rows}
