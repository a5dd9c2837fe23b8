"""The first page: what is live, what comes, what is good."""

from fastapi import APIRouter

from bofen.live import queries as live
from bofen.reports import browse
from bofen.web.buyer.products import ProductCard, card_of
from bofen.web.deps import Db
from bofen.web.room_shapes import RoomCard, room_card
from bofen.web.shapes import Shape

router = APIRouter(prefix="/hall", tags=["rooms"])
FEATURED = 20


class Hall(Shape):
    live: list[RoomCard]
    upcoming: list[RoomCard]
    featured: list[ProductCard]


@router.get("")
async def hall(db: Db) -> Hall:
    async with db.transaction() as tx:
        cards = [room_card(row) for row in await live.rooms(tx)]
        featured = await browse.featured(tx, FEATURED)
    return Hall(
        live=[card for card in cards if card.status in ("live", "interrupted")],
        upcoming=[card for card in cards if card.status == "scheduled"],
        featured=[card_of(card) for card in featured],
    )
