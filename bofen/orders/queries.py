"""Lists of orders and after-sales, for buyers and for staff."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select, text, tuple_
from sqlalchemy.orm import selectinload

from bofen.kit.db import Tx
from bofen.kit.money import Fen
from bofen.kit.paging import Page, page_of, read_cursor, read_id, read_time
from bofen.orders.models import TO_SHIP, AfterSale, Order
from bofen.orders.rules import (
    OPEN_AFTER_SALES,
    AfterSaleStatus,
    OrderStatus,
    Shown,
    Source,
    shown,
)

_REFUNDING = exists().where(AfterSale.order_id == Order.id, AfterSale.status.in_(OPEN_AFTER_SALES))


@dataclass(frozen=True)
class OrderView:
    """An order, and how far its after-sales have come."""

    order: Order
    is_refunding: bool
    asked: dict[int, int] = field(default_factory=dict)
    """By line number: pieces that open after-sales ask for."""
    refunded_freight_fen: Fen = Fen(0)

    @property
    def shown(self) -> Shown:
        """What its buyer is told."""
        return shown(
            OrderStatus(self.order.status),
            is_refunding=self.is_refunding,
            is_in_transit=self.order.in_transit_at is not None,
            is_signed=self.order.signed_at is not None,
        )


@dataclass(frozen=True)
class Wanted:
    """Which orders a list is about."""

    buyer_id: UUID | None = None
    shown: Shown | None = None
    source: Source | None = None
    is_to_ship: bool = False
    """Only what waits for the warehouse, also while another part of it is asked back."""
    is_to_receive: bool = False
    """Only what has left and waits for the buyer, also while a part of it is asked back."""


async def page(
    tx: Tx,
    wanted: Wanted,
    cursor: str | None,
    limit: int,
    matching: ColumnElement[bool] | None = None,
) -> Page[OrderView]:
    """Newest first; of those that match, where something was typed."""
    query = select(Order).options(selectinload(Order.lines))
    if wanted.buyer_id:
        query = query.where(Order.buyer_id == wanted.buyer_id)
    if wanted.source:
        query = query.where(Order.source == wanted.source)
    if wanted.shown is Shown.refunding:
        query = query.where(Order.id.in_(_refunding(wanted.buyer_id)))
    elif wanted.shown:
        query = query.where(*_shown_as(wanted.shown))
    if wanted.is_to_ship:
        query = query.where(text(TO_SHIP))
    if wanted.is_to_receive:
        query = query.where(Order.status == OrderStatus.shipped)
    if matching is not None:
        query = query.where(matching)
    query = _after(query, cursor).order_by(Order.placed_at.desc(), Order.id.desc())
    found = page_of(
        list(await tx.scalars(query.limit(limit + 1))), limit, lambda o: (o.placed_at, o.id)
    )
    return Page(await views(tx, list(found.items)), found.next)


def _after(query: Select[Any], cursor: str | None) -> Select[Any]:
    if cursor is None:
        return query
    placed_at, order_id = read_cursor(cursor, read_time, read_id)
    return query.where(tuple_(Order.placed_at, Order.id) < tuple_(placed_at, order_id))


def _refunding(buyer_id: UUID | None) -> Select[Any]:
    """Read first: open after-sales are few, however many orders there are."""
    query = select(AfterSale.order_id).where(AfterSale.status.in_(OPEN_AFTER_SALES)).distinct()
    if buyer_id:
        query = query.where(AfterSale.buyer_id == buyer_id)
    return select(query.cte("refunding").prefix_with("MATERIALIZED"))


def _shown_as(wanted: Shown) -> tuple[ColumnElement[bool], ...]:
    """The same projection as `rules.shown`, for the database."""
    status = {
        Shown.submitted: (Order.status == OrderStatus.placed,),
        Shown.paid: (Order.status == OrderStatus.paid,),
        Shown.shipped: (
            Order.status == OrderStatus.shipped,
            Order.in_transit_at.is_(None),
            Order.signed_at.is_(None),
        ),
        Shown.in_transit: (
            Order.status == OrderStatus.shipped,
            Order.in_transit_at.is_not(None),
            Order.signed_at.is_(None),
        ),
        Shown.signed: (
            or_(
                Order.status == OrderStatus.received,
                (Order.status == OrderStatus.shipped) & Order.signed_at.is_not(None),
            ),
        ),
        Shown.refunded: (Order.status == OrderStatus.refunded,),
        Shown.cancelled: (Order.status == OrderStatus.cancelled,),
        Shown.completed: (Order.status == OrderStatus.completed,),
    }[wanted]
    return (*status, ~_REFUNDING)


async def views(tx: Tx, orders: list[Order]) -> list[OrderView]:
    """With what their after-sales ask for or have given back; one statement for all of them."""
    found = await tx.scalars(
        select(AfterSale).where(
            AfterSale.order_id.in_([order.id for order in orders]),
            AfterSale.status.in_((*OPEN_AFTER_SALES, AfterSaleStatus.done)),
        )
    )
    asked: dict[UUID, dict[int, int]] = {}
    freight: dict[UUID, int] = {}
    for after_sale in found:
        order_id = after_sale.order_id
        if after_sale.status == AfterSaleStatus.done:
            freight[order_id] = freight.get(order_id, 0) + after_sale.freight_fen
            continue
        lines = asked.setdefault(order_id, {})
        for line in after_sale.lines:
            lines[line["no"]] = lines.get(line["no"], 0) + line["quantity"]
    return [
        OrderView(o, o.id in asked, asked.get(o.id, {}), Fen(freight.get(o.id, 0))) for o in orders
    ]


async def view(tx: Tx, order: Order) -> OrderView:
    """One order with what its open after-sales ask for."""
    return (await views(tx, [order]))[0]


async def with_lines(tx: Tx, order_id: UUID) -> Order | None:
    """Anybody's order, not locked."""
    query = select(Order).where(Order.id == order_id).options(selectinload(Order.lines))
    return await tx.scalar(query)


