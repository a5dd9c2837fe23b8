"""What a broadcast may do, what may be said, and how a viewer's picture of a room changes. Pure.

The room reducer exists twice, here and in `clients/api/src/room.ts`; both are tested on the same
files, `tests/rooms/examples/*.json`.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

TEXT_MAX = 80
SHELF_MAX = 100
MESSAGES_KEPT = 50
PUSH_KEY_LIFE = timedelta(hours=24)
GRACE = timedelta(seconds=60)
LIKES_A_SECOND_MAX = 20


class SessionStatus(StrEnum):
    scheduled = "scheduled"
    live = "live"
    interrupted = "interrupted"
    ended = "ended"


class MessageStatus(StrEnum):
    shown = "shown"
    held = "held"
    retracted = "retracted"


_S = SessionStatus
NEXT: Mapping[SessionStatus, frozenset[SessionStatus]] = {
    _S.scheduled: frozenset({_S.live, _S.ended}),
    _S.live: frozenset({_S.interrupted, _S.ended}),
    _S.interrupted: frozenset({_S.live, _S.ended}),
    _S.ended: frozenset(),
}
ON_AIR = frozenset({_S.live, _S.interrupted})


def may_become(now: SessionStatus, then: SessionStatus) -> bool:
    return then in NEXT[now]


def masked_nickname(nickname: str) -> str:
    """As others in the room see it: 张小米 → 张*米, 李雷 → 李*."""
    if len(nickname) <= 2:
        return nickname[:1] + "*"
    return f"{nickname[0]}*{nickname[-1]}"


View = Mapping[str, Any]
"""epoch, seq, session, pin, shelf, messages, likes, viewers: what a snapshot holds."""


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
    return now | dict(tick.get("counts", {}))


def _change(view: View, change: Mapping[str, Any]) -> dict[str, Any]:
    """What one change touches. A kind we do not know yet touches nothing."""
    match change["kind"]:
        case "message":
            return {"messages": [*view["messages"], change["message"]][-MESSAGES_KEPT:]}
        case "retracted":
            gone = change["message_seq"]
            return {"messages": [m for m in view["messages"] if m["seq"] != gone]}
        case "pinned" | "session" | "shelf" as kind:
            part = "pin" if kind == "pinned" else kind
            return {part: change[part]}
        case "unpinned":
            return {"pin": None}
        case "stock":
            return _stock(view, change)
    return {}


def _stock(view: View, change: Mapping[str, Any]) -> dict[str, Any]:
    """A product is sold out, or back."""
    product_id, told = change["product_id"], {"is_sold_out": change["is_sold_out"]}
    shelf = [c | told if c["id"] == product_id else c for c in view["shelf"]]
    pin = view["pin"]
    if pin and pin["product"]["id"] == product_id:
        pin = pin | {"product": pin["product"] | told}
    return {"shelf": shelf, "pin": pin}
