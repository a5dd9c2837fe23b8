"""The verbs of shipping. Whoever changes a parcel holds its order's lock."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from bofen.gateways.couriers.protocol import Track, TrackStatus
from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.model import one_of
from bofen.shipping import rules
from bofen.shipping.models import Shipment
from bofen.shipping.rules import ParcelLine

POLLED_EVERY = timedelta(hours=4)
POLLED_DAYS = timedelta(days=60)
SIGNED_AND_WATCHED = timedelta(days=2)


@dataclass(frozen=True)
class ParcelLabel:
    """Who carries it under which number; the tail of the phone is what some couriers ask for."""

    carrier: str
    tracking_no: str
    phone_tail_sealed: bytes


async def of_order(tx: Tx, order_id: UUID) -> list[Shipment]:
    """The order's parcels, first sent first."""
    query = select(Shipment).where(Shipment.order_id == order_id)
    return list(await tx.scalars(query.order_by(Shipment.shipped_at, Shipment.id)))


async def get(tx: Tx, shipment_id: UUID) -> Shipment:
    """Raises `NotFound`."""
    found = await tx.get(Shipment, shipment_id, populate_existing=True)
    if found is None:
        raise NotFound("shipment")
    return found


def sent_lines(shipments: Sequence[Shipment]) -> list[ParcelLine]:
    """Everything that has left, parcel by parcel."""
    return [ParcelLine(**line) for shipment in shipments for line in shipment.lines]


def sent_by_line(shipments: Sequence[Shipment]) -> dict[int, int]:
    """How many pieces of each line have left."""
    sent: dict[int, int] = {}
    for line in sent_lines(shipments):
        sent[line.no] = sent.get(line.no, 0) + line.quantity
    return sent


async def send(
    tx: Tx,
    order_id: UUID,
    label: ParcelLabel,
    lines: Sequence[ParcelLine],
    by: StaffMember,
    at: datetime,
) -> Shipment:
    """A parcel has left, with these lines; written down as a deed of who sent it."""
    shipment = Shipment(
        order_id=order_id,
        carrier=label.carrier,
        tracking_no=label.tracking_no,
        lines=[{"no": line.no, "quantity": line.quantity} for line in lines],
        salt=_new_salt(),
        phone_tail_sealed=label.phone_tail_sealed,
        staff_id=by.id,
        shipped_at=at,
        polled_at=at,
    )
    tx.add(shipment)
    await tx.flush()
    facts = {"carrier": label.carrier, "tracking_no": label.tracking_no}
    await audit.record(tx, by, Deed.parcel_sent, f"order:{order_id}", at, **facts)
    return shipment


async def correct(
    tx: Tx, shipment: Shipment, label: ParcelLabel, by: StaffMember, at: datetime
) -> None:
    """The parcel has another number, or another carrier, than was typed.

    What was heard under the wrong number is forgotten, and pushes about it are not believed any
    more: they carry the old salt.
    """
    facts = {"was": f"{shipment.carrier} {shipment.tracking_no}"}
    shipment.carrier, shipment.tracking_no = label.carrier, label.tracking_no
    shipment.salt, shipment.subscribed_at, shipment.polled_at = _new_salt(), None, at
    shipment.status, shipment.traces, shipment.signed_at = TrackStatus.no_trace.value, [], None
    await tx.flush()
    facts["is"] = f"{shipment.carrier} {shipment.tracking_no}"
    subject = f"order:{shipment.order_id}"
    await audit.record(tx, by, Deed.tracking_corrected, subject, at, **facts)


def _new_salt() -> str:
    return secrets.token_hex(16)


async def mark_subscribed(tx: Tx, shipment_id: UUID, at: datetime) -> None:
    """The courier has promised to push every change of this parcel."""
    shipment = await get(tx, shipment_id)
    shipment.subscribed_at = at
    await tx.flush()


def track_of(shipment: Shipment) -> Track:
    """What we know of a parcel's way."""
    return Track(TrackStatus(shipment.status), rules.traces_of(shipment.traces))


async def follow(tx: Tx, shipment: Shipment, told: Track) -> bool:
    """Take in what the courier says; False when it is nothing new."""
    before = track_of(shipment)
    after = rules.newer(before, told)
    if after == before:
        return False
    shipment.status = after.status.value
    shipment.traces = rules.traces_json(after.traces)
    shipment.signed_at = rules.signed_at(after)
    await tx.flush()
    return True


_TO_POLL = f"""
SELECT id FROM shipping_shipment WHERE id IN (
  SELECT id FROM (
    SELECT id, polled_at FROM shipping_shipment
    WHERE NOT {one_of("status", rules.ENDED)} AND polled_at > $3
      AND polled_at < $2 AND shipped_at > $3 ORDER BY polled_at LIMIT $5
  ) AS moving
  UNION ALL
  SELECT id FROM shipping_shipment
  WHERE {one_of("status", rules.SIGNED)} AND signed_at > $4 AND polled_at < $2 AND shipped_at > $3
)
ORDER BY polled_at LIMIT $5 FOR UPDATE SKIP LOCKED
"""  # noqa: S608


async def claim_to_poll(tx: Tx, at: datetime, limit: int) -> list[UUID]:
    """Parcels that nobody asked about for a while; each is asked about once per interval."""
    rows = await tx.fetch(
        f"UPDATE shipping_shipment SET polled_at = $1 WHERE id IN ({_TO_POLL}) RETURNING id",  # noqa: S608
        at,
        at - POLLED_EVERY,
        at - POLLED_DAYS,
        at - SIGNED_AND_WATCHED,
        limit,
    )
    return [row["id"] for row in rows]