@dataclass(frozen=True)
class AskedBack:
    """A line of an after-sale, with title, spec and picture as sold."""

    no: int
    quantity: int
    amount_fen: Fen
    title: str
    spec: str
    picture_key: str | None


@dataclass(frozen=True)
class AfterSaleView:
    """An after-sale with the number of its order."""

    after_sale: AfterSale
    order_no: str
    lines: Sequence[AskedBack]


async def after_sales(
    tx: Tx,
    *,
    buyer_id: UUID | None,
    statuses: Collection[AfterSaleStatus] = (),
    cursor: str | None,
    limit: int,
) -> Page[AfterSaleView]:
    """Newest first; of one buyer, or in certain states, where that is asked."""
    query = select(AfterSale)
    if buyer_id:
        query = query.where(AfterSale.buyer_id == buyer_id)
    if statuses:
        query = query.where(AfterSale.status.in_(statuses))
    if cursor:
        applied_at, after_sale_id = read_cursor(cursor, read_time, read_id)
        query = query.where(
            tuple_(AfterSale.applied_at, AfterSale.id) < tuple_(applied_at, after_sale_id)
        )
    query = query.order_by(AfterSale.applied_at.desc(), AfterSale.id.desc()).limit(limit + 1)
    found = page_of(list(await tx.scalars(query)), limit, lambda a: (a.applied_at, a.id))
    return Page(await after_sale_views(tx, list(found.items)), found.next)


async def after_sale_views(tx: Tx, found: Sequence[AfterSale]) -> list[AfterSaleView]:
    """With what they show of their orders; two statements for all of them."""
    query = select(Order).where(Order.id.in_({each.order_id for each in found}))
    orders = {o.id: o for o in await tx.scalars(query.options(selectinload(Order.lines)))}
    return [_after_sale_view(each, orders[each.order_id]) for each in found]


def _after_sale_view(after_sale: AfterSale, order: Order) -> AfterSaleView:
    sold = {line.no: line for line in order.lines}
    lines = [
        AskedBack(
            asked["no"],
            asked["quantity"],
            asked["amount_fen"],
            sold[asked["no"]].title,
            sold[asked["no"]].spec,
            sold[asked["no"]].picture_key,
        )
        for asked in after_sale.lines
    ]
    return AfterSaleView(after_sale, order.order_no, lines)


async def has_ordered(tx: Tx, buyer_id: UUID) -> bool:
    """Whether this person has ever placed an order, whatever became of it."""
    rows = await tx.fetch("SELECT 1 FROM orders_order WHERE buyer_id = $1 LIMIT 1", buyer_id)
    return bool(rows)


async def order_numbers(tx: Tx, order_ids: Collection[UUID]) -> dict[UUID, str]:
    """How people name these orders."""
    rows = await tx.fetch(
        "SELECT id, order_no FROM orders_order WHERE id = ANY($1::uuid[])", list(order_ids)
    )
    return {row["id"]: row["order_no"] for row in rows}


@dataclass(frozen=True)
class SoldIn:
    """Paid orders with something chosen while a broadcast was on air, refunds not taken off."""

    orders: int
    sales_fen: Fen


async def sold_in(tx: Tx, session_id: UUID | None) -> SoldIn:
    """Of one broadcast; nothing without one."""
    rows = await tx.rows(
        SoldIn,
        "SELECT orders, sales_fen FROM orders_broadcast_sales WHERE session_id = $1",
        session_id,
    )
    return rows[0] if rows else SoldIn(0, Fen(0))
