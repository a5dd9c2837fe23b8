import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofen.kit.ids import new_id
from bofen.kit.money import FEN_MAX, Fen, apportion
from bofen.orders.placing import new_order_no
from bofen.orders.rules import (
    AFTER_SALE_NEXT,
    NEXT,
    AfterSaleStatus,
    LineStanding,
    OrderStatus,
    Shown,
    Source,
    after_sale_deadline,
    after_sale_may_become,
    may_become,
    refund_amount,
    shown,
    source_of,
)
from bofen.pricing.rules import FreightRule, PricedLine, quote

FREIGHT = FreightRule(Fen(800), Fen(9_900))
O = OrderStatus  # noqa: E741
ORDER_STEPS = {
    (O.placed, O.paid), (O.placed, O.cancelled), (O.paid, O.shipped), (O.paid, O.refunded),
    (O.shipped, O.received), (O.shipped, O.refunded), (O.received, O.completed),
    (O.received, O.refunded),
}  # fmt: skip


def test_an_order_takes_these_steps_and_no_other() -> None:
    pairs = itertools.product(OrderStatus, repeat=2)

    assert {pair for pair in pairs if may_become(*pair)} == ORDER_STEPS


def test_there_is_no_way_back_from_an_end() -> None:
    ends = {status for status in OrderStatus if not NEXT[status]}

    assert ends == {O.completed, O.cancelled, O.refunded}


def test_money_is_refunded_only_through_a_decision() -> None:
    before = {s for s in AfterSaleStatus if after_sale_may_become(s, AfterSaleStatus.done)}

    assert before == {AfterSaleStatus.refunding}
    assert AFTER_SALE_NEXT[AfterSaleStatus.refunding] == {AfterSaleStatus.done}


@given(st.integers(0, 10**9).map(Fen), st.lists(st.integers(1, 5), min_size=1, max_size=8))
def test_any_order_of_partial_refunds_ends_exactly_at_what_was_paid(
    paid: Fen, parts: list[int]
) -> None:
    quantity = sum(parts)
    taken_quantity, taken = 0, Fen(0)
    for part in parts:
        line = LineStanding(1, quantity, paid, taken_quantity, taken)
        amount = refund_amount(line, part)
        assert amount >= 0
        taken_quantity, taken = taken_quantity + part, Fen(taken + amount)

    assert taken == paid


def test_a_refused_request_in_between_loses_no_fen() -> None:
    line = LineStanding(1, 3, Fen(29_113), 1, Fen(9_704))  # the dearer unit was refused

    assert refund_amount(line, 2) == 29_113 - 9_704


@given(st.lists(st.tuples(st.integers(1, 10**8), st.integers(1, 999)), min_size=1, max_size=20))
def test_a_quote_adds_up(lines: list[tuple[int, int]]) -> None:
    made = quote([PricedLine(new_id(), Fen(p), q) for p, q in lines], FREIGHT)

    assert sum(line.paid_fen for line in made.lines) + made.freight_fen == made.total_fen
    assert [line.paid_fen for line in made.lines] == [price * n for price, n in lines]


def test_the_golden_basket() -> None:
    """Of the rules of the trade: a coupon of ten yuan is borne 857 and 143, exact to the fen."""
    assert apportion(Fen(1_000), [29_970, 5_000]) == [857, 143]


@pytest.mark.parametrize(
    ("goods_fen", "free_from_fen", "freight_fen"),
    [(9_899, 9_900, 800), (9_900, 9_900, 0), (1, 0, 0), (10**9, FEN_MAX, 800)],
)
def test_freight_is_waived_from_its_limit_on(
    goods_fen: int, free_from_fen: int, freight_fen: int
) -> None:
    rule = FreightRule(Fen(800), Fen(free_from_fen))

    assert quote([PricedLine(new_id(), Fen(goods_fen), 1)], rule).freight_fen == freight_fen


def test_what_a_buyer_sees() -> None:
    def seen(status: OrderStatus, **more: bool) -> Shown:
        plain = {"is_refunding": False, "is_in_transit": False, "is_signed": False}
        return shown(status, **(plain | more))

    assert seen(O.placed) == "submitted"
    assert seen(O.shipped) == "shipped"
    assert seen(O.shipped, is_in_transit=True) == "in_transit"
    assert seen(O.shipped, is_in_transit=True, is_signed=True) == "signed"
    assert seen(O.received) == "signed"
    assert {seen(status, is_refunding=True) for status in OrderStatus} == {Shown.refunding}


def test_a_live_sale_is_live_and_tagged_with_its_affiliate() -> None:
    assert source_of(Source.live, has_affiliate=True) == ("live", ["affiliate"])
    replayed = source_of(Source.replay, has_affiliate=True)
    assert replayed == ("replay", ["affiliate"])
    assert source_of(None, has_affiliate=True) == ("affiliate", ["affiliate"])
    assert source_of(None, has_affiliate=False) == ("shop", [])


def test_seven_days_begin_the_day_after_receipt_in_shanghai() -> None:
    late_evening = datetime(2026, 6, 1, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    after_midnight = datetime(2026, 6, 1, 16, 1, tzinfo=UTC)  # 00:01 on the second

    assert after_sale_deadline(late_evening, 7) == datetime(2026, 6, 8, 16, tzinfo=UTC)
    assert after_sale_deadline(after_midnight, 7) == datetime(2026, 6, 9, 16, tzinfo=UTC)
    assert after_sale_deadline(after_midnight, 15) == datetime(2026, 6, 17, 16, tzinfo=UTC)


def test_order_numbers_can_be_read_out_and_not_be_guessed() -> None:
    numbers = {new_order_no(datetime(2026, 6, 1, tzinfo=UTC)) for _ in range(1_000)}

    assert len(numbers) == 1_000
    assert all(len(number) == 16 and number.startswith("260601") for number in numbers)
