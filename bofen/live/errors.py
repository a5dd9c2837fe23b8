from dataclasses import dataclass
from uuid import UUID

from bofen.kit.errors import Refusal
from bofen.live.rules import SessionStatus


@dataclass(eq=False)
class SessionImpossible(Refusal):
    """A broadcast cannot take this step from where it is."""

    code = "session_impossible_transition"
    session_id: UUID
    now: SessionStatus
    wanted: SessionStatus


@dataclass(eq=False)
class SessionOpen(Refusal):
    """A room has one broadcast at a time: end that one first."""

    code = "session_open"
    session_id: UUID


@dataclass(eq=False)
class NothingPlanned(Refusal):
    """A room speaks of products while it is on air or waits for a broadcast that is planned."""

    code = "nothing_planned"
    room_id: UUID


@dataclass(eq=False)
class SessionOver(Refusal):
    """It has ended, and nothing comes back from there: plan another."""

    code = "session_over"
    session_id: UUID


@dataclass(eq=False)
class PushDenied(Refusal):
    """Unknown stream, wrong or expired key, or a broadcast that is over."""

    code = "push_denied"
    status = 403


@dataclass(eq=False)
class Muted(Refusal):
    """Somebody who may not speak in a room."""

    code = "muted"
    status = 403


@dataclass(eq=False)
class TooFast(Refusal):
    """Slow mode: one message in so many seconds."""

    code = "message_too_fast"
    status = 429
    wait_s: int


@dataclass(eq=False)
class NotAllowed(Refusal):
    """A word that is never shown."""

    code = "message_not_allowed"
    status = 422


@dataclass(eq=False)
class NotOnShelf(Refusal):
    """Only listed products of the room's shelf can be pinned."""

    code = "not_on_shelf"
    product_id: UUID
