"""How a parcel is shown to its buyer and to staff."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bofen.gateways.couriers.kuaidi100 import CARRIERS
from bofen.shipping.models import Shipment
from bofen.web.shapes import Shape


class TraceOut(Shape):
    at: datetime
    text: str
    location: str


class ParcelLineOut(Shape):
    no: int
    quantity: int


class ShipmentOut(Shape):
    id: UUID
    carrier: str
    carrier_name: str
    tracking_no: str
    status: str
    shipped_at: datetime
    signed_at: datetime | None
    lines: Sequence[ParcelLineOut]
    traces: Sequence[TraceOut]


class TrackingOut(Shape):
    shipments: Sequence[ShipmentOut]


def shipment_out(shipment: Shipment) -> ShipmentOut:
    return ShipmentOut(
        id=shipment.id,
        carrier=shipment.carrier,
        carrier_name=CARRIERS.get(shipment.carrier, shipment.carrier),
        tracking_no=shipment.tracking_no,
        status=shipment.status,
        shipped_at=shipment.shipped_at,
        signed_at=shipment.signed_at,
        lines=[ParcelLineOut(**line) for line in shipment.lines],
        traces=[
            TraceOut(at=trace["at"], text=trace["text"], location=trace["location"])
            for trace in shipment.traces
        ],
    )


def tracking_out(shipments: Sequence[Shipment]) -> TrackingOut:
    return TrackingOut(shipments=[shipment_out(each) for each in shipments])
