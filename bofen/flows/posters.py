"""A poster for a share link: what it shows is read, drawn once, and kept by what it shows."""

import asyncio
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from bofen.affiliates import links, poster
from bofen.affiliates.links import Target
from bofen.affiliates.poster import Poster
from bofen.affiliates.queries import loaded
from bofen.flows.services import Services
from bofen.identity import queries as identity
from bofen.kit.clock import SHOP_ZONE
from bofen.kit.crypto import mask_name
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.money import Fen
from bofen.kit.once import fingerprint

SHOP_NAME = "播分好物"
_DRAWN_AT_ONCE = asyncio.Semaphore(2)

_ROOM = """
SELECT room.title, room.cover_key, session.title AS session_title, session.status,
  session.scheduled_at
FROM live_room room LEFT JOIN LATERAL (
  SELECT title, status, scheduled_at FROM live_session
  WHERE room_id = room.id AND status IN ('live', 'interrupted', 'scheduled')
  ORDER BY status = 'scheduled', scheduled_at LIMIT 1
) AS session ON true
WHERE room.id = $1
"""


async def poster_of(services: Services, token: str) -> bytes:
    """The PNG of a link's poster. The same content is drawn only once."""
    async with services.db.transaction() as tx:
        wanted, picture_key = await _content(tx, services.settings.shop_url, token)
    named = {"version": poster.VERSION, "picture": picture_key, **asdict(wanted)}
    key = f"posters/{fingerprint(named)}.png"
    if await services.storage.exists(key):
        return await services.storage.get(key)
    picture = await services.storage.get(picture_key) if picture_key else None
    async with _DRAWN_AT_ONCE:
        drawn = await asyncio.to_thread(poster.draw, wanted, picture)
    await services.storage.put(key, drawn, "image/png")
    return drawn


async def _content(tx: Tx, shop_url: str, token: str) -> tuple[Poster, str | None]:
    found = await links.of_token(tx, token)
    if found is None:
        raise NotFound("share link")
    link, person_id = found
    names = await identity.nicknames(tx, [person_id])
    url = f"{shop_url}/s/{token}"
    by = mask_name(names.get(person_id, ""))
    if link.target.kind == "product":
        return await _product(tx, link.target, url, by)
    if link.target.kind == "room":
        return await _room(tx, link.target, url, by)
    return Poster("room", "精选好物，边看边买", "", url, by, SHOP_NAME), None


async def _product(tx: Tx, target: Target, url: str, by: str) -> tuple[Poster, str | None]:
    rows = await tx.fetch(
        "SELECT title, subtitle, pictures, price_min_fen, price_max_fen FROM catalog_product"
        " WHERE id = $1",
        UUID(target.id),
    )
    if not rows:
        raise NotFound("product")
    row = rows[0]
    pictures = loaded(row["pictures"])
    wanted = Poster(
        "product",
        row["title"],
        row["subtitle"],
        url,
        by,
        SHOP_NAME,
        Fen(row["price_min_fen"]),
        row["price_max_fen"] > row["price_min_fen"],
    )
    return wanted, pictures[0] if pictures else None


async def _room(tx: Tx, target: Target, url: str, by: str) -> tuple[Poster, str | None]:
    rows = await tx.fetch(_ROOM, UUID(target.id))
    if not rows:
        raise NotFound("room")
    row = rows[0]
    title = row["session_title"] or row["title"]
    subtitle = row["title"] if row["session_title"] else ""
    wanted = Poster("room", title, subtitle, url, by, SHOP_NAME, badge=_badge(row))
    return wanted, row["cover_key"]


def _badge(row: dict[str, Any]) -> str:
    if row["status"] in {"live", "interrupted"}:
        return "直播中"
    begins: datetime | None = row["scheduled_at"]
    if begins is None:
        return ""
    local = begins.astimezone(SHOP_ZONE)
    return f"{local.month}月{local.day}日 {local:%H:%M} 开播"
