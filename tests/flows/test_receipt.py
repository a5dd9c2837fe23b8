"""Receipt is assumed from the last parcel on, and never while something is in the way."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from bofen.flows import refunds
from bofen.flows.receipt import confirm_receipt
from bofen.flows.ship import ShipAsked, ship
from bofen.flows.track import track_told
from bofen.gateways.couriers.protocol import Trace, Track, TrackStatus
from bofen.kit.db import Database, Tx
from bofen.kit.ids import new_id, short_token
from bofen.kit.once import Request
from bofen.orders import service as orders
from bofen.orders.after_sales import ApplyAfterSale
from bofen.orders.errors import NotAllSent
from bofen.orders.rules import AfterSaleKind
from bofen.shipping.models import Shipment
from bofen.shipping.rules import ParcelLine
from tests.conftest import NOON
from tests.flows.test_refunds import a_paid_order, apply, refund
from tests.flows.trade_given import VAULT, Buyer, a_buyer, a_sku, staff

DAY = timedelta(days=1)


async def parcel(db: Database, order_id: UUID, at: datetime, *lines: ParcelLine) -> Shipment:
    asked = ShipAsked(order_id, "yuantong", f"YT{short_token(12)}", lines or None)
    by = await staff(db)
    return await db.run(lambda tx: ship(tx, VAULT, asked, by, at))


async def told(db: Database, shipment: Shipment, *traces: tuple[datetime, TrackStatus]) -> None:
    heard = [Trace(at, status.value, status, "上海") for at, status in traces]
    newest = max(heard, key=lambda trace: trace.at)
    track = Track(newest.status, heard)
    await db.run(lambda tx: track_told(tx, shipment.id, track, newest.at))


async def confirm_by(db: Database, order_id: UUID) -> datetime | None:
    async def story(tx: Tx) -> datetime | None:
        return (await orders.lock(tx, order_id)).confirm_by

    return await db.run(story)


async def an_order(db: Database, quantity: int) -> tuple[Buyer, UUID, timedelta]:
    """Its buyer, its id, and the days that it was sold under."""
    sku, buyer = await a_sku(db), await a_buyer(db)
    order_id = await a_paid_order(db, (sku, quantity), buyer=buyer)
    async with db.transaction() as tx:
        days = (await orders.lock(tx, order_id)).confirm_after_shipped_days
    return buyer, order_id, days * DAY


async def test_the_clock_starts_with_the_last_parcel(db: Database) -> None:
    buyer, order_id, days = await an_order(db, 2)

    await parcel(db, order_id, NOON, ParcelLine(1, 1))
    assert await confirm_by(db, order_id) is None
    with pytest.raises(NotAllSent):
        await db.run(lambda tx: confirm_receipt(tx, buyer.id, order_id, NOON))

    await parcel(db, order_id, NOON + 3 * DAY)
    assert await confirm_by(db, order_id) == NOON + 3 * DAY + days


@pytest.mark.parametrize(
    "trouble",
    [
        TrackStatus.returning,
        TrackStatus.returned,
        TrackStatus.rejected,
        TrackStatus.exception,
        TrackStatus.cancelled,
    ],
)
async def test_a_parcel_in_trouble_stops_the_clock(db: Database, trouble: TrackStatus) -> None:
    _, order_id, days = await an_order(db, 1)
    sent = await parcel(db, order_id, NOON)
    moved = (NOON + DAY, TrackStatus.in_transit)

    await told(db, sent, moved, (NOON + 2 * DAY, trouble))
    assert await confirm_by(db, order_id) is None

    await told(db, sent, moved, (NOON + 2 * DAY, trouble), (NOON + 5 * DAY, TrackStatus.delivering))
    assert await confirm_by(db, order_id) == NOON + days + 3 * DAY


async def test_an_open_after_sale_stops_the_clock_and_what_was_left_of_it_follows(
    db: Database,
) -> None:
    buyer, order_id, days = await an_order(db, 1)
    await parcel(db, order_id, NOON)
    asked = ApplyAfterSale(
        new_id(), order_id, AfterSaleKind.refund, "不喜欢", ((1, 1),), Request(buyer.id, "a")
    )

    await db.run(lambda tx: refunds.apply_after_sale(tx, asked, NOON + 2 * DAY))
    assert await confirm_by(db, order_id) is None

    by = await staff(db)
    later = NOON + 6 * DAY
    await db.run(lambda tx: refunds.refuse(tx, asked.after_sale_id, "商品完好", by, later))
    assert await confirm_by(db, order_id) == NOON + days + 4 * DAY


@pytest.mark.parametrize("state", [TrackStatus.returning, TrackStatus.rejected])
async def test_the_parcels_own_state_stops_the_clock_too(db: Database, state: TrackStatus) -> None:
    """A courier whose rows name no state says it of the parcel alone."""
    _, order_id, days = await an_order(db, 1)
    sent = await parcel(db, order_id, NOON)
    silent = [Trace(NOON + DAY, "…", TrackStatus.no_trace, "上海")]

    await db.run(lambda tx: track_told(tx, sent.id, Track(state, silent), NOON + DAY))
    assert await confirm_by(db, order_id) is None

    later = [Trace(NOON + 3 * DAY, "…", TrackStatus.no_trace, "上海"), *silent]
    moving = Track(TrackStatus.delivering, later)
    await db.run(lambda tx: track_told(tx, sent.id, moving, NOON + 3 * DAY))
    assert await confirm_by(db, order_id) == NOON + days


@pytest.mark.parametrize("is_one_line", [True, False])
async def test_a_lost_parcel_that_was_paid_back_holds_nothing_up(
    db: Database, is_one_line: bool
) -> None:
    skus, buyer = [await a_sku(db), await a_sku(db)], await a_buyer(db)
    lines = [(skus[0], 2)] if is_one_line else [(skus[0], 1), (skus[1], 1)]
    order_id = await a_paid_order(db, *lines, buyer=buyer)
    lost = await parcel(db, order_id, NOON, ParcelLine(1, 1))
    other = await parcel(db, order_id, NOON)
    await told(db, lost, (NOON + DAY, TrackStatus.exception))
    await told(db, other, (NOON + DAY, TrackStatus.signed))
    assert await confirm_by(db, order_id) is None

    await refund(db, await apply(db, buyer, order_id, (1, 1)))

    async with db.transaction() as tx:
        order = await orders.lock(tx, order_id)
    assert order.signed_at == NOON + DAY
    assert order.confirm_by is not None
