"""Puts the demo room on air: a session, a key, and a product pinned, as a host would."""

from datetime import timedelta

from bofen.flows.control_room import pin
from bofen.flows.rooms import publish
from bofen.flows.services import Services
from bofen.gateways.streams.protocol import StreamRef
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.live import service as live
from bofen.live.models import Session
from bofen.live.rules import PUSH_KEY_LIFE, SessionStatus


async def go_live(services: Services) -> str:
    """The push address of the first room's broadcast, with a fresh key."""
    at = clock.now()

    async def story(tx: Tx) -> tuple[Session, str]:
        rooms = await tx.fetch("SELECT id FROM live_room ORDER BY created_at LIMIT 1")
        room_id = rooms[0]["id"]
        session = await live.current_session(tx, room_id)
        if session is None or session.status == SessionStatus.ended:
            session = await live.schedule(tx, room_id, "春日好物专场", at + timedelta(minutes=1))
        return await live.new_push_key(tx, session.id, at)

    session, key = await services.db.run(story)
    await _pin_first(services, session)
    ref = StreamRef(session.stream_name, session.id)
    endpoint = services.streams.push_endpoint(ref, key, at + PUSH_KEY_LIFE)
    return f"{endpoint.url}/{endpoint.key}"


async def _pin_first(services: Services, session: Session) -> None:
    """Unless the host left something pinned."""
    async with services.db.transaction() as tx:
        pinned = await tx.fetch(
            "SELECT 1 FROM live_pin WHERE room_id = $1 AND ended_at IS NULL", session.room_id
        )
        shelf = await live.shelf(tx, session.room_id)
    if not pinned and shelf:
        changes = await services.db.run(
            lambda tx: pin(tx, session.room_id, shelf[0], clock.now(), None)
        )
        await publish(services.bus, [changes])
