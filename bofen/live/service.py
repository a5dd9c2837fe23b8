"""The verbs of rooms and their broadcasts. Whoever changes a room holds its row."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.kit.crypto import token_hash
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.ids import short_token
from bofen.live import queries
from bofen.live.changes import Change, RoomChanged, SessionChanged, room_out, session_brief
from bofen.live.errors import PushDenied, SessionOpen, SessionOver
from bofen.live.models import Room, Session
from bofen.live.rules import ON_AIR, PUSH_KEY_LIFE, SessionStatus, is_room_of, media_time_ms

_STREAM_NAME_LENGTH = 12
_PUSH_KEY_LENGTH = 24


@dataclass(frozen=True)
class RoomDraft:
    """What the merchant decides of a room."""

    title: str
    host_name: str
    cover_key: str | None = None
    host_staff_id: UUID | None = None
    host_affiliate_id: UUID | None = None
    slow_mode_s: int = 0
    """One message of a person in so many seconds; 0: as many as the limit allows."""


@dataclass(frozen=True)
class SessionDraft:
    """A broadcast as it is planned; `provider` will carry its pictures."""

    title: str
    scheduled_at: datetime
    provider: str


async def take_numbers(tx: Tx, counts: Mapping[UUID, int]) -> dict[UUID, int]:
    """Take so many numbers in each room; the first of them. Rooms are locked in id order."""
    rooms = sorted(counts)
    rows = await tx.fetch(
        "WITH held AS (SELECT id FROM live_room WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE)"
        " UPDATE live_room r SET seq = r.seq + wanted.n"
        " FROM unnest($1::uuid[], $2::int[]) AS wanted (id, n), held"
        " WHERE r.id = wanted.id AND held.id = r.id"
        " RETURNING r.id, r.seq - wanted.n + 1 AS first",
        rooms,
        [counts[room_id] for room_id in rooms],
    )
    return {row["id"]: row["first"] for row in rows}


async def next_number(tx: Tx, room_id: UUID) -> int:
    """The number of the room's next change. Raises `NotFound` for an unknown room."""
    first = (await take_numbers(tx, {room_id: 1})).get(room_id)
    if first is None:
        raise NotFound("room")
    return first


async def room(tx: Tx, room_id: UUID, by: StaffMember | None = None) -> Room:
    """Raises `NotFound` for an unknown room, and for one that `by` may not enter."""
    return _known(await tx.get(Room, room_id), by)


async def lock_room(tx: Tx, room_id: UUID, by: StaffMember | None = None) -> Room:
    """The room, held until the end of the transaction. Raises as `room` does."""
    return _known(await tx.get(Room, room_id, with_for_update=True, populate_existing=True), by)


def _known(found: Room | None, by: StaffMember | None) -> Room:
    if found is None or (by is not None and not is_room_of(by, found.host_staff_id)):
        raise NotFound("room")
    return found


async def open_room(tx: Tx, draft: RoomDraft, by: StaffMember, at: datetime) -> Room:
    """A new room, with nothing on its shelf."""
    made = Room(**asdict(draft), created_at=at)
    tx.add(made)
    await tx.flush()
    await audit.record(tx, by, Deed.room_opened, f"room:{made.id}", at)
    return made


async def change_room(
    tx: Tx, room_id: UUID, draft: RoomDraft, by: StaffMember, at: datetime
) -> list[Change]:
    """What viewers are to be told: nothing when the room looks to them as before."""
    changed = await lock_room(tx, room_id)
    before = room_out(changed)
    changed.title, changed.host_name = draft.title, draft.host_name
    changed.cover_key, changed.slow_mode_s = draft.cover_key, draft.slow_mode_s
    changed.host_staff_id = draft.host_staff_id
    changed.host_affiliate_id = draft.host_affiliate_id
    await tx.flush()
    await audit.record(tx, by, Deed.room_changed, f"room:{room_id}", at)
    after = room_out(changed)
    return [] if after == before else [RoomChanged(seq=await next_number(tx, room_id), room=after)]


