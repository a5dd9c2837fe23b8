"""Keeping live rooms."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from bofen.kit import clock
from bofen.live import queries
from bofen.live import service as live
from bofen.live.models import Room
from bofen.web.deps import Db, StaffMayHost, StaffMayManageRooms
from bofen.web.merchant.pictures import PictureKey
from bofen.web.room_shapes import RoomCard, room_card
from bofen.web.shapes import Body, Line, Listed, Shape

router = APIRouter(prefix="/rooms", tags=["rooms"])


class RoomIn(Body):
    title: Annotated[Line, Field(min_length=1, max_length=40)]
    host_name: Annotated[Line, Field(min_length=1, max_length=24)]
    cover_key: PictureKey | None = None
    host_affiliate_id: UUID | None = None
    slow_mode_s: Annotated[int, Field(ge=0, le=120)] = 0


class StaffRoom(RoomCard):
    cover_key: str | None
    host_affiliate_id: UUID | None
    slow_mode_s: int


@router.get("")
async def all_rooms(_: StaffMayHost, db: Db) -> Listed[StaffRoom]:
    async with db.transaction() as tx:
        rows = await queries.rooms(tx)
    return Listed(
        items=[
            StaffRoom(
                **room_card(row).model_dump(),
                cover_key=row["cover_key"],
                host_affiliate_id=row["host_affiliate_id"],
                slow_mode_s=row["slow_mode_s"],
            )
            for row in rows
        ]
    )


class RoomId(Shape):
    id: UUID


@router.post("", status_code=201)
async def open_room(asked: RoomIn, _: StaffMayManageRooms, db: Db) -> RoomId:
    room = Room(**asked.model_dump(), created_at=clock.now())
    async with db.transaction() as tx:
        tx.add(room)
    return RoomId(id=room.id)


@router.put("/{room_id}")
async def change_room(room_id: UUID, asked: RoomIn, _: StaffMayManageRooms, db: Db) -> RoomId:
    async with db.transaction() as tx:
        room = await live.lock_room(tx, room_id)
        for name, value in asked.model_dump().items():
            setattr(room, name, value)
    return RoomId(id=room_id)
