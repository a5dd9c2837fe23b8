"""Watching a broadcast again: the recording, its chapters, its goods."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter

from bofen.gateways.streams.protocol import PlayKind
from bofen.kit import clock
from bofen.live import replay, shelf
from bofen.live import service as live
from bofen.live.changes import ProductCard, RoomOut, room_out
from bofen.live.models import Session
from bofen.reports import browse
from bofen.web.buyer.rooms import PLAY_TTL
from bofen.web.deps import Db, Svc
from bofen.web.shapes import Listed, Shape

router = APIRouter(tags=["replays"])


class ReplayCard(Shape):
    """A broadcast that can be watched again. `recorded_ms` is the length of the recording."""

    session_id: UUID
    title: str
    started_at: datetime
    recorded_ms: int


class ChapterOut(Shape):
    """A product that was spoken of, as an interval of the recording; null: no longer for sale."""

    pin_id: UUID
    start_ms: int
    end_ms: int
    product: ProductCard | None


class StretchOut(Shape):
    """A part of the broadcast, in media time, that follows the one before in the recording."""

    start_ms: int
    end_ms: int


class ReplayMessageOut(Shape):
    """What somebody said; `at_ms` is its place in the recording."""

    at_ms: int
    nickname: str
    text: str


class ReplayOut(ReplayCard):
    """The recording leaves interruptions out: `stretches` lead from its time to media time."""

    room: RoomOut
    ended_at: datetime | None
    kind: PlayKind
    url: str
    expires_at: datetime
    stretches: list[StretchOut]
    chapters: list[ChapterOut]
    shelf: list[ProductCard]
    messages: list[ReplayMessageOut]


@router.get("/rooms/{room_id}/replays")
async def replays(room_id: UUID, db: Db) -> Listed[ReplayCard]:
    """The room's broadcasts that can be watched again, newest first."""
    async with db.reading() as tx:
        await live.room(tx, room_id)
        found = await replay.of_room(tx, room_id)
    return Listed(items=[_card(session) for session in found])


@router.get("/replays/{session_id}")
async def watch(session_id: UUID, svc: Svc, db: Db) -> ReplayOut:
    """One broadcast with everything that was shown in it; not found until its recording is kept."""
    at = clock.now()
    async with db.reading() as tx:
        session = await replay.replayed(tx, session_id)
        room = await live.room(tx, session.room_id)
        stretches = await replay.stretches(tx, session)
        chapters = await replay.chapters(tx, session, stretches)
        on_shelf = await shelf.product_ids(tx, room.id)
        wanted = list(dict.fromkeys([*(each.product_id for each in chapters), *on_shelf]))
        cards = await browse.listed_cards(tx, wanted)
        said = await replay.messages(tx, session, stretches)
    provider = svc.streams.named(session.provider)
    ttl_s = int(PLAY_TTL.total_seconds())
    endpoint = provider.replay_endpoint(session.stream_name, at, ttl_s)
    return ReplayOut(
        **dict(_card(session)),
        room=room_out(room),
        ended_at=session.ended_at,
        kind=endpoint.kind,
        url=endpoint.url,
        expires_at=at + PLAY_TTL,
        stretches=[StretchOut(**vars(each)) for each in stretches],
        chapters=[
            ChapterOut(
                pin_id=each.pin_id,
                start_ms=each.start_ms,
                end_ms=each.end_ms,
                product=cards.get(each.product_id),
            )
            for each in chapters
        ],
        shelf=[cards[product_id] for product_id in wanted if product_id in cards],
        messages=[ReplayMessageOut(**vars(each)) for each in said],
    )


def _card(session: Session) -> ReplayCard:
    assert session.started_at is not None
    assert session.recorded_ms is not None
    return ReplayCard(
        session_id=session.id,
        title=session.title,
        started_at=session.started_at,
        recorded_ms=session.recorded_ms,
    )
