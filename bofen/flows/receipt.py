"""The buyer has the goods: by his word, or by time. The holding days of the commission begin."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bofen.affiliates import commissions
from bofen.flows import order_progress
from bofen.flows.order_progress import left_to_send
from bofen.flows.services import Services
from bofen.kit.db import Tx
from bofen.orders import after_sales
from bofen.orders import service as orders
from bofen.orders.errors import AfterSaleOpen, NotAllSent
from bofen.orders.models import Order
from bofen.orders.rules import OrderStatus
from bofen.settings import service as settings
from bofen.shipping import service as shipping

_CHUNK = 200


async def confirm_receipt(tx: Tx, buyer_id: UUID, order_id: UUID, at: datetime) -> Order:
    """A repeat changes nothing.

    Raises `AfterSaleOpen`, and `NotAllSent` while something is still to be sent: what is received
    cannot be shipped any more.
    """
    order = await orders.lock_of_buyer(tx, buyer_id, order_id)
    if order.received_at is None:
        if await after_sales.open_of_order(tx, order_id):
            raise AfterSaleOpen(order_id)
        if await left_to_send(tx, order, await shipping.of_order(tx, order_id)):
            raise NotAllSent(order_id)
        await _receive(tx, [order], at)
    return order


async def auto_confirm(services: Services, at: datetime) -> None:
    """Sweep: receipt is assumed when the days that the order was sold under have passed."""
    await services.db.run(lambda tx: _auto_confirm(tx, at))


async def _auto_confirm(tx: Tx, at: datetime) -> None:
    due = []
    for order in await orders.lock_all(tx, await orders.due_to_confirm(tx, at, _CHUNK)):
        await order_progress.update(tx, order, at)
        if order.status == OrderStatus.shipped and order.confirm_by and order.confirm_by <= at:
            due.append(order)
    await _receive(tx, due, at)


async def _receive(tx: Tx, received: Sequence[Order], at: datetime) -> None:
    await orders.receive(tx, received, at)
    payout = (await settings.in_force(tx, at)).payout
    order_ids = [order.id for order in received]
    await commissions.receipt_confirmed(tx, order_ids, payout.holding_days, at)


async def complete(services: Services, at: datetime) -> None:
    """Sweep: orders whose after-sale window has passed are done."""

    async def story(tx: Tx) -> None:
        due = await orders.past_after_sale_window(tx, at, _CHUNK)
        await orders.complete(tx, due, at)

    await services.db.run(story)
