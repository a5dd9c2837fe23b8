"""Orders as staff see them: masked, until somebody says why not."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from bofen.affiliates.rules import Attribution, AttributionKind
from bofen.gateways.storage.addresses import picture_url
from bofen.identity import profiles
from bofen.identity.profiles import Face
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.orders import queries
from bofen.orders import service as orders
from bofen.orders.rules import Shown, Source
from bofen.reports import find_orders
from bofen.web.deps import Db, StaffMayReadOrders, StaffMayShip, Svc
from bofen.web.order_shapes import OrderOut, RecipientOut, opened, order_out
from bofen.web.shapes import DEFAULT_LIMIT, Body, Cursor, Limit, Line, Listed, Shape

router = APIRouter(prefix="/orders", tags=["orders"])


class RevealIn(Body):
    """Why somebody has to see a buyer's whole address."""

    reason: Annotated[Line, Field(min_length=2, max_length=200)]


class LostClaimOut(Shape):
    """An affiliate who might have earned the order, and why he does not."""

    kind: AttributionKind
    affiliate_id: UUID
    why: str


class AttributionOut(Shape):
    """Who earns on the order; `affiliate_id` null: nobody."""

    kind: AttributionKind
    affiliate_id: UUID | None
    losers: Sequence[LostClaimOut]


class StaffOrderOut(OrderOut):
    """An order with what only staff see; `media_time_ms`: where in the broadcast it was placed."""

    buyer: str
    """The buyer's nickname, which is public like his picture."""
    buyer_avatar: str | None
    attribution: AttributionOut
    media_time_ms: int | None


async def _out(tx: Tx, svc: Svc, views: list[queries.OrderView]) -> list[StaffOrderOut]:
    known = await profiles.faces(tx, {view.order.buyer_id for view in views})
    nobody = Face("", None)
    at: datetime = clock.now()
    return [
        StaffOrderOut(
            **order_out(view, svc.vault, at).model_dump(),
            buyer=(buyer := known.get(view.order.buyer_id, nobody)).nickname,
            buyer_avatar=picture_url(buyer.avatar_key),
            attribution=_attribution_out(Attribution.from_json(view.order.attribution)),
            media_time_ms=view.order.media_time_ms,
        )
        for view in views
    ]


def _attribution_out(attribution: Attribution) -> AttributionOut:
    return AttributionOut(
        kind=attribution.kind,
        affiliate_id=attribution.affiliate_id,
        losers=[
            LostClaimOut(kind=lost.kind, affiliate_id=lost.affiliate_id, why=lost.why)
            for lost in attribution.losers
        ],
    )


def _wanted(
    shown: Shown | None = None,
    source: Source | None = None,
    *,
    to_ship: bool = False,
) -> queries.Wanted:
    return queries.Wanted(shown=shown, source=source, is_to_ship=to_ship)


@router.get("")
async def all_orders(
    _: StaffMayReadOrders,
    svc: Svc,
    wanted: Annotated[queries.Wanted, Depends(_wanted)],
    q: Annotated[str | None, Query(max_length=60)] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Listed[StaffOrderOut]:
    """Newest first. `q`: the beginning of an order number or its last four signs, the receiver's
    phone or whole name, how the buyer's nickname begins, a tracking number, or part of a title.

    `to_ship`: what waits for the warehouse, also while another part of it is asked back.
    """
    async with svc.db.transaction() as tx:
        matching = await find_orders.matching(tx, svc.vault, q) if q else None
        page = await queries.page(tx, wanted, cursor, limit, matching)
        return Listed(items=await _out(tx, svc, list(page.items)), next=page.next)


@router.get("/{order_id}")
async def one_order(order_id: UUID, _: StaffMayReadOrders, svc: Svc) -> StaffOrderOut:
    """Masked, like the list."""
    async with svc.db.transaction() as tx:
        order = await queries.with_lines(tx, order_id)
        if order is None:
            raise NotFound("order")
        return (await _out(tx, svc, [await queries.view(tx, order)]))[0]


@router.post("/{order_id}/confirm")
async def accept(order_id: UUID, staff: StaffMayShip, svc: Svc, db: Db) -> StaffOrderOut:
    """Staff have seen the order and will ship it."""
    await db.run(lambda tx: orders.accept(tx, order_id, staff, clock.now()))
    return await one_order(order_id, staff, svc)


@router.post("/{order_id}/reveal")
async def reveal(order_id: UUID, asked: RevealIn, staff: StaffMayShip, svc: Svc) -> RecipientOut:
    """The whole address, once, with the reason in the audit."""
    async with svc.db.transaction() as tx:
        order = await queries.with_lines(tx, order_id)
        if order is None:
            raise NotFound("order")
        await orders.record_reveal(tx, order, asked.reason, staff, clock.now())
        return opened(order, svc.vault)
