"""The verbs of live rooms. Every change of a room takes its number here, in its transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from bofen.kit.crypto import token_hash
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.ids import short_token
from bofen.live.errors import PushDenied, SessionOpen
from bofen.live.models import Pin, Room, Session
from bofen.live.rules import ON_AIR, PUSH_KEY_LIFE, SessionStatus

_STREAM_NAME_LENGTH = 12
_PUSH_KEY_LENGTH = 24


async def number(tx: Tx, counts: Mapping[UUID, int]) -> dict[UUID, int]:
    """Take so many numbers in each room; the first of them. Rooms are locked in id order."""
    rooms = sorted(counts)
    rows = await tx.fetch(
        "WITH held AS (SELECT id FROM live_room WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE)"
        " UPDATE live_room r SET seq = r.seq + asked.n"
        " FROM unnest($1::uuid[], $2::int[]) AS asked (id, n), held"
        " WHERE r.id = asked.id AND held.id = r.id RETURNING r.id, r.seq - asked.n + 1 AS first",
        rooms,
        [counts[room_id] for room_id in rooms],
    )
    return {row["id"]: row["first"] for row in rows}


async def numbered(tx: Tx, room_id: UUID, kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """One change of a room, with its number: to be published after the commit."""
    first = (await number(tx, {room_id: 1})).get(room_id)
    if first is None:
        raise NotFound("room")
    return {"seq": first, "kind": kind, **facts}


async def room(tx: Tx, room_id: UUID) -> Room:
    found = await tx.get(Room, room_id)
    if found is None:
        raise NotFound("room")
    return found


async def lock_room(tx: Tx, room_id: UUID) -> Room:
    found = await tx.get(Room, room_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound("room")
    return found


async def lock_session(tx: Tx, session_id: UUID) -> Session:
    """The session, its room locked first."""
    found = await tx.get(Session, session_id)
    if found is None:
        raise NotFound("session")
    await lock_room(tx, found.room_id)
    await tx.refresh(found)
    return found


async def current_session(tx: Tx, room_id: UUID) -> Session | None:
    """The broadcast on air, else the next one scheduled, else the last one that ended."""
    query = select(Session).where(Session.room_id == room_id)
    sessions = list(await tx.scalars(query.order_by(Session.scheduled_at)))
    on_air = [s for s in sessions if s.status in ON_AIR]
    coming = [s for s in sessions if s.status == SessionStatus.scheduled]
    over = [s for s in sessions if s.status == SessionStatus.ended]
    return next(iter([*on_air, *coming, *reversed(over)]), None)


async def schedule(tx: Tx, room_id: UUID, title: str, scheduled_at: datetime) -> Session:
    await lock_room(tx, room_id)
    made = Session(
        room_id=room_id,
        title=title,
        scheduled_at=scheduled_at,
        stream_name=short_token(_STREAM_NAME_LENGTH),
    )
    tx.add(made)
    await tx.flush()
    return made


async def new_push_key(tx: Tx, session_id: UUID, at: datetime) -> tuple[Session, str]:
    """A fresh key; the one before is dead at once. Only its hash is kept."""
    session = await lock_session(tx, session_id)
    if session.status == SessionStatus.ended:
        session.become(SessionStatus.live)
    key = short_token(_PUSH_KEY_LENGTH)
    session.push_key_hash = token_hash(key)
    session.push_key_expires_at = at + PUSH_KEY_LIFE
    await tx.flush()
    return session, key


async def admit_push(tx: Tx, stream_name: str, key: str, at: datetime) -> Session:
    """The session that this key opens. Raises PushDenied, and says no more."""
    query = select(Session).where(Session.stream_name == stream_name)
    session = await tx.scalar(query)
    if (
        session is None
        or session.push_key_hash != token_hash(key)
        or session.push_key_expires_at is None
        or session.push_key_expires_at <= at
        or session.status == SessionStatus.ended
    ):
        raise PushDenied
    other = await tx.scalar(
        select(Session).where(
            Session.room_id == session.room_id,
            Session.status.in_(ON_AIR),
            Session.id != session.id,
        )
    )
    if other is not None:
        raise SessionOpen(other.id)
    return session


async def by_stream(tx: Tx, stream_name: str) -> Session | None:
    """Locked, its room first."""
    session_id = await tx.scalar(select(Session.id).where(Session.stream_name == stream_name))
    return await lock_session(tx, session_id) if session_id else None


async def end_pin(tx: Tx, room_id: UUID, at: datetime, media_ms: int | None) -> Pin | None:
    """The room's current pin, ended. The room is locked by the caller."""
    query = select(Pin).where(Pin.room_id == room_id, Pin.ended_at.is_(None))
    current = await tx.scalar(query)
    if current is not None:
        current.ended_at, current.ended_media_ms = at, media_ms
        await tx.flush()
    return current


async def set_shelf(tx: Tx, room_id: UUID, product_ids: Sequence[UUID]) -> None:
    await lock_room(tx, room_id)
    await tx.fetch("DELETE FROM live_shelf WHERE room_id = $1", room_id)
    await tx.fetch(
        "INSERT INTO live_shelf (room_id, product_id, position)"
        " SELECT $1, product_id, position FROM unnest($2::uuid[])"
        " WITH ORDINALITY AS p (product_id, position)",
        room_id,
        list(product_ids),
    )


async def shelf(tx: Tx, room_id: UUID) -> list[UUID]:
    rows = await tx.fetch(
        "SELECT product_id FROM live_shelf WHERE room_id = $1 ORDER BY position", room_id
    )
    return [row["product_id"] for row in rows]


async def add_likes(tx: Tx, counted: Mapping[UUID, tuple[int, int]]) -> dict[UUID, int]:
    """Add each room's new likes and note its viewers; the likes there are now."""
    rooms = sorted(counted)
    rows = await tx.fetch(
        "UPDATE live_room r SET likes = r.likes + c.likes, viewers = c.viewers"
        " FROM unnest($1::uuid[], $2::bigint[], $3::int[]) AS c (id, likes, viewers)"
        " WHERE r.id = c.id RETURNING r.id, r.likes",
        rooms,
        [counted[room_id][0] for room_id in rooms],
        [counted[room_id][1] for room_id in rooms],
    )
    return {row["id"]: row["likes"] for row in rows}
