"""What the shop asks of a courier service: follow this parcel, and where is it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class TrackStatus(StrEnum):
    """Where a parcel is. `ordered`: its label exists, nobody has picked it up yet."""

    no_trace = "no_trace"
    ordered = "ordered"
    collected = "collected"
    in_transit = "in_transit"
    delivering = "delivering"
    awaiting_pickup = "awaiting_pickup"
    signed = "signed"
    signed_by_proxy = "signed_by_proxy"
    exception = "exception"
    rejected = "rejected"
    returning = "returning"
    returned = "returned"
    customs = "customs"
    cancelled = "cancelled"


@dataclass(frozen=True)
class Trace:
    """One event on a parcel's way."""

    at: datetime
    text: str
    status: TrackStatus
    location: str = ""


@dataclass(frozen=True)
class Track:
    """Everything the courier knows now; a later push replaces an earlier one."""

    status: TrackStatus
    traces: list[Trace] = field(default_factory=list)


class Courier(Protocol):
    """What the shop asks of whoever knows where parcels are."""

    async def subscribe(
        self,
        carrier: str,
        tracking_no: str,
        phone_tail: str | None,
        callback_url: str,
        salt: str,
    ) -> None:
        """Have the courier push each change to `callback_url`, signed with `salt`."""

    async def query(self, carrier: str, tracking_no: str, phone: str | None = None) -> Track:
        """Everything known of a parcel now; raises ProviderError."""

    def open_push(self, param: str, sign: str, salt: str) -> Track:
        """Raises `ForgedPush` when `sign` was not made with `salt`."""
