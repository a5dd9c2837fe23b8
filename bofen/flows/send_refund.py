"""Refunds are sent to the provider: one number each, a minute apart, and asked after until done."""

from datetime import datetime, timedelta
from typing import Any

from bofen.flows.refunds import refund_succeeded
from bofen.flows.services import Services
from bofen.gateways.wechat_pay.protocol import RefundAsked, RefundState
from bofen.kit import clock, log
from bofen.kit.db import Tx
from bofen.kit.errors import ProviderError
from bofen.payments import service as payments
from bofen.payments.models import Refund

_log = log.get(__name__)
_POLL_AFTER = timedelta(seconds=30)
_POLLED_MAX = 50


async def send_refund(services: Services, facts: dict[str, Any]) -> None:
    """Job. The number is the same at every try, so the provider pays once."""
    out_refund_no = str(facts["out_refund_no"])
    at = clock.now()
    asked = await services.db.run(lambda tx: _may_call(tx, services, out_refund_no, at))
    if asked is None:
        return
    try:
        state = await services.wechat_pay.refund(asked)
    except ProviderError as error:
        _log.warning("refund_failed", code=error.code, out_refund_no=out_refund_no)
        if error.is_final:
            await _mark(services, out_refund_no, "abnormal")
            return
        raise
    await _learn(services, state, at)


async def _may_call(
    tx: Tx, services: Services, out_refund_no: str, at: datetime
) -> RefundAsked | None:
    """None when it is done, or when another refund of the payment was sent a moment ago."""
    refund, attempt = await payments.lock_refund(tx, out_refund_no)
    if refund.status not in ("asked", "sent"):
        return None
    last = await payments.last_call_at(tx, attempt.out_trade_no, out_refund_no)
    if last and at - last < payments.REFUND_SPACING:
        wait = payments.REFUND_SPACING - (at - last)
        await tx.enqueue("send_refund", {"out_refund_no": out_refund_no}, after=wait)
        return None
    refund.status, refund.called_at = "sent", at
    return RefundAsked(
        out_trade_no=attempt.out_trade_no,
        out_refund_no=out_refund_no,
        refund_fen=refund.amount_fen,
        total_fen=attempt.amount_fen,
        reason=refund.reason,
        notify_url=f"{services.settings.shop_url}/api/callbacks/wechat-pay",
    )


async def _learn(services: Services, state: RefundState, at: datetime) -> None:
    if state.status == "SUCCESS":
        await services.db.run(lambda tx: refund_succeeded(tx, state.out_refund_no, at))
    elif state.status in ("ABNORMAL", "CLOSED"):
        await _mark(services, state.out_refund_no, state.status.lower())


async def _mark(services: Services, out_refund_no: str, status: str) -> None:
    """A person has to look: the console shows it, nothing is tried again by itself."""
    async with services.db.transaction() as tx:
        refund, _ = await payments.lock_refund(tx, out_refund_no)
        if refund.status != "succeeded":
            refund.status = status
    _log.error("refund_needs_a_person", out_refund_no=out_refund_no, status=status)


async def refund_notice(services: Services, resource: dict[str, Any], at: datetime) -> None:
    """What a callback says of a refund (its field is `refund_status`: protocols 3.4)."""
    state = RefundState(resource["out_refund_no"], resource["refund_status"])
    await _learn(services, state, at)


async def poll_refunds(services: Services, at: datetime) -> None:
    """Sweep: ask after refunds that were sent and not heard of."""
    async with services.db.transaction() as tx:
        numbers = await payments.unsettled_refunds(tx, at - _POLL_AFTER, _POLLED_MAX)
    for out_refund_no in numbers:
        try:
            state = await services.wechat_pay.query_refund(out_refund_no)
        except ProviderError as error:
            _log.info("refund_query_failed", code=error.code)
            if error.code in ("RESOURCE_NOT_EXISTS", "NOT_FOUND"):
                await _send_again(services, out_refund_no)
        else:
            await _learn(services, state, at)


async def _send_again(services: Services, out_refund_no: str) -> None:
    async with services.db.transaction() as tx:
        refund = await tx.get(Refund, out_refund_no)
        if refund and refund.status == "sent":
            await tx.enqueue("send_refund", {"out_refund_no": out_refund_no})
