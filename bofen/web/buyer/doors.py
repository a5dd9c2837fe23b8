"""What a crowd asks for, answered at the connection: the same answers as the routes' behind.

A table and no rules: whatever a door does not take whole goes on to the route, which answers
everybody else and is what the OpenAPI document shows. See
docs/decisions/0011-a-door-for-the-crowd.md.
"""

from functools import partial

from bofen.web.actors import Actors
from bofen.web.buyer.hall import hall_page
from bofen.web.buyer.orders import OrderIn, Placing, placed
from bofen.web.buyer.products import product_page
from bofen.web.buyer.rooms import MessageIn, Speech, room_page
from bofen.web.crowd import Doors
from bofen.web.doors import PageDoor, PutDoor
from bofen.web.pages import Pages


def doors_of(actors: Actors, pages: Pages, placing: Placing, speech: Speech) -> Doors:
    """By method and path; the ids of the path are handed over in their order."""
    return {
        (b"GET", b"/api/buyer/hall"): PageDoor(partial(hall_page, pages)),
        (b"GET", b"/api/buyer/products/{id}"): PageDoor(partial(product_page, pages)),
        (b"GET", b"/api/buyer/rooms/{id}"): PageDoor(partial(room_page, pages)),
        (b"PUT", b"/api/buyer/orders/{id}"): PutDoor(OrderIn, partial(placed, placing), actors),
        (b"PUT", b"/api/buyer/rooms/{id}/messages/{id}"): PutDoor(MessageIn, speech.say, actors),
    }
