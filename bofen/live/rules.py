"""What a broadcast may do, what may be said, and how a viewer's picture of a room changes. Pure.

The room reducer exists twice, here and in `clients/api/src/room.ts`; both are tested on the same
files, `tests/rooms/examples/*.json`, which hold an example of every kind of change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from bofen.identity.rules import Role, StaffMember
from bofen.kit.text import graphemes

TEXT_MAX = 80
SHELF_MAX = 100
MESSAGES_KEPT = 50
PUSH_KEY_LIFE = timedelta(hours=24)


class SessionStatus(StrEnum):
    """Where a broadcast is: planned, on air, waiting for its encoder, over."""

    scheduled = "scheduled"
    live = "live"
    interrupted = "interrupted"
    ended = "ended"


class RoomStatus(StrEnum):
    """What a room's card says: its broadcast on air, else whether one is planned."""

    live = "live"
    interrupted = "interrupted"
    scheduled = "scheduled"
    idle = "idle"


class MessageStatus(StrEnum):
    """`held` waits for a moderator and is seen by its writer alone."""

    shown = "shown"
    held = "held"
    refused = "refused"
    retracted = "retracted"


class MessageKind(StrEnum):
    """Whose words they are: what the house says is never shown as a viewer's."""

    user = "user"


_S = SessionStatus
NEXT: Mapping[SessionStatus, frozenset[SessionStatus]] = {
    _S.scheduled: frozenset({_S.live, _S.ended}),
    _S.live: frozenset({_S.interrupted, _S.ended}),
    _S.interrupted: frozenset({_S.live, _S.ended}),
    _S.ended: frozenset(),
}
ON_AIR = frozenset({_S.live, _S.interrupted})


def may_become(now: SessionStatus, then: SessionStatus) -> bool:
    """Whether a broadcast that is `now` may be `then` next."""
    return then in NEXT[now]


def is_room_of(by: StaffMember, host_staff_id: UUID | None) -> bool:
    """A host has the rooms that are his; to other staff with the right, every room is open."""
    return by.role is not Role.host or by.id == host_staff_id


def media_time_ms(started_at: datetime | None, at: datetime) -> int | None:
    """The broadcast's own clock: milliseconds since it went on air, interruptions included.

    None for one that has not begun. The same for everybody, whenever he came in.
    """
    if started_at is None:
        return None
    return max(0, (at - started_at) // timedelta(milliseconds=1))


def masked_nickname(nickname: str) -> str:
    """As others in the room see it: 张小米 → 张*米, 李雷 → 李*, 小美🇨🇳 → 小*🇨🇳."""
    seen = graphemes(nickname)
    last = seen[-1] if len(seen) > 2 else ""
    return f"{''.join(seen[:1])}*{last}"


def claimed_media_time_ms(
    claimed_ms: int | None, started_at: datetime | None, until: datetime
) -> int | None:
    """The moment that somebody's screen showed, as his client claims: none that has not been.

    Without a claim it is `until`: now, or the end of a broadcast that is over.
    """
    last_ms = media_time_ms(started_at, until)
    return last_ms if claimed_ms is None or last_ms is None else min(claimed_ms, last_ms)


@dataclass(frozen=True)
class Stretch:
    """A part of a broadcast, in media time, that was recorded without a break."""

    start_ms: int
    end_ms: int


def replay_position_ms(stretches: Sequence[Stretch], media_ms: int) -> int:
    """Where a moment of the broadcast is in its recording, which leaves the interruptions out.

    `stretches` are in order. A moment within an interruption is where the picture came back.
    """
    recorded_ms = 0
    for stretch in stretches:
        if media_ms <= stretch.start_ms:
            break
        recorded_ms += min(media_ms, stretch.end_ms) - stretch.start_ms
    return recorded_ms


View = Mapping[str, Any]
"""A `bofen.live.changes.RoomView` as JSON."""


class Gap(Exception):  # noqa: N818 - not an error: fetch the snapshot again
    """A change is missing, or the room was numbered anew."""


def apply(view: View, tick: Mapping[str, Any]) -> dict[str, Any]:
    """The view after one frame of the socket. Old changes are passed over."""
    if tick["epoch"] != view["epoch"]:
        raise Gap
    now = dict(view)
    for change in tick["changes"]:
        if change["seq"] <= now["seq"]:
            continue
        if change["seq"] > now["seq"] + 1:
            raise Gap
        now |= _change(now, change) | {"seq": change["seq"]}
    if tick.get("seq", now["seq"]) > now["seq"]:
        raise Gap
    return now | dict(tick.get("counts", {}))


def _change(view: View, change: Mapping[str, Any]) -> dict[str, Any]:
    """What one change touches. A kind we do not know yet touches nothing."""
    match change["kind"]:
        case "message":
            return {"messages": [*view["messages"], change["message"]][-MESSAGES_KEPT:]}
        case "retracted":
            gone = change["message_seq"]
            return {"messages": [m for m in view["messages"] if m["seq"] != gone]}
        case "pinned" | "session" | "shelf" | "room" as kind:
            part = "pin" if kind == "pinned" else kind
            return {part: change[part]}
        case "unpinned":
            return {"pin": None}
        case "product":
            return _product(view, change["product"])
    return {}


def _product(view: View, card: Mapping[str, Any]) -> dict[str, Any]:
    """A product looks different, wherever it is shown."""
    shelf = [card if other["id"] == card["id"] else other for other in view["shelf"]]
    pin = view["pin"]
    if pin and pin["product"]["id"] == card["id"]:
        pin = pin | {"product": card}
    return {"shelf": shelf, "pin": pin}
