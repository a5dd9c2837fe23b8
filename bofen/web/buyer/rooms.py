"""Watching a live room and speaking in it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.responses import Response

from bofen.flows.rooms import publish, snapshot
from bofen.flows.services import Services
from bofen.gateways.streams.protocol import PlayKind
from bofen.kit import clock
from bofen.kit.batch import Batcher
from bofen.kit.errors import Refusal
from bofen.kit.limits import Limit
from bofen.live import messages, queries
from bofen.live import service as live
from bofen.live.changes import Snapshot
from bofen.live.messages import NewMessage, Sent
from bofen.live.rules import ON_AIR, TEXT_MAX, MessageStatus
from bofen.settings.recent import RecentSettings
from bofen.web.deps import CurrentBuyer, Db, Svc
from bofen.web.pages import KeptPages, Pages
from bofen.web.shapes import Body, Line, Shape

router = APIRouter(prefix="/rooms", tags=["rooms"])

MediaTime = Annotated[int | None, Field(ge=0, le=864_000_000)]
_SPEAKING_S = 10
PLAY_TTL = timedelta(hours=6)


class Play(Shape):
    """One way to watch, and its signed address."""

    kind: PlayKind
    url: str


class PlayOut(Shape):
    """Media time is the time since `started_at` by the clock of the server, which says `now`.

    A player that knows the wall time of the picture (`EXT-X-PROGRAM-DATE-TIME`) subtracts
    `started_at`; any other takes the server's time less its own delay.
    """

    endpoints: list[Play]
    expires_at: datetime
    started_at: datetime | None
    now: datetime


class MessageIn(Body):
    """`media_time_ms`: how far the broadcast had come on this screen; see `PlayOut.started_at`."""

    text: Annotated[Line, Field(min_length=1, max_length=TEXT_MAX)]
    media_time_ms: MediaTime = None


class SentOut(Shape):
    """`seq` is null while a moderator decides; until then only the writer sees it."""

    seq: int | None
    status: MessageStatus


class Speech:
    """What people say in the rooms, gathered; and how often one may."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._sending: Batcher[NewMessage, Sent] = Batcher(self._send)
        self._settings = RecentSettings(services.db)

    async def say(
        self, buyer_id: UUID, room_id: UUID, client_id: UUID, asked: MessageIn
    ) -> SentOut:
        """Gathered with what others say at the same moment. Raises what `messages.send` answers."""
        verdict = self._services.words.judge(asked.text).kind
        most = (await self._settings.at(clock.now())).live.messages_in_ten_s_max
        limit = Limit("say", times=most, seconds=_SPEAKING_S)
        await self._services.limiter.take(limit, str(buyer_id))
        sent = await self._sending.ask(
            NewMessage(room_id, buyer_id, client_id, asked.text, verdict, asked.media_time_ms)
        )
        return SentOut(seq=sent.seq, status=sent.status)

    async def _send(self, gathered: Sequence[NewMessage]) -> Sequence[Sent | Refusal]:
        at = clock.now()
        answers, changes = await self._services.db.run(lambda tx: messages.send(tx, gathered, at))
        await publish(self._services.bus, changes)
        return answers


async def room_page(pages: Pages, room_id: UUID) -> Response:
    """A room's snapshot as JSON. Raises `NotFound`."""
    return await pages.detail("room", room_id, partial(_read, room_id))


@router.get("/{room_id}", response_model=Snapshot)
async def enter(room_id: UUID, pages: KeptPages) -> Response:
    """The room as it is now; changes go on over the socket that the answer names."""
    return await room_page(pages, room_id)


async def _read(room_id: UUID, services: Services) -> Snapshot:
    async with services.db.transaction() as tx:
        return await snapshot(tx, services, room_id)


@router.get("/{room_id}/play")
async def play(room_id: UUID, svc: Svc, db: Db) -> PlayOut:
    """Signed addresses of the picture, good for a whole broadcast. Empty when nothing is on air."""
    at = clock.now()
    async with db.transaction() as tx:
        await live.room(tx, room_id)
        session = await queries.current_session(tx, room_id)
    endpoints = []
    if session and session.status in ON_AIR:
        ttl_s = int(PLAY_TTL.total_seconds())
        provider = svc.streams.named(session.provider)
        endpoints = provider.play_endpoints(session.stream_name, at, ttl_s)
    return PlayOut(
        endpoints=[Play(kind=way.kind, url=way.url) for way in endpoints],
        expires_at=at + PLAY_TTL,
        started_at=session.started_at if session else None,
        now=at,
    )


@router.put("/{room_id}/messages/{client_id}", status_code=201)
async def speak(
    room_id: UUID, client_id: UUID, asked: MessageIn, buyer: CurrentBuyer, request: Request
) -> SentOut:
    """The same `client_id` twice is one message."""
    speech: Speech = request.app.state.speech
    return await speech.say(buyer.id, room_id, client_id, asked)
