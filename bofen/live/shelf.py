"""What a room sells: its shelf, and the product that the host is speaking of."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.kit.db import Tx
from bofen.live import queries, service
from bofen.live.changes import (
    Change,
    Pinned,
    PinOut,
    ProductCard,
    ProductChanged,
    ShelfArranged,
    Unpinned,
)
from bofen.live.errors import NothingPlanned, NotOnShelf
from bofen.live.models import Pin
from bofen.live.rules import SessionStatus, media_time_ms


async def product_ids(tx: Tx, room_id: UUID) -> list[UUID]:
    """What is on the shelf, in its order."""
    rows = await tx.fetch(
        "SELECT product_id FROM live_shelf WHERE room_id = $1 ORDER BY position", room_id
    )
    return [row["product_id"] for row in rows]


async def rooms_with(tx: Tx, product_id: UUID) -> list[UUID]:
    """The rooms that have this product on the shelf, in id order, as they are to be locked."""
    rows = await tx.fetch(
        "SELECT room_id FROM live_shelf WHERE product_id = $1 ORDER BY room_id", product_id
    )
    return [row["room_id"] for row in rows]


async def current_pin(tx: Tx, room_id: UUID) -> Pin | None:
    """The product that is spoken of now."""
    return await tx.scalar(select(Pin).where(Pin.room_id == room_id, Pin.ended_at.is_(None)))


async def arrange(
    tx: Tx, room_id: UUID, cards: Sequence[ProductCard], by: StaffMember, at: datetime
) -> list[Change]:
    """These products are on the shelf, in this order; the pin of another one ends.

    The room is locked by the caller.
    """
    await tx.fetch("DELETE FROM live_shelf WHERE room_id = $1", room_id)
    await tx.fetch(
        "INSERT INTO live_shelf (room_id, product_id, position)"
        " SELECT $1, product_id, position FROM unnest($2::uuid[])"
        " WITH ORDINALITY AS p (product_id, position)",
        room_id,
        [card.id for card in cards],
    )
    facts = {"products": len(cards)}
    await audit.record(tx, by, Deed.shelf_arranged, f"room:{room_id}", at, **facts)
    pinned = await current_pin(tx, room_id)
    is_gone = pinned is not None and pinned.product_id not in {card.id for card in cards}
    changes = await end_pin(tx, room_id, at) if is_gone else []
    number = await service.next_number(tx, room_id)
    return [*changes, ShelfArranged(seq=number, shelf=list(cards))]


async def take_off(
    tx: Tx, room_id: UUID, product_id: UUID, cards: Mapping[UUID, ProductCard], at: datetime
) -> list[Change]:
    """A product is no longer for sale: it leaves the shelf, and its pin ends.

    `cards` are those that stay; the room is locked by the caller.
    """
    rows = await tx.fetch(
        "DELETE FROM live_shelf WHERE room_id = $1 AND product_id = $2 RETURNING product_id",
        room_id,
        product_id,
    )
    if not rows:
        return []
    pinned = await current_pin(tx, room_id)
    is_pinned = pinned is not None and pinned.product_id == product_id
    changes = await end_pin(tx, room_id, at) if is_pinned else []
    left = [cards[each] for each in await product_ids(tx, room_id) if each in cards]
    return [*changes, ShelfArranged(seq=await service.next_number(tx, room_id), shelf=left)]


async def pin(
    tx: Tx, room_id: UUID, card: ProductCard, by: StaffMember, at: datetime
) -> list[Change]:
    """One product is current: pinning another ends its interval.

    Raises `NotOnShelf`, and `NothingPlanned` in a room that waits for no broadcast. The room is
    locked by the caller. Intervals are in media time; see `rules.media_time_ms`.
    """
    if card.id not in await product_ids(tx, room_id):
        raise NotOnShelf(card.id)
    if not await waits_or_runs(tx, room_id):
        raise NothingPlanned(room_id)
    await end_pin(tx, room_id, at)
    session = await queries.on_air(tx, room_id)
    made = Pin(
        room_id=room_id,
        product_id=card.id,
        started_at=at,
        session_id=session.id if session else None,
        started_media_ms=media_time_ms(session.started_at, at) if session else None,
    )
    tx.add(made)
    await tx.flush()
    facts = {"product": card.id}
    await audit.record(tx, by, Deed.product_pinned, f"room:{room_id}", at, **facts)
    shown = PinOut(id=made.id, product=card)
    return [Pinned(seq=await service.next_number(tx, room_id), pin=shown)]


async def waits_or_runs(tx: Tx, room_id: UUID) -> bool:
    """Whether a broadcast is on air or planned: else there is nobody to show a product to."""
    shown = await queries.current_session(tx, room_id)
    return shown is not None and shown.status != SessionStatus.ended


async def unpin(tx: Tx, room_id: UUID, by: StaffMember, at: datetime) -> list[Change]:
    """Nothing is spoken of any more. The room is locked by the caller."""
    changes = await end_pin(tx, room_id, at)
    if changes:
        await audit.record(tx, by, Deed.product_unpinned, f"room:{room_id}", at)
    return changes


async def end_pin(tx: Tx, room_id: UUID, at: datetime) -> list[Change]:
    """The current pin's interval ends, if there is one. The room is locked by the caller."""
    current = await current_pin(tx, room_id)
    if current is None:
        return []
    current.ended_at = at
    if current.started_media_ms is not None and current.session_id is not None:
        session = await service.session(tx, current.session_id)
        now_ms = media_time_ms(session.started_at, session.ended_at or at)
        current.ended_media_ms = max(current.started_media_ms, now_ms or 0)
    await tx.flush()
    return [Unpinned(seq=await service.next_number(tx, room_id))]


async def product_changed(tx: Tx, room_id: UUID, card: ProductCard) -> list[Change]:
    """A product of the shelf looks different: sold out, back, at another price."""
    return [ProductChanged(seq=await service.next_number(tx, room_id), product=card)]
