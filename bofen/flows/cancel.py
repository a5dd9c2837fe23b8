"""An unpaid order is closed: first at the provider, and only then is its stock free again."""

from datetime import datetime
from uuid import UUID

from bofen.flows.pay import learn
from bofen.flows.services import Services
from bofen.inventory import service as inventory
from bofen.kit import log
from bofen.kit.db import Tx
from bofen.kit.errors import ProviderError
from bofen.orders import service as orders
from bofen.orders.errors import OrderNotCancellable
from bofen.orders.models import Order
from bofen.orders.rules import OrderStatus
from bofen.payments import service as payments
from bofen.payments.models import Attempt

_log = log.get(__name__)
_CLOSED_MAX = 200
_UNKNOWN_TO_PROVIDER = frozenset({"ORDER_NOT_EXIST", "ORDERNOTEXIST", "ORDER_CLOSED"})


async def cancel(services: Services, buyer_id: UUID, order_id: UUID, at: datetime) -> None:
    """The buyer changes his mind. If he has paid meanwhile, the order stays paid."""
    async with services.db.transaction() as tx:
        await orders.of_buyer(tx, buyer_id, order_id)
    if not await close(services, order_id, "buyer", at):
        raise OrderNotCancellable(order_id)


async def close_unpaid(services: Services, at: datetime) -> None:
    """Orders whose time to pay is over, oldest first."""
    async with services.db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT id FROM orders_order WHERE status = 'placed' AND pay_by < $1"
            " ORDER BY pay_by LIMIT $2",
            at,
            _CLOSED_MAX,
        )
    for row in rows:
        await close(services, row["id"], "timeout", at)


async def close(services: Services, order_id: UUID, reason: str, at: datetime) -> bool:
    """Whether the order is closed now. False: it was paid, or the provider is unclear."""
    attempt = await services.db.run(lambda tx: _begin(tx, order_id, at))
    if attempt is not None and not await _close_at_provider(services, attempt, at):
        return False
    return await services.db.run(lambda tx: _end(tx, order_id, reason, at))


async def _begin(tx: Tx, order_id: UUID, at: datetime) -> Attempt | None:
    """From here on nobody can start to pay. The number to close at the provider, if any."""
    order = await orders.lock(tx, order_id)
    if order.status != OrderStatus.placed:
        return None
    order.closing_at = order.closing_at or at
    await tx.flush()
    attempt = await payments.attempt_of(tx, order_id)
    return attempt if attempt and attempt.status == "open" else None


async def _close_at_provider(services: Services, attempt: Attempt, at: datetime) -> bool:
    """True only when the provider will take no more money for this number."""
    try:
        await services.wechat_pay.close(attempt.out_trade_no)
    except ProviderError as error:
        if error.code in _UNKNOWN_TO_PROVIDER:
            return True
        state = await learn(services, attempt.out_trade_no, at)
        _log.info("payment_close_failed", code=error.code, state=state and state.trade_state)
        return state is not None and state.trade_state in ("CLOSED", "REVOKED")
    return True


async def _end(tx: Tx, order_id: UUID, reason: str, at: datetime) -> bool:
    order: Order = await orders.lock(tx, order_id)
    if order.status == OrderStatus.cancelled:
        return True
    if order.status != OrderStatus.placed:
        return False
    order.become(OrderStatus.cancelled)
    order.closed_at, order.close_reason = at, reason
    attempt = await payments.attempt_of(tx, order_id)
    if attempt and attempt.status == "open":
        attempt.status = "closed"
    await tx.flush()
    await inventory.release(tx, order.held_lines(), at)
    return True
