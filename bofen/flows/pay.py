"""A buyer pays: number first, then the provider is asked, outside of any transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bofen.flows.orders_paid import orders_paid
from bofen.flows.services import Services
from bofen.gateways.wechat_pay.protocol import PaymentState, PrepayAsked
from bofen.identity import service as identity
from bofen.kit import log
from bofen.kit.db import Tx
from bofen.kit.errors import ProviderError, Refusal
from bofen.kit.money import Fen
from bofen.orders import service as orders
from bofen.orders.errors import OrderNotPayable
from bofen.orders.rules import OrderStatus
from bofen.payments import service as payments
from bofen.payments.errors import NoWeChatAccount
from bofen.payments.models import Attempt
from bofen.payments.service import PaidNotice

_log = log.get(__name__)
_POLL_AFTER = timedelta(seconds=20)
_POLLED_MAX = 50
NOTIFY_PATH = "/api/callbacks/wechat-pay"


@dataclass(frozen=True)
class PaySheet:
    """What the client hands to WeChat, and until when."""

    sheet: dict[str, str]
    prepay_id: str
    expires_at: datetime


async def pay(services: Services, buyer_id: UUID, order_id: UUID, at: datetime) -> PaySheet:
    async def open_attempt(tx: Tx) -> tuple[Attempt, str]:
        order = await orders.lock_of_buyer(tx, buyer_id, order_id)
        if order.status != OrderStatus.placed or order.closing_at or order.pay_by <= at:
            raise OrderNotPayable(order_id)
        openid = await identity.openid_of(tx, buyer_id, services.settings.wechat_appid)
        if openid is None:
            raise NoWeChatAccount
        attempt = Attempt(
            out_trade_no=order.order_no,
            order_id=order.id,
            openid=openid,
            amount_fen=order.total_fen,
            created_at=at,
            expires_at=order.pay_by,
        )
        return await payments.open_attempt(tx, attempt), order.lines[0].title

    attempt, title = await services.db.run(open_attempt)
    prepay_id = attempt.prepay_id or await services.wechat_pay.prepay(
        PrepayAsked(
            out_trade_no=attempt.out_trade_no,
            description=title[:60],
            amount_fen=attempt.amount_fen,
            openid=attempt.openid,
            expires_at=attempt.expires_at,
            notify_url=services.settings.shop_url + NOTIFY_PATH,
        )
    )
    async with services.db.transaction() as tx:
        await payments.keep_prepay(tx, attempt.out_trade_no, prepay_id)
    sheet = services.wechat_pay.pay_sheet(prepay_id, at)
    return PaySheet(sheet, prepay_id, attempt.expires_at)


async def check_payment(services: Services, buyer_id: UUID, order_id: UUID, at: datetime) -> None:
    """Ask the provider about the buyer's own order: the second leg beside the callback."""
    async with services.db.transaction() as tx:
        order = await orders.of_buyer(tx, buyer_id, order_id)
        attempt = await payments.attempt_of(tx, order_id)
    if attempt and attempt.status == "open" and order.status == OrderStatus.placed:
        await learn(services, attempt.out_trade_no, at)


async def learn(services: Services, out_trade_no: str, at: datetime) -> PaymentState | None:
    """What the provider knows of a number; None when it never heard of it or does not answer."""
    try:
        state = await services.wechat_pay.query(out_trade_no)
    except ProviderError as error:
        _log.info("payment_query_failed", code=error.code)
        return None
    notice = notice_of(state)
    if notice:
        answers = await services.db.run(lambda tx: orders_paid(tx, [notice], at))
        if isinstance(answers[0], Refusal):
            _log.error("payment_refused", code=answers[0].code, out_trade_no=out_trade_no)
    return state


def notice_of(state: PaymentState) -> PaidNotice | None:
    """A query's answer, where it says that money was paid."""
    if state.trade_state not in ("SUCCESS", "REFUND"):
        return None
    assert state.transaction_id is not None
    assert state.amount_fen is not None
    assert state.success_at is not None
    return PaidNotice(
        state.out_trade_no, state.transaction_id, Fen(state.amount_fen), state.success_at
    )


async def poll_payments(services: Services, at: datetime) -> None:
    """Callbacks get lost: ask about the numbers that stay open."""
    async with services.db.transaction() as tx:
        numbers = await payments.open_numbers(tx, at - _POLL_AFTER, _POLLED_MAX)
    for out_trade_no in numbers:
        await learn(services, out_trade_no, at)
