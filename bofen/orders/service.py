"""The verbs of orders. Whoever changes an order holds its row's lock first."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.money import Fen
from bofen.orders.models import AfterSale, Order
from bofen.orders.rules import OPEN_AFTER_SALES, OrderStatus, RefundableLine


async def lock(tx: Tx, order_id: UUID) -> Order:
    """The order with its lines, held until the transaction ends."""
    found = await lock_all(tx, [order_id])
    if not found:
        raise NotFound("order")
    return found[0]


async def lock_all(tx: Tx, order_ids: Collection[UUID]) -> list[Order]:
    """Those that exist, locked in id order, so that two lockers never wait in a circle."""
    query = select(Order).where(Order.id.in_(order_ids)).order_by(Order.id)
    query = query.options(selectinload(Order.lines)).with_for_update()
    found = await tx.scalars(query.execution_options(populate_existing=True))
    return list(found)


async def of_buyer(tx: Tx, buyer_id: UUID, order_id: UUID) -> Order:
    """The buyer's own order; anyone else's does not exist."""
    query = select(Order).where(Order.id == order_id, Order.buyer_id == buyer_id)
    order = await tx.scalar(query.options(selectinload(Order.lines)))
    if order is None:
        raise NotFound("order")
    return order


async def lock_of_buyer(tx: Tx, buyer_id: UUID, order_id: UUID) -> Order:
    order = await lock(tx, order_id)
    if order.buyer_id != buyer_id:
        raise NotFound("order")
    return order


async def mark_shipped(tx: Tx, order_id: UUID, at: datetime) -> None:
    """The first parcel left; later parcels change nothing here."""
    order = await lock(tx, order_id)
    if order.status != OrderStatus.shipped:
        order.become(OrderStatus.shipped)
        order.shipped_at = at
    order.accepted_at = order.accepted_at or at
    await tx.flush()


async def mark_in_transit(tx: Tx, order_id: UUID, at: datetime) -> None:
    order = await lock(tx, order_id)
    order.in_transit_at = order.in_transit_at or at
    await tx.flush()


async def mark_signed(tx: Tx, order_id: UUID, at: datetime | None) -> None:
    """Every parcel was signed for; None when a later trace says otherwise."""
    order = await lock(tx, order_id)
    order.signed_at = at
    await tx.flush()


async def open_after_sales(tx: Tx, order_id: UUID) -> list[AfterSale]:
    query = select(AfterSale).where(
        AfterSale.order_id == order_id, AfterSale.status.in_(OPEN_AFTER_SALES)
    )
    return list(await tx.scalars(query))


async def refundable_lines(tx: Tx, order: Order) -> list[RefundableLine]:
    """Each line, less what is refunded and what open after-sales ask for."""
    asked_quantity: dict[int, int] = {}
    asked_fen: dict[int, int] = {}
    for after_sale in await open_after_sales(tx, order.id):
        for line in after_sale.lines:
            asked_quantity[line["no"]] = asked_quantity.get(line["no"], 0) + line["quantity"]
            asked_fen[line["no"]] = asked_fen.get(line["no"], 0) + line["amount_fen"]
    return [
        RefundableLine(
            line.no,
            line.quantity,
            line.paid_fen,
            line.refunded_quantity + asked_quantity.get(line.no, 0),
            Fen(line.refunded_fen + asked_fen.get(line.no, 0)),
        )
        for line in order.lines
    ]


async def lock_after_sale(tx: Tx, after_sale_id: UUID) -> tuple[Order, AfterSale]:
    """The after-sale and its order, both held; the order first, as everywhere."""
    found = await tx.get(AfterSale, after_sale_id)
    if found is None:
        raise NotFound("after_sale")
    order = await lock(tx, found.order_id)
    await tx.refresh(found)
    return order, found


async def after_sale_of_buyer(tx: Tx, buyer_id: UUID, after_sale_id: UUID) -> AfterSale:
    found = await tx.get(AfterSale, after_sale_id)
    if found is None or found.buyer_id != buyer_id:
        raise NotFound("after_sale")
    return found
