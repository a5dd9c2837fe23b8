from hypothesis import given
from hypothesis import strategies as st

from bofen.kit.money import BasisPoints, Fen, apportion, share, units

amounts = st.integers(0, 10**11).map(Fen)


@given(amounts, st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any))
def test_apportioning_loses_nothing(amount: Fen, weights: list[int]) -> None:
    parts = apportion(amount, weights)

    assert sum(parts) == amount
    assert all(
        abs(p - amount * w / sum(weights)) < 1.001 for p, w in zip(parts, weights, strict=True)
    )


@given(amounts, st.integers(1, 999))
def test_units_add_up_and_differ_by_a_fen(amount: Fen, quantity: int) -> None:
    each = units(amount, quantity)

    assert sum(each) == amount
    assert max(each) - min(each) <= 1


@given(amounts, st.integers(0, 10_000).map(BasisPoints))
def test_a_share_is_never_more_than_its_rate(amount: Fen, rate: BasisPoints) -> None:
    assert share(amount, rate) * 10_000 <= amount * rate


def test_the_golden_example_of_the_rules() -> None:
    assert apportion(Fen(1_000), [29_970, 5_000]) == [857, 143]
    assert units(Fen(29_113), 3) == [9_705, 9_704, 9_704]
    assert share(Fen(29_113), BasisPoints(1_000)) == 2_911
    assert share(Fen(29_113), BasisPoints(300)) == 873
