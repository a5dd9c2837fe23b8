"""Preparing and ending broadcasts."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from bofen.flows import live_sessions
from bofen.gateways.words.check import check_text
from bofen.identity.rules import Role
from bofen.kit import clock
from bofen.live import queries
from bofen.live import service as live
from bofen.live.service import SessionDraft
from bofen.web.deps import Db, StaffMayHost, StaffMaySeeRooms, Svc
from bofen.web.room_shapes import RoomCard, SessionOut, session_out
from bofen.web.shapes import Body, Line, Listed, Moment, Shape

router = APIRouter(tags=["sessions"])
SESSIONS_MAX = 50


class SessionIn(Body):
    """A broadcast that is planned."""

    title: Annotated[Line, Field(min_length=1, max_length=60)]
    scheduled_at: Moment


class PushAddress(Shape):
    """What goes into the encoder. The key is shown once; a new one kills it."""

    url: str
    key: str
    expires_at: datetime


@router.get("/rooms")
async def rooms(staff: StaffMaySeeRooms, db: Db) -> Listed[RoomCard]:
    """Every room; a host sees his own."""
    async with db.transaction() as tx:
        found = await queries.rooms(tx, staff.id if staff.role is Role.host else None)
    return Listed(items=[RoomCard.of(row) for row in found])


@router.get("/rooms/{room_id}/sessions")
async def sessions(room_id: UUID, staff: StaffMaySeeRooms, db: Db) -> Listed[SessionOut]:
    """The room's broadcasts, newest first."""
    async with db.transaction() as tx:
        await live.room(tx, room_id, staff)
        found = await queries.sessions(tx, room_id, SESSIONS_MAX)
    return Listed(items=[session_out(session) for session in found])


@router.post("/rooms/{room_id}/sessions", status_code=201)
async def schedule(room_id: UUID, asked: SessionIn, staff: StaffMayHost, svc: Svc) -> SessionOut:
    """Plans a broadcast; its pictures will come by the provider that is chosen now."""
    check_text(svc.words, "title", asked.title)
    draft = SessionDraft(asked.title, asked.scheduled_at, svc.streams.chosen)
    return session_out(await live_sessions.schedule(svc, room_id, draft, staff, clock.now()))


@router.post("/sessions/{session_id}/push-address")
async def push_address(session_id: UUID, staff: StaffMayHost, svc: Svc) -> PushAddress:
    """A new key each time: whoever held the one before is out."""
    endpoint, until = await live_sessions.push_address(svc, session_id, staff, clock.now())
    return PushAddress(url=endpoint.url, key=endpoint.key, expires_at=until)


@router.post("/sessions/{session_id}/end")
async def end(session_id: UUID, staff: StaffMayHost, svc: Svc) -> SessionOut:
    """For good: nothing comes back from the end."""
    return session_out(await live_sessions.end_session(svc, session_id, staff, clock.now()))
