"""Money goes back: asked for, decided, sent once, and everything it touched corrected exactly."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bofen.affiliates import commissions
from bofen.catalog import sold
from bofen.flows import order_progress
from bofen.identity.rules import StaffMember
from bofen.inventory import service as inventory
from bofen.kit.crypto import Vault
from bofen.kit.db import Tx
from bofen.orders import after_sales
from bofen.orders import service as orders
from bofen.orders.after_sales import ApplyAfterSale
from bofen.orders.events import OrderRefunded
from bofen.orders.models import AfterSale, Order
from bofen.payments import desk, refunds
from bofen.payments.refunds import RefundDraft
from bofen.payments.rules import Number
from bofen.shipping import service as shipping


async def apply_after_sale(tx: Tx, wish: ApplyAfterSale, at: datetime) -> AfterSale:
    """A repeat finds the first; nothing is paid back before staff decide."""
    order = await orders.lock_of_buyer(tx, wish.request.by, wish.order_id)
    earlier = await after_sales.find_earlier(tx, wish)
    if earlier is not None:
        return earlier
    sent = shipping.sent_by_line(await shipping.of_order(tx, order.id))
    made = await after_sales.create(tx, order, wish, sent, at)
    await commissions.block(tx, order.id)
    await order_progress.update(tx, order, at)
    return made


async def withdraw_after_sale(
    tx: Tx, buyer_id: UUID, after_sale_id: UUID, at: datetime
) -> AfterSale:
    """The buyer keeps the goods after all."""
    await after_sales.of_buyer(tx, buyer_id, after_sale_id)
    order, after_sale = await after_sales.lock(tx, after_sale_id)
    await after_sales.withdraw(tx, after_sale, at)
    await _ended(tx, order, at)
    return after_sale


async def approve(tx: Tx, after_sale_id: UUID, by: StaffMember, at: datetime) -> AfterSale:
    """Staff agree: the goods come back first, or the money goes back at once."""
    order, after_sale = await after_sales.lock(tx, after_sale_id)
    if await after_sales.approve(tx, order, after_sale, by, at):
        await _pay_back(tx, order, after_sale, at)
    return after_sale


async def refuse(
    tx: Tx, after_sale_id: UUID, reason: str, by: StaffMember, at: datetime
) -> AfterSale:
    """Staff say no; what the order earned is free again."""
    order, after_sale = await after_sales.lock(tx, after_sale_id)
    await after_sales.refuse(tx, after_sale, reason, by, at)
    await _ended(tx, order, at)
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
    await after_sales.inspect(tx, order, after_sale, by, at, is_restocked=is_restocked)
    await _pay_back(tx, order, after_sale, at)
    return after_sale


async def _pay_back(tx: Tx, order: Order, after_sale: AfterSale, at: datetime) -> None:
    """Decided for good: what never left is for sale again, and the refund's number is written.

    Pieces that cost nothing are done at once.
    """
    await _put_back(tx, order, after_sale, at)
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


async def settle_by_hand(
    tx: Tx, vault: Vault, number: Number, by: StaffMember, at: datetime
) -> None:
    """The second person confirms that the money went back another way: all follows as if paid."""
    refund = await refunds.find(tx, number)
    if refund is None or refund.after_sale_id is None:
        await desk.settle(tx, vault, number, by, at)
        return
    order, after_sale = await after_sales.lock(tx, refund.after_sale_id)
    await desk.settle(tx, vault, number, by, at)
    await _settle(tx, order, after_sale, at)


async def _settle(tx: Tx, order: Order, after_sale: AfterSale, at: datetime) -> None:
    """Lines, order and commission, all after the same refund."""
    # Earlier versions put goods back only now; for the others this is a repeat.
    await _put_back(tx, order, after_sale, at)
    is_whole = await after_sales.finish(tx, order, after_sale, at)
    product_of = {line.no: line.product_id for line in order.lines}
    await sold.note(tx, [(product_of[x["no"]], -x["quantity"]) for x in after_sale.lines])
    await commissions.reverse(tx, _refunded(order, after_sale), at)
    await _ended(tx, order, at)
    await tx.emit(OrderRefunded(order.id, after_sale.amount_fen, is_whole))


async def _put_back(tx: Tx, order: Order, after_sale: AfterSale, at: datetime) -> None:
    """Once for each after-sale: a repeat moves nothing."""
    sku_of = {line.no: line.sku_id for line in order.lines}
    shelf = after_sales.back_on_the_shelf(after_sale)
    if shelf:
        pieces = [(sku_of[no], quantity) for no, quantity in shelf.items()]
        await inventory.put_back(tx, after_sale.id, pieces, at)


async def _ended(tx: Tx, order: Order, at: datetime) -> None:
    """One after-sale less: what the order earned may be released, and its clock goes on."""
    await commissions.unblock(tx, order.id, at)
    await order_progress.update(tx, order, at)


def _refunded(order: Order, after_sale: AfterSale) -> Sequence[commissions.RefundedLine]:
    touched = {asked["no"] for asked in after_sale.lines}
    return [
        commissions.RefundedLine(order.id, line.no, after_sale.id, line.refunded_fen)
        for line in order.lines
        if line.no in touched
    ]
