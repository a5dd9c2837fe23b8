"""Broadcasts: planned, opened by an encoder with the right key, interrupted, ended.

What a provider tells is its word for one of its streams; the business session is ours. A stream
that stops is an interruption, and the session waits for it as long as the settings say.
"""

from datetime import datetime, timedelta
from typing import get_args
from uuid import UUID

from bofen.flows.rooms import publish
from bofen.flows.services import Services
from bofen.gateways.streams.protocol import (
    EngineStarted,
    PublishRequested,
    PublishStarted,
    PublishStopped,
    PushEndpoint,
    PushRefused,
    RecordReady,
    RefusalCode,
    StreamEvent,
    StreamNotice,
    StreamRef,
    StreamState,
)
from bofen.identity.rules import StaffMember
from bofen.kit import log
from bofen.kit.db import Tx
from bofen.kit.errors import ProviderError
from bofen.live import notices, queries, shelf
from bofen.live import service as live
from bofen.live.changes import Change, RoomChanges
from bofen.live.models import Session
from bofen.live.notices import Finding
from bofen.live.rules import ON_AIR, PUSH_KEY_LIFE, SessionStatus
from bofen.live.service import SessionDraft
from bofen.settings import service as settings

_log = log.get(__name__)


async def schedule(
    services: Services, room_id: UUID, draft: SessionDraft, by: StaffMember, at: datetime
) -> Session:
    """Plans a broadcast, and tells whoever waits in the room."""

    async def story(tx: Tx) -> tuple[Session, RoomChanges]:
        session, changes = await live.schedule(tx, room_id, draft, by, at)
        return session, (room_id, changes)

    session, told = await services.db.run(story)
    await publish(services.bus, [told])
    return session


async def push_address(
    services: Services, session_id: UUID, by: StaffMember, at: datetime
) -> tuple[PushEndpoint, datetime]:
    """What goes into the encoder, with a new key, and until when it is good."""

    async def story(tx: Tx) -> tuple[Session, str]:
        return await live.new_push_key(tx, session_id, by, at)

    session, key = await services.db.run(story)
    expires_at = at + PUSH_KEY_LIFE
    ref = StreamRef(session.stream_name, session.id)
    return services.streams.named(session.provider).push_endpoint(ref, key, expires_at), expires_at


async def admit(services: Services, provider: str, asked: PublishRequested, at: datetime) -> UUID:
    """The session that this key opens. Raises `PushDenied` or `SessionOpen`; keeps nothing."""
    async with services.db.transaction() as tx:
        return (await live.admit_push(tx, provider, asked.name, asked.key, at)).id


async def on_stream_event(
    services: Services, provider: str, event: StreamEvent, at: datetime
) -> None:
    """What a provider tells of one of its streams; of a broadcast that is over, only how long."""
    if isinstance(event, EngineStarted):
        await _engine_started(services, provider, min(event.at, at))
        return

    async def story(tx: Tx) -> list[RoomChanges]:
        session = await live.lock_stream(tx, provider, event.name)
        if session is None:
            return await _late(tx, provider, event)
        return [(session.room_id, await _applied(tx, session, event, at))]

    await publish(services.bus, await services.db.run(story))


async def _applied(tx: Tx, session: Session, event: StreamEvent, at: datetime) -> list[Change]:
    match event:
        case PublishStarted():
            await notices.settle_refusals(tx, session.id, event.push_id, get_args(RefusalCode))
            return await live.go_on_air(tx, session, event.push_id, min(event.at, at))
        case PublishStopped() if event.push_id == session.push_id:
            return await live.interrupt(tx, session, at, min(event.at, at))
        case RecordReady():
            await live.note_recorded(tx, session.provider, event.name, event.duration_ms)
        case PushRefused():
            await notices.note(tx, session.id, Finding(event.push_id, event.code), at)
        case StreamNotice():
            found = Finding(event.push_id, event.code, event.value)
            await notices.note(tx, session.id, found, at)
    return []


async def _engine_started(services: Services, provider: str, at: datetime) -> None:
    """It is there again since `at`, and whoever it carried before has the whole grace from then."""
    async with services.db.transaction() as tx:
        carried = await queries.carried_by(tx, provider)
    for session_id in carried:

        async def story(tx: Tx, session_id: UUID = session_id) -> list[RoomChanges]:
            session = await live.lock_session(tx, session_id)
            if session.status == SessionStatus.ended:
                return []
            return [(session.room_id, await live.wait_from(tx, session, at))]

        await publish(services.bus, await services.db.run(story))


