"""Asking providers in turn: what stays unclear for ever starves nothing that came after it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

from bofen.affiliates import withdrawals
from bofen.flows import pay as pay_flow
from bofen.flows import send_refund as refund_flow
from bofen.flows.pay import poll_payments
from bofen.flows.send_refund import poll_refunds
from bofen.gateways.payments.protocol import Paid, PaymentOutcome, PaymentState, RefundState
from bofen.kit.db import Database
from bofen.kit.errors import ProviderError
from bofen.kit.ids import new_id
from bofen.kit.money import Fen
from bofen.orders import service as orders
from bofen.payments.models import Attempt, Refund
from bofen.payments.rules import AttemptStatus, RefundStatus
from tests.conftest import NOON
from tests.flows.affiliates_given import RELEASED, an_affiliate, asked, available
from tests.flows.test_orders_paid import services_with
from tests.flows.trade_given import PROVIDER, a_buyer, a_sku, placed, status, wish, with_attempt

BATCHES = 3
"""As many times as the sweep has to come for everything that is stuck, and for what is not."""
EVERY = timedelta(seconds=30)


@dataclass
class Mute:
    """A provider that answers for some numbers only."""

    answers: dict[str, Any] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    async def query(self, number: str) -> Any:
        self.asked[number] += 1
        if number not in self.answers:
            raise ProviderError(PROVIDER, "NO_ANSWER", is_final=False)
        return self.answers[number]

    async def query_refund(self, number: str) -> RefundState:
        return cast("RefundState", await self.query(number))


def _stuck(batch: int) -> Sequence[str]:
    return [f"S{new_id().hex[:20]}{at}" for at in range((BATCHES - 1) * batch + 1)]


def _an_attempt(number: str, attempt_status: AttemptStatus) -> Attempt:
    is_paid = attempt_status is AttemptStatus.succeeded
    return Attempt(
        provider=PROVIDER,
        out_trade_no=number,
        order_id=new_id(),
        payer_ref="o",
        amount_fen=Fen(100),
        created_at=NOON - timedelta(hours=1),
        expires_at=NOON,
        cashier_ref="wx",
        status=attempt_status.value,
        transaction_id=number if is_paid else None,
    )


async def test_payments_that_stay_unclear_starve_no_other(own: Database) -> None:
    stuck = _stuck(pay_flow._POLLED_MAX)
    order = await placed(own, wish(await a_buyer(own), (await a_sku(own), 1)))
    notice = await with_attempt(own, order)
    async with own.transaction() as tx:
        for number in stuck:
            tx.add(_an_attempt(number, AttemptStatus.open))
    paid = Paid(notice.transaction_id, notice.amount_fen, NOON)
    provider = Mute({order.order_no: PaymentState(order.order_no, PaymentOutcome.paid, paid)})
    services = services_with(own, cast("Any", provider))

    for sweep in range(1, BATCHES + 1):
        await poll_payments(services, NOON + sweep * EVERY)

    assert await status(own, order.order_id) == "paid"
    assert {provider.asked[number] for number in stuck} <= {1, 2}


async def test_refunds_that_stay_unclear_starve_no_other(own: Database) -> None:
    stuck, last = _stuck(refund_flow._POLLED_MAX), "L1"
    async with own.transaction() as tx:
        for number in (*stuck, last):
            tx.add(_an_attempt(number, AttemptStatus.succeeded))
        await tx.flush()
        for number in (*stuck, last):
            tx.add(
                Refund(
                    provider=PROVIDER,
                    out_refund_no=number,
                    out_trade_no=number,
                    amount_fen=Fen(100),
                    reason="不想要了",
                    asked_at=NOON,
                    status=RefundStatus.sent.value,
                    called_at=NOON - timedelta(minutes=number != last),
                )
            )
    provider = Mute()
    services = services_with(own, cast("Any", provider))

    for sweep in range(2, BATCHES + 2):
        await poll_refunds(services, NOON + sweep * EVERY)

    assert provider.asked[last] == 1
    assert {provider.asked[number] for number in stuck} <= {1, 2}


async def test_withdrawals_are_claimed_in_turn(own: Database) -> None:
    """Whether the provider said anything or not: to the frozen nothing is sent for weeks."""
    made = set()
    for _ in range(3):
        affiliate_id = await an_affiliate(own)
        await available(own, affiliate_id, 5_000, RELEASED)
        made.add((await asked(own, affiliate_id, 5_000)).id)
    minute, claimed = timedelta(minutes=1), []

    for sweep in range(1, 5):
        async with own.transaction() as tx:
            at = RELEASED + 2 * sweep * minute
            claimed += await withdrawals.claim_to_poll(tx, at, minute, 1)

    assert set(claimed[:3]) == made
    assert claimed[3] == claimed[0]


async def test_orders_that_do_not_close_starve_no_other(own: Database) -> None:
    """A provider may never say whether money can still come in."""
    sku, buyers = await a_sku(own), [await a_buyer(own) for _ in range(3)]
    made = {(await placed(own, wish(buyer, (sku, 1)))).order_id for buyer in buyers}
    tried = []

    for sweep in range(1, 5):
        at = NOON + timedelta(hours=sweep)
        async with own.transaction() as tx:
            tried += await orders.due_to_close(tx, at, 1)
            assert await orders.begin_closing(tx, await orders.lock(tx, tried[-1]), at)

    assert set(tried[:3]) == made
    assert tried[3] == tried[0]
