"""Asking for money back."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from bofen.flows import refunds
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.kit.once import Request, fingerprint
from bofen.orders import queries
from bofen.orders.after_sales import ApplyAfterSale, of_buyer
from bofen.orders.models import AfterSale
from bofen.orders.queries import AfterSaleView
from bofen.orders.rules import LINES_MAX, AfterSaleKind, AfterSaleStatus
from bofen.settings import service as settings
from bofen.web.deps import CurrentBuyer, Db
from bofen.web.order_shapes import AfterSaleOut, after_sale_out
from bofen.web.shapes import (
    DEFAULT_LIMIT,
    Body,
    Cursor,
    Limit,
    Line,
    Listed,
    Quantity,
    Shape,
    TrackingNo,
)

router = APIRouter(prefix="/after-sales", tags=["after-sales"])


class AfterSaleLineIn(Body):
    """A line of the order by its number, and how many pieces of it."""

    no: Annotated[int, Field(ge=1, le=LINES_MAX)]
    quantity: Quantity


class AfterSaleIn(Body):
    """What the buyer wants back, and why."""

    order_id: UUID
    kind: AfterSaleKind
    reason: Annotated[Line, Field(min_length=1, max_length=200)]
    lines: Annotated[list[AfterSaleLineIn], Field(min_length=1, max_length=LINES_MAX)]


class ReturnIn(Body):
    """The parcel that the goods come back in."""

    carrier: Annotated[Line, Field(min_length=2, max_length=20)]
    tracking_no: TrackingNo


class ReturnAddress(Shape):
    """Where the goods go back to."""

    name: str
    phone: str
    address: str


class MyAfterSaleOut(AfterSaleOut):
    """One's own request. `return_to` is there while the goods are to be sent, if the shop said."""

    return_to: ReturnAddress | None


async def _out(tx: Tx, views: Sequence[AfterSaleView]) -> list[MyAfterSaleOut]:
    shop = (await settings.in_force(tx, clock.now())).shop
    return_to = ReturnAddress(
        name=shop.return_name, phone=shop.return_phone, address=shop.return_address
    )
    made = []
    for view in views:
        is_asked = view.after_sale.status == AfterSaleStatus.returning and shop.return_address
        given = after_sale_out(view).model_dump()
        made.append(MyAfterSaleOut(**given, return_to=return_to if is_asked else None))
    return made


async def _shown(tx: Tx, after_sale: AfterSale) -> MyAfterSaleOut:
    return (await _out(tx, await queries.after_sale_views(tx, [after_sale])))[0]


@router.put("/{after_sale_id}", status_code=201)
async def apply_after_sale(
    after_sale_id: UUID, asked: AfterSaleIn, buyer: CurrentBuyer, db: Db
) -> MyAfterSaleOut:
    """The same id with the same content answers the same after-sale."""
    wish = ApplyAfterSale(
        after_sale_id=after_sale_id,
        order_id=asked.order_id,
        kind=asked.kind,
        reason=asked.reason,
        lines=tuple((line.no, line.quantity) for line in asked.lines),
        request=Request(buyer.id, fingerprint(asked.model_dump_json())),
    )

    async def story(tx: Tx) -> MyAfterSaleOut:
        return await _shown(tx, await refunds.apply_after_sale(tx, wish, clock.now()))

    return await db.run(story)


@router.get("")
async def my_after_sales(
    buyer: CurrentBuyer, db: Db, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> Listed[MyAfterSaleOut]:
    """One's own after-sales, newest first."""
    async with db.transaction() as tx:
        page = await queries.after_sales(tx, buyer_id=buyer.id, cursor=cursor, limit=limit)
        return Listed(items=await _out(tx, page.items), next=page.next)


@router.get("/{after_sale_id}")
async def my_after_sale(after_sale_id: UUID, buyer: CurrentBuyer, db: Db) -> MyAfterSaleOut:
    """One's own; anyone else's is not found."""
    async with db.transaction() as tx:
        return await _shown(tx, await of_buyer(tx, buyer.id, after_sale_id))


@router.post("/{after_sale_id}/return")
async def send_back(
    after_sale_id: UUID, asked: ReturnIn, buyer: CurrentBuyer, db: Db
) -> MyAfterSaleOut:
    """The buyer says with which parcel the goods come back."""

    async def story(tx: Tx) -> MyAfterSaleOut:
        sent = await refunds.goods_sent_back(
            tx, buyer.id, after_sale_id, asked.carrier, asked.tracking_no
        )
        return await _shown(tx, sent)

    return await db.run(story)


@router.post("/{after_sale_id}/withdraw")
async def withdraw(after_sale_id: UUID, buyer: CurrentBuyer, db: Db) -> MyAfterSaleOut:
    """The buyer keeps the goods after all."""

    async def story(tx: Tx) -> MyAfterSaleOut:
        at = clock.now()
        return await _shown(tx, await refunds.withdraw_after_sale(tx, buyer.id, after_sale_id, at))

    return await db.run(story)
