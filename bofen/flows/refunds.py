"""Money goes back: asked for, decided, sent once, and everything it touched corrected exactly."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bofen.affiliates import commissions
from bofen.identity.rules import StaffMember
from bofen.inventory import service as inventory
from bofen.kit.db import Tx
from bofen.orders import after_sales
from bofen.orders import service as orders
from bofen.orders.after_sales import ApplyAfterSale
from bofen.orders.events import OrderRefunded
from bofen.orders.models import AfterSale, Order
from bofen.payments import refunds
from bofen.payments.refunds import RefundDraft
from bofen.payments.rules import Number


async def apply_after_sale(tx: Tx, wish: ApplyAfterSale, at: datetime) -> AfterSale:
    """A repeat finds the first; nothing is paid back before staff decide."""
    order = await orders.lock_of_buyer(tx, wish.request.by, wish.order_id)
    earlier = await after_sales.find_earlier(tx, wish)
    if earlier is not None:
        return earlier
    made = await after_sales.create(tx, order, wish, at)
    await commissions.block(tx, order.id)
    return made


async def withdraw_after_sale(
    tx: Tx, buyer_id: UUID, after_sale_id: UUID, at: datetime
) -> AfterSale:
    """The buyer keeps the goods after all."""
    await after_sales.of_buyer(tx, buyer_id, after_sale_id)
    _, after_sale = await after_sales.lock(tx, after_sale_id)
    await after_sales.withdraw(tx, after_sale, at)
    await commissions.unblock(tx, after_sale.order_id, at)
    return after_sale


async def approve(tx: Tx, after_sale_id: UUID, by: StaffMember, at: datetime) -> AfterSale:
    """Staff agree: the goods come back first, or the money goes back at once."""
    order, after_sale = await after_sales.lock(tx, after_sale_id)
    if await after_sales.approve(tx, after_sale, by, at):
        await _pay_back(tx, order, after_sale, at)
    return after_sale


async def refuse(
    tx: Tx, after_sale_id: UUID, reason: str, by: StaffMember, at: datetime
) -> AfterSale:
    """Staff say no; what the order earned is free again."""
    _, after_sale = await after_sales.lock(tx, after_sale_id)
    await after_sales.refuse(tx, after_sale, reason, by, at)
    await commissions.unblock(tx, after_sale.order_id, at)
    return after_sale


async def goods_sent_back(
    tx: Tx, buyer_id: UUID, after_sale_id: UUID, carrier: str, tracking_no: str
) -> AfterSale:
    """The buyer says with which parcel the goods come back."""
    await after_sales.of_buyer(tx, buyer_id, after_sale_id)
    _, after_sale = await after_sales.lock(tx, after_sale_id)
    await after_sales.send_back(tx, after_sale, carrier, tracking_no)
    return after_sale


async def goods_inspected(
    tx: Tx, after_sale_id: UUID, by: StaffMember, at: datetime, *, is_restocked: bool
) -> AfterSale:
    """The goods are here; whether they go back on the shelf is decided apart from the money."""
    order, after_sale = await after_sales.lock(tx, after_sale_id)
    await after_sales.inspect(tx, after_sale, by, at, is_restocked=is_restocked)
    if is_restocked:
        await _put_back(tx, order, after_sale, at)
    await _pay_back(tx, order, after_sale, at)
    return after_sale


async def _pay_back(tx: Tx, order: Order, after_sale: AfterSale, at: datetime) -> None:
    """The refund's number is written; pieces that cost nothing are done at once."""
    if after_sale.amount_fen == 0:
        await _settle(tx, order, after_sale, at)
        return
    draft = RefundDraft(order.id, after_sale.id, after_sale.amount_fen, after_sale.reason)
    await refunds.ask(tx, draft, at)


async def refund_succeeded(tx: Tx, number: Number, at: datetime) -> None:
    """The money has reached the buyer. Callback and query take the same way; a repeat is quiet."""
    refund = await refunds.find(tx, number)
    if refund is None:
        return
    if refund.after_sale_id is None:
        await refunds.succeed(tx, number, at)
        return
    order, after_sale = await after_sales.lock(tx, refund.after_sale_id)
    if await refunds.succeed(tx, number, at):
        await _settle(tx, order, after_sale, at)


async def _settle(tx: Tx, order: Order, after_sale: AfterSale, at: datetime) -> None:
    """Lines, order, commission and stock, all after the same refund."""
    is_whole = await after_sales.finish(tx, order, after_sale, at)
    if order.shipped_at is None and not after_sale.is_restocked:
        await after_sales.mark_restocked(tx, after_sale)
        await _put_back(tx, order, after_sale, at)
    await commissions.reverse(tx, _refunded(order, after_sale), at)
    await commissions.unblock(tx, order.id, at)
    await tx.emit(OrderRefunded(order.id, after_sale.amount_fen, is_whole))


def _refunded(order: Order, after_sale: AfterSale) -> Sequence[commissions.RefundedLine]:
    touched = {asked["no"] for asked in after_sale.lines}
    return [
        commissions.RefundedLine(order.id, line.no, after_sale.id, line.refunded_fen)
        for line in order.lines
        if line.no in touched
    ]


async def _put_back(tx: Tx, order: Order, after_sale: AfterSale, at: datetime) -> None:
    by_no = {line.no: line for line in order.lines}
    lines = [(by_no[asked["no"]].sku_id, asked["quantity"]) for asked in after_sale.lines]
    await inventory.put_back(tx, after_sale.id, lines, at)
