"""What viewers are told of a room: the snapshot they begin with, and every kind of change.

Declared here once. The same types are written to the API document, and so are what TypeScript's
reducer switches over; how a change touches the view is in `rules.py` and `clients/api/src/room.ts`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from bofen.gateways.storage.addresses import picture_url
from bofen.live.models import Room
from bofen.live.queries import RoomNow, ShownSession
from bofen.live.rules import MessageKind, SessionStatus


class Shown(BaseModel):
    """Base of everything that viewers are shown. A field with a default is always sent."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


class ProductCard(Shown):
    """A product in a list or on a shelf; the price is that of its cheapest SKU."""

    id: UUID
    title: str
    subtitle: str
    picture: str | None
    """An address below the shop's host."""
    price_fen: int
    strike_fen: int | None
    sold_count: int
    is_sold_out: bool
    tags: Sequence[str]


class RoomOut(Shown):
    """What viewers see of a room itself."""

    id: UUID
    title: str
    cover: str | None
    host_name: str


class SessionBrief(Shown):
    """The broadcast on air, else the next one, else the last. Media time counts from its start."""

    id: UUID
    status: SessionStatus
    title: str
    scheduled_at: datetime
    started_at: datetime | None


class PinOut(Shown):
    """The product that is shown now, since when in the broadcast."""

    id: UUID
    product: ProductCard


class MessageOut(Shown):
    """`seq` is its number in the room, by which it is retracted; `nickname` is masked."""

    seq: int
    person_id: UUID
    nickname: str
    text: str
    kind: MessageKind = MessageKind.user
    at: datetime


class RoomView(Shown):
    """A viewer's picture of a room when changes up to (`epoch`, `seq`) have been applied."""

    epoch: int
    seq: int
    room: RoomOut
    session: SessionBrief | None
    pin: PinOut | None
    shelf: list[ProductCard]
    messages: list[MessageOut]
    likes: int
    viewers: int


class Snapshot(RoomView):
    """Numbered changes go on from (`epoch`, `seq`) over the socket."""

    socket_url: str


class _Numbered(Shown):
    seq: int
    """Its number in the room; one that is skipped means that the snapshot must be fetched again."""


class MessageShown(_Numbered):
    """A danmaku that everybody may read."""

    kind: Literal["message"] = "message"
    message: MessageOut


class MessageRetracted(_Numbered):
    """A danmaku is gone from every screen."""

    kind: Literal["retracted"] = "retracted"
    message_seq: int


class Pinned(_Numbered):
    """From now on the host speaks of this product."""

    kind: Literal["pinned"] = "pinned"
    pin: PinOut


class Unpinned(_Numbered):
    """Nothing is shown now."""

    kind: Literal["unpinned"] = "unpinned"


class SessionChanged(_Numbered):
    """The broadcast was planned, began, was interrupted, came back, ended or was called off."""

    kind: Literal["session"] = "session"
    session: SessionBrief | None
    """As in a snapshot; None when the last plan of a room that was never on air is called off."""


class ShelfArranged(_Numbered):
    """The whole shelf in its new order."""

    kind: Literal["shelf"] = "shelf"
    shelf: list[ProductCard]


class ProductChanged(_Numbered):
    """A product of the shelf was sold out, is back, or has another price, title or picture."""

    kind: Literal["product"] = "product"
    product: ProductCard


class RoomChanged(_Numbered):
    """Another title, cover or host's name."""

    kind: Literal["room"] = "room"
    room: RoomOut


Change = Annotated[
    MessageShown
    | MessageRetracted
    | Pinned
    | Unpinned
    | SessionChanged
    | ShelfArranged
    | ProductChanged
    | RoomChanged,
    Field(discriminator="kind"),
]

RoomChanges = tuple[UUID, Sequence[Change]]
"""A room, and what it is to be told after the commit."""


class Counts(Shown):
    """Totals, so that a lost one does no harm."""

    viewers: int
    likes: int


class Tick(Shown):
    """One frame of a room's socket: what happened since the last, in order."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)

    type: Literal["tick"]
    epoch: int
    seq: int
    """The newest change of the room: whoever has not come that far after this frame missed one."""
    changes: list[Change]
    counts: Counts | None = None
    """Left out when they have not changed."""


_CHANGES: TypeAdapter[list[Change]] = TypeAdapter(list[Change])


def to_json(changes: Sequence[Change]) -> bytes:
    """A list of changes as JSON, as the sockets carry it."""
    return _CHANGES.dump_json(list(changes))


def room_out(room: Room | RoomNow) -> RoomOut:
    """How viewers see the room itself."""
    cover = picture_url(room.cover_key)
    return RoomOut(id=room.id, title=room.title, cover=cover, host_name=room.host_name)


def session_brief(session: ShownSession) -> SessionBrief:
    """How viewers see a broadcast."""
    return SessionBrief(
        id=session.id,
        status=session.status,
        title=session.title,
        scheduled_at=session.scheduled_at,
        started_at=session.started_at,
    )
