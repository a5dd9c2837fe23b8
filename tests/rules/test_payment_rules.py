import itertools
from datetime import timedelta

from bofen.payments.rules import (
    REFUND_SPACING,
    AttemptStatus,
    RefundStatus,
    attempt_may_become,
    must_wait,
    next_number,
    refund_may_become,
)
from tests.conftest import NOON

A, R = AttemptStatus, RefundStatus
ATTEMPT_STEPS = {(A.open, A.succeeded), (A.open, A.closed), (A.closed, A.succeeded)}
REFUND_STEPS = {
    (R.asked, R.sent),
    (R.sent, R.succeeded), (R.sent, R.abnormal), (R.sent, R.closed), (R.sent, R.refused),
    (R.abnormal, R.sent), (R.abnormal, R.succeeded), (R.abnormal, R.closed),
    (R.abnormal, R.settled),
    (R.refused, R.sent), (R.refused, R.succeeded), (R.refused, R.settled),
    (R.closed, R.settled),
}  # fmt: skip


def test_a_payment_attempt_takes_these_steps_and_no_other() -> None:
    pairs = itertools.product(AttemptStatus, repeat=2)

    assert {pair for pair in pairs if attempt_may_become(*pair)} == ATTEMPT_STEPS


def test_a_refund_takes_these_steps_and_no_other() -> None:
    pairs = itertools.product(RefundStatus, repeat=2)

    assert {pair for pair in pairs if refund_may_become(*pair)} == REFUND_STEPS


def test_money_that_is_back_stays_back() -> None:
    ends = {now for now in R if not any(refund_may_become(now, then) for then in R)}

    assert ends == {R.succeeded, R.settled}


def test_a_later_number_of_the_same_thing_is_told_from_the_first() -> None:
    assert [next_number("26060112345", used) for used in range(3)] == [
        "26060112345",
        "26060112345-2",
        "26060112345-3",
    ]


def test_refunds_of_one_payment_are_a_minute_apart() -> None:
    assert must_wait(None, NOON) is None
    assert must_wait(NOON, NOON + timedelta(seconds=20)) == REFUND_SPACING - timedelta(seconds=20)
    assert must_wait(NOON, NOON + REFUND_SPACING) is None
