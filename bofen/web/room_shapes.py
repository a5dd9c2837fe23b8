"""How rooms look from outside: on a card, and as the snapshot that a viewer begins with."""

from datetime import datetime
from typing import Any
from uuid import UUID

from bofen.live.models import Session
from bofen.web.buyer.products import ProductCard
from bofen.web.shapes import Shape


class RoomCard(Shape):
    id: UUID
    title: str
    cover: str | None
    host_name: str
    status: str
    viewers: int
    scheduled_at: datetime | None


class RoomOut(Shape):
    id: UUID
    title: str
    cover: str | None
    host_name: str


class SessionBrief(Shape):
    id: UUID
    status: str
    title: str
    scheduled_at: datetime
    started_at: datetime | None


class PinOut(Shape):
    id: UUID
    product: ProductCard


class MessageOut(Shape):
    seq: int
    person_id: UUID
    nickname: str
    text: str
    kind: str
    at: datetime


class Snapshot(Shape):
    """Numbered changes go on from (`epoch`, `seq`) over the socket."""

    room: RoomOut
    session: SessionBrief | None
    epoch: int
    seq: int
    socket_url: str
    pin: PinOut | None
    shelf: list[ProductCard]
    messages: list[MessageOut]
    likes: int
    viewers: int


class SessionOut(Shape):
    id: UUID
    room_id: UUID
    title: str
    status: str
    scheduled_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


def session_out(session: Session) -> SessionOut:
    return SessionOut(**{name: getattr(session, name) for name in SessionOut.model_fields})


def room_card(row: dict[str, Any]) -> RoomCard:
    """Of a row of `live.queries`."""
    cover = row["cover_key"]
    return RoomCard(
        id=row["id"],
        title=row["title"],
        cover=f"/files/{cover}" if cover else None,
        host_name=row["host_name"],
        status=row["status"] or "idle",
        viewers=row["viewers"] if row["status"] == "live" else 0,
        scheduled_at=row["scheduled_at"],
    )
