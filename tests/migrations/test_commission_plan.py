"""Terms of before become a plan and settings; affiliates and commissions keep what they had."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from bofen.affiliates import plan, queries
from bofen.affiliates.plan import Sold
from bofen.kit.db import Database
from bofen.settings import service as settings
from tests.migrations.former import database_at

THEN = datetime(2026, 5, 1, tzinfo=UTC)
DAY = timedelta(days=1)
PRODUCT, CATEGORY, STAFF = uuid4(), uuid4(), uuid4()
TERMS = {
    "shop_bp": 800,
    "tiers_bp": {"standard": 900, "gold": 1_300},
    "categories_bp": {str(CATEGORY): 700},
    "products_bp": {str(PRODUCT): 1_500},
    "cap_bp": 4_000,
    "holding_days": 9,
    "binding_days": 40,
    "protection_days": 3,
    "share_days": 5,
    "withdrawal_min_fen": 2_000,
    "automatic_max_fen": 100_000,
}


async def _terms(db: Database, version: int, at: datetime, **changes: object) -> None:
    async with db.transaction() as tx:
        await tx.fetch(
            "INSERT INTO affiliates_terms (version, terms, made_at, made_by)"
            " VALUES ($1, $2::jsonb, $3, $4)",
            version,
            json.dumps(TERMS | changes),
            at,
            STAFF,
        )


async def _gold_affiliate(db: Database, affiliate_id: UUID) -> None:
    """Of the gold tier, with one commission of `THEN`."""
    async with db.transaction() as tx:
        await tx.fetch(
            "INSERT INTO affiliates_affiliate (id, person_id, status, real_name_sealed,"
            " real_name_masked, introduction, agreement_version, agreed_at, applied_at, tier)"
            " VALUES ($1, $2, 'approved', '', '张**', '', '1', $3, $3, 'gold')",
            affiliate_id,
            uuid4(),
            THEN,
        )
        await tx.fetch(
            "INSERT INTO affiliates_commission (id, order_id, line_no, level, affiliate_id,"
            " product_id, base_fen, rate_bp, plan_version, amount_fen, snapshot, accrued_at,"
            " status, refunded_base_fen, reversed_fen, blocks) VALUES ($1, $1, 1, 1, $2, $3,"
            " 1000, 1000, 1, 100, '{}', $4, 'pending', 0, 0, 0)",
            uuid4(),
            affiliate_id,
            PRODUCT,
            THEN,
        )


async def test_terms_become_a_plan_and_settings() -> None:
    async with database_at("0002_settings") as former:
        await _terms(former.db, 1, THEN)
        await _terms(former.db, 2, THEN + 10 * DAY, shop_bp=1_100, binding_days=20)
        await former.to_head()

        async with former.db.transaction() as tx:
            sold = Sold(uuid4(), PRODUCT, CATEGORY, THEN + DAY)
            first, later = await plan.offers(
                tx, [sold, replace(sold, product_id=None, paid_at=THEN + 11 * DAY)]
            )
            before = await settings.in_force(tx, THEN + DAY)
            after = await settings.in_force(tx, THEN + 11 * DAY)

    assert (first.plan_version, first.shop_bp, first.cap_bp) == (1, 800, 4_000)
    assert (first.tier_bp, first.product_bp, first.category_bp) == (900, 1_500, 700)
    assert (later.plan_version, later.shop_bp, later.product_bp) == (2, 1_100, None)
    assert (before.binding.binding_days, before.payout.holding_days) == (40, 9)
    assert (after.binding.binding_days, after.binding.share_days) == (20, 5)
    assert after.payout.automatic_max_fen == 100_000


async def test_affiliates_keep_their_tier_and_commissions_learn_their_day() -> None:
    affiliate_id = uuid4()
    async with database_at("0002_settings") as former:
        await _gold_affiliate(former.db, affiliate_id)
        await former.to_head()

        async with former.db.transaction() as tx:
            affiliate = await queries.affiliate(tx, affiliate_id)
            kept = await tx.fetch("SELECT paid_at FROM affiliates_commission")
            tiers = await plan.tiers(tx)

    assert (affiliate.tier, affiliate.tier_name) == ("gold", "金牌")
    assert [row["paid_at"] for row in kept] == [THEN]
    assert [tier.code for tier in tiers] == ["normal", "gold", "diamond"]


async def test_settings_that_somebody_wrote_are_left_alone() -> None:
    async with database_at("0002_settings") as former:
        await _terms(former.db, 1, THEN)
        async with former.db.transaction() as tx:
            await tx.fetch(
                "INSERT INTO settings_setting (key, version, value, from_at, by_staff_id,"
                " written_at) VALUES ('payout', 1, '{\"holding_days\": 14}', $1, $2, $1)",
                THEN,
                STAFF,
            )
        await former.to_head()

        async with former.db.transaction() as tx:
            found = await settings.in_force(tx, THEN + DAY)

    assert (found.payout.holding_days, found.payout.withdrawal_min_fen) == (14, 10_00)
    assert found.binding.binding_days == 40


async def test_a_shop_without_terms_starts_with_the_first_plan() -> None:
    async with database_at("0002_settings") as former:
        await former.to_head()

        async with former.db.transaction() as tx:
            found = await plan.in_force(tx, THEN)

    assert (found.version, found.shop_bp, found.cap_bp, found.made_by) == (0, 1_000, 5_000, None)
