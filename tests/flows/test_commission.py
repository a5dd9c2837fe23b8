"""Commission from payment to refund, on the real database: every fen is where it should be."""

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from asyncpg import PostgresError

from bofen.affiliates import attribution, bindings
from bofen.affiliates.attribution import AttributionAsked
from bofen.affiliates.bindings import Click
from bofen.affiliates.rules import Attribution, AttributionKind, Touch
from bofen.kit.db import ConstraintViolated, Database, Tx
from bofen.kit.money import Fen
from bofen.ledger.rules import Balances
from bofen.settings.rules import Binding
from tests.conftest import NOON
from tests.flows.affiliates_given import (
    a_link,
    a_sale,
    accrued,
    an_affiliate,
    balances,
    nobody_waits,
    refunded,
)


async def bound(db: Database, buyer_id: UUID, token: str, at: datetime) -> Touch:
    async with db.transaction() as tx:
        return await bindings.bind(tx, Click(buyer_id, token, at), Binding())


async def attributed(
    db: Database, buyer_id: UUID, token: str | None, host: UUID | None, at: datetime
) -> Attribution:
    asked = AttributionAsked(uuid4(), buyer_id, token, host, at)
    async with db.transaction() as tx:
        return (await attribution.attribute(tx, [asked], Binding()))[asked.key]


async def test_a_repeated_payment_notice_promises_once(db: Database) -> None:
    affiliate_id = await an_affiliate(db)
    sale = a_sale(affiliate_id)

    await accrued(db, sale)
    await accrued(db, sale)

    assert await balances(db, affiliate_id) == Balances(pending_fen=Fen(2_911))


@pytest.mark.parametrize("units", list(itertools.permutations([9_705, 9_704, 9_704])))
async def test_refunds_of_the_golden_line_end_at_zero_in_any_order(
    db: Database, units: Sequence[int]
) -> None:
    affiliate_id = await an_affiliate(db)
    sale = a_sale(affiliate_id)
    await accrued(db, sale)
    seen = [(await balances(db, affiliate_id)).pending_fen]

    for total in itertools.accumulate(units):
        await refunded(db, sale, total)
        await refunded(db, sale, total)
        seen.append((await balances(db, affiliate_id)).pending_fen)

    assert seen == [2_911, 1_940, 970, 0]


async def test_an_older_refund_total_gives_nothing_back(db: Database) -> None:
    affiliate_id = await an_affiliate(db)
    sale = a_sale(affiliate_id)
    await accrued(db, sale)
    await refunded(db, sale, 19_409)

    await refunded(db, sale, 9_705)

    assert (await balances(db, affiliate_id)).pending_fen == 970


async def test_the_commission_never_exceeds_half_of_the_base_or_the_margin(db: Database) -> None:
    affiliate_id = await an_affiliate(db)
    async with db.transaction() as tx:
        await tx.fetch(
            "INSERT INTO affiliates_standing (affiliate_id, tier, rate_bp, from_at)"
            " VALUES ($1, 'normal', 9000, $2)",
            affiliate_id,
            NOON,
        )

    await accrued(db, a_sale(affiliate_id, 10_000))
    await accrued(db, replace(a_sale(affiliate_id, 10_000), cost_fen=Fen(9_900)))

    assert (await balances(db, affiliate_id)).pending_fen == 5_000 + 100


async def test_nobody_edits_the_ledger(db: Database) -> None:
    affiliate_id = await an_affiliate(db)
    await accrued(db, a_sale(affiliate_id))

    for change in ("UPDATE ledger_entry SET amount_fen = 1", "DELETE FROM ledger_entry"):
        with pytest.raises(PostgresError, match="never changed"):
            async with db.transaction() as tx:
                await tx.fetch(change)


async def test_a_transfer_that_does_not_sum_to_zero_is_refused(db: Database) -> None:
    with pytest.raises(PostgresError, match="sum to zero"):
        async with db.transaction() as tx:
            await tx.fetch(
                "INSERT INTO ledger_entry"
                " (reason, source, subject_id, owner_id, account, amount_fen, at)"
                " VALUES ('accrued', 'x', $1, $1, 'commission_pending', 5, $2)",
                uuid4(),
                NOON,
            )


async def test_a_third_level_is_the_most_a_database_holds(db: Database) -> None:
    affiliate_id = await an_affiliate(db)
    await accrued(db, a_sale(affiliate_id))

    with pytest.raises(ConstraintViolated):
        async with db.transaction() as tx:
            await tx.fetch(
                "UPDATE affiliates_commission SET level = 4 WHERE affiliate_id = $1", affiliate_id
            )


