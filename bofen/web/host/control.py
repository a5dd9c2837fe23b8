"""The live control room: pin, shelf, moderation, and the figures of the broadcast."""

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from bofen.flows import control_room
from bofen.flows.rooms import RoomChanges, publish, snapshot
from bofen.flows.services import Services
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.live.rules import SHELF_MAX
from bofen.web.deps import StaffMayHost, StaffMayModerate, Svc
from bofen.web.room_shapes import Snapshot
from bofen.web.shapes import Body

router = APIRouter(prefix="/rooms", tags=["control"])

MediaMs = Annotated[int | None, Field(ge=0, le=864_000_000)]


class PinIn(Body):
    product_id: UUID
    media_time_ms: MediaMs = None


class ShelfIn(Body):
    product_ids: Annotated[list[UUID], Field(max_length=SHELF_MAX)]


class MuteIn(Body):
    person_id: UUID


class ControlRoom(Snapshot):
    """What viewers see, and what the broadcast has sold."""

    orders: int
    gmv_fen: int


async def _told(services: Services, story: Callable[[Tx], Awaitable[RoomChanges]]) -> None:
    await publish(services.bus, [await services.db.run(story)])


async def _room(services: Services, room_id: UUID) -> ControlRoom:
    async with services.db.transaction() as tx:
        seen = await snapshot(tx, services, room_id)
        sold = await tx.fetch(
            "SELECT count(*) AS orders, coalesce(sum(total_fen), 0)::bigint AS gmv_fen"
            " FROM orders_order WHERE session_id = $1 AND paid_at IS NOT NULL",
            UUID(seen["session"]["id"]) if seen["session"] else None,
        )
    return ControlRoom.model_validate(seen | sold[0])


@router.get("/{room_id}")
async def control(room_id: UUID, _: StaffMayHost, svc: Svc) -> ControlRoom:
    return await _room(svc, room_id)


@router.put("/{room_id}/shelf")
async def arrange(room_id: UUID, asked: ShelfIn, _: StaffMayHost, svc: Svc) -> ControlRoom:
    await _told(svc, lambda tx: control_room.arrange_shelf(tx, room_id, asked.product_ids))
    return await _room(svc, room_id)


@router.put("/{room_id}/pin")
async def pin(room_id: UUID, asked: PinIn, _: StaffMayHost, svc: Svc) -> ControlRoom:
    at = clock.now()
    await _told(
        svc, lambda tx: control_room.pin(tx, room_id, asked.product_id, at, asked.media_time_ms)
    )
    return await _room(svc, room_id)


@router.delete("/{room_id}/pin")
async def unpin(room_id: UUID, _: StaffMayHost, svc: Svc) -> ControlRoom:
    at = clock.now()
    await _told(svc, lambda tx: control_room.unpin(tx, room_id, at, None))
    return await _room(svc, room_id)


@router.post("/{room_id}/messages/{seq}/retract", status_code=204)
async def retract(room_id: UUID, seq: int, _: StaffMayModerate, svc: Svc) -> None:
    await _told(svc, lambda tx: control_room.retract(tx, room_id, seq))


@router.post("/{room_id}/mutes", status_code=204)
async def mute(room_id: UUID, asked: MuteIn, staff: StaffMayModerate, svc: Svc) -> None:
    async with svc.db.transaction() as tx:
        await control_room.mute(tx, room_id, asked.person_id, staff.id, clock.now())


@router.delete("/{room_id}/mutes/{person_id}", status_code=204)
async def unmute(room_id: UUID, person_id: UUID, _: StaffMayModerate, svc: Svc) -> None:
    async with svc.db.transaction() as tx:
        await control_room.unmute(tx, room_id, person_id)
