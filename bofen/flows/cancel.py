"""An unpaid order is closed: first at the provider, and only then is its stock free again."""

from datetime import datetime
from uuid import UUID

from bofen.flows.pay import learn
from bofen.flows.services import Services
from bofen.gateways.payments.protocol import PaymentOutcome
from bofen.inventory import service as inventory
from bofen.kit import log
from bofen.kit.db import Tx
from bofen.kit.errors import ProviderError
from bofen.orders import service as orders
from bofen.orders.errors import CloseUnclear, OrderNotCancellable
from bofen.orders.rules import CloseReason, OrderStatus
from bofen.payments import service as payments
from bofen.payments.rules import Number

_log = log.get(__name__)
_CLOSED_MAX = 200
_TAKES_NO_MONEY = frozenset({PaymentOutcome.closed, PaymentOutcome.unknown})


async def cancel(services: Services, buyer_id: UUID, order_id: UUID, at: datetime) -> None:
    """The buyer changes his mind.

    Raises `OrderNotCancellable` when he has paid meanwhile, and `CloseUnclear` when a provider does
    not say whether money may still come in: the sweep goes on closing.
    """
    async with services.db.transaction() as tx:
        await orders.of_buyer(tx, buyer_id, order_id)
    if await close(services, order_id, CloseReason.buyer, at):
        return
    async with services.db.transaction() as tx:
        order = await orders.of_buyer(tx, buyer_id, order_id)
    if order.status == OrderStatus.placed:
        raise CloseUnclear(order_id)
    raise OrderNotCancellable(order_id)


async def close_unpaid(services: Services, at: datetime) -> None:
    """Orders whose time to pay is over, in turn: one that does not close keeps no other open."""
    async with services.db.transaction() as tx:
        due = await orders.due_to_close(tx, at, _CLOSED_MAX)
    for order_id in due:
        await close(services, order_id, CloseReason.timeout, at)


async def close(services: Services, order_id: UUID, reason: CloseReason, at: datetime) -> bool:
    """Whether the order is closed now. False: it was paid, or a provider is unclear."""
    numbers = await services.db.run(lambda tx: _begin(tx, order_id, at))
    for number in numbers:
        if not await _close_at_provider(services, number, at):
            return False
    return await services.db.run(lambda tx: _end(tx, order_id, reason, at))


async def close_unopened(tx: Tx, order_id: UUID, reason: CloseReason, at: datetime) -> bool:
    """Whether the order is closed now, in one transaction. False: a provider has to be asked."""
    if await _begin(tx, order_id, at):
        return False
    return await _end(tx, order_id, reason, at)


async def _begin(tx: Tx, order_id: UUID, at: datetime) -> list[Number]:
    """From here on nobody can start to pay. The numbers that have to be closed first."""
    order = await orders.lock(tx, order_id)
    if not await orders.begin_closing(tx, order, at):
        return []
    return [attempt.number for attempt in await payments.open_attempts(tx, order_id)]


async def _close_at_provider(services: Services, number: Number, at: datetime) -> bool:
    """True only when the provider will take no more money for this number."""
    try:
        await services.payments[number.provider].close(number.no)
    except ProviderError as error:
        state = await learn(services, number, at)
        _log.info("payment_close_failed", code=error.code, outcome=state and state.outcome)
        return state is not None and state.outcome in _TAKES_NO_MONEY
    return True


async def _end(tx: Tx, order_id: UUID, reason: CloseReason, at: datetime) -> bool:
    order = await orders.lock(tx, order_id)
    if order.status != OrderStatus.placed:
        return order.status == OrderStatus.cancelled
    await orders.cancel(tx, order, reason, at)
    await payments.close_attempts(tx, order_id)
    await inventory.release(tx, order.held_lines(), at)
    return True
