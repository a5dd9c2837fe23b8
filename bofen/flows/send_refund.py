"""Refunds are sent to the provider: one number each, a minute apart, and asked after until done."""

from datetime import datetime, timedelta
from typing import Any

from bofen.flows.refunds import refund_succeeded
from bofen.flows.services import Services
from bofen.gateways.payments.protocol import RefundAsked, RefundOutcome, RefundState
from bofen.kit import clock, log
from bofen.kit.errors import ProviderError
from bofen.payments import refunds
from bofen.payments.rules import Number, RefundStatus

_log = log.get(__name__)
_POLL_AFTER = timedelta(seconds=30)
_POLLED_MAX = 50
_IN_DOUBT = {
    RefundOutcome.abnormal: RefundStatus.abnormal,
    RefundOutcome.closed: RefundStatus.closed,
}


async def send_refund(services: Services, facts: dict[str, Any]) -> None:
    """Job. The number is the same at every try, so the provider pays once."""
    number, at = Number(facts["provider"], facts["out_refund_no"]), clock.now()
    call = await services.db.run(lambda tx: refunds.begin_call(tx, number, at))
    if call is None:
        return
    asked = RefundAsked(
        out_trade_no=call.out_trade_no,
        out_refund_no=number.no,
        refund_fen=call.amount_fen,
        total_fen=call.total_fen,
        reason=call.reason,
    )
    try:
        state = await services.payments[number.provider].refund(asked)
    except ProviderError as error:
        _log.warning("refund_failed", code=error.code, out_refund_no=number.no)
        if not error.is_final:
            raise
        await _after_refusal(services, number, at)
    else:
        await refund_told(services, number.provider, state, at)


async def _after_refusal(services: Services, number: Number, at: datetime) -> None:
    """The provider said no. Only when it also knows no such refund was nothing paid."""
    state = await services.payments[number.provider].query_refund(number.no)
    if state.outcome is RefundOutcome.unknown:
        await _put_in_doubt(services, number, RefundStatus.refused)
    else:
        await refund_told(services, number.provider, state, at)


async def refund_told(services: Services, provider: str, state: RefundState, at: datetime) -> None:
    """Act on what a provider says of a refund, by notice or by answer; a repeat is quiet."""
    number = Number(provider, state.out_refund_no)
    if state.outcome is RefundOutcome.succeeded:
        await services.db.run(lambda tx: refund_succeeded(tx, number, at))
    elif state.outcome in _IN_DOUBT:
        await _put_in_doubt(services, number, _IN_DOUBT[state.outcome])


async def _put_in_doubt(services: Services, number: Number, status: RefundStatus) -> None:
    """A person has to act: nothing is tried again by itself."""
    if await services.db.run(lambda tx: refunds.put_in_doubt(tx, number, status)):
        _log.error("refund_needs_a_person", out_refund_no=number.no, status=status)


async def poll_refunds(services: Services, at: datetime) -> None:
    """Sweep: ask after refunds that were sent and not heard of."""
    async with services.db.transaction() as tx:
        numbers = await refunds.claim_to_poll(tx, at, _POLL_AFTER, _POLLED_MAX)
    for number in numbers:
        try:
            state = await services.payments[number.provider].query_refund(number.no)
        except ProviderError as error:
            _log.info("refund_query_failed", code=error.code)
            continue
        if state.outcome is RefundOutcome.unknown:
            async with services.db.transaction() as tx:
                await refunds.send_again(tx, number)
        else:
            await refund_told(services, number.provider, state, at)
