"""Laws of parcels: nothing leaves twice, and the newest trace decides."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofen.gateways.couriers.protocol import Trace, Track, TrackStatus
from bofen.kit.money import Fen
from bofen.orders.rules import LineStanding
from bofen.shipping.errors import NothingToShip, TooManyInParcel
from bofen.shipping.rules import (
    SIGNED,
    ParcelLine,
    newer,
    parcel,
    settled,
    signed_at,
    traces_json,
    traces_of,
)

T0 = datetime(2026, 6, 1, tzinfo=UTC)
ORDER = UUID(int=1)
traces = st.builds(
    Trace,
    st.integers(0, 500).map(lambda minutes: T0 + timedelta(minutes=minutes)),
    st.text(max_size=5),
    st.sampled_from(TrackStatus),
)
histories = st.lists(traces, max_size=8, unique_by=lambda trace: trace.at)
ordered = st.lists(
    st.integers(1, 9).flatmap(lambda q: st.tuples(st.just(q), st.integers(0, q))),
    min_size=1,
    max_size=5,
).map(
    lambda rows: [
        LineStanding(i + 1, q, Fen(0), taken, Fen(0), taken) for i, (q, taken) in enumerate(rows)
    ]
)


def left_of(lines: list[LineStanding], sent: list[ParcelLine]) -> dict[int, int]:
    gone = [
        replace(line, sent=sum(each.quantity for each in sent if each.no == line.no))
        for line in lines
    ]
    return {line.no: line.unsent for line in gone if line.unsent > 0}


@given(ordered, st.lists(st.lists(st.integers(0, 4), min_size=5, max_size=5), max_size=6))
def test_parcels_never_hold_more_than_was_ordered_and_not_taken_back(
    lines: list[LineStanding], wishes: list[list[int]]
) -> None:
    sent: list[ParcelLine] = []
    for wish in wishes:
        asked = [ParcelLine(i + 1, n) for i, n in enumerate(wish) if n]
        try:
            sent += parcel(ORDER, left_of(lines, sent), asked)
        except (NothingToShip, TooManyInParcel):
            continue

    for line in lines:
        assert sum(s.quantity for s in sent if s.no == line.no) <= line.quantity - line.taken_unsent


@given(ordered)
def test_everything_left_leaves_nothing(lines: list[LineStanding]) -> None:
    left = left_of(lines, [])
    if left:
        assert left_of(lines, parcel(ORDER, left, None)) == {}
    else:
        with pytest.raises(NothingToShip):
            parcel(ORDER, left, None)


@given(st.permutations(range(5)), histories)
def test_pushes_in_any_order_end_alike(order: list[int], history: list[Trace]) -> None:
    """Each push is the whole track up to some moment."""
    history.sort(key=lambda trace: trace.at)
    cuts = [Track(TrackStatus.in_transit, history[: len(history) * i // 4]) for i in range(5)]
    kept = Track(TrackStatus.no_trace)
    for i in order:
        kept = newer(kept, cuts[i])

    assert kept.traces == settled(cuts[4]).traces
    assert newer(kept, kept) == kept


@given(histories)
def test_signed_means_that_nothing_came_after(history: list[Trace]) -> None:
    track = settled(Track(TrackStatus.in_transit, history))
    newest = max(history, key=lambda trace: trace.at, default=None)

    is_signed = newest is not None and newest.status in SIGNED
    assert (signed_at(track) is not None) == is_signed
    if is_signed and newest:
        assert signed_at(track) == newest.at


@given(histories)
def test_traces_are_kept_as_they_were(history: list[Trace]) -> None:
    assert traces_of(traces_json(history)) == history
