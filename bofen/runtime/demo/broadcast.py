"""Puts the demo room on air: a session, a key, and a product pinned, as a host would."""

from datetime import timedelta

from bofen.flows import live_sessions
from bofen.flows.control_room import pin
from bofen.flows.rooms import publish
from bofen.flows.services import Services
from bofen.identity import queries as identity
from bofen.identity.rules import Role, StaffMember
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.live import queries, shelf
from bofen.live.models import Session
from bofen.live.rules import SessionStatus
from bofen.live.service import SessionDraft


async def go_live(services: Services) -> str:
    """The push address of the first room's broadcast, with a fresh key."""
    at = clock.now()

    async with services.db.transaction() as tx:
        room = min(await queries.rooms(tx), key=lambda row: row.id)
        host = await _host(tx)
        session = await queries.current_session(tx, room.id)
    if session is None or session.status == SessionStatus.ended:
        soon = at + timedelta(minutes=1)
        draft = SessionDraft("春日好物专场", soon, services.streams.chosen)
        session = await live_sessions.schedule(services, room.id, draft, host, at)
    endpoint, _ = await live_sessions.push_address(services, session.id, host, at)
    await _pin_first(services, session, host)
    return f"{endpoint.url}/{endpoint.key}"


async def _host(tx: Tx) -> StaffMember:
    names = await identity.staff_of_role(tx, Role.host)
    staff_id = next(iter(names))
    return StaffMember(staff_id, names[staff_id], Role.host)


async def _pin_first(services: Services, session: Session, host: StaffMember) -> None:
    """Unless the host left something pinned."""
    async with services.db.transaction() as tx:
        pinned = await shelf.current_pin(tx, session.room_id)
        products = await shelf.product_ids(tx, session.room_id)
    if pinned is None and products:
        changes = await services.db.run(
            lambda tx: pin(tx, session.room_id, products[0], host, clock.now())
        )
        await publish(services.bus, [changes])
