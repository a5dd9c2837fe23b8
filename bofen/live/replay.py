"""Watching a broadcast again: what was said and shown, by its place in the recording."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.live import service
from bofen.live.models import Pin, Session
from bofen.live.rules import SessionStatus, Stretch, media_time_ms, replay_position_ms

MESSAGES_MAX = 500
REPLAYS_MAX = 50


@dataclass(frozen=True)
class Chapter:
    """A pin, as an interval of the recording in milliseconds."""

    pin_id: UUID
    product_id: UUID
    start_ms: int
    end_ms: int


@dataclass(frozen=True)
class ReplayMessage:
    """A danmaku that was shown and not taken back; `at_ms` is its place in the recording."""

    at_ms: int
    nickname: str
    text: str


@dataclass(frozen=True)
class _Said:
    media_time_ms: int
    nickname: str
    text: str


async def replayed(tx: Tx, session_id: UUID) -> Session:
    """Raises `NotFound` for a broadcast that is not over, or of which nothing was recorded."""
    found = await service.session(tx, session_id)
    if found.status != SessionStatus.ended or not found.recorded_ms or not found.started_at:
        raise NotFound("replay")
    return found


async def of_room(tx: Tx, room_id: UUID) -> list[Session]:
    """The room's broadcasts that can be watched again, newest first."""
    query = (
        select(Session)
        .where(
            Session.room_id == room_id,
            Session.status == SessionStatus.ended,
            Session.recorded_ms > 0,
            Session.started_at.is_not(None),
        )
        .order_by(Session.started_at.desc())
        .limit(REPLAYS_MAX)
    )
    return list(await tx.scalars(query))


async def stretches(tx: Tx, found: Session) -> list[Stretch]:
    """What was recorded of a broadcast, in media time; the interruptions are between."""
    rows = await tx.fetch(
        "SELECT started_at, stopped_at FROM live_push WHERE session_id = $1 ORDER BY started_at",
        found.id,
    )
    ended_at = found.ended_at or found.scheduled_at
    return [
        Stretch(
            media_time_ms(found.started_at, row["started_at"]) or 0,
            media_time_ms(found.started_at, row["stopped_at"] or ended_at) or 0,
        )
        for row in rows
    ]


async def chapters(tx: Tx, found: Session, recorded: Sequence[Stretch]) -> list[Chapter]:
    """The products that were spoken of, in order, each where it is in the recording.

    `recorded`: what `stretches` answers for this broadcast.
    """
    query = select(Pin).where(Pin.session_id == found.id).order_by(Pin.started_at)
    pins = [pin for pin in await tx.scalars(query) if pin.started_media_ms is not None]
    end_ms = found.recorded_ms or 0
    return [
        Chapter(
            pin.id,
            pin.product_id,
            min(end_ms, replay_position_ms(recorded, pin.started_media_ms or 0)),
            min(end_ms, replay_position_ms(recorded, _end_of(pin, found))),
        )
        for pin in pins
    ]


def _end_of(pin: Pin, found: Session) -> int:
    if pin.ended_media_ms is not None:
        return pin.ended_media_ms
    return media_time_ms(found.started_at, found.ended_at or found.scheduled_at) or 0


async def messages(tx: Tx, found: Session, recorded: Sequence[Stretch]) -> list[ReplayMessage]:
    """What was said, in the order of the recording; the first of a very talkative one."""
    rows = await tx.rows(
        _Said,
        "SELECT media_time_ms, nickname, text FROM live_message WHERE session_id = $1"
        " AND status = 'shown' AND media_time_ms IS NOT NULL ORDER BY media_time_ms, seq LIMIT $2",
        found.id,
        MESSAGES_MAX,
    )
    return [
        ReplayMessage(replay_position_ms(recorded, row.media_time_ms), row.nickname, row.text)
        for row in rows
    ]


@dataclass(frozen=True)
class Watched:
    """What an order remembers of the replay that it was placed in."""

    session_id: UUID
    room_id: UUID
    started_at: datetime
    ended_at: datetime
    pin_ids: Sequence[UUID]
    """Everything that was spoken of in it."""


async def watched(tx: Tx, session_ids: Collection[UUID]) -> dict[UUID, Watched]:
    """Of these broadcasts those that can be watched again."""
    if not session_ids:
        return {}
    rows = await tx.rows(
        Watched,
        "SELECT id AS session_id, room_id, started_at, ended_at,"
        " ARRAY(SELECT p.id FROM live_pin p WHERE p.session_id = s.id) AS pin_ids"
        " FROM live_session s WHERE id = ANY($1::uuid[]) AND status = 'ended'"
        " AND recorded_ms > 0 AND started_at IS NOT NULL",
        list(session_ids),
    )
    return {row.session_id: row for row in rows}
