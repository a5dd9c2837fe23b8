from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bofen.gateways.couriers.protocol import TrackStatus
from bofen.kit.ids import new_id
from bofen.kit.model import Model, one_of
from bofen.shipping.rules import ENDED, SIGNED


class Shipment(Model):
    """A parcel: which pieces of which order, and where it is."""

    __tablename__ = "shipping_shipment"
    __table_args__ = (
        CheckConstraint(one_of("status", TrackStatus), name="status"),
        UniqueConstraint("order_id", "carrier", "tracking_no"),
        Index("ix_shipping_shipment_tracking_no", "tracking_no"),
        Index(
            "ix_shipping_shipment_moving",
            "polled_at",
            postgresql_where=text(f"NOT {one_of('status', ENDED)}"),
        ),
        Index(
            "ix_shipping_shipment_signed",
            "signed_at",
            postgresql_where=text(one_of("status", SIGNED)),
        ),
        Index(
            "ix_shipping_shipment_traces",
            "signed_at",
            postgresql_where=text("signed_at IS NOT NULL AND jsonb_array_length(traces) > 1"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    order_id: Mapped[UUID]
    carrier: Mapped[str]
    tracking_no: Mapped[str]
    lines: Mapped[list[Any]]
    salt: Mapped[str]
    """Signs what the courier pushes for this parcel, and no other."""
    phone_tail_sealed: Mapped[bytes]
    """Some couriers answer only to who knows the last four digits."""
    staff_id: Mapped[UUID]
    shipped_at: Mapped[datetime]
    polled_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(default=TrackStatus.no_trace.value)
    traces: Mapped[list[Any]] = mapped_column(default_factory=list)
    """Newest first; of a parcel that was signed long ago only the last."""
    signed_at: Mapped[datetime | None] = mapped_column(default=None)
    subscribed_at: Mapped[datetime | None] = mapped_column(default=None)
