"""What a viewer sees of a room, put together from several domains; and telling it on."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from bofen.flows.services import Services
from bofen.kit.bus import Bus
from bofen.kit.db import Tx, plain
from bofen.live import service as live
from bofen.live.models import Session
from bofen.live.rules import MESSAGES_KEPT
from bofen.reports import browse
from bofen.reports.browse import Card

CHANNEL = "room."
RoomChanges = tuple[UUID, Sequence[Mapping[str, Any]]]


async def publish(bus: Bus, changes: Sequence[RoomChanges]) -> None:
    """Tell the gateways, after the commit. If this is lost, viewers see a gap and fetch again."""
    for room_id, numbered in changes:
        if numbered:
            message = json.dumps({"changes": numbered}, ensure_ascii=False, default=plain)
            await bus.publish(f"{CHANNEL}{room_id}", message.encode())


async def snapshot(tx: Tx, services: Services, room_id: UUID) -> dict[str, Any]:
    """Everything a viewer needs to begin: then numbered changes go on from `seq`."""
    room = await live.room(tx, room_id)
    session = await live.current_session(tx, room_id)
    pins = await tx.fetch(
        "SELECT id, product_id FROM live_pin WHERE room_id = $1 AND ended_at IS NULL", room_id
    )
    shelf = await live.shelf(tx, room_id)
    cards = await browse.cards(tx, {*shelf, *(pin["product_id"] for pin in pins)})
    pinned = next((pin for pin in pins if pin["product_id"] in cards), None)
    return {
        "room": {
            "id": str(room.id),
            "title": room.title,
            "cover": f"/files/{room.cover_key}" if room.cover_key else None,
            "host_name": room.host_name,
        },
        "session": session_json(session),
        "epoch": room.epoch,
        "seq": room.seq,
        "socket_url": f"{services.settings.rooms_url.rstrip('/')}/rooms/{room.id}",
        "pin": pin_json(pinned["id"], cards[pinned["product_id"]]) if pinned else None,
        "shelf": [card_json(cards[product_id]) for product_id in shelf if product_id in cards],
        "messages": await _messages(tx, room_id),
        "likes": room.likes,
        "viewers": room.viewers,
    }


async def _messages(tx: Tx, room_id: UUID) -> list[dict[str, Any]]:
    rows = await tx.fetch(
        "SELECT seq, person_id, nickname, text, at FROM live_message"
        " WHERE room_id = $1 AND status = 'shown' ORDER BY seq DESC LIMIT $2",
        room_id,
        MESSAGES_KEPT,
    )
    return [message_json(**row) for row in reversed(rows)]


def message_json(
    *, seq: int, person_id: UUID, nickname: str, text: str, at: datetime
) -> dict[str, Any]:
    return {
        "seq": seq,
        "person_id": str(person_id),
        "nickname": nickname,
        "text": text,
        "kind": "user",
        "at": _written(at),
    }


def _written(at: datetime) -> str:
    """As the HTTP edge writes times, so that snapshot and socket say the same."""
    return at.isoformat().replace("+00:00", "Z")


def session_json(session: Session | None) -> dict[str, Any] | None:
    if session is None:
        return None
    return {
        "id": str(session.id),
        "status": session.status,
        "title": session.title,
        "scheduled_at": _written(session.scheduled_at),
        "started_at": _written(session.started_at) if session.started_at else None,
    }


def pin_json(pin_id: UUID, card: Card) -> dict[str, Any]:
    return {"id": str(pin_id), "product": card_json(card)}


def card_json(card: Card) -> dict[str, Any]:
    """A product card as the web edge also shows it."""
    return {
        "id": str(card.id),
        "title": card.title,
        "subtitle": card.subtitle,
        "picture": f"/files/{card.picture_key}" if card.picture_key else None,
        "price_fen": card.price_fen,
        "strike_fen": card.strike_fen,
        "sold_count": card.sold_count,
        "is_sold_out": card.is_sold_out,
        "tags": list(card.tags),
    }


async def stock_changed(services: Services, facts: Mapping[str, Any]) -> None:
    """Job: a SKU was sold out. Every room that has its product on the shelf is told."""

    async def story(tx: Tx) -> list[RoomChanges]:
        rows = await tx.fetch(
            "SELECT s.product_id, l.room_id FROM catalog_sku s"
            " JOIN live_shelf l ON l.product_id = s.product_id WHERE s.id = $1",
            UUID(str(facts["sku_id"])),
        )
        return await _told(tx, rows)

    await publish(services.bus, await services.db.run(story))


async def _told(tx: Tx, rows: Collection[dict[str, Any]]) -> list[RoomChanges]:
    cards = await browse.cards(tx, {row["product_id"] for row in rows})
    changes: list[RoomChanges] = []
    for row in rows:
        card = cards.get(row["product_id"])
        if card is not None:
            told = {"product_id": str(card.id), "is_sold_out": card.is_sold_out}
            change = await live.numbered(tx, row["room_id"], "stock", told)
            changes.append((row["room_id"], [change]))
    return changes
