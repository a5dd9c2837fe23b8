"""Who a token belongs to: read once, remembered for seconds, forgotten at once when revoked.

A crowd that arrives together is read together (docs/decisions/0003-batch-first.md).
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bofen.flows.services import Services
from bofen.identity import queries as identity
from bofen.identity.rules import Role, StaffMember
from bofen.kit import clock
from bofen.kit.batch import Batcher
from bofen.kit.crypto import token_hash

_REMEMBERED_S = 5.0
_REMEMBERED_MAX = 50_000
REVOKED = "session.revoked"


@dataclass(frozen=True)
class Buyer:
    """A signed-in person."""

    id: UUID


Actor = Buyer | StaffMember | None


class Actors:
    """Maps bearer tokens to people and staff of this shop."""

    def __init__(self, services: Services) -> None:
        self._db = services.db
        self._bus = services.bus
        self._known: dict[bytes, tuple[float, Actor]] = {}
        self._reading: Batcher[bytes, Actor] = Batcher(self._read)
        services.bus.listen(REVOKED, self._forget)

    async def of_token(self, token: str) -> Actor:
        """Who this token belongs to; None when it is unknown, over or revoked."""
        hashed = token_hash(token)
        until, actor = self._known.get(hashed, (0.0, None))
        now = time.monotonic()
        if until > now:
            return actor
        actor = await self._reading.ask(hashed)
        if actor is None:
            return None
        if len(self._known) >= _REMEMBERED_MAX:
            self._known.clear()
        self._known[hashed] = (now + _REMEMBERED_S, actor)
        return actor

    async def _read(self, hashes: Sequence[bytes]) -> list[Actor]:
        async with self._db.question() as tx:
            found = await identity.of_sessions(tx, set(hashes), clock.now())
        return [_actor(found[hashed]) if hashed in found else None for hashed in hashes]

    async def tell_revoked(self, token: str) -> None:
        """Every process forgets this token."""
        await self._bus.publish(REVOKED, token_hash(token))

    async def tell_all_revoked(self) -> None:
        """Every process reads every token again: somebody's rights have changed."""
        await self._bus.publish(REVOKED, b"")

    async def _forget(self, _: str, hashed: bytes) -> None:
        if hashed:
            self._known.pop(hashed, None)
        else:
            self._known.clear()


def _actor(found: identity.SessionActor) -> Actor:
    if found.staff_id:
        return StaffMember(found.staff_id, found.name, Role(found.role))
    return Buyer(found.person_id) if found.person_id else None
