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
    PAID_BACK,
    REFUNDABLE,
    AfterSaleKind,
    AfterSaleStatus,
    LineStanding,
    OrderStatus,
    Pause,
    RefusedFor,
    gives_back_freight,
    never_left,
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


async def create(
    tx: Tx, order: Order, wish: ApplyAfterSale, sent: Mapping[int, int], at: datetime
) -> AfterSale:
    """Write the request down; nothing is paid back before staff decide.

    `sent` says how many pieces of each line have left. Raises `NotRefundable` for a wrong state, a
    passed window or more pieces than are left.
    """
    if OrderStatus(order.status) not in REFUNDABLE:
        raise NotRefundable(order.id, RefusedFor.status)
    if order.is_past_after_sale(at):
        raise NotRefundable(order.id, RefusedFor.window)
    left = {line.no: line for line in await standing(tx, order, sent)}
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
    wish: ApplyAfterSale, order: Order, left: Mapping[int, LineStanding], at: datetime
) -> AfterSale:
    lines = [
        {
            "no": no,
            "quantity": quantity,
            "amount_fen": refund_amount(left[no], quantity),
            "unsent": never_left(left[no], quantity, wish.kind),
        }
        for no, quantity in sorted(wish.lines)
    ]
    is_all_here = all(line["unsent"] == line["quantity"] for line in lines)
    kind = AfterSaleKind.refund if is_all_here else wish.kind
    return AfterSale(
        id=wish.after_sale_id,
        order_id=order.id,
        buyer_id=order.buyer_id,
        asked=wish.request.asked,
        kind=kind.value,
        reason=wish.reason,
        lines=lines,
        amount_fen=Fen(sum(line["amount_fen"] for line in lines)),
        freight_fen=Fen(0),
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


async def standing(tx: Tx, order: Order, sent: Mapping[int, int]) -> list[LineStanding]:
    """What has become of each line's pieces; `sent` says how many of each have left."""
    taken: dict[int, list[dict[str, Any]]] = {line.no: [] for line in order.lines}
    query = select(AfterSale).where(
        AfterSale.order_id == order.id,
        AfterSale.status.in_((*OPEN_AFTER_SALES, AfterSaleStatus.done)),
    )
    for after_sale in await tx.scalars(query):
        for line in after_sale.lines:
            taken[line["no"]].append(line)
    return [
        LineStanding(
            line.no,
            line.quantity,
            line.paid_fen,
            sum(one["quantity"] for one in taken[line.no]),
            Fen(sum(one["amount_fen"] for one in taken[line.no])),
            sum(one["unsent"] for one in taken[line.no]),
            sent.get(line.no, 0),
        )
        for line in order.lines
    ]


async def pauses(tx: Tx, order_id: UUID) -> list[Pause]:
    """The times in which an after-sale of the order was, or is, open."""
    found = await tx.scalars(select(AfterSale).where(AfterSale.order_id == order_id))
    return [Pause(each.applied_at, _ended_at(each)) for each in found]


def _ended_at(after_sale: AfterSale) -> datetime | None:
    if after_sale.status in OPEN_AFTER_SALES:
        return None
    is_done = after_sale.status == AfterSaleStatus.done
    return after_sale.refunded_at if is_done else after_sale.decided_at


async def withdraw(tx: Tx, after_sale: AfterSale, at: datetime) -> None:
    """The buyer keeps the goods after all."""
    after_sale.become(AfterSaleStatus.withdrawn)
    after_sale.decided_at = at
    await tx.flush()


async def approve(
    tx: Tx, order: Order, after_sale: AfterSale, by: StaffMember, at: datetime
) -> bool:
    """Staff agree. Whether the money goes back at once: else the goods come back first."""
    after_sale.decided_at = at
    is_return = after_sale.kind == AfterSaleKind.return_and_refund
    if is_return:
        after_sale.become(AfterSaleStatus.returning)
        await tx.flush()
    else:
        await _begin_refund(tx, order, after_sale)
    await _record(tx, by, Deed.after_sale_approved, after_sale, at, {})
    return not is_return


async def _begin_refund(tx: Tx, order: Order, after_sale: AfterSale) -> None:
    """The money goes back, and the freight with it when nothing of the order is left to send."""
    after_sale.become(AfterSaleStatus.refunding)
    await tx.flush()
    query = select(AfterSale).where(AfterSale.order_id == order.id, AfterSale.status.in_(PAID_BACK))
    paid_back = list(await tx.scalars(query))
    refunded = dict.fromkeys((line.no for line in order.lines), 0)
    for each in paid_back:
        for line in each.lines:
            refunded[line["no"]] += line["quantity"]
    if gives_back_freight(
        [(line.quantity, refunded[line.no]) for line in order.lines],
        is_anything_sent=order.shipped_at is not None,
        is_given_back=any(each.freight_fen for each in paid_back),
    ):
        after_sale.freight_fen = order.freight_fen
        after_sale.amount_fen = Fen(after_sale.amount_fen + order.freight_fen)
        await tx.flush()


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
    tx: Tx,
    order: Order,
    after_sale: AfterSale,
    by: StaffMember,
    at: datetime,
    *,
    is_restocked: bool,
) -> None:
    """The goods are here and were looked at: the money goes back, whatever becomes of them."""
    after_sale.is_restocked = is_restocked
    await _begin_refund(tx, order, after_sale)
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


def back_on_the_shelf(after_sale: AfterSale) -> dict[int, int]:
    """Pieces by line: all that never left, and what came back when it was found good."""
    pieces = {
        line["no"]: line["quantity"] if after_sale.is_restocked else line["unsent"]
        for line in after_sale.lines
    }
    return {no: quantity for no, quantity in pieces.items() if quantity}
