"""A poster for a share link: what it shows is read, drawn once, and kept by what it shows."""

import asyncio
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from bofen.affiliates import links, poster
from bofen.affiliates.lettering import drawable
from bofen.affiliates.poster import Poster
from bofen.affiliates.rules import TargetKind
from bofen.catalog import queries as catalog
from bofen.flows.services import Services
from bofen.gateways.words.check import check_text
from bofen.identity import queries as identity
from bofen.kit.crypto import mask_name
from bofen.kit.days import SHOP_ZONE
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.once import fingerprint
from bofen.live import queries as live
from bofen.live.queries import Announcement
from bofen.live.rules import ON_AIR
from bofen.settings import service as settings

_DRAWN_AT_ONCE = asyncio.Semaphore(2)


async def poster_of(services: Services, token: str, at: datetime) -> bytes:
    """The PNG of a link's poster. The same content is drawn only once."""
    async with services.db.transaction() as tx:
        wanted, picture_key = await _content(tx, services.settings.shop_url, token, at)
    # A word that came onto the list later than the title is not carried out of the house.
    check_text(services.words, "title", f"{wanted.title}\n{wanted.subtitle}")
    named = {"version": poster.VERSION, "picture": picture_key, **asdict(wanted)}
    key = f"posters/{fingerprint(named)}.png"
    if await services.storage.exists(key):
        return await services.storage.get(key)
    picture = await services.storage.get(picture_key) if picture_key else None
    async with _DRAWN_AT_ONCE:
        drawn = await asyncio.to_thread(poster.draw, wanted, picture)
    await services.storage.put(key, drawn, "image/png")
    return drawn


async def _content(tx: Tx, shop_url: str, token: str, at: datetime) -> tuple[Poster, str | None]:
    found = await links.of_token(tx, token)
    if found is None:
        raise NotFound("share link")
    link, person_id = found
    names = await identity.nicknames(tx, [person_id])
    frame = _Frame(
        f"{shop_url}/s/{token}",
        mask_name(drawable(names.get(person_id, "")) or "好友"),
        (await settings.in_force(tx, at)).shop.name,
    )
    if link.target.kind == TargetKind.product:
        return await _product(tx, UUID(link.target.id), frame)
    if link.target.kind == TargetKind.room:
        return await _room(tx, UUID(link.target.id), frame)
    return Poster("room", "精选好物，边看边买", "", frame.url, frame.by, frame.shop_name), None


@dataclass(frozen=True)
class _Frame:
    """What every poster of a link carries: its address, who recommends (masked), whose shop."""

    url: str
    by: str
    shop_name: str


async def _product(tx: Tx, product_id: UUID, frame: _Frame) -> tuple[Poster, str | None]:
    found = await catalog.product(tx, product_id)
    if found is None:
        raise NotFound("product")
    wanted = Poster(
        "product",
        found.title,
        found.subtitle,
        frame.url,
        frame.by,
        frame.shop_name,
        found.price_min_fen,
        found.price_max_fen > found.price_min_fen,
    )
    pictures = found.pictures
    return wanted, pictures[0] if pictures else None


async def _room(tx: Tx, room_id: UUID, frame: _Frame) -> tuple[Poster, str | None]:
    found = await live.announcement(tx, room_id)
    if found is None:
        raise NotFound("room")
    title = found.session_title or found.title
    subtitle = found.title if found.session_title else ""
    wanted = Poster(
        "room", title, subtitle, frame.url, frame.by, frame.shop_name, badge=_badge(found)
    )
    return wanted, found.cover_key


def _badge(found: Announcement) -> str:
    if found.status in ON_AIR:
        return "直播中"
    if found.scheduled_at is None:
        return ""
    local = found.scheduled_at.astimezone(SHOP_ZONE)
    return f"{local.month}月{local.day}日 {local:%H:%M} 开播"
