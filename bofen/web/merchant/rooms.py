"""Keeping live rooms: who hosts them, and how they look."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from bofen.flows import keep_rooms
from bofen.flows.rooms import publish
from bofen.gateways.words.check import check_text
from bofen.gateways.words.protocol import WordGuard
from bofen.identity import queries as identity
from bofen.identity.rules import Role
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.live import queries
from bofen.live.changes import RoomChanges
from bofen.live.models import Room
from bofen.live.service import RoomDraft
from bofen.web.deps import Db, StaffMayManageRooms, StaffMaySeeRooms, Svc
from bofen.web.merchant.pictures import PictureKey
from bofen.web.room_shapes import RoomCard
from bofen.web.shapes import Body, Line, Listed, Shape

router = APIRouter(prefix="/rooms", tags=["rooms"])


class RoomIn(Body):
    """`host_staff_id`: the member of staff whose room it is; a host sees no other."""

    title: Annotated[Line, Field(min_length=1, max_length=40)]
    host_name: Annotated[Line, Field(min_length=1, max_length=24)]
    cover_key: PictureKey | None = None
    host_staff_id: UUID | None = None
    host_affiliate_id: UUID | None = None
    slow_mode_s: Annotated[int, Field(ge=0, le=120)] = 0


class StaffRoom(RoomCard):
    """A room with what only the merchant decides of it."""

    cover_key: str | None
    host_staff_id: UUID | None
    host_affiliate_id: UUID | None
    slow_mode_s: int


class HostOut(Shape):
    """A member of staff who can be given a room."""

    id: UUID
    name: str


@router.get("")
async def all_rooms(staff: StaffMaySeeRooms, db: Db) -> Listed[StaffRoom]:
    """Every room; a host sees his own."""
    async with db.transaction() as tx:
        rows = await queries.rooms(tx, staff.id if staff.role is Role.host else None)
    return Listed(
        items=[
            StaffRoom(
                **RoomCard.of(row).model_dump(),
                cover_key=row.cover_key,
                host_staff_id=row.host_staff_id,
                host_affiliate_id=row.host_affiliate_id,
                slow_mode_s=row.slow_mode_s,
            )
            for row in rows
        ]
    )


@router.get("/hosts")
async def hosts(_: StaffMayManageRooms, db: Db) -> Listed[HostOut]:
    """Whom a room can be given to: everybody whose role is to host."""
    async with db.transaction() as tx:
        found = await identity.staff_of_role(tx, Role.host)
    return Listed(items=[HostOut(id=staff_id, name=name) for staff_id, name in found.items()])


class RoomId(Shape):
    """The id of what was just written."""

    id: UUID


def _check_words(guard: WordGuard, asked: RoomIn) -> None:
    check_text(guard, "title", asked.title)
    check_text(guard, "host_name", asked.host_name)


@router.post("", status_code=201)
async def open_room(asked: RoomIn, staff: StaffMayManageRooms, svc: Svc) -> RoomId:
    """A new room, empty and silent."""
    _check_words(svc.words, asked)

    async def story(tx: Tx) -> Room:
        return await keep_rooms.open_room(tx, _draft(asked), staff, clock.now())

    return RoomId(id=(await svc.db.run(story)).id)


@router.put("/{room_id}")
async def change_room(room_id: UUID, asked: RoomIn, staff: StaffMayManageRooms, svc: Svc) -> RoomId:
    """The whole room as it shall be; who watches sees a new title or cover at once."""
    _check_words(svc.words, asked)

    async def story(tx: Tx) -> RoomChanges:
        return await keep_rooms.change_room(tx, room_id, _draft(asked), staff, clock.now())

    await publish(svc.bus, [await svc.db.run(story)])
    return RoomId(id=room_id)


def _draft(asked: RoomIn) -> RoomDraft:
    return RoomDraft(**asked.model_dump())