async def session(tx: Tx, session_id: UUID) -> Session:
    """Raises `NotFound`."""
    found = await tx.get(Session, session_id)
    if found is None:
        raise NotFound("session")
    return found


async def lock_session(tx: Tx, session_id: UUID, by: StaffMember | None = None) -> Session:
    """The session, its room locked first. Raises `NotFound`, also for a room that is not `by`'s."""
    found = await tx.get(Session, session_id)
    if found is None:
        raise NotFound("session")
    await lock_room(tx, found.room_id, by)
    await tx.refresh(found)
    return found


async def schedule(
    tx: Tx, room_id: UUID, draft: SessionDraft, by: StaffMember, at: datetime
) -> tuple[Session, list[Change]]:
    """A broadcast is planned. Its stream has a name of its own, never used before.

    Viewers are told when it is the one that the room now waits for.
    """
    await lock_room(tx, room_id, by)
    made = Session(room_id=room_id, stream_name=short_token(_STREAM_NAME_LENGTH), **asdict(draft))
    tx.add(made)
    await tx.flush()
    await audit.record(tx, by, Deed.session_scheduled, f"session:{made.id}", at)
    shown = await queries.current_session(tx, room_id)
    is_next = shown is not None and shown.id == made.id
    return made, [await _session_changed(tx, room_id)] if is_next else []


async def new_push_key(
    tx: Tx, session_id: UUID, by: StaffMember, at: datetime
) -> tuple[Session, str]:
    """A fresh key; the one before is dead at once. Only its hash is kept.

    Raises `SessionOver` for a broadcast that has ended.
    """
    found = await lock_session(tx, session_id, by)
    if found.status == SessionStatus.ended:
        raise SessionOver(session_id)
    key = short_token(_PUSH_KEY_LENGTH)
    found.push_key_hash = token_hash(key)
    found.push_key_expires_at = at + PUSH_KEY_LIFE
    await tx.flush()
    await audit.record(tx, by, Deed.push_key_issued, f"session:{session_id}", at)
    return found, key


async def admit_push(tx: Tx, provider: str, stream_name: str, key: str, at: datetime) -> Session:
    """The session that this key opens. Raises PushDenied, and says no more.

    Raises `SessionOpen` while another broadcast of the room is on air.
    """
    query = select(Session).where(Session.stream_name == stream_name, Session.provider == provider)
    found = await tx.scalar(query)
    if (
        found is None
        or found.push_key_hash != token_hash(key)
        or found.push_key_expires_at is None
        or found.push_key_expires_at <= at
        or found.status == SessionStatus.ended
    ):
        raise PushDenied
    other = await tx.scalar(
        select(Session).where(
            Session.room_id == found.room_id,
            Session.status.in_(ON_AIR),
            Session.id != found.id,
        )
    )
    if other is not None:
        raise SessionOpen(other.id)
    return found


async def lock_stream(tx: Tx, provider: str, stream_name: str) -> Session | None:
    """The broadcast that a provider speaks of, its room locked first; None when it is over."""
    query = select(Session.id).where(
        Session.stream_name == stream_name, Session.provider == provider
    )
    session_id = await tx.scalar(query)
    found = await lock_session(tx, session_id) if session_id else None
    return None if found is None or found.status == SessionStatus.ended else found


async def go_on_air(tx: Tx, found: Session, push_id: str, at: datetime) -> list[Change]:
    """Pictures come since `at`, by the push `push_id`. The session is locked by the caller.

    The product that is pinned already is this broadcast's from now on.
    """
    await _note_push(tx, found, push_id, at)
    found.push_id = push_id
    if found.status == SessionStatus.live:
        await tx.flush()
        return []
    found.become(SessionStatus.live)
    found.started_at = found.started_at or at
    found.interrupted_at = None
    changes = [await _session_changed(tx, found.room_id)]
    await _adopt_pin(tx, found)
    return changes


