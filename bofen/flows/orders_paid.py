"""Orders are paid: everything that must be true before the provider is told "received".

The callback and the query take the same way. Lock order: order → payment → stock → ledger.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from bofen.affiliates import commissions
from bofen.catalog import sold
from bofen.inventory import service as inventory
from bofen.kit import log
from bofen.kit.db import Tx
from bofen.kit.errors import Refusal
from bofen.kit.money import Fen
from bofen.orders import service as orders
from bofen.orders.events import OrderPaid
from bofen.orders.models import Order
from bofen.payments import refunds
from bofen.payments import service as payments
from bofen.payments.errors import UnknownPayment
from bofen.payments.models import Attempt
from bofen.payments.rules import Number
from bofen.payments.service import PaidNotice
from bofen.reports import days

_log = log.get(__name__)


@dataclass(frozen=True)
class _Taken:
    """What a batch of notices comes to: the answers, what is sold now, and what came too late."""

    answers: list[UUID | Refusal] = field(default_factory=list)
    paid: list[Order] = field(default_factory=list)
    late: list[Attempt] = field(default_factory=list)


async def orders_paid(tx: Tx, notices: Sequence[PaidNotice], at: datetime) -> list[UUID | Refusal]:
    """The paid order of each notice, or why nothing changed. A repeat answers like the first.

    One refusal never spoils its neighbours: their money is taken in all the same.
    """
    numbers = {notice.number for notice in notices}
    order_of = await payments.orders_of(tx, numbers)
    locked = {order.id: order for order in await orders.lock_all(tx, set(order_of.values()))}
    taken = _take(notices, await payments.lock_attempts(tx, numbers), locked)
    await tx.flush()
    pairs = zip(notices, taken.answers, strict=True)
    acted_on = [notice for notice, answer in pairs if not isinstance(answer, Refusal)]
    await payments.keep_notices(tx, acted_on, at)
    await _sell(tx, taken.paid, at)
    for attempt in taken.late:
        await refunds.give_back(tx, attempt, at)
    await orders.count_sales(tx, taken.paid)
    return taken.answers


def _take(
    notices: Sequence[PaidNotice],
    attempts: Mapping[Number, Attempt],
    locked: Mapping[UUID, Order],
) -> _Taken:
    taken = _Taken()
    for notice in notices:
        attempt = attempts.get(notice.number)
        if attempt is None:
            taken.answers.append(UnknownPayment(notice.out_trade_no))
            continue
        is_first = payments.succeed(attempt, notice)
        if isinstance(is_first, Refusal):
            _log.error(is_first.code, **is_first.facts())
            taken.answers.append(is_first)
            continue
        order = locked[attempt.order_id]
        taken.answers.append(order.id)
        if is_first and orders.mark_paid(order, notice.paid_at):
            taken.paid.append(order)
        elif is_first:
            taken.late.append(attempt)
    return taken


async def _sell(tx: Tx, paid: Sequence[Order], at: datetime) -> None:
    """What was held leaves the warehouse; what was earned is promised; a past day is reopened."""
    if not paid:
        return
    await days.reopen(tx, [order.paid_at for order in paid if order.paid_at], at)
    await inventory.commit(tx, [line for order in paid for line in order.held_lines()], at)
    await sold.note(tx, [line for order in paid for line in order.sold()])
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
