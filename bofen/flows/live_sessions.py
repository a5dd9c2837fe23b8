"""Broadcasts: prepared, opened by an encoder with the right key, interrupted, ended."""

from datetime import datetime
from typing import Any
from uuid import UUID

from bofen.flows.rooms import RoomChanges, publish, session_json
from bofen.flows.services import Services
from bofen.gateways.streams.protocol import (
    PublishRequested,
    PublishStarted,
    PublishStopped,
    RecordReady,
    StreamEvent,
)
from bofen.kit import log
from bofen.kit.db import Tx
from bofen.kit.errors import ProviderError
from bofen.live import service as live
from bofen.live.models import Session
from bofen.live.rules import GRACE, ON_AIR, SessionStatus

_log = log.get(__name__)


async def heard(services: Services, event: StreamEvent, at: datetime) -> UUID | None:
    """What the engine tells. For a request to publish: the session, or PushDenied."""
    if isinstance(event, PublishRequested):
        async with services.db.transaction() as tx:
            return (await live.admit_push(tx, event.name, event.key, at)).id
    changes = await services.db.run(lambda tx: _told(tx, event, at))
    await publish(services.bus, changes)
    return None


async def _told(tx: Tx, event: StreamEvent, at: datetime) -> list[RoomChanges]:
    session = await live.by_stream(tx, event.name)
    if session is None or session.status == SessionStatus.ended:
        return []
    match event:
        case PublishStarted():
            session.push_id = event.push_id
            return await _on_air(tx, session, at)
        case PublishStopped() if event.push_id == session.push_id:
            return await _interrupted(tx, session, at)
        case RecordReady():
            session.recorded_ms = event.duration_ms
    return []


async def _on_air(tx: Tx, session: Session, at: datetime) -> list[RoomChanges]:
    if session.status == SessionStatus.live:
        return []
    session.become(SessionStatus.live)
    session.started_at = session.started_at or at
    session.interrupted_at = None
    return await _tell(tx, session)


async def _interrupted(tx: Tx, session: Session, at: datetime) -> list[RoomChanges]:
    if session.status != SessionStatus.live:
        return []
    session.become(SessionStatus.interrupted)
    session.interrupted_at = at
    return await _tell(tx, session)


async def end_session(services: Services, session_id: UUID, at: datetime) -> Session:
    """The host says goodbye: the encoder is sent away, the pin ends with the broadcast."""

    async def story(tx: Tx) -> tuple[Session, list[RoomChanges]]:
        session = await live.lock_session(tx, session_id)
        return session, await _end(tx, session, at)

    session, changes = await services.db.run(story)
    await publish(services.bus, changes)
    try:
        await services.streams.kick(session.stream_name)
    except ProviderError as error:
        _log.warning("kick_failed", code=error.code)
    return session


async def _end(tx: Tx, session: Session, at: datetime) -> list[RoomChanges]:
    session.become(SessionStatus.ended)
    session.ended_at = at
    changes = await _tell(tx, session)
    if await live.end_pin(tx, session.room_id, at, None):
        unpinned = await live.numbered(tx, session.room_id, "unpinned", {})
        changes.append((session.room_id, [unpinned]))
    return changes


async def _tell(tx: Tx, session: Session) -> list[RoomChanges]:
    await tx.flush()
    facts: dict[str, Any] = {"session": session_json(session)}
    return [(session.room_id, [await live.numbered(tx, session.room_id, "session", facts)])]


async def end_abandoned(services: Services, at: datetime) -> None:
    """Sweep: a broadcast whose encoder stays away longer than the grace is over."""
    async with services.db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT id FROM live_session WHERE status = 'interrupted' AND interrupted_at < $1",
            at - GRACE,
        )
    for row in rows:

        async def story(tx: Tx, session_id: UUID = row["id"]) -> list[RoomChanges]:
            session = await live.lock_session(tx, session_id)
            is_due = session.status == SessionStatus.interrupted
            return await _end(tx, session, at) if is_due else []

        await publish(services.bus, await services.db.run(story))


async def reconcile(services: Services, at: datetime) -> None:
    """Sweep: callbacks get lost, so what the engine says is live is compared with what we know."""
    try:
        playing = {state.name: state for state in await services.streams.list_live()}
    except ProviderError as error:
        _log.info("streams_unreachable", code=error.code)
        return
    async with services.db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT stream_name, status FROM live_session"
            " WHERE status IN ('live', 'interrupted') OR stream_name = ANY($1::text[])",
            list(playing),
        )
    for row in rows:
        name, is_on_air = row["stream_name"], row["status"] in ON_AIR
        if (row["status"] == SessionStatus.live) != (name in playing) and (
            is_on_air or name in playing
        ):
            await _corrected(services, name, playing.get(name), at)


async def _corrected(services: Services, name: str, state: Any, at: datetime) -> None:
    async def story(tx: Tx) -> list[RoomChanges]:
        session = await live.by_stream(tx, name)
        if session is None or session.status == SessionStatus.ended:
            return []
        if state is None:
            return await _interrupted(tx, session, at)
        session.push_id = state.push_id
        return await _on_air(tx, session, at)

    await publish(services.bus, await services.db.run(story))
