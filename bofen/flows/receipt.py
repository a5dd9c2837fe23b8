"""The buyer has the goods: by his word, or by time. The holding days of the commission begin."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from bofen.affiliates import commissions
from bofen.flows.services import Services
from bofen.kit.db import Tx
from bofen.orders import service as orders
from bofen.orders.errors import AfterSaleOpen
from bofen.orders.models import Order
from bofen.orders.rules import (
    AFTER_SALE_DAYS,
    CONFIRM_AFTER_SHIPPED,
    CONFIRM_AFTER_SIGNED,
    OrderStatus,
    after_sale_deadline,
)
from bofen.settings import service as settings

_CHUNK = 200


async def confirm_receipt(tx: Tx, buyer_id: UUID, order_id: UUID, at: datetime) -> Order:
    """A repeat changes nothing. An open after-sale has to end first."""
    order = await orders.lock_of_buyer(tx, buyer_id, order_id)
    if order.received_at is None:
        if await orders.open_after_sales(tx, order_id):
            raise AfterSaleOpen(order_id)
        await _receive(tx, [order], at)
    return order


async def auto_confirm(services: Services, at: datetime) -> None:
    """Ten days after shipment or seven after the signature; paused by an open after-sale."""
    await services.db.run(lambda tx: _auto_confirm(tx, at))


async def complete(services: Services, at: datetime) -> None:
    """Orders whose after-sale window has passed are done."""

    async def story(tx: Tx) -> None:
        rows = await tx.fetch(
            _PAST_THEIR_WINDOW,
            at - timedelta(days=AFTER_SALE_DAYS),
            _CHUNK,
        )
        for order in await orders.lock_all(tx, [row["id"] for row in rows]):
            is_due = order.received_at and after_sale_deadline(order.received_at) <= at
            if is_due and order.status == OrderStatus.received:
                order.become(OrderStatus.completed)
                order.completed_at = at

    await services.db.run(story)


_PAST_THEIR_WINDOW = """
SELECT id FROM orders_order o WHERE status = 'received' AND received_at < $1
  AND NOT EXISTS (
    SELECT FROM orders_after_sale a WHERE a.order_id = o.id
      AND a.status IN ('applied', 'returning', 'returned', 'refunding'))
ORDER BY received_at LIMIT $2
"""
_TO_CONFIRM = """
SELECT id FROM orders_order o WHERE status = 'shipped' AND (shipped_at <= $1 OR signed_at <= $2)
  AND NOT EXISTS (
    SELECT FROM orders_after_sale a WHERE a.order_id = o.id
      AND a.status IN ('applied', 'returning', 'returned', 'refunding'))
ORDER BY shipped_at LIMIT $3
"""


async def _auto_confirm(tx: Tx, at: datetime) -> None:
    rows = await tx.fetch(
        _TO_CONFIRM,
        at - CONFIRM_AFTER_SHIPPED,
        at - CONFIRM_AFTER_SIGNED,
        _CHUNK,
    )
    locked = await orders.lock_all(tx, [row["id"] for row in rows])
    await _receive(tx, [order for order in locked if order.status == OrderStatus.shipped], at)


async def _receive(tx: Tx, received: Sequence[Order], at: datetime) -> None:
    for order in received:
        order.become(OrderStatus.received)
        order.received_at = at
    await tx.flush()
    payout = (await settings.in_force(tx, at)).payout
    order_ids = [order.id for order in received]
    await commissions.receipt_confirmed(tx, order_ids, payout.holding_days, at)
