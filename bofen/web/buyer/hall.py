"""The first page: what is live, what comes, what is good."""

from fastapi import APIRouter
from starlette.responses import Response

from bofen.flows.services import Services
from bofen.live import queries as live
from bofen.live.changes import ProductCard
from bofen.live.rules import RoomStatus
from bofen.reports import browse
from bofen.reports.browse import product_card
from bofen.web.pages import KeptPages, Pages
from bofen.web.room_shapes import RoomCard
from bofen.web.shapes import Shape

router = APIRouter(prefix="/hall", tags=["rooms"])
FEATURED = 20
_ON_AIR = {RoomStatus.live, RoomStatus.interrupted}


class Hall(Shape):
    """What is on air, what is planned, and what sells best."""

    live: list[RoomCard]
    upcoming: list[RoomCard]
    featured: list[ProductCard]


async def hall_page(pages: Pages) -> Response:
    """The hall as JSON."""
    return await pages.overview("hall", _read)


@router.get("", response_model=Hall)
async def hall(pages: KeptPages) -> Response:
    """The same for everybody, signed in or not."""
    return await hall_page(pages)


async def _read(services: Services) -> Hall:
    async with services.db.transaction() as tx:
        cards = [RoomCard.of(row) for row in await live.rooms(tx)]
        featured = await browse.featured(tx, FEATURED)
    return Hall(
        live=[card for card in cards if card.status in _ON_AIR],
        upcoming=[card for card in cards if card.status == RoomStatus.scheduled],
        featured=[product_card(card) for card in featured],
    )
