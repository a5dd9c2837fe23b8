"""What may leave in a parcel, and what a courier's word makes of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.gateways.couriers.protocol import Trace, Track, TrackStatus
from bofen.shipping.errors import NothingToShip, TooManyInParcel

_S = TrackStatus
SIGNED = (_S.signed, _S.signed_by_proxy)
ENDED = (*SIGNED, _S.returned, _S.cancelled)
"""Nothing more is expected of the parcel."""
NOT_MOVING = frozenset({_S.no_trace, _S.ordered, _S.cancelled})
"""Nobody has picked the parcel up: it is not on its way."""
IN_TROUBLE = frozenset({_S.exception, _S.rejected, _S.returning, _S.returned, _S.cancelled})
"""Abnormal, refused or on its way back: the buyer will not have it by waiting."""
NEEDS_PHONE = frozenset({"shunfeng", "zhongtong"})


@dataclass(frozen=True)
class ParcelLine:
    """Which line of the order, and how many of it."""

    no: int
    quantity: int


def parcel(
    order_id: UUID, left: Mapping[int, int], asked: Sequence[ParcelLine] | None
) -> list[ParcelLine]:
    """What goes into this parcel: what was asked, or everything that is left."""
    if not left:
        raise NothingToShip(order_id)
    if asked is None:
        return [ParcelLine(no, quantity) for no, quantity in sorted(left.items())]
    wanted: dict[int, int] = {}
    for line in asked:
        assert line.quantity > 0
        wanted[line.no] = wanted.get(line.no, 0) + line.quantity
    for no, quantity in wanted.items():
        if quantity > left.get(no, 0):
            raise TooManyInParcel(no, left.get(no, 0))
    return [ParcelLine(no, quantity) for no, quantity in sorted(wanted.items())]


def newer(kept: Track, told: Track) -> Track:
    """Of two whole tracks the one that knows the later trace; told again, nothing changes."""
    known, heard = _knowledge(kept), _knowledge(told)
    return settled(told if heard > known else kept)


def _knowledge(track: Track) -> tuple[float, int]:
    latest = max((trace.at.timestamp() for trace in track.traces), default=float("-inf"))
    return latest, len(track.traces)


def settled(track: Track) -> Track:
    """Newest trace first, and its status is the parcel's: signed and then moved is not signed."""
    traces = sorted(track.traces, key=lambda trace: trace.at, reverse=True)
    newest = traces[0].status if traces else TrackStatus.no_trace
    return Track(track.status if newest is TrackStatus.no_trace else newest, traces)


def signed_at(track: Track) -> datetime | None:
    """When the buyer signed, if that is the last we heard."""
    if track.status not in SIGNED or not track.traces:
        return None
    return max(trace.at for trace in track.traces)


def troubles(track: Track) -> list[tuple[datetime, datetime | None]]:
    """The times in which the parcel was in trouble; the last is open while it still is.

    The newest trace may say nothing of a state: then the parcel's own stands for it.
    """
    found: list[tuple[datetime, datetime | None]] = []
    since: datetime | None = None
    traces = sorted(track.traces, key=lambda trace: trace.at)
    for at, status in [*((each.at, each.status) for each in traces), *_now(track, traces)]:
        if status in IN_TROUBLE:
            since = since or at
        elif since and status is not TrackStatus.no_trace:
            found.append((since, at))
            since = None
    return [*found, (since, None)] if since else found


def _now(track: Track, traces: Sequence[Trace]) -> list[tuple[datetime, TrackStatus]]:
    return [(traces[-1].at, track.status)] if traces else []


def awaited(
    parcels: Sequence[tuple[Track, Sequence[ParcelLine]]], paid_back: Mapping[int, int]
) -> list[int]:
    """Which parcels, by index, the buyer still waits for or has.

    `paid_back` says how many sent pieces of each line are refunded. They are those of the parcels
    in trouble, then of the ones that nobody signed for: what is paid back is not waited for.
    """
    left = dict(paid_back)
    waited = set(range(len(parcels)))

    def unlucky_first(index: int) -> tuple[bool, bool]:
        status = parcels[index][0].status
        return status not in IN_TROUBLE, status in SIGNED

    for index in sorted(waited, key=unlucky_first):
        lines = parcels[index][1]
        if lines and all(left.get(line.no, 0) >= line.quantity for line in lines):
            waited.remove(index)
            for line in lines:
                left[line.no] -= line.quantity
    return sorted(waited)


def traces_json(traces: Sequence[Trace]) -> list[dict[str, str]]:
    """As the parcel keeps them."""
    return [
        {
            "at": trace.at.isoformat(),
            "text": trace.text,
            "status": trace.status.value,
            "location": trace.location,
        }
        for trace in traces
    ]


def traces_of(rows: Iterable[Mapping[str, str]]) -> list[Trace]:
    """What `traces_json` wrote."""
    return [
        Trace(
            datetime.fromisoformat(row["at"]),
            row["text"],
            TrackStatus(row["status"]),
            row["location"],
        )
        for row in rows
    ]
