"""Lists of rooms and broadcasts."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from bofen.kit.db import Tx
from bofen.live.models import Session

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


async def sessions(tx: Tx, room_id: UUID, limit: int) -> list[Session]:
    """Newest first."""
    query = select(Session).where(Session.room_id == room_id)
    return list(await tx.scalars(query.order_by(Session.scheduled_at.desc()).limit(limit)))
