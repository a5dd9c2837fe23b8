"""Opening and changing rooms: who hosts one must exist, wherever he is known."""

from datetime import datetime
from uuid import UUID

from bofen.affiliates import queries as affiliates
from bofen.identity import queries as identity
from bofen.identity.rules import StaffMember
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.live import service
from bofen.live.changes import RoomChanges
from bofen.live.models import Room
from bofen.live.service import RoomDraft


async def open_room(tx: Tx, draft: RoomDraft, by: StaffMember, at: datetime) -> Room:
    """Raises `NotFound` for a host who is not on the staff or not an affiliate."""
    await _check_host(tx, draft)
    return await service.open_room(tx, draft, by, at)


async def change_room(
    tx: Tx, room_id: UUID, draft: RoomDraft, by: StaffMember, at: datetime
) -> RoomChanges:
    """Raises as `open_room` does; viewers are told of what they can see."""
    await _check_host(tx, draft)
    return room_id, await service.change_room(tx, room_id, draft, by, at)


async def _check_host(tx: Tx, draft: RoomDraft) -> None:
    if draft.host_staff_id and not await identity.staff_names(tx, [draft.host_staff_id]):
        raise NotFound("staff")
    if draft.host_affiliate_id:
        await affiliates.affiliate(tx, draft.host_affiliate_id)
