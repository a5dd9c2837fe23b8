"""Deciding about after-sales."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from bofen.flows import refunds
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.orders import queries
from bofen.orders.after_sales import find
from bofen.orders.models import AfterSale
from bofen.orders.rules import AWAITING_STAFF, AfterSaleStatus
from bofen.web.deps import Db, StaffMayReadOrders, StaffMayRefund
from bofen.web.order_shapes import AfterSaleOut, after_sale_out
from bofen.web.shapes import DEFAULT_LIMIT, Body, Cursor, Limit, Line, Listed

router = APIRouter(prefix="/after-sales", tags=["after-sales"])


class RefuseIn(Body):
    """Why not, in words for the buyer."""

    reason: Annotated[Line, Field(min_length=2, max_length=200)]


class ReceivedIn(Body):
    """What became of the goods."""

    is_restocked: bool = True
    """Whether the goods go back on the shelf: decided apart from the money."""


async def _shown(tx: Tx, after_sale: AfterSale) -> AfterSaleOut:
    return after_sale_out((await queries.after_sale_views(tx, [after_sale]))[0])


@router.get("")
async def all_after_sales(
    _: StaffMayReadOrders,
    db: Db,
    status: AfterSaleStatus | None = None,
    *,
    waiting: Annotated[bool, Query(description="Only what waits for staff.")] = False,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Listed[AfterSaleOut]:
    """Newest first; of one status, or only what waits for staff, where that is asked."""
    asked = AWAITING_STAFF if waiting else (status,) if status else ()
    async with db.transaction() as tx:
        page = await queries.after_sales(
            tx, buyer_id=None, statuses=asked, cursor=cursor, limit=limit
        )
    return Listed(items=[after_sale_out(view) for view in page.items], next=page.next)


@router.get("/{after_sale_id}")
async def one_after_sale(after_sale_id: UUID, _: StaffMayReadOrders, db: Db) -> AfterSaleOut:
    """One after-sale with its lines as sold."""
    async with db.transaction() as tx:
        return await _shown(tx, await find(tx, after_sale_id))


@router.post("/{after_sale_id}/approve")
async def approve(after_sale_id: UUID, staff: StaffMayRefund, db: Db) -> AfterSaleOut:
    """The goods come back first, or the money goes back at once."""

    async def story(tx: Tx) -> AfterSaleOut:
        return await _shown(tx, await refunds.approve(tx, after_sale_id, staff, clock.now()))

    return await db.run(story)


@router.post("/{after_sale_id}/refuse")
async def refuse(
    after_sale_id: UUID, asked: RefuseIn, staff: StaffMayRefund, db: Db
) -> AfterSaleOut:
    """The buyer reads the reason."""

    async def story(tx: Tx) -> AfterSaleOut:
        at = clock.now()
        return await _shown(tx, await refunds.refuse(tx, after_sale_id, asked.reason, staff, at))

    return await db.run(story)


@router.post("/{after_sale_id}/received")
async def received(
    after_sale_id: UUID, asked: ReceivedIn, staff: StaffMayRefund, db: Db
) -> AfterSaleOut:
    """The returned goods are here and were looked at."""

    async def story(tx: Tx) -> AfterSaleOut:
        done = await refunds.goods_inspected(
            tx, after_sale_id, staff, clock.now(), is_restocked=asked.is_restocked
        )
        return await _shown(tx, done)

    return await db.run(story)
