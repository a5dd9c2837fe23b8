"""Settlement releases what was held long enough: once, in pieces, and never what is disputed."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bofen.affiliates import applications, commissions, settlements
from bofen.affiliates.applications import Decision
from bofen.affiliates.rules import AffiliateStatus
from bofen.affiliates.settlements import Run
from bofen.flows import settle
from bofen.kit.days import day_of
from bofen.kit.db import ConstraintViolated, Database, Tx
from bofen.kit.money import Fen
from bofen.ledger.rules import Balances
from tests.conftest import NOON
from tests.flows.affiliates_given import (
    RELEASED,
    a_member,
    a_sale,
    accrued,
    an_affiliate,
    balances,
    nobody_waits,
    received,
    refunded,
    services,
)

DAY = timedelta(days=1)


async def settled(db: Database, at: datetime = RELEASED) -> None:
    await settle.settle(services(db), at)


async def test_commission_waits_seven_days_from_receipt(db: Database) -> None:
    affiliate_id = await an_affiliate(db)
    sale = a_sale(affiliate_id)
    await accrued(db, sale)
    await settled(db)
    assert (await balances(db, affiliate_id)).payable_fen == 0

    await received(db, sale)
    await settled(db, NOON + timedelta(days=7, seconds=-1))
    early = await balances(db, affiliate_id)
    await settled(db, NOON + timedelta(days=7))

    assert early == Balances(pending_fen=Fen(2_911))
    assert await balances(db, affiliate_id) == Balances(payable_fen=Fen(2_911))


async def test_settling_again_or_at_once_releases_once(db: Database) -> None:
    affiliate_id = await an_affiliate(db)
    sales = [a_sale(affiliate_id, 10_000 + i) for i in range(20)]
    await accrued(db, *sales)
    await received(db, *sales)

    await asyncio.gather(*(settled(db) for _ in range(4)))
    await settled(db)

    assert await balances(db, affiliate_id) == Balances(payable_fen=Fen(20_000 + 10))


async def parts_of_two_runs_at_once(own: Database) -> list[int]:
    """Two runs of one day, each with a line of the same affiliate that has just come due."""
    affiliate_id = await an_affiliate(own)
    sales = [a_sale(affiliate_id, 10_000) for _ in range(2)]
    await accrued(own, *sales)
    for n, sale in enumerate(sales):
        await received(own, sale, at=NOON + timedelta(seconds=n))

    async def release(at: datetime) -> None:
        async with own.transaction() as tx:
            await settlements.release(tx, Run(day_of(at), at), [affiliate_id])

    async with own.transaction() as tx:
        await settlements.release(tx, Run(day_of(RELEASED), NOON + 7 * DAY), [affiliate_id])
        other = asyncio.create_task(release(RELEASED))
        await somebody_waits(own)
    await other
    async with own.transaction() as tx:
        rows = await tx.fetch("SELECT part FROM affiliates_settlement ORDER BY part")
    return [row["part"] for row in rows]


async def somebody_waits(own: Database) -> None:
    async with asyncio.timeout(20), own.transaction() as tx:
        while not await tx.fetch(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock'"
        ):
            await tx.fetch("SELECT pg_stat_clear_snapshot()")


async def test_runs_at_once_take_turns(own: Database) -> None:
    assert await parts_of_two_runs_at_once(own) == [1, 2]


async def test_without_turns_runs_at_once_collide(
    own: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tx, "queue_up", nobody_waits)
    with pytest.raises(ConstraintViolated):
        await parts_of_two_runs_at_once(own)


async def test_each_affiliate_gets_one_settlement_a_run_however_many_lines(
    own: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    owners = [await an_affiliate(own) for _ in range(4)]
    sales = [a_sale(one, 10_000) for n, one in enumerate(owners, 1) for _ in range(3 * n)]
    await accrued(own, *sales)
    await received(own, *sales)
    monkeypatch.setattr(settle, "LINES_MAX", 9)

    times = await settle.settle(services(own), RELEASED)
    again = await settle.settle(services(own), RELEASED)

    assert (2 <= times <= 4, again) == (True, 0)
    async with own.transaction() as tx:
        rows = await tx.fetch("SELECT affiliate_id, part, lines FROM affiliates_settlement")
    assert sorted(row["lines"] for row in rows) == [3, 6, 9, 12]
    assert {row["affiliate_id"] for row in rows} == set(owners)
    assert {row["part"] for row in rows} == {1}
    for n, one in enumerate(owners, 1):
        assert (await balances(own, one)).payable_fen == 3_000 * n


async def test_a_run_goes_on_where_it_was_stopped(db: Database) -> None:
    affiliate_id, other_id = await an_affiliate(db), await an_affiliate(db)
    sales = [a_sale(one, 10_000) for one in (affiliate_id, other_id) for _ in range(5)]
    await accrued(db, *sales)
    await received(db, *sales)
    run = Run(day_of(RELEASED), RELEASED)
    async with db.transaction() as tx:
        await settlements.release(tx, run, [affiliate_id])

    await settled(db)

    for one in (affiliate_id, other_id):
        assert (await balances(db, one)).payable_fen == 5_000


async def test_an_open_after_sale_blocks_the_release(db: Database) -> None:
    affiliate_id = await an_affiliate(db)
    sale = a_sale(affiliate_id)
    await accrued(db, sale)
    await received(db, sale)
    async with db.transaction() as tx:
        await commissions.block(tx, sale.order_id)
        await commissions.block(tx, sale.order_id)
        await commissions.unblock(tx, sale.order_id, NOON)
    await settled(db)
    assert (await balances(db, affiliate_id)).payable_fen == 0

    async with db.transaction() as tx:
        await commissions.unblock(tx, sale.order_id, NOON)
    await settled(db)

    assert (await balances(db, affiliate_id)).payable_fen == 2_911


async def released_at(db: Database, affiliate_id: UUID) -> list[datetime]:
    """When the ledger says that the affiliate's commission became available."""
    async with db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT DISTINCT at FROM ledger_entry WHERE owner_id = $1 AND reason = 'released'",
            affiliate_id,
        )
    return [row["at"] for row in rows]


