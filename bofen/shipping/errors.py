from dataclasses import dataclass
from uuid import UUID

from bofen.kit.errors import Refusal


@dataclass(eq=False)
class NothingToShip(Refusal):
    """Everything has left, or is being refunded."""

    code = "nothing_to_ship"
    order_id: UUID


@dataclass(eq=False)
class TooManyInParcel(Refusal):
    """More of a line than is left to send."""

    code = "too_many_in_parcel"
    no: int
    left: int


@dataclass(eq=False)
class ParcelKnown(Refusal):
    """Another parcel of the order has this number already."""

    code = "parcel_known"
    tracking_no: str


@dataclass(eq=False)
class CarrierUnknown(Refusal):
    """No carrier has this code."""

    code = "carrier_unknown"
    status = 422
    carrier: str
