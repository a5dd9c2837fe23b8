"""Where a parcel is: what the courier pushes, and what we ask when it is silent."""

from datetime import datetime
from uuid import UUID

from bofen.flows.services import Services
from bofen.flows.ship import ordered_lines
from bofen.gateways.couriers.protocol import Track, TrackStatus
from bofen.kit import log
from bofen.kit.db import Tx
from bofen.kit.errors import ProviderError
from bofen.orders import service as orders
from bofen.orders.rules import OrderStatus
from bofen.shipping import rules
from bofen.shipping import service as shipping

_log = log.get(__name__)
_POLLED_AT_ONCE = 50


async def track_told(tx: Tx, shipment_id: UUID, told: Track, at: datetime) -> None:
    """Take in a whole track; the order is signed for when all of it is, and no later trace denies.

    Told twice, or an older state after a newer one: nothing changes.
    """
    order_id = (await shipping.get(tx, shipment_id)).order_id
    order = await orders.lock(tx, order_id)
    shipment = await shipping.get(tx, shipment_id)
    if not await shipping.follow(tx, shipment, told):
        return
    if order.status != OrderStatus.shipped:
        return

    parcels = await shipping.of_order(tx, order_id)
    is_moving = any(TrackStatus(each.status) not in rules.NOT_MOVING for each in parcels)
    left = rules.remaining(await ordered_lines(tx, order), shipping.sent_lines(parcels))
    signed = [parcel.signed_at for parcel in parcels if parcel.signed_at]
    is_signed = len(signed) == len(parcels) and not left
    await orders.mark_moved(
        tx,
        order,
        in_transit_at=at if is_moving else None,
        signed_at=max(signed) if is_signed else None,
    )


async def poll_tracks(services: Services, at: datetime) -> None:
    """The second leg: pushes get lost, so parcels that were quiet for hours are asked about."""
    async with services.db.transaction() as tx:
        due = await shipping.claim_to_poll(tx, at, _POLLED_AT_ONCE)
    for shipment_id in due:
        try:
            await _poll(services, shipment_id, at)
        except ProviderError as error:
            _log.warning("track_unknown", shipment_id=str(shipment_id), code=error.code)


async def _poll(services: Services, shipment_id: UUID, at: datetime) -> None:
    async with services.db.transaction() as tx:
        shipment = await shipping.get(tx, shipment_id)
    tail = services.vault.open(shipment.phone_tail_sealed)
    phone = tail if shipment.carrier in rules.NEEDS_PHONE else None
    told = await services.courier.query(shipment.carrier, shipment.tracking_no, phone)
    async with services.db.transaction() as tx:
        await track_told(tx, shipment_id, told, at)