async def test_share_beats_host_beats_binding_and_losers_stay_with_the_reason(
    db: Database,
) -> None:
    sharing, hosting, binding = [await an_affiliate(db) for _ in range(3)]
    buyer_id = uuid4()
    await bound(db, buyer_id, await a_link(db, binding), NOON)
    token = await a_link(db, sharing)
    assert await bound(db, buyer_id, token, NOON) == Touch.protected

    by_share = await attributed(db, buyer_id, token, hosting, NOON)
    by_host = await attributed(db, buyer_id, None, hosting, NOON)
    by_binding = await attributed(db, buyer_id, None, None, NOON)
    too_late = await attributed(db, buyer_id, None, None, NOON + timedelta(days=30))

    assert (by_share.affiliate_id, by_share.kind) == (sharing, AttributionKind.share)
    assert [(one.affiliate_id, one.why) for one in by_share.losers] == [
        (hosting, "outranked"),
        (binding, "outranked"),
    ]
    assert by_host.affiliate_id == hosting
    assert by_binding.affiliate_id == binding
    assert too_late.affiliate_id is None
    assert [one.why for one in too_late.losers] == ["expired"]
    assert Attribution.from_json(by_share.to_json()) == by_share


async def test_a_share_opened_eight_days_ago_earns_nothing(db: Database) -> None:
    protecting, sharing = await an_affiliate(db), await an_affiliate(db)
    buyer_id, token = uuid4(), await a_link(db, sharing)
    await bound(db, buyer_id, await a_link(db, protecting), NOON)
    assert await bound(db, buyer_id, token, NOON) == Touch.protected

    later = await attributed(db, buyer_id, token, None, NOON + timedelta(days=8))

    assert later.affiliate_id == protecting
    assert [(one.affiliate_id, one.why) for one in later.losers] == [(sharing, "expired")]


async def test_a_share_that_this_buyer_never_opened_earns_nothing(db: Database) -> None:
    sharing, binding = await an_affiliate(db), await an_affiliate(db)
    buyer_id, somebody, token = uuid4(), uuid4(), await a_link(db, sharing)
    await bound(db, buyer_id, await a_link(db, binding), NOON)
    await bound(db, somebody, token, NOON)

    found = await attributed(db, buyer_id, token, None, NOON)

    assert found.affiliate_id == binding
    assert [(lost.affiliate_id, lost.why) for lost in found.losers] == [(sharing, "never_opened")]


async def test_buying_by_one_s_own_link_earns_nothing(db: Database) -> None:
    person_id = uuid4()
    affiliate_id = await an_affiliate(db, person_id=person_id)
    token = await a_link(db, affiliate_id)

    found = await attributed(db, person_id, token, affiliate_id, NOON)

    assert found.affiliate_id is None
    assert {one.why for one in found.losers} == {"self_purchase"}
    assert await bound(db, person_id, token, NOON) == Touch.self_click


async def test_a_frozen_affiliate_wins_no_new_order(db: Database) -> None:
    affiliate_id = await an_affiliate(db, status="frozen")

    found = await attributed(db, uuid4(), await a_link(db, affiliate_id), None, NOON)

    assert found.affiliate_id is None
    assert [one.why for one in found.losers] == ["affiliate_frozen"]


async def test_the_last_click_wins_after_the_protection(db: Database) -> None:
    first, second = await an_affiliate(db), await an_affiliate(db)
    buyer_id, other_token = uuid4(), await a_link(db, second)
    await bound(db, buyer_id, await a_link(db, first), NOON)

    early = await bound(db, buyer_id, other_token, NOON + timedelta(days=6))
    late = await bound(db, buyer_id, other_token, NOON + timedelta(days=7))

    assert (early, late) == (Touch.protected, Touch.bound)
    found = await attributed(db, buyer_id, None, None, NOON + timedelta(days=8))
    assert found.affiliate_id == second


async def test_two_affiliates_at_once_leave_one_active_binding(db: Database) -> None:
    tokens = [await a_link(db, await an_affiliate(db)) for _ in range(6)]
    buyer_id = uuid4()

    outcomes = await asyncio.gather(*(bound(db, buyer_id, token, NOON) for token in tokens))

    assert sorted(outcomes) == [Touch.bound, *[Touch.protected] * 5]
    async with db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT ended_at FROM affiliates_binding WHERE buyer_id = $1", buyer_id
        )
    assert [row["ended_at"] for row in rows] == [None]


async def test_without_the_lock_and_the_index_two_bindings_would_stand(
    own: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: neither commits before both have written."""
    tokens = [await a_link(own, await an_affiliate(own)) for _ in range(2)]
    buyer_id, written = uuid4(), asyncio.Barrier(2)
    rebind = bindings._rebind

    async def rebind_together(*given: Any) -> None:
        await rebind(*given)
        await written.wait()

    monkeypatch.setattr(Tx, "queue_up", nobody_waits)
    monkeypatch.setattr(bindings, "_rebind", rebind_together)
    async with own.transaction() as tx:
        await tx.fetch("DROP INDEX uq_affiliates_binding_active")

    outcomes = await asyncio.gather(*(bound(own, buyer_id, token, NOON) for token in tokens))

    assert outcomes == [Touch.bound, Touch.bound]
    async with own.transaction() as tx:
        active = await tx.fetch("SELECT 1 FROM affiliates_binding WHERE ended_at IS NULL")
    assert len(active) == 2
