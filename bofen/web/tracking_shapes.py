"""How a parcel is shown to its buyer and to staff."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bofen.gateways.couriers.kuaidi100 import CARRIERS
from bofen.gateways.couriers.protocol import TrackStatus
from bofen.shipping.models import Shipment
from bofen.web.shapes import Listed, Shape


class CarrierOut(Shape):
    """A carrier's code and its name."""

    code: str
    name: str


def every_carrier() -> Listed[CarrierOut]:
    """The carriers whose parcels can be followed."""
    return Listed(items=[CarrierOut(code=code, name=name) for code, name in CARRIERS.items()])


class TraceOut(Shape):
    """One event on a parcel's way, in the courier's words."""

    at: datetime
    text: str
    location: str


class ParcelLineOut(Shape):
    """Which line of the order is in the parcel, and how many of it."""

    no: int
    quantity: int


class ShipmentOut(Shape):
    """A parcel, its newest trace first."""

    id: UUID
    carrier: str
    carrier_name: str
    tracking_no: str
    status: TrackStatus
    shipped_at: datetime
    signed_at: datetime | None
    lines: Sequence[ParcelLineOut]
    traces: Sequence[TraceOut]


class TrackingOut(Shape):
    """Every parcel of an order, first sent first."""

    shipments: Sequence[ShipmentOut]


class StaffTrackingOut(TrackingOut):
    """With what can still be sent: pieces by line that are in no parcel and not asked back."""

    unsent: Sequence[ParcelLineOut]


def shipment_out(shipment: Shipment) -> ShipmentOut:
    """The same for buyer and staff."""
    return ShipmentOut(
        id=shipment.id,
        carrier=shipment.carrier,
        carrier_name=CARRIERS.get(shipment.carrier, shipment.carrier),
        tracking_no=shipment.tracking_no,
        status=TrackStatus(shipment.status),
        shipped_at=shipment.shipped_at,
        signed_at=shipment.signed_at,
        lines=[ParcelLineOut(**line) for line in shipment.lines],
        traces=[
            TraceOut(at=trace["at"], text=trace["text"], location=trace["location"])
            for trace in shipment.traces
        ],
    )


def tracking_out(shipments: Sequence[Shipment]) -> TrackingOut:
    """The parcels in the order given."""
    return TrackingOut(shipments=[shipment_out(each) for each in shipments])
