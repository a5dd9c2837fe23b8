"""Preparing and ending broadcasts."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from bofen.flows.live_sessions import end_session
from bofen.gateways.streams.protocol import StreamRef
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.live import queries
from bofen.live import service as live
from bofen.live.models import Session
from bofen.live.rules import PUSH_KEY_LIFE
from bofen.web.deps import Db, StaffMayHost, Svc
from bofen.web.room_shapes import RoomCard, SessionOut, room_card, session_out
from bofen.web.shapes import Body, Line, Listed, Shape

router = APIRouter(tags=["sessions"])
SESSIONS_MAX = 50


class SessionIn(Body):
    title: Annotated[Line, Field(min_length=1, max_length=60)]
    scheduled_at: datetime


class PushAddress(Shape):
    """What goes into the encoder. The key is shown once; a new one kills it."""

    url: str
    key: str
    expires_at: datetime


@router.get("/rooms")
async def rooms(_: StaffMayHost, db: Db) -> Listed[RoomCard]:
    async with db.transaction() as tx:
        return Listed(items=[room_card(row) for row in await queries.rooms(tx)])


@router.get("/rooms/{room_id}/sessions")
async def sessions(room_id: UUID, _: StaffMayHost, db: Db) -> Listed[SessionOut]:
    async with db.transaction() as tx:
        await live.room(tx, room_id)
        found = await queries.sessions(tx, room_id, SESSIONS_MAX)
    return Listed(items=[session_out(session) for session in found])


@router.post("/rooms/{room_id}/sessions", status_code=201)
async def schedule(room_id: UUID, asked: SessionIn, _: StaffMayHost, db: Db) -> SessionOut:
    async def story(tx: Tx) -> Session:
        return await live.schedule(tx, room_id, asked.title, asked.scheduled_at)

    return session_out(await db.run(story))


@router.post("/sessions/{session_id}/push-address")
async def push_address(session_id: UUID, _: StaffMayHost, svc: Svc, db: Db) -> PushAddress:
    at = clock.now()

    async def story(tx: Tx) -> tuple[Session, str]:
        return await live.new_push_key(tx, session_id, at)

    session, key = await db.run(story)
    expires_at = at + PUSH_KEY_LIFE
    ref = StreamRef(session.stream_name, session.id)
    endpoint = svc.streams.push_endpoint(ref, key, expires_at)
    return PushAddress(url=endpoint.url, key=endpoint.key, expires_at=expires_at)


@router.post("/sessions/{session_id}/end")
async def end(session_id: UUID, _: StaffMayHost, svc: Svc) -> SessionOut:
    return session_out(await end_session(svc, session_id, clock.now()))
