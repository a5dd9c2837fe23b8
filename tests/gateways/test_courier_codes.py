"""快递100's table of states, row by row, as its documents print it."""

import pytest

from bofen.gateways.couriers.kuaidi100 import read_track
from bofen.gateways.couriers.protocol import TrackStatus
from bofen.shipping.rules import NOT_MOVING

S = TrackStatus
TABLE = [
    *[(code, S.in_transit) for code in ("0", "1001", "1002", "1003", "7")],
    *[(code, S.collected) for code in ("1", "103")],
    *[(code, S.ordered) for code in ("101", "102")],
    *[(code, S.exception) for code in ("2", "201", "202", "204", "205", "206", "207", "208")],
    *[(code, S.exception) for code in ("209", "13")],
    *[(code, S.rejected) for code in ("203", "14")],
    *[(code, S.cancelled) for code in ("210", "401")],
    *[(code, S.signed) for code in ("3", "301", "302")],
    *[(code, S.signed_by_proxy) for code in ("303", "304")],
    *[("4", S.returned), ("5", S.delivering), ("501", S.awaiting_pickup), ("6", S.returning)],
    *[(code, S.customs) for code in ("8", "10", "11", "12")],
]


def row(time: str, code: str, name: str = "") -> dict[str, str]:
    return {"ftime": time, "context": "…", "statusCode": code, "status": name}


@pytest.mark.parametrize(("code", "status"), TABLE)
def test_every_code_means_one_state(code: str, status: TrackStatus) -> None:
    track = read_track({"state": "0", "data": [row("2026-06-01 10:00:00", code)]})

    assert track.status is status


def test_the_newest_trace_wins_over_the_parcels_basic_state() -> None:
    rows = [row("2026-06-02 10:00:00", "14"), row("2026-06-01 10:00:00", "1001")]

    assert read_track({"state": "3", "data": rows}).status is S.rejected


def test_a_code_that_is_newer_than_the_table_is_read_by_its_name() -> None:
    track = read_track({"state": "0", "data": [row("2026-06-01 10:00:00", "399", "签收")]})

    assert track.status is S.signed


@pytest.mark.parametrize(
    ("code", "status"),
    [("1401", S.rejected), ("1009", S.in_transit), ("299", S.exception), ("1107", S.customs)],
)
def test_an_advanced_code_without_a_name_refines_its_basic_one(
    code: str, status: TrackStatus
) -> None:
    """Whatever the parcel was before: 1401 after a signature is not signed."""
    refused = read_track({"state": "3", "data": [row("2026-06-01 10:00:00", code)]})
    of_parcel = read_track({"state": code, "data": [row("2026-06-01 10:00:00", "")]})

    assert refused.status is of_parcel.status is status


def test_a_row_without_a_time_is_left_out_and_one_without_words_is_not() -> None:
    rows = [{"context": "…", "statusCode": "3"}, {"time": "2026-06-01 10:00:00", "statusCode": "5"}]

    track = read_track({"state": "5", "data": rows})

    assert (track.status, [trace.text for trace in track.traces]) == (S.delivering, [""])
    assert read_track({"state": "0", "data": None}).traces == []


def test_before_the_courier_has_it_a_parcel_is_not_on_its_way() -> None:
    assert {S.no_trace, S.ordered, S.cancelled} == NOT_MOVING
