from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bofen.kit.ids import new_id
from bofen.kit.model import Model, one_of
from bofen.live.errors import SessionImpossible
from bofen.live.rules import MessageStatus, SessionStatus, may_become


class Room(Model):
    """Where a host goes live. `seq` numbers its changes; `epoch` changes if numbering restarts."""

    __tablename__ = "live_room"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    title: Mapped[str]
    host_name: Mapped[str]
    created_at: Mapped[datetime]
    cover_key: Mapped[str | None] = mapped_column(default=None)
    host_staff_id: Mapped[UUID | None] = mapped_column(default=None)
    host_affiliate_id: Mapped[UUID | None] = mapped_column(default=None)
    epoch: Mapped[int] = mapped_column(default=1)
    seq: Mapped[int] = mapped_column(BigInteger, default=0)
    likes: Mapped[int] = mapped_column(BigInteger, default=0)
    viewers: Mapped[int] = mapped_column(default=0)
    slow_mode_s: Mapped[int] = mapped_column(default=0)


class Session(Model):
    """One broadcast. The encoder may come and go; the session ends once."""

    __tablename__ = "live_session"
    __table_args__ = (
        CheckConstraint(one_of("status", SessionStatus), name="status"),
        Index(
            "uq_live_session_on_air",
            "room_id",
            unique=True,
            postgresql_where=text("status IN ('live', 'interrupted')"),
        ),
        Index("ix_live_session_room_scheduled", "room_id", "scheduled_at"),
        Index(
            "ix_live_session_coming",
            "room_id",
            "scheduled_at",
            postgresql_where=text("status <> 'ended'"),
        ),
        Index(
            "ix_live_session_ended",
            "room_id",
            "ended_at",
            postgresql_where=text("status = 'ended'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    room_id: Mapped[UUID] = mapped_column(ForeignKey("live_room.id"))
    title: Mapped[str]
    scheduled_at: Mapped[datetime]
    provider: Mapped[str]
    """Who carries its pictures: a name in `Services.streams`. Fixed when it is planned."""
    stream_name: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str] = mapped_column(default="scheduled")
    push_key_hash: Mapped[bytes | None] = mapped_column(default=None)
    push_key_expires_at: Mapped[datetime | None] = mapped_column(default=None)
    push_id: Mapped[str | None] = mapped_column(default=None)
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    interrupted_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    recorded_ms: Mapped[int | None] = mapped_column(default=None)
    """How much of it has been recorded; None while there is nothing to replay."""

    def become(self, status: SessionStatus) -> None:
        """Raises `SessionImpossible` for a step that is not in `rules.NEXT`."""
        if not may_become(SessionStatus(self.status), status):
            raise SessionImpossible(self.id, SessionStatus(self.status), status)
        self.status = status.value


class Push(Model):
    """One time that an encoder was connected. Between two of them nothing was recorded."""

    __tablename__ = "live_push"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("live_session.id"), primary_key=True)
    push_id: Mapped[str] = mapped_column(primary_key=True)
    """The provider's own name for the connection."""
    started_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None] = mapped_column(default=None)


class Notice(Model):
    """What a provider found wrong with a push, for the host to mend; once per push and code."""

    __tablename__ = "live_notice"
    __table_args__ = (UniqueConstraint("session_id", "push_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("live_session.id"))
    push_id: Mapped[str]
    code: Mapped[str]
    at: Mapped[datetime]
    value: Mapped[int] = mapped_column(BigInteger, default=0)
    """What was measured, in the unit of its code."""


class ShelfItem(Model):
    """A product of a room's shelf, at its place."""

    __tablename__ = "live_shelf"

    room_id: Mapped[UUID] = mapped_column(ForeignKey("live_room.id"), primary_key=True)
    product_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    position: Mapped[int]


class Pin(Model):
    """A product being shown: an interval in media time, later a chapter of the replay."""

    __tablename__ = "live_pin"
    __table_args__ = (
        Index(
            "uq_live_pin_current", "room_id", unique=True, postgresql_where=text("ended_at IS NULL")
        ),
        Index("ix_live_pin_session", "session_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    room_id: Mapped[UUID] = mapped_column(ForeignKey("live_room.id"))
    product_id: Mapped[UUID]
    started_at: Mapped[datetime]
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("live_session.id"), default=None)
    started_media_ms: Mapped[int | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_media_ms: Mapped[int | None] = mapped_column(default=None)


class Message(Model):
    """A danmaku. `seq` is its number in the room; one that is held back or refused has none."""

    __tablename__ = "live_message"
    __table_args__ = (
        CheckConstraint(one_of("status", MessageStatus), name="status"),
        UniqueConstraint("person_id", "client_id"),
        UniqueConstraint("room_id", "seq"),
        Index("ix_live_message_room_person", "room_id", "person_id", "at"),
        Index("ix_live_message_held", "room_id", "id", postgresql_where=text("status = 'held'")),
        Index("ix_live_message_session", "session_id", "media_time_ms"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    room_id: Mapped[UUID] = mapped_column(ForeignKey("live_room.id"))
    person_id: Mapped[UUID]
    client_id: Mapped[UUID]
    nickname: Mapped[str]
    text: Mapped[str]
    status: Mapped[str]
    at: Mapped[datetime]
    seq: Mapped[int | None] = mapped_column(BigInteger, default=None)
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("live_session.id"), default=None)
    media_time_ms: Mapped[int | None] = mapped_column(BigInteger, default=None)
    """How far the broadcast had come on the writer's screen."""


class Mute(Model):
    """Somebody who may not speak in a room, and who said so."""

    __tablename__ = "live_mute"

    room_id: Mapped[UUID] = mapped_column(ForeignKey("live_room.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    by_staff_id: Mapped[UUID]
    at: Mapped[datetime]
