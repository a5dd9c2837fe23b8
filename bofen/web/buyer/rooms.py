"""Watching a live room and speaking in it."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field

from bofen.flows.rooms import CHANNEL, publish, snapshot
from bofen.flows.services import Services
from bofen.gateways.streams.protocol import PlayKind
from bofen.kit import clock
from bofen.kit.batch import Batcher
from bofen.kit.errors import Refusal
from bofen.kit.flight import SingleFlight
from bofen.kit.limits import Limit
from bofen.live import messages, queries
from bofen.live import service as live
from bofen.live.changes import Snapshot
from bofen.live.messages import NewMessage, Sent
from bofen.live.rules import ON_AIR, TEXT_MAX, MessageStatus
from bofen.settings.recent import RecentSettings
from bofen.web.deps import CurrentBuyer, Db, Svc
from bofen.web.shapes import Body, Line, Shape

router = APIRouter(prefix="/rooms", tags=["rooms"])

MediaTime = Annotated[int | None, Field(ge=0, le=864_000_000)]
_SPEAKING_S = 10
PLAY_TTL = timedelta(hours=6)
_FRESH_S = 0.5


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


class Rooms:
    """What this process keeps for all rooms: snapshots, the batch of danmaku, limits."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._snapshots: dict[UUID, tuple[float, Snapshot]] = {}
        self._reading: SingleFlight[UUID, Snapshot] = SingleFlight()
        self._sending: Batcher[NewMessage, Sent] = Batcher(self._send)
        self._settings = RecentSettings(services.db)
        services.bus.listen(CHANNEL, self._changed)

    async def snapshot(self, room_id: UUID) -> Snapshot:
        """The crowd that enters at once shares one reading of the database."""
        known = self._snapshots.get(room_id)
        if known and known[0] > time.monotonic():
            return known[1]
        return await self._reading.ask(room_id, lambda: self._read(room_id))

    async def send(self, message: NewMessage) -> Sent:
        """Gathered with what others say at the same moment. Raises what `messages.send` answers."""
        most = (await self._settings.at(clock.now())).live.messages_in_ten_s_max
        limit = Limit("say", times=most, seconds=_SPEAKING_S)
        await self._services.limiter.take(limit, str(message.person_id))
        return await self._sending.ask(message)

    async def _read(self, room_id: UUID) -> Snapshot:
        async with self._services.db.transaction() as tx:
            found = await snapshot(tx, self._services, room_id)
        if self._reading.is_wanted(room_id):  # Else it may be of before a change.
            self._snapshots[room_id] = (time.monotonic() + _FRESH_S, found)
        return found

    async def _send(self, gathered: Sequence[NewMessage]) -> Sequence[Sent | Refusal]:
        at = clock.now()
        answers, changes = await self._services.db.run(lambda tx: messages.send(tx, gathered, at))
        await publish(self._services.bus, changes)
        return answers

    async def _changed(self, channel: str, _: bytes) -> None:
        room_id = UUID(channel.removeprefix(CHANNEL))
        self._snapshots.pop(room_id, None)
        self._reading.forget(room_id)


def _rooms(request: Request, services: Services) -> Rooms:
    state = request.app.state
    if not hasattr(state, "rooms"):
        state.rooms = Rooms(services)
    return state.rooms  # type: ignore[no-any-return]


@router.get("/{room_id}")
async def enter(room_id: UUID, request: Request, svc: Svc) -> Snapshot:
    """The room as it is now; changes go on over the socket that the answer names."""
    return await _rooms(request, svc).snapshot(room_id)


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
    room_id: UUID,
    client_id: UUID,
    asked: MessageIn,
    buyer: CurrentBuyer,
    request: Request,
    svc: Svc,
) -> SentOut:
    """The same `client_id` twice is one message."""
    verdict = svc.words.judge(asked.text).kind
    message = NewMessage(room_id, buyer.id, client_id, asked.text, verdict, asked.media_time_ms)
    sent = await _rooms(request, svc).send(message)
    return SentOut(seq=sent.seq, status=sent.status)
