"""A parcel leaves: the order is on its way, and the courier is asked to tell us more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bofen.flows import order_progress
from bofen.flows.order_progress import left_to_send
from bofen.flows.services import Services
from bofen.gateways.couriers.kuaidi100 import CARRIERS
from bofen.identity.rules import StaffMember
from bofen.kit import clock
from bofen.kit.crypto import Vault
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.orders import service as orders
from bofen.shipping import rules
from bofen.shipping import service as shipping
from bofen.shipping.errors import CarrierUnknown, ParcelKnown
from bofen.shipping.models import Shipment
from bofen.shipping.rules import ParcelLine

SUBSCRIBE = "subscribe_shipment"


@dataclass(frozen=True)
class ShipAsked:
    """`lines` None: everything that is left to send."""

    order_id: UUID
    carrier: str
    tracking_no: str
    lines: Sequence[ParcelLine] | None = None


async def ship(tx: Tx, vault: Vault, asked: ShipAsked, by: StaffMember, at: datetime) -> Shipment:
    """The same parcel told twice is one parcel."""
    if asked.carrier not in CARRIERS:
        raise CarrierUnknown(asked.carrier)
    order = await orders.lock(tx, asked.order_id)
    sent = await shipping.of_order(tx, order.id)
    for parcel in sent:
        if (parcel.carrier, parcel.tracking_no) == (asked.carrier, asked.tracking_no):
            return parcel

    await orders.mark_shipped(tx, order, at)
    left = await left_to_send(tx, order, sent)
    lines = rules.parcel(order.id, left, asked.lines)
    tail = vault.seal(vault.open(order.phone_sealed)[-4:])
    label = shipping.ParcelLabel(asked.carrier, asked.tracking_no, tail)
    shipment = await shipping.send(tx, order.id, label, lines, by, at)
    await order_progress.update(tx, order, at)
    await tx.enqueue(SUBSCRIBE, {"shipment_id": shipment.id})
    return shipment


@dataclass(frozen=True)
class CorrectAsked:
    """A parcel of an order, and the label that it really bears."""

    order_id: UUID
    shipment_id: UUID
    carrier: str
    tracking_no: str


async def correct_label(tx: Tx, asked: CorrectAsked, by: StaffMember, at: datetime) -> Shipment:
    """A mistyped number is put right, and the courier asked about the right one; repeats are quiet.

    Raises `CarrierUnknown`, and `ParcelKnown` when another parcel of the order has that number.
    """
    if asked.carrier not in CARRIERS:
        raise CarrierUnknown(asked.carrier)
    order = await orders.lock(tx, asked.order_id)
    parcels = {parcel.id: parcel for parcel in await shipping.of_order(tx, order.id)}
    shipment = parcels.get(asked.shipment_id)
    if shipment is None:
        raise NotFound("shipment")
    label = (asked.carrier, asked.tracking_no)
    if label == (shipment.carrier, shipment.tracking_no):
        return shipment
    if any(label == (other.carrier, other.tracking_no) for other in parcels.values()):
        raise ParcelKnown(asked.tracking_no)
    new_label = shipping.ParcelLabel(*label, shipment.phone_tail_sealed)
    await shipping.correct(tx, shipment, new_label, by, at)
    await order_progress.update(tx, order, at)
    await tx.enqueue(SUBSCRIBE, {"shipment_id": shipment.id})
    return shipment


async def subscribe_shipment(services: Services, facts: Mapping[str, Any]) -> None:
    """Ask the courier to push every change of this parcel; asked once, repeated when unclear."""
    async with services.db.transaction() as tx:
        shipment = await shipping.get(tx, UUID(facts["shipment_id"]))
    if shipment.subscribed_at:
        return
    tail = services.vault.open(shipment.phone_tail_sealed)
    await services.courier.subscribe(
        shipment.carrier,
        shipment.tracking_no,
        tail if shipment.carrier in rules.NEEDS_PHONE else None,
        f"{services.settings.callbacks_url}/couriers/{shipment.id}",
        shipment.salt,
    )
    async with services.db.transaction() as tx:
        await shipping.mark_subscribed(tx, shipment.id, clock.now())
