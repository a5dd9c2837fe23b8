"""Puts the demo room on air: a session, a key, and a product pinned, as a host would."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import httpx

from bofen.flows import live_sessions
from bofen.flows.control_room import pin
from bofen.flows.rooms import publish
from bofen.flows.services import Services
from bofen.gateways.streams.protocol import PlayKind
from bofen.identity import queries as identity
from bofen.identity.rules import Role, StaffMember
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.live import queries, shelf
from bofen.live import service as live
from bofen.live.models import Session
from bofen.live.queries import ShownSession
from bofen.live.rules import SessionStatus
from bofen.live.service import SessionDraft

_LIFE_S = 600
_ANSWER_S = 15.0


@dataclass(frozen=True)
class Broadcast:
    """Where the demo's streamer pushes to, with a fresh key; where its viewers look."""

    session_id: UUID
    push_url: str
    list_url: str


async def go_live(services: Services) -> Broadcast:
    """The first room's broadcast, ready for its streamer."""
    at = clock.now()

    async with services.db.transaction() as tx:
        room = min(await queries.rooms(tx), key=lambda row: row.id)
        host = await _host(tx)
        session: Session | ShownSession | None = await queries.current_session(tx, room.id)
    if session is None or session.status == SessionStatus.ended:
        soon = at + timedelta(minutes=1)
        draft = SessionDraft("春日好物专场", soon, services.streams.chosen)
        session = await live_sessions.schedule(services, room.id, draft, host, at)
    endpoint, _ = await live_sessions.push_address(services, session.id, host, at)
    await _pin_first(services, room.id, host)
    ways = services.streams.named(session.provider).play_endpoints(session.stream_name, at, _LIFE_S)
    list_url = next(way.url for way in ways if way.kind == PlayKind.hls)
    return Broadcast(session.id, f"{endpoint.url}/{endpoint.key}", list_url)


async def has_picture(services: Services, shown: Broadcast) -> bool:
    """Whether a viewer who comes now is in a room on air and finds a whole piece of picture."""
    async with services.db.transaction() as tx:
        if (await live.session(tx, shown.session_id)).status != SessionStatus.live:
            return False
    try:
        async with httpx.AsyncClient(trust_env=False, timeout=_ANSWER_S) as http:
            return (await http.get(shown.list_url)).is_success
    except httpx.HTTPError:
        return False


async def _host(tx: Tx) -> StaffMember:
    names = await identity.staff_of_role(tx, Role.host)
    staff_id = next(iter(names))
    return StaffMember(staff_id, names[staff_id], Role.host)


async def _pin_first(services: Services, room_id: UUID, host: StaffMember) -> None:
    """Unless the host left something pinned."""
    async with services.db.transaction() as tx:
        pinned = await shelf.current_pin(tx, room_id)
        products = await shelf.product_ids(tx, room_id)
    if pinned is None and products:
        changes = await services.db.run(lambda tx: pin(tx, room_id, products[0], host, clock.now()))
        await publish(services.bus, [changes])
