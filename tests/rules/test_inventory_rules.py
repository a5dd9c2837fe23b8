"""Laws of stock: never more than there is, first come first served, nothing lost."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofen.inventory.errors import NotHeld
from bofen.inventory.rules import (
    HoldAsked,
    Move,
    MovementKind,
    StockLevel,
    added_up,
    deal,
    end_holds,
    is_back_in_stock,
    is_newly_low,
    is_newly_sold_out,
    post,
)

SKUS = [UUID(int=i) for i in range(1, 4)]
lines = st.lists(st.tuples(st.sampled_from(SKUS), st.integers(1, 6)), min_size=1, max_size=4)
crowds = st.lists(lines, max_size=12).map(
    lambda all_lines: [
        HoldAsked(UUID(int=100 + i), tuple(each)) for i, each in enumerate(all_lines)
    ]
)


def level_of(sku_id: UUID) -> st.SearchStrategy[StockLevel]:
    amounts = st.tuples(st.integers(0, 20), st.integers(0, 20))
    return amounts.map(lambda pair: StockLevel(sku_id, max(pair), min(pair)))


levels = st.fixed_dictionaries({sku_id: level_of(sku_id) for sku_id in SKUS})


@given(crowds, levels)
def test_nobody_is_promised_what_is_not_there(
    crowd: list[HoldAsked], stock: dict[UUID, StockLevel]
) -> None:
    _, moves = deal(crowd, stock)

    for sku_id in SKUS:
        promised = sum(move.quantity for move in moves if move.sku_id == sku_id)
        assert promised <= stock[sku_id].available


@given(crowds, levels)
def test_an_order_gets_everything_or_nothing(
    crowd: list[HoldAsked], stock: dict[UUID, StockLevel]
) -> None:
    answers, moves = deal(crowd, stock)

    for order in crowd:
        got = {move.sku_id: move.quantity for move in moves if move.reference_id == order.order_id}
        assert got == ({} if answers[order.order_id] else added_up(order.lines))


@given(crowds, levels, st.integers(0, 12))
def test_who_comes_later_changes_nothing_for_who_came_first(
    crowd: list[HoldAsked], stock: dict[UUID, StockLevel], first: int
) -> None:
    all_answers, _ = deal(crowd, stock)
    first_answers, _ = deal(crowd[:first], stock)

    for order_id, answer in first_answers.items():
        assert (answer is None) == (all_answers[order_id] is None)


@given(crowds, levels)
def test_a_refusal_names_a_real_shortage(
    crowd: list[HoldAsked], stock: dict[UUID, StockLevel]
) -> None:
    answers, _ = deal(crowd, stock)

    for order in crowd:
        if refusal := answers[order.order_id]:
            assert refusal.available < refusal.wanted == added_up(order.lines)[refusal.sku_id]


@given(crowds, levels)
def test_posted_levels_differ_from_the_first_by_the_sum_of_the_moves(
    crowd: list[HoldAsked], stock: dict[UUID, StockLevel]
) -> None:
    _, moves = deal(crowd, stock)
    posted = post(moves, stock)

    last = {line.move.sku_id: line.after for line in posted}
    for sku_id, after in last.items():
        held = sum(move.quantity for move in moves if move.sku_id == sku_id)
        assert (after.on_hand, after.held) == (stock[sku_id].on_hand, stock[sku_id].held + held)


ORDER = UUID(int=9)
HELD = {MovementKind.hold: 3}


@pytest.mark.parametrize("kind", [MovementKind.commit, MovementKind.release])
def test_a_hold_ends_once(kind: MovementKind) -> None:
    asked = [(ORDER, SKUS[0], 3)]

    assert end_holds(kind, asked, {(ORDER, SKUS[0]): HELD}) == [Move(SKUS[0], kind, -3, ORDER)]
    assert end_holds(kind, asked, {(ORDER, SKUS[0]): HELD | {kind: -3}}) == []


@pytest.mark.parametrize(
    "moved",
    [
        {},
        {MovementKind.hold: 2},
        HELD | {MovementKind.release: -3},
    ],
)
def test_what_is_not_held_is_not_sold(moved: dict[MovementKind, int]) -> None:
    with pytest.raises(NotHeld):
        end_holds(MovementKind.commit, [(ORDER, SKUS[0], 3)], {(ORDER, SKUS[0]): moved})


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 12))
def test_low_sold_out_and_back_are_told_at_the_crossing_only(
    before: int, after: int, low_below: int
) -> None:
    was = StockLevel(SKUS[0], before, 0, low_below)
    now = StockLevel(SKUS[0], after, 0, low_below)

    assert is_newly_sold_out(was, now) == (after == 0 < before)
    assert is_back_in_stock(was, now) == (before == 0 < after)
    assert is_newly_low(was, now) == (after < low_below <= before)
