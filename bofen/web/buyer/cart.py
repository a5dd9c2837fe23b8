"""A buyer's cart."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from bofen.catalog import cart, queries
from bofen.flows.fill_cart import put_in_cart as fill
from bofen.flows.moments import Claim
from bofen.gateways.storage.addresses import picture_url
from bofen.inventory import service as inventory
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.web.deps import CurrentBuyer, Db
from bofen.web.shapes import Body, Listed, Quantity, Shape

router = APIRouter(prefix="/cart", tags=["cart"])


class CartItem(Shape):
    """A line of the cart at today's price; `is_listed` false: it cannot be bought now."""

    sku_id: UUID
    product_id: UUID
    title: str
    spec: str
    picture: str | None
    price_fen: int
    quantity: int
    available: int
    is_listed: bool


class ClaimIn(Body):
    """The broadcast that the buyer is in, as the client says it; `media_time_ms` into it."""

    room_id: UUID | None = None
    pin_id: UUID | None = None
    media_time_ms: Annotated[int | None, Field(ge=0, le=864_000_000)] = None
    replay_session_id: UUID | None = None
    """The broadcast whose recording the buyer watches."""

    def claim(self) -> Claim:
        """As the flows take it."""
        return Claim(self.room_id, self.pin_id, self.media_time_ms, self.replay_session_id)


class CartChanged(Body):
    """How many pieces the cart shall hold, and where they were chosen, if in a broadcast."""

    quantity: Quantity
    source: ClaimIn = ClaimIn()


async def _cart_of(tx: Tx, person_id: UUID) -> Listed[CartItem]:
    rows = await queries.cart(tx, person_id)
    available = await inventory.available(tx, [row.sku_id for row in rows])
    return Listed(
        items=[
            CartItem(
                sku_id=row.sku_id,
                product_id=row.product_id,
                title=row.title,
                spec=row.spec,
                picture=picture_url(row.picture_key),
                price_fen=row.price_fen,
                quantity=row.quantity,
                available=available[row.sku_id],
                is_listed=row.is_listed,
            )
            for row in rows
        ]
    )


@router.get("")
async def my_cart(buyer: CurrentBuyer, db: Db) -> Listed[CartItem]:
    """One's own cart, newest first."""
    async with db.transaction() as tx:
        return await _cart_of(tx, buyer.id)


@router.put("/{sku_id}")
async def put_in_cart(
    sku_id: UUID, asked: CartChanged, buyer: CurrentBuyer, db: Db
) -> Listed[CartItem]:
    """From now on the cart holds this many; without a source it remembers the one it has."""
    wanted = (sku_id, asked.quantity)
    async with db.transaction() as tx:
        await fill(tx, buyer.id, wanted, asked.source.claim(), clock.now())
        return await _cart_of(tx, buyer.id)


@router.delete("/{sku_id}")
async def take_from_cart(sku_id: UUID, buyer: CurrentBuyer, db: Db) -> Listed[CartItem]:
    """What is not in the cart is passed over."""
    async with db.transaction() as tx:
        await cart.take(tx, buyer.id, [sku_id])
        return await _cart_of(tx, buyer.id)
