"""How people show themselves: a nickname and a picture, which everybody may see."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from bofen.kit.db import Tx


@dataclass(frozen=True)
class Face:
    """How a person is shown to staff: what he shows everybody."""

    nickname: str
    avatar_key: str | None


async def faces(tx: Tx, person_ids: Collection[UUID]) -> dict[UUID, Face]:
    """By person; one who does not exist is not in the answer."""
    rows = await tx.fetch(
        "SELECT id, nickname, avatar_key FROM identity_person WHERE id = ANY($1::uuid[])",
        list(person_ids),
    )
    return {row["id"]: Face(row["nickname"], row["avatar_key"]) for row in rows}


async def set_avatar(tx: Tx, person_id: UUID, key: str) -> None:
    """The picture that he chose."""
    await tx.fetch("UPDATE identity_person SET avatar_key = $2 WHERE id = $1", person_id, key)


async def give_avatar(tx: Tx, person_id: UUID, key: str) -> None:
    """A picture for whoever has chosen none."""
    await tx.fetch(
        "UPDATE identity_person SET avatar_key = $2 WHERE id = $1 AND avatar_key IS NULL",
        person_id,
        key,
    )