AFTERNOON = datetime(2026, 6, 10, 7, tzinfo=UTC)
"""Three o'clock in Shanghai, long after the holding days; the settlement was at two at night."""
NEXT_SETTLEMENT = datetime(2026, 6, 10, 18, tzinfo=UTC)


async def test_what_an_after_sale_held_back_is_released_after_its_end_and_dated_so(
    db: Database,
) -> None:
    affiliate_id = await an_affiliate(db)
    sale = a_sale(affiliate_id)
    await accrued(db, sale)
    await received(db, sale)
    async with db.transaction() as tx:
        await commissions.block(tx, sale.order_id)
    await settle.settle_daily(services(db), AFTERNOON)
    async with db.transaction() as tx:
        await commissions.unblock(tx, sale.order_id, AFTERNOON)

    await settle.settle_daily(services(db), AFTERNOON + timedelta(minutes=1))
    early = await released_at(db, affiliate_id)
    await settle.settle_daily(services(db), NEXT_SETTLEMENT)

    assert early == []
    assert await released_at(db, affiliate_id) == [NEXT_SETTLEMENT]


async def test_an_after_sale_that_ends_late_leaves_what_was_released_as_it_is(
    db: Database,
) -> None:
    affiliate_id = await an_affiliate(db)
    sale = a_sale(affiliate_id)
    await accrued(db, sale)
    await received(db, sale)
    await settled(db)
    dated = "SELECT release_at FROM affiliates_commission WHERE order_id = $1"
    async with db.transaction() as tx:
        (before,) = await tx.fetch(dated, sale.order_id)
        await commissions.block(tx, sale.order_id)
        await commissions.unblock(tx, sale.order_id, before["release_at"] + timedelta(days=3))
        (after,) = await tx.fetch(dated, sale.order_id)

    assert after == before


async def test_an_after_sale_that_ends_before_the_receipt_starts_no_clock(db: Database) -> None:
    affiliate_id = await an_affiliate(db)
    sale = a_sale(affiliate_id)
    await accrued(db, sale)
    async with db.transaction() as tx:
        await commissions.block(tx, sale.order_id)
        await commissions.unblock(tx, sale.order_id, NOON)

    await settled(db)

    assert await balances(db, affiliate_id) == Balances(pending_fen=Fen(2_911))


async def test_a_frozen_affiliate_s_commission_waits_and_goes_on_after_the_thaw(
    db: Database,
) -> None:
    affiliate_id = await an_affiliate(db)
    sale = a_sale(affiliate_id)
    await accrued(db, sale)
    await received(db, sale)
    await _decide(db, affiliate_id, AffiliateStatus.frozen, NOON)
    await settled(db)
    assert await balances(db, affiliate_id) == Balances(pending_fen=Fen(2_911))

    await _decide(db, affiliate_id, AffiliateStatus.approved, AFTERNOON)
    await settle.settle_daily(services(db), AFTERNOON + timedelta(minutes=1))
    early = await released_at(db, affiliate_id)
    await settle.settle_daily(services(db), NEXT_SETTLEMENT)

    assert early == []
    assert await balances(db, affiliate_id) == Balances(payable_fen=Fen(2_911))
    assert await released_at(db, affiliate_id) == [NEXT_SETTLEMENT]


async def test_a_closed_affiliate_still_gets_what_was_earned_before(db: Database) -> None:
    affiliate_id = await an_affiliate(db)
    sale = a_sale(affiliate_id)
    await accrued(db, sale)
    await received(db, sale)
    await _decide(db, affiliate_id, AffiliateStatus.closed, NOON)

    await settled(db)

    assert await balances(db, affiliate_id) == Balances(payable_fen=Fen(2_911))


async def _decide(db: Database, affiliate_id: UUID, status: AffiliateStatus, at: datetime) -> None:
    by = await a_member(db)
    async with db.transaction() as tx:
        await applications.decide(tx, affiliate_id, Decision(status, "核实"), by, at)


async def test_a_partly_refunded_line_releases_what_is_left(db: Database) -> None:
    affiliate_id = await an_affiliate(db)
    sale, whole = a_sale(affiliate_id), a_sale(affiliate_id)
    await accrued(db, sale, whole)
    await received(db, sale, whole)
    await refunded(db, sale, 9_705)
    await refunded(db, whole, 29_113)

    await settled(db)

    assert await balances(db, affiliate_id) == Balances(payable_fen=Fen(1_940))


async def test_a_refund_while_settling_takes_from_where_the_money_is(db: Database) -> None:
    affiliate_id = await an_affiliate(db)
    sales = [a_sale(affiliate_id, 10_000) for _ in range(30)]
    await accrued(db, *sales)
    await received(db, *sales)

    await asyncio.gather(settled(db), *(refunded(db, sale, 10_000) for sale in sales))
    await settled(db)

    assert await balances(db, affiliate_id) == Balances()
