"""Orders as staff see them: masked, until somebody says why not."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from bofen.identity import service as identity
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.orders import queries
from bofen.orders import service as orders
from bofen.orders.errors import ImpossibleTransition
from bofen.orders.rules import OrderStatus, Shown, Source
from bofen.web.deps import Db, StaffMayReadOrders, StaffMayShip, Svc
from bofen.web.order_shapes import AddressOut, OrderOut, opened, order_out
from bofen.web.shapes import DEFAULT_LIMIT, Body, Cursor, Limit, Line, Listed

router = APIRouter(prefix="/orders", tags=["orders"])


class RevealIn(Body):
    reason: Annotated[Line, Field(min_length=2, max_length=200)]


class StaffOrderOut(OrderOut):
    buyer: str
    """The buyer's nickname, which is public."""
    attribution: dict[str, object]
    media_time_ms: int | None


async def _out(tx: Tx, svc: Svc, views: list[queries.OrderView]) -> list[StaffOrderOut]:
    names = await identity.nicknames(tx, {view.order.buyer_id for view in views})
    at: datetime = clock.now()
    return [
        StaffOrderOut(
            **order_out(view, svc.vault, at).model_dump(),
            buyer=names.get(view.order.buyer_id, ""),
            attribution=view.order.attribution,
            media_time_ms=view.order.media_time_ms,
        )
        for view in views
    ]


@router.get("")
async def all_orders(
    _: StaffMayReadOrders,
    svc: Svc,
    shown: Shown | None = None,
    source: Source | None = None,
    q: Annotated[str | None, Query(max_length=60)] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Listed[StaffOrderOut]:
    wanted = queries.Wanted(shown=shown, source=source, text=q)
    async with svc.db.transaction() as tx:
        page = await queries.page(tx, wanted, cursor, limit)
        return Listed(items=await _out(tx, svc, list(page.items)), next=page.next)


@router.get("/{order_id}")
async def one_order(order_id: UUID, _: StaffMayReadOrders, svc: Svc) -> StaffOrderOut:
    async with svc.db.transaction() as tx:
        order = await queries.with_lines(tx, order_id)
        if order is None:
            raise NotFound("order")
        return (await _out(tx, svc, [await queries.view(tx, order)]))[0]


@router.post("/{order_id}/confirm")
async def accept(order_id: UUID, staff: StaffMayShip, svc: Svc, db: Db) -> StaffOrderOut:
    """Staff have seen the order and will ship it."""

    async def story(tx: Tx) -> None:
        order = await orders.lock(tx, order_id)
        if order.status != OrderStatus.paid:
            raise ImpossibleTransition(order.id, OrderStatus(order.status), OrderStatus.paid)
        order.accepted_at = order.accepted_at or clock.now()

    await db.run(story)
    return await one_order(order_id, staff, svc)


@router.post("/{order_id}/reveal")
async def reveal(order_id: UUID, asked: RevealIn, staff: StaffMayShip, svc: Svc) -> AddressOut:
    """The whole address, once, with the reason in the audit."""
    async with svc.db.transaction() as tx:
        order = await queries.with_lines(tx, order_id)
        if order is None:
            raise NotFound("order")
        facts = {"reason": asked.reason}
        await identity.audit(
            tx, staff.id, "order_address_revealed", order.order_no, facts, clock.now()
        )
        return opened(order, svc.vault)
