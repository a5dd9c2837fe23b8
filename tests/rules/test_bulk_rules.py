"""Laws of bulk changes: what is shown before is what is done, and what is undone is as it was."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofen.catalog.bulk.rules import (
    CHANGE_BP_MAX,
    CHANGE_BP_MIN,
    BulkKind,
    ChangeAsked,
    Decided,
    decide,
    draft_after,
    is_below_cost,
    read_state,
    state_as_json,
    state_of,
    undo,
)
from bofen.catalog.errors import (
    PriceOutOfRange,
    ProductChanged,
    ProductIncomplete,
    ProductWordsHeld,
    StrikeTooLow,
)
from bofen.catalog.rules import Content, Option, ProductDraft, ProductStatus, SkuDraft
from bofen.kit.errors import NotFound
from bofen.kit.money import FEN_MAX, Fen
from tests.conftest import NOON

CATEGORY, OTHER = UUID(int=1), UUID(int=2)
prices = st.integers(1, FEN_MAX).map(Fen)
CHANGES = st.one_of(
    st.sampled_from([ChangeAsked(BulkKind.listing), ChangeAsked(BulkKind.delisting)]),
    st.sampled_from([CATEGORY, OTHER]).map(
        lambda category_id: ChangeAsked(BulkKind.category, category_id=category_id)
    ),
    prices.map(lambda fen: ChangeAsked(BulkKind.price_set, amount_fen=fen)),
    st.integers(-FEN_MAX, FEN_MAX).map(
        lambda fen: ChangeAsked(BulkKind.price_added, amount_fen=fen)
    ),
    st.integers(CHANGE_BP_MIN, CHANGE_BP_MAX).map(
        lambda bp: ChangeAsked(BulkKind.price_scaled, change_bp=bp)
    ),
)


def content(
    *price_fens: int,
    status: ProductStatus = ProductStatus.listed,
    strike_fen: int | None = None,
    cost_fen: int | None = None,
    pictures: tuple[str, ...] = ("a",),
) -> Content:
    sizes = tuple(str(number) for number in range(len(price_fens)))
    strike, cost = strike_fen and Fen(strike_fen), cost_fen and Fen(cost_fen)
    skus = tuple(
        SkuDraft({"尺码": size}, Fen(fen), strike, cost)
        for size, fen in zip(sizes, price_fens, strict=True)
    )
    draft = ProductDraft("T恤", "", CATEGORY, "", (), pictures, "", (Option("尺码", sizes),), skus)
    sku_ids = [UUID(int=100 + number) for number in range(len(skus))]
    return Content(UUID(int=9), draft, sku_ids, status, 3, NOON)


contents = st.builds(
    lambda fens, status: content(*fens, status=status),
    st.lists(prices, min_size=1, max_size=4),
    st.sampled_from(ProductStatus),
)


def written(before: Content, made: Decided) -> Content:
    """The product after what was decided, as the verb writes it."""
    assert made.after is not None
    draft = draft_after(before, made.after)
    version = before.version + (draft != before.draft)
    return replace(
        before,
        draft=draft,
        status=made.after.status,
        version=version,
        updated_at=NOON + timedelta(minutes=1),
    )


@given(prices, st.integers(CHANGE_BP_MIN, CHANGE_BP_MAX))
def test_a_part_of_a_price_is_rounded_to_the_nearest_fen_half_up(price: Fen, bp: int) -> None:
    changed = ChangeAsked(BulkKind.price_scaled, change_bp=bp).price(price)

    over = 2 * (10_000 * changed - price * (10_000 + bp))
    assert -10_000 < over <= 10_000


@pytest.mark.parametrize(
    ("price_fen", "bp", "expected"), [(9_990, 500, 10_490), (9_990, -500, 9_491), (1, -5_000, 1)]
)
def test_half_a_fen_is_rounded_up(price_fen: int, bp: int, expected: int) -> None:
    assert ChangeAsked(BulkKind.price_scaled, change_bp=bp).price(Fen(price_fen)) == expected


@given(contents, CHANGES)
def test_each_product_is_changed_or_refused_or_as_it_was(
    before: Content, asked: ChangeAsked
) -> None:
    made = decide(before, asked, before.version, None)

    assert made.before == state_of(before)
    assert made.after is None or made.refusal is None
    assert made.after != made.before
    if made.after is not None:
        assert all(1 <= price_fen <= FEN_MAX for price_fen in made.after.prices.values())
        assert state_of(written(before, made)) == made.after


@given(contents, CHANGES)
def test_looking_shows_what_confirming_does(before: Content, asked: ChangeAsked) -> None:
    looked, confirmed = (decide(before, asked, version, None) for version in (None, before.version))

    assert looked.after == confirmed.after
    assert repr(looked.refusal) == repr(confirmed.refusal)


@given(contents, CHANGES)
def test_what_is_undone_is_as_it_was(before: Content, asked: ChangeAsked) -> None:
    made = decide(before, asked, before.version, None)
    if made.after is None:
        return
    after = written(before, made)

    back = undo(after, made.before, (after.version, after.updated_at), {CATEGORY}, None)

    assert back.after == state_of(before)
    assert draft_after(after, made.before) == before.draft


@given(contents)
def test_a_state_is_read_as_it_was_kept(product: Content) -> None:
    kept = json.loads(json.dumps(state_as_json(state_of(product))))

    assert read_state(kept) == state_of(product)


def test_another_version_than_was_seen_is_refused() -> None:
    made = decide(content(100), ChangeAsked(BulkKind.price_set, amount_fen=90), 2, None)

    assert isinstance(made.refusal, ProductChanged)
    assert (made.after, made.refusal.version) == (None, 3)


@pytest.mark.parametrize(
    ("asked", "price_fen"),
    [
        (ChangeAsked(BulkKind.price_added, amount_fen=-100), 0),
        (ChangeAsked(BulkKind.price_added, amount_fen=-500), -400),
        (ChangeAsked(BulkKind.price_added, amount_fen=FEN_MAX), FEN_MAX + 100),
    ],
)
def test_a_price_that_nobody_can_pay_is_refused(asked: ChangeAsked, price_fen: int) -> None:
    refusal = decide(content(200, 100), asked, 3, None).refusal

    assert isinstance(refusal, PriceOutOfRange)
    assert refusal.price_fen in {price_fen, price_fen + 100}


def test_a_price_stays_below_the_one_that_is_struck_through() -> None:
    product = content(100, 150, strike_fen=200)

    refusal = decide(product, ChangeAsked(BulkKind.price_added, amount_fen=50), 3, None).refusal

    assert isinstance(refusal, StrikeTooLow)
    assert refusal.sku == 2


def test_a_price_below_cost_is_told_but_not_refused() -> None:
    product = content(100, 150, cost_fen=120)
    made = decide(product, ChangeAsked(BulkKind.price_set, amount_fen=119), 3, None)

    assert made.after is not None
    assert is_below_cost(product, made.after)
    assert not is_below_cost(
        product, replace(made.after, prices=dict.fromkeys(product.sku_ids, 120))
    )


@pytest.mark.parametrize("status", [ProductStatus.draft, ProductStatus.delisted])
def test_what_buyers_may_not_be_shown_is_not_listed(status: ProductStatus) -> None:
    listing, held = ChangeAsked(BulkKind.listing), ProductWordsHeld("title", ["国家级"])

    bare = decide(content(100, status=status, pictures=()), listing, 3, None)
    bad = decide(content(100, status=status), listing, 3, held)
    good = decide(content(100, status=status), listing, 3, None)

    assert isinstance(bare.refusal, ProductIncomplete)
    assert bad.refusal is held
    assert good.after is not None
    assert good.after.status == ProductStatus.listed


def test_a_draft_that_is_delisted_stays_a_draft() -> None:
    draft = content(100, status=ProductStatus.draft)

    assert decide(draft, ChangeAsked(BulkKind.delisting), 3, None) == Decided(
        draft.id, state_of(draft)
    )


def test_only_what_nobody_has_touched_since_is_put_back() -> None:
    before = state_of(content(100))
    now, made = content(90), (3, NOON)
    later = replace(now, updated_at=NOON + timedelta(seconds=1))

    edited = undo(replace(now, version=4), before, made, {CATEGORY}, None)
    listed_again = undo(later, before, made, {CATEGORY}, None)
    homeless = undo(now, before, made, {OTHER}, None)

    assert isinstance(edited.refusal, ProductChanged)
    assert isinstance(listed_again.refusal, ProductChanged)
    assert isinstance(homeless.refusal, NotFound)
    assert undo(now, before, made, {CATEGORY}, None).after == before
