"""Sending parcels."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from bofen.flows.order_progress import left_to_send
from bofen.flows.ship import CorrectAsked, ShipAsked, correct_label, ship
from bofen.kit import clock
from bofen.kit.errors import NotFound
from bofen.orders import queries
from bofen.shipping import service as shipping
from bofen.shipping.rules import ParcelLine
from bofen.web.deps import CurrentStaff, Db, StaffMayReadOrders, StaffMayShip, Svc
from bofen.web.shapes import Body, Listed, Quantity, TrackingNo
from bofen.web.tracking_shapes import (
    CarrierOut,
    ParcelLineOut,
    ShipmentOut,
    StaffTrackingOut,
    every_carrier,
    shipment_out,
    tracking_out,
)

router = APIRouter(tags=["shipments"])


class ParcelLineIn(Body):
    """Which line of the order, and how many of it."""

    no: Annotated[int, Field(ge=1, le=1000)]
    quantity: Quantity


class ShipmentIn(Body):
    """Without lines: everything that is left to send."""

    carrier: Annotated[str, Field(max_length=20)]
    tracking_no: TrackingNo
    lines: Annotated[tuple[ParcelLineIn, ...], Field(min_length=1, max_length=100)] | None = None

    def asked(self, order_id: UUID) -> ShipAsked:
        """The same in the flow's words."""
        lines = [ParcelLine(line.no, line.quantity) for line in self.lines or ()]
        return ShipAsked(order_id, self.carrier, self.tracking_no, lines or None)


class LabelIn(Body):
    """What a parcel's label really says."""

    carrier: Annotated[str, Field(max_length=20)]
    tracking_no: TrackingNo


@router.get("/carriers")
async def carriers(_: CurrentStaff) -> Listed[CarrierOut]:
    """Every carrier that parcels may be sent with."""
    return every_carrier()


@router.post("/orders/{order_id}/shipments", status_code=201)
async def send_parcel(
    order_id: UUID, asked: ShipmentIn, staff: StaffMayShip, svc: Svc
) -> ShipmentOut:
    """The same parcel sent twice is one parcel."""
    async with svc.db.transaction() as tx:
        shipment = await ship(tx, svc.vault, asked.asked(order_id), staff, clock.now())
    return shipment_out(shipment)


@router.put("/orders/{order_id}/shipments/{shipment_id}/label")
async def correct_parcel(
    order_id: UUID, shipment_id: UUID, asked: LabelIn, staff: StaffMayShip, svc: Svc
) -> ShipmentOut:
    """A mistyped number is put right; what was heard under the wrong one is forgotten."""
    wanted = CorrectAsked(order_id, shipment_id, asked.carrier, asked.tracking_no)
    async with svc.db.transaction() as tx:
        return shipment_out(await correct_label(tx, wanted, staff, clock.now()))


@router.get("/orders/{order_id}/shipments")
async def parcels(order_id: UUID, _: StaffMayReadOrders, db: Db) -> StaffTrackingOut:
    """The parcels of an order, with every trace, and what is left to send."""
    async with db.transaction() as tx:
        order = await queries.with_lines(tx, order_id)
        if order is None:
            raise NotFound("order")
        sent = await shipping.of_order(tx, order_id)
        left = await left_to_send(tx, order, sent)
    unsent = [ParcelLineOut(no=no, quantity=quantity) for no, quantity in left.items()]
    return StaffTrackingOut(shipments=tracking_out(sent).shipments, unsent=unsent)
