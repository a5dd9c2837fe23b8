"""Laws of commission: never more than the cap or the margin, always zero when all went back."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofen.affiliates.rates import (
    Offers,
    PlanDraft,
    PlanRate,
    PlanStage,
    RateKind,
    plan_fault,
    plan_stages,
    rate_of,
    target_fen,
)
from bofen.affiliates.rules import (
    AffiliateStatus,
    Attribution,
    AttributionKind,
    Bound,
    Candidate,
    CommissionStatus,
    Touch,
    attribute,
    available_at,
    last_settlement_at,
    may_become,
    touch,
)
from bofen.affiliates.wording import Earned, Taken, sentences
from bofen.kit.money import BasisPoints, Fen, apportion, share, units
from bofen.settings.rules import Binding

AT = datetime(2026, 6, 1, 4, tzinfo=UTC)
BUYER = UUID(int=1)
BINDING = Binding()

amounts = st.integers(0, 10_000_000).map(Fen)
rates = st.integers(0, 10_000).map(BasisPoints)


def test_the_golden_example() -> None:
    shares = apportion(Fen(1_000), [29_970, 5_000])
    base = Fen(29_970 - shares[0])

    assert shares == [857, 143]
    assert base == 29_113
    assert share(base, BasisPoints(1_000)) == 2_911
    assert share(base, BasisPoints(300)) == 873
    assert units(base, 3) == [9_705, 9_704, 9_704]


@pytest.mark.parametrize("order", list(itertools.permutations([9_705, 9_704, 9_704])))
def test_the_golden_line_goes_back_unit_by_unit(order: Sequence[int]) -> None:
    totals = [0, *itertools.accumulate(order)]
    targets = [target_fen(BasisPoints(1_000), Fen(29_113), Fen(total)) for total in totals]

    assert [after - before for before, after in itertools.pairwise(targets)] == [-971, -970, -970]


@given(base=amounts, rate=rates, parts=st.lists(st.integers(1, 100), min_size=1, max_size=12))
def test_partial_refunds_end_at_zero_and_never_give_back_more(
    base: Fen, rate: BasisPoints, parts: list[int]
) -> None:
    totals = itertools.accumulate(apportion(base, parts))
    targets = [target_fen(rate, base, Fen(total)) for total in totals]

    assert targets[-1] == 0
    assert all(after <= before for before, after in itertools.pairwise(targets))
    assert targets[0] <= target_fen(rate, base, Fen(0))


def offers(**rates: int | None) -> Offers:
    """The shop pays 10 %, capped at a half; nothing more particular unless a test says so."""
    plain: dict[str, object] = {"plan_version": 1, "shop_bp": 1_000, "cap_bp": 5_000}
    return Offers(**{"tier": "gold", **plain, **rates})  # type: ignore[arg-type]


@given(base=amounts, rate=rates, cost=st.none() | amounts)
def test_a_commission_stays_below_cap_and_margin(
    base: Fen, rate: BasisPoints, cost: Fen | None
) -> None:
    found = rate_of(offers(product_bp=rate), base, cost)
    earned = target_fen(found.rate_bp, base, Fen(0))

    assert 2 * earned <= base
    assert found.rate_bp <= rate
    if cost is not None:
        assert earned <= max(0, base - cost)
    assert (found.limited_by is None) == (found.rate_bp == rate)


@given(st.sets(st.sampled_from(["product", "category", "affiliate", "tier"])))
def test_the_most_particular_rate_applies(given_rates: set[str]) -> None:
    order = ["product", "category", "affiliate", "tier"]
    asked = {f"{name}_bp": i for i, name in enumerate(order) if name in given_rates}

    found = rate_of(offers(**asked), Fen(10_000), None)

    assert found.source == next((name for name in order if name in given_rates), "shop")
    assert found.asked_bp == asked.get(f"{found.source}_bp", 1_000)


def test_a_rate_of_nothing_is_a_rate() -> None:
    found = rate_of(offers(product_bp=0), Fen(10_000), None)

    assert (found.source, found.rate_bp) == ("product", 0)


def a_rate(kind: str, subject_id: str, rate_bp: int = 1_000) -> PlanRate:
    return PlanRate(RateKind(kind), subject_id, BasisPoints(rate_bp))


@pytest.mark.parametrize(
    ("shop_bp", "cap_bp", "plan_rates", "fault"),
    [
        (1_000, 5_000, [("tier", "gold", 1_200), ("product", "p", 0)], None),
        (5_001, 5_000, [], "shop_bp"),
        (1_000, 5_001, [], "cap_bp"),
        (1_000, 5_000, [("tier", "boss", 1)], "rates.tier.boss"),
        (1_000, 5_000, [("product", "p", 5_001)], "rates.product.p"),
        (1_000, 5_000, [("product", "p", 1), ("product", "p", 2)], "rates.product.p"),
        (1_000, 5_000, [("product", f"{i}", 1) for i in range(4_001)], "rates"),
    ],
)
def test_a_plan_keeps_its_limits(
    shop_bp: int, cap_bp: int, plan_rates: list[tuple[str, str, int]], fault: str | None
) -> None:
    draft = PlanDraft(
        BasisPoints(shop_bp), BasisPoints(cap_bp), tuple(a_rate(*rate) for rate in plan_rates)
    )

    assert plan_fault(draft, {"normal", "gold"}) == fault


def test_a_plan_is_coming_in_force_or_past() -> None:
    day = timedelta(days=1)
    replaced = [(3, AT - day), (2, AT + day), (1, AT - 2 * day), (0, AT - 9 * day)]
    ahead = [(3, AT + 2 * day), (2, AT + day), (1, AT), (0, AT - 9 * day)]

    assert list(plan_stages(replaced, AT).values()) == [
        PlanStage.in_force,
        PlanStage.past,
        PlanStage.past,
        PlanStage.past,
    ]
    assert list(plan_stages(ahead, AT).values()) == [
        PlanStage.coming,
        PlanStage.coming,
        PlanStage.in_force,
        PlanStage.past,
    ]


candidates = st.builds(
    Candidate,
    kind=st.sampled_from([AttributionKind.share, AttributionKind.host, AttributionKind.binding]),
    affiliate_id=st.uuids(),
    person_id=st.sampled_from([BUYER, UUID(int=2)]),
    status=st.sampled_from(list(AffiliateStatus)),
    since_at=st.none() | st.sampled_from([AT - timedelta(days=8), AT - timedelta(days=1)]),
    expires_at=st.none() | st.sampled_from([AT, AT + timedelta(days=1)]),
)


@given(st.lists(candidates, max_size=3, unique_by=lambda one: one.kind))
def test_everybody_who_might_have_earned_is_winner_or_loser(found: list[Candidate]) -> None:
    result = attribute(BUYER, found, BINDING, AT)

    losers = [one.affiliate_id for one in result.losers]
    winners = [result.affiliate_id] if result.affiliate_id else []
    assert sorted(winners + losers) == sorted(one.affiliate_id for one in found)
    assert Attribution.from_json(result.to_json()) == result
    for one in found:
        if one.person_id == BUYER or one.status != AffiliateStatus.approved:
            assert one.affiliate_id in losers


def clicked(affiliate_id: UUID) -> Candidate:
    return Candidate(AttributionKind.share, affiliate_id, uuid4(), AffiliateStatus.approved)


@pytest.mark.parametrize(
    ("days", "same", "outcome"),
    [
        (0, False, Touch.protected),
        (6, False, Touch.protected),
        (7, False, Touch.bound),
        (29, False, Touch.bound),
        (3, True, Touch.renewed),
        (30, True, Touch.bound),
        (30, False, Touch.bound),
    ],
)
def test_the_last_click_wins_outside_the_protection(days: int, same: bool, outcome: Touch) -> None:
    first, second = UUID(int=3), UUID(int=4)
    current = Bound(first, AT, AT + timedelta(days=30))

    found = touch(BINDING, BUYER, clicked(first if same else second), current, AT + timedelta(days))

    assert found == outcome


def test_every_step_of_an_affiliate_is_allowed_or_refused() -> None:
    allowed = {
        (now.value, then.value)
        for now in AffiliateStatus
        for then in AffiliateStatus
        if may_become(now, then)
    }

    assert allowed == {
        ("pending", "approved"),
        ("pending", "refused"),
        ("refused", "pending"),
        ("approved", "frozen"),
        ("approved", "closed"),
        ("frozen", "approved"),
        ("frozen", "closed"),
    }


def test_the_settlement_of_a_day_is_at_two_in_shanghai() -> None:
    two = datetime(2026, 6, 1, 18, tzinfo=UTC)
    before = two - timedelta(seconds=1)

    assert last_settlement_at(before) == two - timedelta(days=1)
    assert last_settlement_at(two) == two
    assert available_at(before) == two
    assert available_at(two) == two
    assert available_at(two + timedelta(seconds=1)) == two + timedelta(days=1)


def earned(**changes: object) -> Earned:
    attribution = Attribution(UUID(int=9), AttributionKind.share).to_json()
    snapshot = {
        "base_fen": 29_113,
        "rate_bp": 1_000,
        "plan_version": 2,
        "rate_source": "shop",
        "limited_by": None,
        "attribution": attribution,
    }
    plain: dict[str, object] = {
        "amount_fen": Fen(2_911),
        "reversed_fen": Fen(971),
        "snapshot": snapshot,
        "paid_at": AT,
        "release_at": AT + timedelta(days=7),
        "status": CommissionStatus.pending,
        "is_blocked": False,
        "is_frozen": False,
        "debt_fen": Fen(0),
        "refunds": [Taken(Fen(971), Fen(9_705), AT + timedelta(days=1))],
    }
    return Earned(**{**plain, **changes})  # type: ignore[arg-type]


def test_a_number_explains_itself_in_two_languages() -> None:
    told = sentences(earned())

    assert told["zh"] == (
        "2026-06-01 买家付款，买家打开了您的推广链接；计佣基数 291.13 元（不含运费）× 10%"
        "（方案第 2 版，全店默认），向下取整＝29.11 元；2026-06-02 退款扣回 9.71 元；"
        "现为 19.40 元；预计 2026-06-09 02:00 转为可提现。"
    )
    assert "base ¥291.13 without freight × 10% (plan version 2, the shop's default)" in told["en"]


CLAWED_BACK = {
    "status": CommissionStatus.released,
    "reversed_fen": Fen(2_911),
    "refunds": [Taken(Fen(2_911), Fen(29_113), AT, was_released=True)],
}


@pytest.mark.parametrize(
    ("changes", "ending"),
    [
        ({"status": CommissionStatus.released}, "已转为可提现。"),
        ({"status": CommissionStatus.reversed}, "已随退款全部扣回。"),
        ({"is_blocked": True}, "有售后进行中，暂不结算。"),
        ({"is_blocked": True, "is_frozen": True}, "您的分销资格已冻结，解冻前不结算。"),
        ({"release_at": None}, "等待买家确认收货。"),
        (CLAWED_BACK, "曾转为可提现，其中 29.11 元已因退款追回。"),
        (
            CLAWED_BACK | {"debt_fen": Fen(1_000)},
            "其中 29.11 元已因退款追回，您目前欠款 10.00 元，由之后的佣金抵扣。",
        ),
    ],
)
def test_a_number_says_what_it_waits_for(changes: dict[str, object], ending: str) -> None:
    assert sentences(earned(**changes))["zh"].endswith(ending)
