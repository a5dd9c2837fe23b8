"""What a basket would cost now."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from bofen.flows.price_basket import offers, price
from bofen.gateways.storage.addresses import picture_url
from bofen.inventory import service as inventory
from bofen.kit import clock
from bofen.kit.errors import Refusal
from bofen.orders.rules import LINES_MAX
from bofen.web.deps import Db
from bofen.web.shapes import Body, Quantity, Shape

router = APIRouter(prefix="/quotes", tags=["quotes"])


class AskedLine(Body):
    """A SKU, and how many of it."""

    sku_id: UUID
    quantity: Quantity


class QuoteAsked(Body):
    """A basket. Each SKU once."""

    lines: Annotated[list[AskedLine], Field(min_length=1, max_length=LINES_MAX)]


class QuotedLine(Shape):
    """`available` is what could be promised now; an order of more is refused."""

    sku_id: UUID
    product_id: UUID
    title: str
    spec: str
    picture: str | None
    unit_fen: int
    quantity: int
    goods_fen: int
    discount_fen: int
    paid_fen: int
    available: int


class Quote(Shape):
    """What the basket costs now: goods - discount + freight = total."""

    lines: list[QuotedLine]
    goods_fen: int
    discount_fen: int
    freight_fen: int
    total_fen: int


@router.post("")
async def quote(asked: QuoteAsked, db: Db) -> Quote:
    """Anybody may ask; what is answered is promised only by placing the order."""
    skus = [line.sku_id for line in asked.lines]
    async with db.transaction() as tx:
        offered = await offers(tx, skus, clock.now())
        available = await inventory.available(tx, skus)
    priced = price([(line.sku_id, line.quantity) for line in asked.lines], offered)
    if isinstance(priced, Refusal):
        raise priced
    sellable = offered.sellable
    return Quote(
        lines=[
            QuotedLine(
                sku_id=line.sku_id,
                product_id=sellable[line.sku_id].product_id,
                title=sellable[line.sku_id].title,
                spec=sellable[line.sku_id].spec,
                picture=picture_url(sellable[line.sku_id].picture_key),
                unit_fen=line.unit_fen,
                quantity=line.quantity,
                goods_fen=line.goods_fen,
                discount_fen=line.discount_fen,
                paid_fen=line.paid_fen,
                available=available[line.sku_id],
            )
            for line in priced.lines
        ],
        goods_fen=priced.goods_fen,
        discount_fen=priced.discount_fen,
        freight_fen=priced.freight_fen,
        total_fen=priced.total_fen,
    )
