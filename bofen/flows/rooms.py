"""What a viewer sees of a room, put together from several domains; and telling it on."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from bofen.catalog import queries as catalog
from bofen.flows.services import Services
from bofen.kit import clock
from bofen.kit.bus import Bus
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.live import messages, queries, service, shelf
from bofen.live.changes import (
    Change,
    PinOut,
    RoomChanges,
    Snapshot,
    room_out,
    session_brief,
    to_json,
)
from bofen.reports import browse

CHANNEL = "room."
PRODUCTS = "product."
"""Where it is told, after the commit, that a product looks other than before."""


async def publish(bus: Bus, changes: Sequence[RoomChanges]) -> None:
    """Tell the gateways, after the commit. If this is lost, viewers see a gap and fetch again."""
    for room_id, numbered in changes:
        if numbered:
            await bus.publish(f"{CHANNEL}{room_id}", b'{"changes":%b}' % to_json(numbered))


async def snapshot(tx: Tx, services: Services, room_id: UUID) -> Snapshot:
    """Everything a viewer needs to begin: then numbered changes go on from `seq`.

    Raises `NotFound` for an unknown room.
    """
    room = await queries.room_now(tx, room_id)
    if room is None:
        raise NotFound("room")
    session = await queries.current_session(tx, room_id)
    pinned = {room.pinned_id} if room.pinned_id else set()
    cards = await browse.listed_cards(tx, {*room.shelf, *pinned})
    card = cards.get(room.pinned_id) if room.pinned_id else None
    return Snapshot(
        room=room_out(room),
        session=session_brief(session) if session else None,
        epoch=room.epoch,
        seq=room.seq,
        socket_url=f"{services.settings.rooms_url.rstrip('/')}/rooms/{room.id}",
        pin=PinOut(id=room.pin_id, product=card) if room.pin_id and card else None,
        shelf=[cards[product_id] for product_id in room.shelf if product_id in cards],
        messages=await messages.newest_shown(tx, room_id, room.seq),
        likes=room.likes,
        viewers=room.viewers,
    )


async def sku_changed(services: Services, facts: Mapping[str, Any]) -> None:
    """Job: a SKU was sold out, or can be bought again. Facts: `sku_id`."""
    async with services.db.transaction() as tx:
        product_id = await catalog.product_of_sku(tx, UUID(str(facts["sku_id"])))
    if product_id is not None:
        await _show_product(services, product_id)


async def product_changed(services: Services, facts: Mapping[str, Any]) -> None:
    """Job: a product has another price or title, or was listed or delisted. Facts: `product_id`."""
    await _show_product(services, UUID(str(facts["product_id"])))


async def _show_product(services: Services, product_id: UUID) -> None:
    """Each room that sells it, in a transaction of its own, is told how the product looks now.

    Pages that are kept for a moment are forgotten first: a viewer may look there at once.
    """
    await services.bus.publish(f"{PRODUCTS}{product_id}", b"")
    async with services.db.transaction() as tx:
        room_ids = await shelf.rooms_with(tx, product_id)
    for room_id in room_ids:

        async def story(tx: Tx, room_id: UUID = room_id) -> list[Change]:
            await service.lock_room(tx, room_id)
            return await _shown_now(tx, room_id, product_id)

        await publish(services.bus, [(room_id, await services.db.run(story))])


async def _shown_now(tx: Tx, room_id: UUID, product_id: UUID) -> list[Change]:
    """A product that is no longer for sale leaves the shelf; if it was pinned, the pin ends."""
    card = (await browse.listed_cards(tx, [product_id])).get(product_id)
    if card:
        return await shelf.product_changed(tx, room_id, card)
    cards = await browse.listed_cards(tx, await shelf.product_ids(tx, room_id))
    return await shelf.take_off(tx, room_id, product_id, cards, clock.now())
