"""The verbs of after-sales. Their order's row is held first, as everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.money import Fen
from bofen.kit.once import Request, earlier
from bofen.orders import service
from bofen.orders.errors import NotRefundable
from bofen.orders.models import AfterSale, Order
from bofen.orders.rules import (
    OPEN_AFTER_SALES,
    REFUNDABLE,
    AfterSaleKind,
    AfterSaleStatus,
    OrderStatus,
    RefundableLine,
    RefusedFor,
    gives_back_freight,
    refund_amount,
)


@dataclass(frozen=True)
class ApplyAfterSale:
    """What a buyer asks for. `lines` pairs line numbers with quantities."""

    after_sale_id: UUID
    order_id: UUID
    kind: AfterSaleKind
    reason: str
    lines: tuple[tuple[int, int], ...]
    request: Request


async def create(tx: Tx, order: Order, wish: ApplyAfterSale, at: datetime) -> AfterSale:
    """Write the request down; nothing is paid back before staff decide.

    Raises `NotRefundable` for a wrong state, a passed window or more pieces than are left.
    """
    if OrderStatus(order.status) not in REFUNDABLE:
        raise NotRefundable(order.id, RefusedFor.status)
    if order.is_past_after_sale(at):
        raise NotRefundable(order.id, RefusedFor.window)
    left = {line.no: line for line in await refundable_lines(tx, order)}
    asked = dict(wish.lines)
    if len(asked) != len(wish.lines) or any(
        no not in left or quantity > left[no].refundable_quantity for no, quantity in asked.items()
    ):
        raise NotRefundable(order.id, RefusedFor.quantity)
    made = _drafted(wish, order, left, at)
    tx.add(made)
    await tx.flush()
    return made


def _drafted(
    wish: ApplyAfterSale, order: Order, left: Mapping[int, RefundableLine], at: datetime
) -> AfterSale:
    asked = dict(wish.lines)
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
        buyer_id=order.buyer_id,
        asked=wish.request.asked,
        kind=kind.value,
        reason=wish.reason,
        lines=lines,
        amount_fen=Fen(sum(line["amount_fen"] for line in lines) + freight_fen),
        freight_fen=freight_fen,
        status=AfterSaleStatus.applied.value,
        applied_at=at,
    )


async def find_earlier(tx: Tx, wish: ApplyAfterSale) -> AfterSale | None:
    """The after-sale that this request made before. Raises `IdReused` when it was another one."""
    found = await tx.get(AfterSale, wish.after_sale_id)
    if found is None:
        return None
    refusal = earlier(found.id, Request(found.buyer_id, found.asked), wish.request)
    if refusal:
        raise refusal
    return found


async def lock(tx: Tx, after_sale_id: UUID) -> tuple[Order, AfterSale]:
    """The after-sale and its order, both held; the order first, as everywhere."""
    found = await find(tx, after_sale_id)
    order = await service.lock(tx, found.order_id)
    await tx.refresh(found)
    return order, found


async def find(tx: Tx, after_sale_id: UUID) -> AfterSale:
    """Not locked. Raises `NotFound`."""
    found = await tx.get(AfterSale, after_sale_id)
    if found is None:
        raise NotFound("after_sale")
    return found


async def of_buyer(tx: Tx, buyer_id: UUID, after_sale_id: UUID) -> AfterSale:
    """The buyer's own; anyone else's does not exist."""
    found = await find(tx, after_sale_id)
    if found.buyer_id != buyer_id:
        raise NotFound("after_sale")
    return found


async def open_of_order(tx: Tx, order_id: UUID) -> list[AfterSale]:
    """Those that have not ended."""
    query = select(AfterSale).where(
        AfterSale.order_id == order_id, AfterSale.status.in_(OPEN_AFTER_SALES)
    )
    return list(await tx.scalars(query))


async def refundable_lines(tx: Tx, order: Order) -> list[RefundableLine]:
    """Each line, less what is refunded and what open after-sales ask for."""
    asked_quantity: dict[int, int] = {}
    asked_fen: dict[int, int] = {}
    for after_sale in await open_of_order(tx, order.id):
        for line in after_sale.lines:
            asked_quantity[line["no"]] = asked_quantity.get(line["no"], 0) + line["quantity"]
            asked_fen[line["no"]] = asked_fen.get(line["no"], 0) + line["amount_fen"]
    return [
        RefundableLine(
            line.no,
            line.quantity,
            line.paid_fen,
            line.refunded_quantity + asked_quantity.get(line.no, 0),
            Fen(line.refunded_fen + asked_fen.get(line.no, 0)),
        )
        for line in order.lines
    ]


async def withdraw(tx: Tx, after_sale: AfterSale, at: datetime) -> None:
    """The buyer keeps the goods after all."""
    after_sale.become(AfterSaleStatus.withdrawn)
    after_sale.decided_at = at
    await tx.flush()


async def approve(tx: Tx, after_sale: AfterSale, by: StaffMember, at: datetime) -> bool:
    """Staff agree. Whether the money goes back at once: else the goods come back first."""
    after_sale.decided_at = at
    is_return = after_sale.kind == AfterSaleKind.return_and_refund
    after_sale.become(AfterSaleStatus.returning if is_return else AfterSaleStatus.refunding)
    await tx.flush()
    await _record(tx, by, Deed.after_sale_approved, after_sale, at, {})
    return not is_return


async def refuse(tx: Tx, after_sale: AfterSale, reason: str, by: StaffMember, at: datetime) -> None:
    """Staff say no, and why: the buyer reads the reason."""
    after_sale.become(AfterSaleStatus.refused)
    after_sale.decided_at, after_sale.refused_reason = at, reason
    await tx.flush()
    await _record(tx, by, Deed.after_sale_refused, after_sale, at, {"reason": reason})


async def send_back(tx: Tx, after_sale: AfterSale, carrier: str, tracking_no: str) -> None:
    """The buyer has sent the goods back, with this parcel."""
    after_sale.become(AfterSaleStatus.returned)
    after_sale.return_carrier, after_sale.return_tracking_no = carrier, tracking_no
    await tx.flush()


async def inspect(
    tx: Tx, after_sale: AfterSale, by: StaffMember, at: datetime, *, is_restocked: bool
) -> None:
    """The goods are here and were looked at: the money goes back, whatever becomes of them."""
    after_sale.become(AfterSaleStatus.refunding)
    after_sale.is_restocked = is_restocked
    await tx.flush()
    await _record(tx, by, Deed.goods_inspected, after_sale, at, {"is_restocked": is_restocked})


async def _record(
    tx: Tx,
    by: StaffMember,
    deed: Deed,
    after_sale: AfterSale,
    at: datetime,
    facts: Mapping[str, Any],
) -> None:
    told = {"order_id": after_sale.order_id, "amount_fen": after_sale.amount_fen, **facts}
    await audit.record(tx, by, deed, f"after_sale:{after_sale.id}", at, **told)


async def finish(tx: Tx, order: Order, after_sale: AfterSale, at: datetime) -> bool:
    """The money is back. Whether nothing of the order is left: then it is refunded as a whole."""
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
    return is_whole


async def mark_restocked(tx: Tx, after_sale: AfterSale) -> None:
    """Its pieces are on the shelf again."""
    after_sale.is_restocked = True
    await tx.flush()
