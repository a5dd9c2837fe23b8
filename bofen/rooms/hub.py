"""One room in this gateway: who is in it, what it will be told with the next tick."""

import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

OTHERS_REMEMBERED_S = 6.0
STRANGERS_OF_A_PLACE_MAX = 3
"""So many viewers who are not signed in count for one place: more sockets add nobody."""


class Socket(Protocol):
    """What a room needs of a viewer."""

    person_id: UUID | None
    place: str
    is_watching: bool

    def tell(self, frame: bytes) -> None:
        """Send one frame, or send the viewer away."""


@dataclass
class Hub:
    """Counts are totals, so a lost frame does no harm; every frame says the newest number."""

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
    sent: tuple[int, int] = (-1, -1)
    """Viewers and likes as everybody was told last."""
    written: int = -1
    """Viewers as the database has them."""
    behind: tuple[int, int] | None = None
    """Epoch and number that the database had when it was asked last, where that is ahead of us."""

    def viewers_here(self) -> int:
        """People, not sockets; of strangers a few for each place. The desk does not count."""
        watching = [socket for socket in self.sockets if socket.is_watching]
        people = {socket.person_id for socket in watching if socket.person_id}
        strangers = Counter(socket.place for socket in watching if socket.person_id is None)
        return len(people) + sum(min(n, STRANGERS_OF_A_PLACE_MAX) for n in strangers.values())

    def viewers(self) -> int:
        """Here and at the other gateways that spoke lately."""
        fresh = time.monotonic() - OTHERS_REMEMBERED_S
        return self.viewers_here() + sum(n for n, at in self.others.values() if at > fresh)

    def add(self, changes: Sequence[dict[str, Any]]) -> None:
        """Numbered changes, for the next frame."""
        self.pending += changes

    def catch_up(self, epoch: int, seq: int) -> bytes | None:
        """What to tell when the database is ahead of us twice running: the bus lost something.

        Once is not enough: a change that was just committed is still on its way.
        """
        if (epoch, seq) == (self.epoch, self.seq) or (epoch == self.epoch and seq < self.seq):
            self.behind = None
            return None
        was_behind, self.behind = self.behind, (epoch, seq)
        if was_behind is None or was_behind <= (self.epoch, self.seq):
            return None
        self.epoch, self.seq = epoch, seq
        return self.position()

    def frame(self, *, with_counts: bool) -> bytes | None:
        """What everybody in the room is told now; None when there is nothing new."""
        counts = (self.viewers(), self.likes + self.new_likes) if with_counts else self.sent
        is_counting = counts != self.sent
        if not self.pending and not is_counting:
            return None
        changes = sorted(self.pending, key=lambda change: change["seq"])
        self.pending = []
        if changes:
            self.seq = max(self.seq, changes[-1]["seq"])
        if is_counting:
            self.sent = counts
        return self._tick(changes, counts if is_counting else None)

    def tell_all(self, frame: bytes) -> None:
        """The same bytes to everybody."""
        for socket in list(self.sockets):
            socket.tell(frame)

    def welcome(self) -> bytes:
        """For somebody who just came: the totals, without waiting for the next tick."""
        return self._tick([], (self.viewers(), self.likes + self.new_likes))

    def position(self) -> bytes:
        """Where the room is. Whoever is not there yet has missed something and fetches again."""
        return self._tick([], None)

    def _tick(self, changes: Sequence[dict[str, Any]], counts: tuple[int, int] | None) -> bytes:
        tick = {"type": "tick", "epoch": self.epoch, "seq": self.seq, "changes": changes}
        if counts:
            tick["counts"] = {"viewers": counts[0], "likes": counts[1]}
        return json.dumps(tick, ensure_ascii=False, separators=(",", ":")).encode()
