"""Orders are paid: everything that must be true before the provider is told "received".

The callback and the query take the same way. Lock order: order → payment → stock → ledger.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bofen.affiliates import commissions
from bofen.inventory import service as inventory
from bofen.kit import log
from bofen.kit.db import Tx
from bofen.kit.errors import Refusal
from bofen.kit.money import Fen
from bofen.orders import service as orders
from bofen.orders.events import OrderPaid
from bofen.orders.models import Order
from bofen.orders.rules import OrderStatus
from bofen.payments import service as payments
from bofen.payments.errors import UnknownPayment
from bofen.payments.models import Attempt, Refund
from bofen.payments.service import PaidNotice

_log = log.get(__name__)


async def orders_paid(tx: Tx, notices: Sequence[PaidNotice], at: datetime) -> list[UUID | Refusal]:
    """The paid order of each notice, or why nothing changed. A repeat answers like the first."""
    numbers = {notice.out_trade_no for notice in notices}
    order_of = await payments.orders_of(tx, numbers)
    known = {order.id: order for order in await orders.lock_all(tx, set(order_of.values()))}
    attempts = await payments.lock_attempts(tx, numbers)
    answers: list[UUID | Refusal] = []
    paid: list[Order] = []
    late: list[Attempt] = []
    for notice in notices:
        attempt = attempts.get(notice.out_trade_no)
        if attempt is None:
            answers.append(UnknownPayment(notice.out_trade_no))
            continue
        order = known[attempt.order_id]
        answers.append(order.id)
        try:
            is_first = payments.succeed(attempt, notice)
        except Refusal as refusal:
            _log.error("payment_amount_differs", **refusal.facts())
            answers[-1] = refusal
            continue
        if not is_first:
            continue
        if order.status == OrderStatus.placed:
            order.become(OrderStatus.paid)
            order.paid_at = notice.paid_at
            paid.append(order)
        else:
            late.append(attempt)
    await tx.flush()
    await _sell(tx, paid, at)
    for attempt in late:
        await _give_back(tx, attempt, at)
    return answers


async def _sell(tx: Tx, paid: Sequence[Order], at: datetime) -> None:
    """What was held leaves the warehouse; what was earned is promised."""
    if not paid:
        return
    await inventory.commit(tx, [line for order in paid for line in order.held_lines()], at)
    await commissions.accrue(
        tx,
        [
            commissions.SaleLine(
                order_id=order.id,
                line_no=line.no,
                product_id=line.product_id,
                category_id=line.category_id,
                base_fen=line.paid_fen,
                cost_fen=None if line.cost_fen is None else Fen(line.cost_fen * line.quantity),
                affiliate_id=order.affiliate_id,
                attribution=order.attribution,
                paid_at=order.paid_at,
            )
            for order in paid
            if order.affiliate_id and order.paid_at
            for line in order.lines
        ],
        at,
    )
    await tx.emit(
        *(OrderPaid(order.id, order.buyer_id, order.room_id, order.total_fen) for order in paid)
    )


async def _give_back(tx: Tx, attempt: Attempt, at: datetime) -> None:
    """Money came after the order was closed: all of it goes back."""
    await payments.ask_refund(
        tx,
        Refund(
            out_refund_no=f"L{attempt.out_trade_no}",
            out_trade_no=attempt.out_trade_no,
            amount_fen=attempt.amount_fen,
            reason="订单已关闭，自动退款",
            asked_at=at,
        ),
    )
