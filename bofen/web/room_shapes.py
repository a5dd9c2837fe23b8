"""How rooms and broadcasts look on cards and in lists; what is inside is `bofen.live.changes`."""

from datetime import datetime
from typing import Self
from uuid import UUID

from bofen.gateways.storage.addresses import picture_url
from bofen.live.models import Session
from bofen.live.queries import RoomRow
from bofen.live.rules import RoomStatus, SessionStatus
from bofen.web.shapes import Shape


class RoomCard(Shape):
    """A room in a list. `scheduled_at` is that of its broadcast on air, else of the next one."""

    id: UUID
    title: str
    cover: str | None
    host_name: str
    status: RoomStatus
    viewers: int
    scheduled_at: datetime | None

    @classmethod
    def of(cls, row: RoomRow) -> Self:
        """Viewers are counted while the picture runs."""
        return cls(
            id=row.id,
            title=row.title,
            cover=picture_url(row.cover_key),
            host_name=row.host_name,
            status=row.status,
            viewers=row.viewers if row.status == RoomStatus.live else 0,
            scheduled_at=row.scheduled_at,
        )


class SessionOut(Shape):
    """One broadcast. `recorded_ms` is how much of it can be watched again."""

    id: UUID
    room_id: UUID
    title: str
    status: SessionStatus
    scheduled_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    recorded_ms: int | None


def session_out(session: Session) -> SessionOut:
    """A broadcast as staff see it."""
    return SessionOut(**{name: getattr(session, name) for name in SessionOut.model_fields})
