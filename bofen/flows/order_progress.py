"""What an order's parcels and after-sales say together: on its way, signed for, soon received.

Time runs from the last parcel when nothing is left to send, and from the signature. It stands while
an after-sale is open or a parcel is in trouble, and then goes on with what was left.
"""

from collections.abc import Sequence
from datetime import datetime

from bofen.gateways.couriers.protocol import TrackStatus
from bofen.kit.db import Tx
from bofen.orders import after_sales
from bofen.orders import service as orders
from bofen.orders.models import Order
from bofen.orders.rules import LineStanding, OrderStatus, Pause, receipt_assumed_at
from bofen.orders.service import Progress
from bofen.shipping import rules
from bofen.shipping import service as shipping
from bofen.shipping.models import Shipment


async def left_to_send(tx: Tx, order: Order, parcels: Sequence[Shipment]) -> dict[int, int]:
    """By line: pieces that have neither left in one of `parcels` nor been asked back before."""
    return _unsent(await after_sales.standing(tx, order, shipping.sent_by_line(parcels)))


def _unsent(lines: Sequence[LineStanding]) -> dict[int, int]:
    return {line.no: line.unsent for line in lines if line.unsent > 0}


async def update(tx: Tx, order: Order, at: datetime) -> None:
    """Reckon again, after each change of a parcel or of an after-sale. The order is held."""
    if order.status not in (OrderStatus.paid, OrderStatus.shipped):
        return
    parcels = await shipping.of_order(tx, order.id)
    lines = await after_sales.standing(tx, order, shipping.sent_by_line(parcels))
    unsent = sum(_unsent(lines).values())
    is_moving = any(TrackStatus(each.status) not in rules.NOT_MOVING for each in parcels)
    awaited = _awaited(parcels, lines)
    signed = [parcel.signed_at for parcel in awaited if parcel.signed_at]
    signed_at = max(signed) if not unsent and len(signed) == len(awaited) > 0 else None
    confirm_by = await _confirm_by(tx, order, awaited, signed_at) if not unsent else None
    moving_at = at if is_moving else None
    await orders.set_progress(tx, order, Progress(unsent, moving_at, signed_at, confirm_by))


def _awaited(parcels: Sequence[Shipment], lines: Sequence[LineStanding]) -> list[Shipment]:
    """A lost parcel whose pieces are paid back holds nothing up."""
    contents = [(shipping.track_of(each), shipping.sent_lines([each])) for each in parcels]
    paid_back = {line.no: line.taken_sent for line in lines}
    return [parcels[index] for index in rules.awaited(contents, paid_back)]


async def _confirm_by(
    tx: Tx, order: Order, parcels: Sequence[Shipment], signed_at: datetime | None
) -> datetime | None:
    clocks = [(parcel.shipped_at, order.confirm_after_shipped_days) for parcel in parcels[-1:]]
    if signed_at:
        clocks.append((signed_at, order.confirm_after_signed_days))
    troubles = [
        Pause(from_at, until_at)
        for parcel in parcels
        for from_at, until_at in rules.troubles(shipping.track_of(parcel))
    ]
    return receipt_assumed_at(clocks, [*troubles, *await after_sales.pauses(tx, order.id)])
