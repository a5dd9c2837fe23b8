"""One room in this gateway: who is in it, what it will be told with the next tick."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

OTHERS_REMEMBERED_S = 6.0


class Socket(Protocol):
    """One open door to a viewer."""

    person_id: UUID | None

    def tell(self, frame: bytes) -> None: ...


@dataclass
class Hub:
    """Counts are totals, so a lost frame does no harm; changes are numbered, so a gap shows."""

    room_id: UUID
    epoch: int
    seq: int
    likes: int
    likes_a_second_max: int
    """Of one viewer; a setting of the merchant's."""
    sockets: set[Socket] = field(default_factory=set)
    pending: list[dict[str, Any]] = field(default_factory=list)
    new_likes: int = 0
    others: dict[str, tuple[int, float]] = field(default_factory=dict)
    """Viewers of the same room at other gateways: how many, and when that was said."""
    told: tuple[int, int] = (-1, -1)

    def viewers_here(self) -> int:
        """People, not sockets; whoever is not signed in counts for each socket."""
        people = {socket.person_id for socket in self.sockets if socket.person_id}
        strangers = sum(1 for socket in self.sockets if socket.person_id is None)
        return len(people) + strangers

    def viewers(self) -> int:
        fresh = time.monotonic() - OTHERS_REMEMBERED_S
        return self.viewers_here() + sum(n for n, at in self.others.values() if at > fresh)

    def add(self, changes: Sequence[dict[str, Any]]) -> None:
        self.pending += changes

    def frame(self, *, with_counts: bool) -> bytes | None:
        """What everybody in the room is told now; None when there is nothing new."""
        counts = (self.viewers(), self.likes + self.new_likes)
        is_counting = with_counts and counts != self.told
        if not self.pending and not is_counting:
            return None
        changes = sorted(self.pending, key=lambda change: change["seq"])
        self.pending = []
        if changes:
            self.seq = max(self.seq, changes[-1]["seq"])
        tick: dict[str, Any] = {"type": "tick", "epoch": self.epoch, "changes": changes}
        if is_counting:
            self.told = counts
            tick["counts"] = {"viewers": counts[0], "likes": counts[1]}
        return json.dumps(tick, ensure_ascii=False, separators=(",", ":")).encode()

    def tell_all(self, frame: bytes) -> None:
        """The same bytes to everybody."""
        for socket in list(self.sockets):
            socket.tell(frame)

    def welcome(self) -> bytes:
        """For somebody who just came: the totals, without waiting for the next tick."""
        counts = {"viewers": self.viewers(), "likes": self.likes + self.new_likes}
        tick = {"type": "tick", "epoch": self.epoch, "changes": [], "counts": counts}
        return json.dumps(tick, separators=(",", ":")).encode()
