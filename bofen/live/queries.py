"""Lists of rooms and broadcasts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from bofen.kit.db import Tx
from bofen.live.models import Session
from bofen.live.rules import SessionStatus

ROOMS_MAX = 100

_ROOMS = """
SELECT r.id, r.title, r.cover_key, r.host_name, r.host_staff_id, r.host_affiliate_id,
  r.viewers, r.slow_mode_s, s.status, s.scheduled_at
FROM live_room r
LEFT JOIN LATERAL (
  SELECT status, scheduled_at FROM live_session x
  WHERE x.room_id = r.id AND x.status <> 'ended'
  ORDER BY (x.status IN ('live', 'interrupted')) DESC, x.scheduled_at LIMIT 1
) s ON true
ORDER BY (s.status = 'live') DESC NULLS LAST, s.scheduled_at NULLS LAST, r.created_at
LIMIT $1
"""


async def rooms(tx: Tx) -> list[dict[str, Any]]:
    """Each room with its broadcast on air, or its next one; those on air first."""
    return await tx.fetch(_ROOMS, ROOMS_MAX)


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


async def sessions(tx: Tx, room_id: UUID, limit: int) -> list[Session]:
    """Newest first."""
    query = select(Session).where(Session.room_id == room_id)
    return list(await tx.scalars(query.order_by(Session.scheduled_at.desc()).limit(limit)))
