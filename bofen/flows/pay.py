"""A buyer pays: number first, then the provider is asked, outside of any transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bofen.flows.orders_paid import orders_paid
from bofen.flows.services import Services
from bofen.gateways.payments.protocol import (
    PaymentAsked,
    PaymentOutcome,
    PaymentProvider,
    PaymentState,
)
from bofen.identity import service as identity
from bofen.kit import log
from bofen.kit.db import Tx
from bofen.kit.errors import ProviderError, Refusal
from bofen.kit.text import shortened
from bofen.orders import service as orders
from bofen.orders.errors import OrderNotPayable
from bofen.payments import service as payments
from bofen.payments.errors import NoWeChatAccount
from bofen.payments.models import Attempt
from bofen.payments.rules import Number

_log = log.get(__name__)
_POLL_AFTER = timedelta(seconds=20)
_POLLED_MAX = 50
_DESCRIPTION_MAX = 60


@dataclass(frozen=True)
class PaySheet:
    """What the client hands to the provider's cashier, and until when it is good."""

    sheet: dict[str, str]
    expires_at: datetime


async def pay(
    services: Services, buyer_id: UUID, order_id: UUID, provider: str, at: datetime
) -> PaySheet:
    """Open the cashier of the buyer's own order.

    Raises `OrderNotPayable`, `NoWeChatAccount` and, when the provider is silent, `ProviderError`:
    the next try takes the same number.
    """
    cashier = services.payments[provider]

    async def open_attempt(tx: Tx) -> tuple[Attempt, str]:
        order = await orders.lock_of_buyer(tx, buyer_id, order_id)
        if not order.is_payable(at):
            raise OrderNotPayable(order_id)
        draft = payments.AttemptDraft(
            order_id=order.id,
            order_no=order.order_no,
            provider=provider,
            payer_ref=await _payer_ref(tx, cashier, buyer_id),
            amount_fen=order.total_fen,
            expires_at=order.pay_by,
        )
        return await payments.open_attempt(tx, draft, at), order.lines[0].title

    attempt, title = await services.db.run(open_attempt)
    cashier_ref = attempt.cashier_ref or await cashier.open_payment(
        PaymentAsked(
            out_trade_no=attempt.out_trade_no,
            description=shortened(title, _DESCRIPTION_MAX),
            amount_fen=attempt.amount_fen,
            expires_at=attempt.expires_at,
            payer_ref=attempt.payer_ref,
        )
    )
    async with services.db.transaction() as tx:
        await payments.keep_cashier(tx, attempt.number, cashier_ref)
    return PaySheet(cashier.pay_sheet(cashier_ref, at), attempt.expires_at)


async def _payer_ref(tx: Tx, cashier: PaymentProvider, buyer_id: UUID) -> str | None:
    if cashier.payer_appid is None:
        return None
    openid = await identity.openid_of(tx, buyer_id, cashier.payer_appid)
    if openid is None:
        raise NoWeChatAccount
    return openid


async def check_payment(services: Services, buyer_id: UUID, order_id: UUID, at: datetime) -> None:
    """Ask the providers about the buyer's own order: the second leg beside the callback."""
    async with services.db.transaction() as tx:
        await orders.of_buyer(tx, buyer_id, order_id)
        waiting = await payments.open_attempts(tx, order_id)
    for attempt in waiting:
        await learn(services, attempt.number, at)


async def learn(services: Services, number: Number, at: datetime) -> PaymentState | None:
    """What the provider knows of a number, acted on; None when it does not answer."""
    try:
        state = await services.payments[number.provider].query(number.no)
    except ProviderError as error:
        _log.info("payment_query_failed", code=error.code)
        return None
    await payment_told(services, number.provider, state, at)
    return state


async def payment_told(
    services: Services, provider: str, state: PaymentState, at: datetime
) -> None:
    """Act on an answer about a payment; what cannot be true is logged and changes nothing."""
    notice = payments.paid_notice(provider, state)
    if notice:
        answers = await services.db.run(lambda tx: orders_paid(tx, [notice], at))
        if isinstance(answers[0], Refusal):
            _log.error("payment_refused", code=answers[0].code, out_trade_no=notice.out_trade_no)
    elif state.outcome is PaymentOutcome.closed:
        number = Number(provider, state.out_trade_no)
        await services.db.run(lambda tx: payments.attempt_closed(tx, number))


async def poll_payments(services: Services, at: datetime) -> None:
    """Callbacks get lost: ask about the numbers that stay open."""
    async with services.db.transaction() as tx:
        numbers = await payments.claim_to_poll(tx, at, _POLL_AFTER, _POLLED_MAX)
    for number in numbers:
        await learn(services, number, at)
