"""Money goes back: asked for, decided, sent once, and everything it touched corrected exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.affiliates import commissions
from bofen.inventory import service as inventory
from bofen.kit.db import Tx
from bofen.kit.errors import IdReused
from bofen.kit.money import Fen
from bofen.orders import service as orders
from bofen.orders.errors import NotRefundable
from bofen.orders.events import OrderRefunded
from bofen.orders.models import AfterSale, Order
from bofen.orders.rules import (
    REFUNDABLE,
    AfterSaleKind,
    AfterSaleStatus,
    OrderStatus,
    RefundableLine,
    after_sale_deadline,
    gives_back_freight,
    refund_amount,
)
from bofen.payments import service as payments
from bofen.payments.models import Refund


@dataclass(frozen=True)
class ApplyAfterSale:
    """What a buyer asks for. `lines` pairs line numbers with quantities."""

    after_sale_id: UUID
    order_id: UUID
    buyer_id: UUID
    kind: AfterSaleKind
    reason: str
    lines: tuple[tuple[int, int], ...]
    asked: str


async def apply_after_sale(tx: Tx, wish: ApplyAfterSale, at: datetime) -> AfterSale:
    """A repeat finds the first; nothing is paid back before staff decide."""
    order = await orders.lock_of_buyer(tx, wish.buyer_id, wish.order_id)
    earlier = await tx.get(AfterSale, wish.after_sale_id)
    if earlier is not None:
        if (earlier.buyer_id, earlier.asked) != (wish.buyer_id, wish.asked):
            raise IdReused(str(wish.after_sale_id))
        return earlier
    if OrderStatus(order.status) not in REFUNDABLE:
        raise NotRefundable(order.id, "status")
    if order.received_at and after_sale_deadline(order.received_at) <= at:
        raise NotRefundable(order.id, "window")
    left = {line.no: line for line in await orders.refundable_lines(tx, order)}
    asked = dict(wish.lines)
    if len(asked) != len(wish.lines) or any(
        no not in left or quantity > left[no].refundable_quantity for no, quantity in asked.items()
    ):
        raise NotRefundable(order.id, "quantity")
    made = _after_sale(wish, order, left, asked, at)
    tx.add(made)
    await tx.flush()
    await commissions.block(tx, order.id)
    return made


def _after_sale(
    wish: ApplyAfterSale,
    order: Order,
    left: Mapping[int, RefundableLine],
    asked: Mapping[int, int],
    at: datetime,
) -> AfterSale:
    lines = [
        {"no": no, "quantity": quantity, "amount_fen": refund_amount(left[no], quantity)}
        for no, quantity in sorted(asked.items())
    ]
    is_unshipped = order.shipped_at is None
    with_freight = is_unshipped and gives_back_freight(list(left.values()), asked)
    freight_fen = order.freight_fen if with_freight else Fen(0)
    kind = AfterSaleKind.refund if is_unshipped else wish.kind
    return AfterSale(
        id=wish.after_sale_id,
        order_id=order.id,
        buyer_id=wish.buyer_id,
        asked=wish.asked,
        kind=kind.value,
        reason=wish.reason,
        lines=lines,
        amount_fen=Fen(sum(line["amount_fen"] for line in lines) + freight_fen),
        freight_fen=freight_fen,
        status=AfterSaleStatus.applied.value,
        applied_at=at,
    )


async def withdraw_after_sale(
    tx: Tx, buyer_id: UUID, after_sale_id: UUID, at: datetime
) -> AfterSale:
    """The buyer keeps the goods after all."""
    await orders.after_sale_of_buyer(tx, buyer_id, after_sale_id)
    _, after_sale = await orders.lock_after_sale(tx, after_sale_id)
    after_sale.become(AfterSaleStatus.withdrawn)
    after_sale.decided_at = at
    await tx.flush()
    await commissions.unblock(tx, after_sale.order_id, at)
    return after_sale


async def approve(tx: Tx, after_sale_id: UUID, at: datetime) -> AfterSale:
    """Staff agree: the goods come back first, or the money goes back at once."""
    order, after_sale = await orders.lock_after_sale(tx, after_sale_id)
    after_sale.decided_at = at
    if after_sale.kind == AfterSaleKind.return_and_refund:
        after_sale.become(AfterSaleStatus.returning)
    else:
        await _start_refund(tx, order, after_sale, at)
    await tx.flush()
    return after_sale


async def refuse(tx: Tx, after_sale_id: UUID, reason: str, at: datetime) -> AfterSale:
    _, after_sale = await orders.lock_after_sale(tx, after_sale_id)
    after_sale.become(AfterSaleStatus.refused)
    after_sale.decided_at, after_sale.refused_reason = at, reason
    await tx.flush()
    await commissions.unblock(tx, after_sale.order_id, at)
    return after_sale


async def goods_sent_back(
    tx: Tx, buyer_id: UUID, after_sale_id: UUID, carrier: str, tracking_no: str
) -> AfterSale:
    await orders.after_sale_of_buyer(tx, buyer_id, after_sale_id)
    _, after_sale = await orders.lock_after_sale(tx, after_sale_id)
    after_sale.become(AfterSaleStatus.returned)
    after_sale.return_carrier, after_sale.return_tracking_no = carrier, tracking_no
    await tx.flush()
    return after_sale


async def goods_inspected(
    tx: Tx, after_sale_id: UUID, at: datetime, *, is_restocked: bool
) -> AfterSale:
    """The goods are here; whether they go back on the shelf is decided apart from the money."""
    order, after_sale = await orders.lock_after_sale(tx, after_sale_id)
    await _start_refund(tx, order, after_sale, at)
    if is_restocked:
        await _restock(tx, order, after_sale, at)
    await tx.flush()
    return after_sale


async def _start_refund(tx: Tx, order: Order, after_sale: AfterSale, at: datetime) -> None:
    after_sale.become(AfterSaleStatus.refunding)
    attempt = await payments.attempt_of(tx, order.id)
    assert attempt is not None
    if after_sale.amount_fen == 0:
        await _settle(tx, order, after_sale, at)
        return
    await payments.ask_refund(
        tx,
        Refund(
            out_refund_no=f"R{after_sale.id.hex}",
            out_trade_no=attempt.out_trade_no,
            amount_fen=after_sale.amount_fen,
            reason=after_sale.reason[:80],
            asked_at=at,
            after_sale_id=after_sale.id,
        ),
    )


async def refund_succeeded(tx: Tx, out_refund_no: str, at: datetime) -> None:
    """The money has reached the buyer. Callback and query take the same way; a repeat is quiet."""
    found = await tx.get(Refund, out_refund_no)
    if found is None:
        return
    if found.after_sale_id is None:
        refund, _ = await payments.lock_refund(tx, out_refund_no)
        refund.status, refund.succeeded_at = "succeeded", refund.succeeded_at or at
        return
    order, after_sale = await orders.lock_after_sale(tx, found.after_sale_id)
    refund, _ = await payments.lock_refund(tx, out_refund_no)
    if refund.status == "succeeded":
        return
    refund.status, refund.succeeded_at = "succeeded", at
    await _settle(tx, order, after_sale, at)


async def _settle(tx: Tx, order: Order, after_sale: AfterSale, at: datetime) -> None:
    """Lines, order, commission and stock, all after the same refund."""
    by_no = {line.no: line for line in order.lines}
    for asked in after_sale.lines:
        line = by_no[asked["no"]]
        line.refunded_quantity += asked["quantity"]
        line.refunded_fen = Fen(line.refunded_fen + asked["amount_fen"])
    after_sale.become(AfterSaleStatus.done)
    after_sale.refunded_at = at
    is_whole = all(line.refunded_quantity == line.quantity for line in order.lines)
    if is_whole:
        order.become(OrderStatus.refunded)
    await tx.flush()
    if order.shipped_at is None and not after_sale.is_restocked:
        await _restock(tx, order, after_sale, at)
        await tx.flush()
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


async def _restock(tx: Tx, order: Order, after_sale: AfterSale, at: datetime) -> None:
    by_no = {line.no: line for line in order.lines}
    lines = [(by_no[asked["no"]].sku_id, asked["quantity"]) for asked in after_sale.lines]
    await inventory.put_back(tx, after_sale.id, lines, at)
    after_sale.is_restocked = True
