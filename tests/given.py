"""People whom any test may need."""

from bofen.identity import service as identity
from bofen.identity.rules import Role, StaffMember
from bofen.identity.service import StaffDraft
from bofen.kit.db import Tx
from bofen.kit.ids import short_token
from tests.conftest import NOON


async def a_clerk(tx: Tx, role: Role = Role.owner) -> StaffMember:
    """Somebody who works here, for verbs that ask who did it."""
    draft = StaffDraft(f"{role.value}-{short_token(8).lower()}", "小店员", role)
    return StaffMember(await identity.hire(tx, draft, "!", NOON), draft.name, role)
