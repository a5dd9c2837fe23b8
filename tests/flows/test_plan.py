"""The commission plan: whose rate applies, as of when, and that two writers do not overwrite."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from bofen.affiliates import applications, plan
from bofen.affiliates.applications import Standing
from bofen.affiliates.errors import PlanChanged, PlanRefused, TierInUse, TierNameTaken, TierUnknown
from bofen.affiliates.plan import PlanChange, Sold, Tier
from bofen.affiliates.rates import PlanDraft, PlanRate, RateKind
from bofen.kit.db import Database
from bofen.kit.money import BasisPoints
from tests.conftest import NOON
from tests.flows.affiliates_given import a_member, a_sale, accrued, an_affiliate, balances
from tests.flows.trade_given import a_buyer, a_sku, pay, placed, share_link, wish, with_attempt

HOUR = timedelta(hours=1)


async def written(
    db: Database, shop_bp: int, from_at: datetime, *rates: PlanRate, at: datetime = NOON
) -> int:
    """The next version of the plan; its number."""
    by = await a_member(db)
    async with db.transaction() as tx:
        newest = (await plan.versions(tx, 1))[0].version
        draft = PlanDraft(BasisPoints(shop_bp), BasisPoints(5_000), rates)
        return await plan.write(tx, PlanChange(draft, newest, from_at), by, at)


async def promoted(
    db: Database, affiliate_id: UUID, tier: str, at: datetime, rate_bp: int | None = None
) -> None:
    by = await a_member(db)
    standing = Standing(tier, None if rate_bp is None else BasisPoints(rate_bp))
    async with db.transaction() as tx:
        await applications.promote(tx, affiliate_id, standing, by, at)


def tier_rate(tier: str, rate_bp: int) -> PlanRate:
    return PlanRate(RateKind.tier, tier, BasisPoints(rate_bp))


async def test_a_payment_learned_of_late_has_the_rate_of_its_own_moment(own: Database) -> None:
    affiliate_id = await an_affiliate(own)
    sku, buyer = await a_sku(own, price_fen=10_000), await a_buyer(own)
    token = await share_link(own, affiliate_id, buyer)
    order = await placed(own, wish(buyer, (sku, 1), share=token))
    notice = await with_attempt(own, order, NOON)
    await written(own, 2_000, NOON + HOUR, at=NOON + HOUR)

    await pay(own, notice, at=NOON + 2 * HOUR)

    assert (await balances(own, affiliate_id)).pending_fen == 1_000
    async with own.transaction() as tx:
        rows = await tx.fetch(
            "SELECT rate_bp, plan_version, paid_at, accrued_at FROM affiliates_commission"
        )
    assert (rows[0]["rate_bp"], rows[0]["plan_version"]) == (1_000, 0)
    assert (rows[0]["paid_at"], rows[0]["accrued_at"]) == (NOON, NOON + 2 * HOUR)


async def test_tier_and_own_rate_are_those_of_the_payment_too(own: Database) -> None:
    await written(own, 1_000, NOON, tier_rate("gold", 1_200), tier_rate("diamond", 1_500))
    affiliate_id = await an_affiliate(own)
    await promoted(own, affiliate_id, "gold", NOON + HOUR)
    await promoted(own, affiliate_id, "diamond", NOON + 2 * HOUR)
    await promoted(own, affiliate_id, "diamond", NOON + 3 * HOUR, rate_bp=2_000)

    for hours in range(4):
        await accrued(own, a_sale(affiliate_id, 10_000, NOON + hours * HOUR))

    async with own.transaction() as tx:
        rows = await tx.fetch("SELECT rate_bp FROM affiliates_commission ORDER BY paid_at")
    assert [row["rate_bp"] for row in rows] == [1_000, 1_200, 1_500, 2_000]


async def test_only_a_line_s_own_rates_are_looked_up(own: Database) -> None:
    affiliate_id, product_id, category_id = await an_affiliate(own), uuid4(), uuid4()
    many = [PlanRate(RateKind.product, str(uuid4()), BasisPoints(i % 5_000)) for i in range(3_998)]
    mine = [
        PlanRate(RateKind.product, str(product_id), BasisPoints(700)),
        PlanRate(RateKind.category, str(category_id), BasisPoints(800)),
    ]
    version = await written(own, 1_000, NOON, *many, *mine)

    async with own.transaction() as tx:
        found = await plan.offers(
            tx,
            [
                Sold(affiliate_id, product_id, category_id, NOON),
                Sold(affiliate_id, None, category_id, NOON),
                Sold(affiliate_id, uuid4(), None, NOON),
                Sold(affiliate_id, product_id, category_id, NOON - HOUR),
            ],
        )

    assert [(one.plan_version, one.product_bp, one.category_bp) for one in found] == [
        (version, 700, 800),
        (version, None, 800),
        (version, None, None),
        (0, None, None),
    ]


async def test_two_who_write_at_once_do_not_overwrite_each_other(own: Database) -> None:
    by, read = await a_member(own), asyncio.Barrier(4)
    draft = PlanDraft(BasisPoints(1_100), BasisPoints(5_000))

    async def write(shop_bp: int) -> int:
        async with own.transaction() as tx:
            newest = (await plan.versions(tx, 1))[0].version
            await read.wait()
            change = PlanChange(replace(draft, shop_bp=BasisPoints(shop_bp)), newest, NOON)
            return await plan.write(tx, change, by, NOON)

    answers = await asyncio.gather(*(write(1_000 + i) for i in range(4)), return_exceptions=True)

    assert sorted(str(type(one).__name__) for one in answers) == ["PlanChanged"] * 3 + ["int"]
    with pytest.raises(PlanChanged):
        async with own.transaction() as tx:
            await plan.write(tx, PlanChange(draft, 0, NOON), by, NOON)


@pytest.mark.parametrize("from_at", [NOON - HOUR, NOON + timedelta(days=400)])
async def test_a_plan_begins_neither_in_the_past_nor_far_ahead(
    own: Database, from_at: datetime
) -> None:
    with pytest.raises(PlanRefused):
        await written(own, 1_000, from_at)


async def test_a_tier_is_added_used_renamed_and_no_longer_removed(own: Database) -> None:
    by, affiliate_id = await a_member(own), await an_affiliate(own)
    async with own.transaction() as tx:
        await plan.write_tier(tx, Tier("star", "星级", 3), by, NOON)
        await plan.write_tier(tx, Tier("spare", "备用", 4), by, NOON)
        await plan.remove_tier(tx, "spare", by, NOON)
    await promoted(own, affiliate_id, "star", NOON)

    async with own.transaction() as tx:
        await plan.write_tier(tx, Tier("star", "明星", 3), by, NOON)
        tiers = await plan.tiers(tx)
    with pytest.raises(TierInUse):
        async with own.transaction() as tx:
            await plan.remove_tier(tx, "star", by, NOON)
    with pytest.raises(TierNameTaken):
        async with own.transaction() as tx:
            await plan.write_tier(tx, Tier("other", "明星", 5), by, NOON)
    with pytest.raises(TierUnknown):
        await promoted(own, affiliate_id, "spare", NOON)

    assert [tier.name for tier in tiers] == ["普通", "金牌", "钻石", "明星"]