async def _late(tx: Tx, provider: str, event: StreamEvent) -> list[RoomChanges]:
    """Of a broadcast that is over only its recording may still grow: it is closed after the end."""
    if isinstance(event, RecordReady):
        await live.note_recorded(tx, provider, event.name, event.duration_ms)
    return []


async def end_session(
    services: Services, session_id: UUID, by: StaffMember, at: datetime
) -> Session:
    """The host says goodbye: the encoder is sent away, the pin ends with the broadcast."""

    async def story(tx: Tx) -> tuple[Session, RoomChanges]:
        session = await live.lock_session(tx, session_id, by)
        return session, (session.room_id, await _ended(tx, session, at, by))

    session, changes = await services.db.run(story)
    await publish(services.bus, [changes])
    try:
        await services.streams.named(session.provider).kick(session.stream_name)
    except ProviderError as error:
        _log.warning("kick_failed", code=error.code)
    return session


async def _ended(
    tx: Tx, session: Session, at: datetime, by: StaffMember | None = None
) -> list[Change]:
    """The pin ends with its broadcast, or with the last plan that it could have been for."""
    was_on_air = session.status in ON_AIR
    changes = await live.end_session(tx, session, at, by)
    is_kept = not was_on_air and await shelf.waits_or_runs(tx, session.room_id)
    return changes if is_kept else changes + await shelf.end_pin(tx, session.room_id, at)


async def end_abandoned(services: Services, at: datetime) -> None:
    """Sweep: a broadcast whose encoder stays away longer than the grace is over.

    The provider is asked first. One that cannot be reached cannot take the encoder back either,
    so nothing ends meanwhile; one that has the stream after all puts the broadcast on air again.
    """
    async with services.db.transaction() as tx:
        grace = timedelta(seconds=(await settings.in_force(tx, at)).live.grace_s)
        due = await queries.abandoned(tx, at - grace)
    for provider in sorted({session.provider for session in due}):
        playing = await _playing(services, provider)
        for session in due:
            if playing is None or session.provider != provider:
                continue
            if state := playing.get(session.stream_name):
                await _correct(services, (provider, session.stream_name), state, at)
            else:
                await _end_due(services, session.id, at - grace, at)


async def _end_due(services: Services, session_id: UUID, since: datetime, at: datetime) -> None:
    async def story(tx: Tx) -> list[RoomChanges]:
        session = await live.lock_session(tx, session_id)
        is_due = (
            session.status == SessionStatus.interrupted
            and session.interrupted_at is not None
            and session.interrupted_at < since
        )
        return [(session.room_id, await _ended(tx, session, at))] if is_due else []

    await publish(services.bus, await services.db.run(story))


async def _playing(services: Services, provider: str) -> dict[str, StreamState] | None:
    """What a provider says is live, by stream; None when he cannot be asked."""
    try:
        states = await services.streams.named(provider).list_live()
    except ProviderError as error:
        _log.info("streams_unreachable", provider=provider, code=error.code)
        return None
    return {state.name: state for state in states}


async def reconcile(services: Services, at: datetime) -> None:
    """Sweep: callbacks get lost, so what each provider says is live is compared with ours."""
    for name in services.streams.names:
        playing = await _playing(services, name)
        if playing is None:
            continue
        async with services.db.transaction() as tx:
            known = await queries.sessions_to_compare(tx, name, list(playing))
        for each in known:
            if (each.status == SessionStatus.live) != (each.stream_name in playing):
                state = playing.get(each.stream_name)
                await _correct(services, (name, each.stream_name), state, at)


async def _correct(
    services: Services, stream: tuple[str, str], state: StreamState | None, at: datetime
) -> None:
    async def story(tx: Tx) -> list[RoomChanges]:
        session = await live.lock_stream(tx, *stream)
        if session is None:
            return []
        if state is None:
            return [(session.room_id, await live.interrupt(tx, session, at))]
        began_at = min(state.started_at, at)
        return [(session.room_id, await live.go_on_air(tx, session, state.push_id, began_at))]

    await publish(services.bus, await services.db.run(story))
