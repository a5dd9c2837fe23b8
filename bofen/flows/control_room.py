"""What a host does while live: pin, unpin, arrange the shelf, retract, mute."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bofen.flows.rooms import RoomChanges, card_json, pin_json
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.live import service as live
from bofen.live.errors import NotOnShelf
from bofen.live.models import Pin
from bofen.live.rules import ON_AIR
from bofen.reports import browse


async def pin(
    tx: Tx, room_id: UUID, product_id: UUID, at: datetime, media_ms: int | None
) -> RoomChanges:
    """One product is current; pinning another ends its interval."""
    await live.lock_room(tx, room_id)
    if product_id not in await live.shelf(tx, room_id):
        raise NotOnShelf(product_id)
    card = (await browse.cards(tx, [product_id])).get(product_id)
    if card is None or card.status != "listed":
        raise NotOnShelf(product_id)
    await live.end_pin(tx, room_id, at, media_ms)
    session = await live.current_session(tx, room_id)
    made = Pin(
        room_id=room_id,
        product_id=product_id,
        started_at=at,
        started_media_ms=media_ms,
        session_id=session.id if session and session.status in ON_AIR else None,
    )
    tx.add(made)
    await tx.flush()
    change = await live.numbered(tx, room_id, "pinned", {"pin": pin_json(made.id, card)})
    return room_id, [change]


async def unpin(tx: Tx, room_id: UUID, at: datetime, media_ms: int | None) -> RoomChanges:
    await live.lock_room(tx, room_id)
    if await live.end_pin(tx, room_id, at, media_ms) is None:
        return room_id, []
    return room_id, [await live.numbered(tx, room_id, "unpinned", {})]


async def arrange_shelf(tx: Tx, room_id: UUID, product_ids: Sequence[UUID]) -> RoomChanges:
    """Unknown or unlisted products are refused; the order is kept."""
    cards = await browse.cards(tx, product_ids)
    for product_id in product_ids:
        if product_id not in cards or cards[product_id].status != "listed":
            raise NotOnShelf(product_id)
    await live.set_shelf(tx, room_id, list(dict.fromkeys(product_ids)))
    shelf = [card_json(cards[product_id]) for product_id in dict.fromkeys(product_ids)]
    return room_id, [await live.numbered(tx, room_id, "shelf", {"shelf": shelf})]


async def retract(tx: Tx, room_id: UUID, seq: int) -> RoomChanges:
    """Gone from every screen, and from the replay."""
    await live.lock_room(tx, room_id)
    rows = await tx.fetch(
        "UPDATE live_message SET status = 'retracted'"
        " WHERE room_id = $1 AND seq = $2 AND status = 'shown' RETURNING id",
        room_id,
        seq,
    )
    if not rows:
        raise NotFound("message")
    return room_id, [await live.numbered(tx, room_id, "retracted", {"message_seq": seq})]


async def mute(tx: Tx, room_id: UUID, person_id: UUID, staff_id: UUID, at: datetime) -> None:
    await live.room(tx, room_id)
    await tx.fetch(
        "INSERT INTO live_mute (room_id, person_id, by_staff_id, at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT DO NOTHING",
        room_id,
        person_id,
        staff_id,
        at,
    )


async def unmute(tx: Tx, room_id: UUID, person_id: UUID) -> None:
    await tx.fetch(
        "DELETE FROM live_mute WHERE room_id = $1 AND person_id = $2", room_id, person_id
    )
