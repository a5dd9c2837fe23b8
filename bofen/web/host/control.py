"""The live control room: pin, shelf, moderation, and the figures of the broadcast."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from bofen.flows import control_room
from bofen.flows.rooms import publish, snapshot
from bofen.flows.services import Services
from bofen.gateways.streams.protocol import NoticeCode, RefusalCode
from bofen.identity.rules import StaffMember
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.live import moderation, notices, queries
from bofen.live import service as live
from bofen.live.changes import RoomChanges, Snapshot
from bofen.live.rules import SHELF_MAX
from bofen.orders import queries as orders
from bofen.settings import service as settings
from bofen.web.deps import Db, StaffMayHost, StaffMayModerate, StaffMaySeeRooms, Svc
from bofen.web.shapes import Body, Listed, PathNumber, Shape

router = APIRouter(prefix="/rooms", tags=["control"])


class PinIn(Body):
    """The product to show; it must be on the room's shelf."""

    product_id: UUID


class ShelfIn(Body):
    """The whole shelf in the order wished."""

    product_ids: Annotated[list[UUID], Field(max_length=SHELF_MAX)]


class MuteIn(Body):
    """Who shall not speak in this room."""

    person_id: UUID


class NoticeOut(Shape):
    """A finding about the encoder's push. `value` is measured: see `StreamNotice`."""

    code: NoticeCode | RefusalCode
    value: int
    at: datetime


class AwayOut(Shape):
    """The encoder is away, and the broadcast waits for it: the server's clock is `now`."""

    since: datetime
    ends_at: datetime
    """When the broadcast is over unless it has come back."""
    now: datetime


class ControlRoom(Snapshot):
    """What viewers see, and what the broadcast has sold."""

    orders: int
    sales_fen: int
    held: int
    """Messages that wait for a moderator."""
    notices: list[NoticeOut]
    """What is wrong with the pictures of this broadcast, the newest first."""
    away: AwayOut | None
    """While the broadcast is interrupted."""


class HeldOut(Shape):
    """A message that only its writer has seen so far."""

    id: UUID
    person_id: UUID
    nickname: str
    text: str
    at: datetime


class MutedOut(Shape):
    """Who is mute in this room, by the name that others see."""

    person_id: UUID
    nickname: str
    at: datetime


async def _tell(services: Services, story: Callable[[Tx], Awaitable[RoomChanges]]) -> None:
    """One deed in the room, then word of it to everybody there."""
    await publish(services.bus, [await services.db.run(story)])


async def _room(services: Services, room_id: UUID, staff: StaffMember) -> ControlRoom:
    async with services.db.transaction() as tx:
        await live.room(tx, room_id, staff)
        seen = await snapshot(tx, services, room_id)
        session_id = seen.session.id if seen.session else None
        sold = await orders.sold_in(tx, session_id)
        held = await moderation.count_held(tx, room_id)
        found = await notices.newest(tx, session_id)
        away = await _away(tx, room_id, clock.now())
    return ControlRoom(
        **dict(seen),
        orders=sold.orders,
        sales_fen=sold.sales_fen,
        held=held,
        notices=[NoticeOut.model_validate(vars(each)) for each in found],
        away=away,
    )


async def _away(tx: Tx, room_id: UUID, at: datetime) -> AwayOut | None:
    session = await queries.on_air(tx, room_id)
    if session is None or session.interrupted_at is None:
        return None
    grace = timedelta(seconds=(await settings.in_force(tx, at)).live.grace_s)
    return AwayOut(since=session.interrupted_at, ends_at=session.interrupted_at + grace, now=at)


@router.get("/{room_id}")
async def control(room_id: UUID, staff: StaffMaySeeRooms, svc: Svc) -> ControlRoom:
    """The room as its desk sees it; a host's desk stands in his own rooms only."""
    return await _room(svc, room_id, staff)


@router.put("/{room_id}/shelf")
async def arrange(room_id: UUID, asked: ShelfIn, staff: StaffMayHost, svc: Svc) -> ControlRoom:
    """The whole shelf as it shall be, in this order."""
    at, wanted = clock.now(), asked.product_ids
    await _tell(svc, lambda tx: control_room.arrange_shelf(tx, room_id, wanted, staff, at))
    return await _room(svc, room_id, staff)


@router.put("/{room_id}/pin")
async def pin(room_id: UUID, asked: PinIn, staff: StaffMayHost, svc: Svc) -> ControlRoom:
    """Speaks of this product from now on; the one before is ended."""
    at = clock.now()
    await _tell(svc, lambda tx: control_room.pin(tx, room_id, asked.product_id, staff, at))
    return await _room(svc, room_id, staff)


@router.delete("/{room_id}/pin")
async def unpin(room_id: UUID, staff: StaffMayHost, svc: Svc) -> ControlRoom:
    """Speaks of nothing in particular; again changes nothing."""
    at = clock.now()
    await _tell(svc, lambda tx: control_room.unpin(tx, room_id, staff, at))
    return await _room(svc, room_id, staff)


@router.post("/{room_id}/messages/{seq}/retract", status_code=204)
async def retract(room_id: UUID, seq: PathNumber, staff: StaffMayModerate, svc: Svc) -> None:
    """Takes a message off every screen."""
    at = clock.now()

    async def story(tx: Tx) -> RoomChanges:
        return room_id, await moderation.retract(tx, room_id, seq, staff, at)

    await _tell(svc, story)


@router.get("/{room_id}/held-messages")
async def held(room_id: UUID, staff: StaffMayModerate, db: Db) -> Listed[HeldOut]:
    """What waits for a decision, the oldest first."""
    async with db.transaction() as tx:
        found = await moderation.held(tx, room_id, staff)
    return Listed(items=[HeldOut(**vars(each)) for each in found])


@router.post("/{room_id}/held-messages/{message_id}/approve", status_code=204)
async def approve(room_id: UUID, message_id: UUID, staff: StaffMayModerate, svc: Svc) -> None:
    """Shows a held message to everybody; not found when somebody else has decided."""
    at = clock.now()

    async def story(tx: Tx) -> RoomChanges:
        return room_id, await moderation.approve(tx, room_id, message_id, staff, at)

    await _tell(svc, story)


@router.post("/{room_id}/held-messages/{message_id}/refuse", status_code=204)
async def refuse(room_id: UUID, message_id: UUID, staff: StaffMayModerate, db: Db) -> None:
    """Shows it to nobody; not found when somebody else has decided."""
    async with db.transaction() as tx:
        await moderation.refuse(tx, room_id, message_id, staff, clock.now())


@router.get("/{room_id}/mutes")
async def muted(room_id: UUID, staff: StaffMayModerate, db: Db) -> Listed[MutedOut]:
    """Who is mute here, the newest first."""
    async with db.transaction() as tx:
        found = await moderation.muted(tx, room_id, staff)
    return Listed(items=[MutedOut(**vars(each)) for each in found])


@router.post("/{room_id}/mutes", status_code=204)
async def mute(room_id: UUID, asked: MuteIn, staff: StaffMayModerate, db: Db) -> None:
    """A person says nothing more in this room; again changes nothing."""
    async with db.transaction() as tx:
        await moderation.mute(tx, room_id, asked.person_id, staff, clock.now())


@router.delete("/{room_id}/mutes/{person_id}", status_code=204)
async def unmute(room_id: UUID, person_id: UUID, staff: StaffMayModerate, db: Db) -> None:
    """He may speak again; again changes nothing."""
    async with db.transaction() as tx:
        await moderation.unmute(tx, room_id, person_id, staff, clock.now())
