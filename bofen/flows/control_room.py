"""What a host does while live: the products of the room, in the words of the catalog."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bofen.identity.rules import StaffMember
from bofen.kit.db import Tx
from bofen.live import service, shelf
from bofen.live.changes import RoomChanges
from bofen.live.errors import NotOnShelf
from bofen.reports import browse


async def pin(
    tx: Tx, room_id: UUID, product_id: UUID, by: StaffMember, at: datetime
) -> RoomChanges:
    """Shows a product. Raises `NotOnShelf` for one that is not on the shelf, or not for sale."""
    await service.lock_room(tx, room_id, by)
    card = (await browse.listed_cards(tx, [product_id])).get(product_id)
    if card is None:
        raise NotOnShelf(product_id)
    return room_id, await shelf.pin(tx, room_id, card, by, at)


async def unpin(tx: Tx, room_id: UUID, by: StaffMember, at: datetime) -> RoomChanges:
    """Nothing is shown any more; without a pin nothing happens."""
    await service.lock_room(tx, room_id, by)
    return room_id, await shelf.unpin(tx, room_id, by, at)


async def arrange_shelf(
    tx: Tx, room_id: UUID, product_ids: Sequence[UUID], by: StaffMember, at: datetime
) -> RoomChanges:
    """The order is kept. Raises `NotOnShelf` for products that are unknown or not for sale."""
    await service.lock_room(tx, room_id, by)
    wanted = list(dict.fromkeys(product_ids))
    cards = await browse.listed_cards(tx, wanted)
    for product_id in wanted:
        if product_id not in cards:
            raise NotOnShelf(product_id)
    arranged = [cards[product_id] for product_id in wanted]
    return room_id, await shelf.arrange(tx, room_id, arranged, by, at)