async def interrupt(
    tx: Tx, found: Session, at: datetime, stopped_at: datetime | None = None
) -> list[Change]:
    """Pictures stopped at `stopped_at`; the encoder may come back, and the grace counts from `at`.

    The two differ when word of it came late: while we could not be reached, no encoder could
    return either. The session is locked by the caller.
    """
    await _note_push(tx, found, None, stopped_at or at)
    if found.status != SessionStatus.live:
        return []
    found.become(SessionStatus.interrupted)
    found.interrupted_at = at
    return [await _session_changed(tx, found.room_id)]


async def wait_from(tx: Tx, found: Session, at: datetime) -> list[Change]:
    """The provider was away and is back since `at`: what it carried before it carries no more.

    A broadcast that has come by a newer push goes on; any other waits for its encoder from `at`,
    however long the provider was away. The session is locked by the caller.
    """
    if found.status == SessionStatus.interrupted:
        found.interrupted_at = max(found.interrupted_at or at, at)
        await tx.flush()
        return []
    rows = await tx.fetch(
        "SELECT 1 FROM live_push WHERE session_id = $1 AND push_id = $2 AND started_at >= $3",
        found.id,
        found.push_id,
        at,
    )
    return [] if rows else await interrupt(tx, found, at)


async def end_session(
    tx: Tx, found: Session, at: datetime, by: StaffMember | None = None
) -> list[Change]:
    """It is over, by a person's word or, without `by`, because its encoder stayed away.

    The session is locked by the caller. Raises `SessionImpossible` when it has ended already.
    """
    found.become(SessionStatus.ended)
    found.ended_at = at
    await _note_push(tx, found, None, at)
    if by is not None:
        await audit.record(tx, by, Deed.session_ended, f"session:{found.id}", at)
    return [await _session_changed(tx, found.room_id)]


async def _note_push(tx: Tx, found: Session, push_id: str | None, at: datetime) -> None:
    """The push that was there has stopped; the one that is there now, if any, has begun."""
    await tx.fetch(
        "UPDATE live_push SET stopped_at = greatest(started_at, $3)"
        " WHERE session_id = $1 AND stopped_at IS NULL AND push_id IS DISTINCT FROM $2",
        found.id,
        push_id,
        at,
    )
    if push_id is not None:
        await tx.fetch(
            "INSERT INTO live_push (session_id, push_id, started_at) VALUES ($1, $2, $3)"
            " ON CONFLICT DO NOTHING",
            found.id,
            push_id,
            at,
        )


async def _adopt_pin(tx: Tx, found: Session) -> None:
    """What was pinned while the room was silent is spoken of since the first picture.

    Word of that picture may come after the pin was set: then the pin has its place in between.
    """
    rows = await tx.fetch(
        "SELECT id, started_at FROM live_pin"
        " WHERE room_id = $1 AND ended_at IS NULL AND session_id IS NULL",
        found.room_id,
    )
    for row in rows:
        await tx.fetch(
            "UPDATE live_pin SET session_id = $2, started_media_ms = $3 WHERE id = $1",
            row["id"],
            found.id,
            media_time_ms(found.started_at, row["started_at"]),
        )


async def note_recorded(tx: Tx, provider: str, stream_name: str, duration_ms: int) -> None:
    """The recording has grown to `duration_ms`; word of a shorter one comes late."""
    await tx.fetch(
        "UPDATE live_session SET recorded_ms = greatest(coalesce(recorded_ms, 0), $3)"
        " WHERE provider = $1 AND stream_name = $2",
        provider,
        stream_name,
        duration_ms,
    )


async def _session_changed(tx: Tx, room_id: UUID) -> Change:
    """What a snapshot would show now: after the end of one broadcast that may be the next plan."""
    await tx.flush()
    shown = await queries.current_session(tx, room_id)
    number = await next_number(tx, room_id)
    return SessionChanged(seq=number, session=session_brief(shown) if shown else None)


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
