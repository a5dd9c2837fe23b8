"""Orders found by who receives them, though name and phone are sealed: blind indexes beside them.

They are written by a sweep soon after the order, so that the crowd that places orders waits for
nothing; a name or a phone is found when it is given whole.
"""

from dataclasses import dataclass
from uuid import UUID

from bofen.kit.crypto import Vault
from bofen.kit.db import Tx

_BATCH = 500
_UNREADABLE = b""
"""Sealed with a key that is lost: found by nobody, and not tried again."""


@dataclass(frozen=True)
class _Sealed:
    id: UUID
    name_sealed: bytes
    phone_sealed: bytes


def name_index(vault: Vault, name: str) -> bytes:
    """Kept apart from phones: no name is ever equal to one."""
    return vault.blind_index(f"recipient {name}")


def phone_index(vault: Vault, phone: str) -> bytes:
    """Of the 11 digits."""
    return vault.blind_index(phone)


async def index(tx: Tx, vault: Vault) -> int:
    """Index up to 500 orders that are not yet; how many they were. Locked ones are left."""
    found = await tx.rows(
        _Sealed,
        "SELECT id, name_sealed, phone_sealed FROM orders_order WHERE phone_index IS NULL"
        " ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED",
        _BATCH,
    )
    marks = [_marks(vault, order) for order in found]
    await tx.fetch(
        "UPDATE orders_order o SET name_index = m.name_index, phone_index = m.phone_index"
        " FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) AS m(id, name_index, phone_index)"
        " WHERE o.id = m.id",
        [order.id for order in found],
        [name for name, _ in marks],
        [phone for _, phone in marks],
    )
    return len(found)


def _marks(vault: Vault, order: _Sealed) -> tuple[bytes, bytes]:
    try:
        name, phone = vault.open(order.name_sealed), vault.open(order.phone_sealed)
    except ValueError:
        return _UNREADABLE, _UNREADABLE
    return name_index(vault, name), phone_index(vault, phone)
