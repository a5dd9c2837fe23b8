"""Where a parcel is: what the courier pushes, and what we ask when it is silent."""

from datetime import datetime
from uuid import UUID

from bofen.flows import order_progress
from bofen.flows.services import Services
from bofen.gateways.couriers.protocol import Track
from bofen.kit import log
from bofen.kit.db import Tx
from bofen.kit.errors import ProviderError
from bofen.orders import service as orders
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
    if await shipping.follow(tx, shipment, told):
        await order_progress.update(tx, order, at)


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
