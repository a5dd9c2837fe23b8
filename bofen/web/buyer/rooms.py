"""Watching a live room and speaking in it."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field

from bofen.flows.rooms import CHANNEL, publish, snapshot
from bofen.flows.say import Said, Say, say
from bofen.flows.services import Services
from bofen.kit import clock
from bofen.kit.batch import Batcher
from bofen.kit.errors import InvalidRequest, Refusal
from bofen.kit.limits import Limit
from bofen.live import service as live
from bofen.live.rules import ON_AIR, TEXT_MAX
from bofen.web.deps import CurrentBuyer, Db, Svc
from bofen.web.room_shapes import Snapshot
from bofen.web.shapes import Body, Line, Shape

router = APIRouter(prefix="/rooms", tags=["rooms"])

_SPEAKING = Limit("say", times=10, seconds=10)
_PLAY_TTL = timedelta(hours=6)
_FRESH_S = 0.5


class Play(Shape):
    kind: str
    url: str


class PlayOut(Shape):
    endpoints: list[Play]
    expires_at: datetime


class SayIn(Body):
    text: Annotated[Line, Field(min_length=1, max_length=TEXT_MAX)]


class SaidOut(Shape):
    """`seq` is null while a moderator decides; until then only the writer sees it."""

    seq: int | None
    status: str


class _Snapshots:
    """The crowd that enters at once shares one reading of the database."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._read: dict[UUID, tuple[float, dict[str, Any]]] = {}
        services.bus.listen(CHANNEL, self._changed)

    async def of(self, room_id: UUID) -> dict[str, Any]:
        until, found = self._read.get(room_id, (0.0, {}))
        if until > time.monotonic():
            return found
        async with self._services.db.transaction() as tx:
            found = await snapshot(tx, self._services, room_id)
        self._read[room_id] = (time.monotonic() + _FRESH_S, found)
        return found

    async def _changed(self, channel: str, _: bytes) -> None:
        self._read.pop(UUID(channel.removeprefix(CHANNEL)), None)


def _snapshots(request: Request, services: Services) -> _Snapshots:
    state = request.app.state
    if not hasattr(state, "snapshots"):
        state.snapshots = _Snapshots(services)
    return state.snapshots  # type: ignore[no-any-return]


def _saying(request: Request, services: Services) -> Batcher[Say, Said]:
    """The one place of this process where danmaku are gathered into batches."""

    async def run(asked: Sequence[Say]) -> Sequence[Said | Refusal]:
        answers, changes = await services.db.run(lambda tx: say(tx, asked, clock.now()))
        await publish(services.bus, changes)
        return answers

    state = request.app.state
    if not hasattr(state, "saying"):
        state.saying = Batcher[Say, Said](run)
    return state.saying  # type: ignore[no-any-return]


@router.get("/{room_id}")
async def enter(room_id: UUID, request: Request, svc: Svc) -> Snapshot:
    return Snapshot.model_validate(await _snapshots(request, svc).of(room_id))


@router.get("/{room_id}/play")
async def play(room_id: UUID, svc: Svc, db: Db) -> PlayOut:
    """Signed addresses of the picture, good for a whole broadcast. Empty when nothing is on air."""
    at = clock.now()
    async with db.transaction() as tx:
        await live.room(tx, room_id)
        session = await live.current_session(tx, room_id)
    ttl_s = int(_PLAY_TTL.total_seconds())
    endpoints = []
    if session and session.status in ON_AIR:
        endpoints = svc.streams.play_endpoints(session.stream_name, at, ttl_s)
    return PlayOut(
        endpoints=[Play(kind=one.kind, url=one.url) for one in endpoints],
        expires_at=at + _PLAY_TTL,
    )


@router.put("/{room_id}/messages/{client_id}", status_code=201)
async def speak(
    room_id: UUID,
    client_id: UUID,
    asked: SayIn,
    buyer: CurrentBuyer,
    request: Request,
    svc: Svc,
) -> SaidOut:
    """The same `client_id` twice is one message."""
    await svc.limiter.take(_SPEAKING, str(buyer.id))
    text = asked.text.strip()
    if not text:
        raise InvalidRequest([{"field": "text", "why": "says nothing"}])
    verdict = svc.words.judge(text).kind
    said = await _saying(request, svc).ask(Say(room_id, buyer.id, client_id, text, verdict))
    return SaidOut(seq=said.seq, status=said.status.value)
