"""The verbs of orders. Whoever changes an order holds its row's lock first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.model import one_of
from bofen.orders.errors import ImpossibleTransition
from bofen.orders.models import AFTER_SALE_END, Order
from bofen.orders.rules import OPEN_AFTER_SALES, CloseReason, OrderStatus


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
    query = query.options(selectinload(Order.lines))
    order = await tx.scalar(query.execution_options(populate_existing=True))
    if order is None:
        raise NotFound("order")
    return order


async def lock_of_buyer(tx: Tx, buyer_id: UUID, order_id: UUID) -> Order:
    """The buyer's own order, held; anyone else's does not exist."""
    order = await lock(tx, order_id)
    if order.buyer_id != buyer_id:
        raise NotFound("order")
    return order


async def due_to_close(tx: Tx, at: datetime, limit: int) -> Sequence[UUID]:
    """Unpaid orders whose time to pay is over; those that were tried last wait longest."""
    rows = await tx.fetch(
        "SELECT id FROM orders_order WHERE status = 'placed' AND pay_by < $1"
        " ORDER BY greatest(pay_by, closing_at) LIMIT $2",
        at,
        limit,
    )
    return [row["id"] for row in rows]


async def begin_closing(tx: Tx, order: Order, at: datetime) -> bool:
    """From here on nobody can start to pay; False when the order is not unpaid any more."""
    if order.status != OrderStatus.placed:
        return False
    order.closing_at = at
    await tx.flush()
    return True


async def cancel(tx: Tx, order: Order, reason: CloseReason, at: datetime) -> None:
    """The unpaid order is closed for good."""
    order.become(OrderStatus.cancelled)
    order.closed_at, order.close_reason = at, reason.value
    await tx.flush()


def mark_paid(order: Order, paid_at: datetime) -> bool:
    """Whether this money buys the order; False when it came too late, or on top of other money."""
    if order.status != OrderStatus.placed:
        return False
    order.become(OrderStatus.paid)
    order.paid_at = paid_at
    return True


_COUNT_SALES = """
INSERT INTO orders_broadcast_sales AS kept (session_id, orders, sales_fen)
SELECT session_id, count(*), sum(sales_fen)
FROM unnest($1::uuid[], $2::bigint[]) AS sold(session_id, sales_fen)
GROUP BY session_id ORDER BY session_id
ON CONFLICT (session_id) DO UPDATE SET orders = kept.orders + excluded.orders,
  sales_fen = kept.sales_fen + excluded.sales_fen
"""


async def count_sales(tx: Tx, paid: Collection[Order]) -> None:
    """Count what has just been paid for each broadcast that something of it was chosen in.

    Called last: the row of a broadcast is one that every payment of its orders waits for.
    """
    sold = [share for order in paid for share in order.sold_live().items()]
    if sold:
        ids, totals = zip(*sold, strict=True)
        await tx.fetch(_COUNT_SALES, list(ids), list(totals))


async def accept(tx: Tx, order_id: UUID, by: StaffMember, at: datetime) -> None:
    """Staff have seen the paid order and will ship it; said again, nothing changes."""
    order = await lock(tx, order_id)
    if order.status != OrderStatus.paid:
        raise ImpossibleTransition(order.id, OrderStatus(order.status), OrderStatus.paid)
    if order.accepted_at is None:
        order.accepted_at = at
        await tx.flush()
        await audit.record(tx, by, Deed.order_accepted, f"order:{order.id}", at)


async def record_reveal(tx: Tx, order: Order, reason: str, by: StaffMember, at: datetime) -> None:
    """Somebody is about to see the whole address, and says why."""
    subject = f"order:{order.id}"
    await audit.record(tx, by, Deed.order_address_revealed, subject, at, reason=reason)


async def mark_shipped(tx: Tx, order: Order, at: datetime) -> None:
    """The first parcel left; a later one changes nothing here."""
    if order.status != OrderStatus.shipped:
        order.become(OrderStatus.shipped)
        order.shipped_at = at
    order.accepted_at = order.accepted_at or at
    await tx.flush()


@dataclass(frozen=True)
class Progress:
    """What the parcels and the after-sales of a paid order say together."""

    unsent: int
    """Pieces that are still to be sent."""
    in_transit_at: datetime | None = None
    """None: nothing moves yet."""
    signed_at: datetime | None = None
    """None: not all is signed for, or a later trace says otherwise."""
    confirm_by: datetime | None = None
    """None: the clock of receipt does not run."""


async def set_progress(tx: Tx, order: Order, progress: Progress) -> None:
    """Write down how far a paid order is; it was on its way since it was first said to be."""
    is_moving = progress.in_transit_at is not None
    order.in_transit_at = order.in_transit_at or progress.in_transit_at if is_moving else None
    order.signed_at, order.confirm_by = progress.signed_at, progress.confirm_by
    order.unsent = progress.unsent
    await tx.flush()


_OPEN_AFTER_SALE = (
    "EXISTS (SELECT FROM orders_after_sale a WHERE a.order_id = o.id"
    f" AND a.{one_of('status', OPEN_AFTER_SALES)})"
)
_PAST_AFTER_SALE = f"""
SELECT id FROM orders_order o
WHERE status = 'received' AND {AFTER_SALE_END} <= $1 AND NOT {_OPEN_AFTER_SALE}
ORDER BY {AFTER_SALE_END} LIMIT $2
"""  # noqa: S608


async def due_to_confirm(tx: Tx, at: datetime, limit: int) -> Sequence[UUID]:
    """Shipped orders whose receipt is assumed by now, oldest first."""
    rows = await tx.fetch(
        "SELECT id FROM orders_order WHERE status = 'shipped' AND confirm_by <= $1"
        " ORDER BY confirm_by LIMIT $2",
        at,
        limit,
    )
    return [row["id"] for row in rows]


async def receive(tx: Tx, received: Sequence[Order], at: datetime) -> None:
    """The buyer has the goods: by his word, or by time."""
    for order in received:
        order.become(OrderStatus.received)
        order.received_at, order.confirm_by = at, None
    await tx.flush()


async def past_after_sale_window(tx: Tx, at: datetime, limit: int) -> Sequence[UUID]:
    """Received orders whose after-sale days are over, oldest first: lock, then ask each."""
    rows = await tx.fetch(_PAST_AFTER_SALE, at, limit)
    return [row["id"] for row in rows]


async def complete(tx: Tx, order_ids: Collection[UUID], at: datetime) -> None:
    """Those of these orders that nothing can happen to any more are done."""
    for order in await lock_all(tx, order_ids):
        if order.status == OrderStatus.received and order.is_past_after_sale(at):
            order.become(OrderStatus.completed)
            order.completed_at = at
    await tx.flush()
