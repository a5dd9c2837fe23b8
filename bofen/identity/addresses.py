"""A person's delivery addresses: name, phone and street are sealed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bofen.identity.errors import TooManyAddresses
from bofen.identity.rules import ADDRESSES_MAX, Recipient
from bofen.kit.crypto import Vault
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.ids import new_id


@dataclass(frozen=True)
class Address:
    """Where a parcel goes, in plain text: for its owner and for the courier only."""

    name: str
    phone: str
    province: str
    city: str
    district: str
    detail: str


@dataclass(frozen=True)
class KeptAddress:
    """An address with the id that orders name."""

    id: UUID
    address: Address
    is_default: bool


_SELECT = (
    "SELECT id, name_sealed, phone_sealed, detail_sealed, province, city, district, is_default"
    " FROM identity_address WHERE person_id = $1"
)


async def of_person(tx: Tx, vault: Vault, person_id: UUID, address_id: UUID) -> Address:
    """One of this person's addresses; another's is not found."""
    rows = await tx.fetch(_SELECT + " AND id = $2", person_id, address_id)
    if not rows:
        raise NotFound("address")
    return _opened(vault, rows[0]).address


async def all_of(tx: Tx, vault: Vault, person_id: UUID) -> list[KeptAddress]:
    """The default first, then the newest."""
    rows = await tx.fetch(_SELECT + " ORDER BY is_default DESC, created_at DESC, id", person_id)
    return [_opened(vault, row) for row in rows]


async def recipients(tx: Tx, address_ids: Collection[UUID]) -> dict[tuple[UUID, UUID], Recipient]:
    """By (person, address), sealed as they are kept: an order copies them without opening them."""
    rows = await tx.fetch(
        "SELECT id, person_id, province, city, district, name_sealed, phone_sealed, detail_sealed"
        " FROM identity_address WHERE id = ANY($1::uuid[])",
        list(address_ids),
    )
    return {(row.pop("person_id"), row.pop("id")): Recipient(**row) for row in rows}


def _opened(vault: Vault, row: dict[str, Any]) -> KeptAddress:
    address = Address(
        vault.open(row["name_sealed"]),
        vault.open(row["phone_sealed"]),
        row["province"],
        row["city"],
        row["district"],
        vault.open(row["detail_sealed"]),
    )
    return KeptAddress(row["id"], address, row["is_default"])


async def add(
    tx: Tx, vault: Vault, person_id: UUID, address: Address, at: datetime, *, is_default: bool
) -> UUID:
    """The first address is the default, whatever was asked."""
    await _lock(tx, person_id)
    rows = await tx.fetch(
        "SELECT count(*) AS n FROM identity_address WHERE person_id = $1", person_id
    )
    if rows[0]["n"] >= ADDRESSES_MAX:
        raise TooManyAddresses(ADDRESSES_MAX)
    is_default = is_default or rows[0]["n"] == 0
    if is_default:
        await _no_default(tx, person_id)
    address_id = new_id()
    await tx.fetch(
        "INSERT INTO identity_address (id, person_id, name_sealed, phone_sealed, detail_sealed,"
        " province, city, district, is_default, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        address_id,
        person_id,
        *_columns(vault, address),
        is_default,
        at,
    )
    return address_id


async def change(
    tx: Tx, vault: Vault, person_id: UUID, address_id: UUID, address: Address, *, is_default: bool
) -> None:
    """Replace an address of this person; another's is not found. A default stays one."""
    await _lock(tx, person_id)
    if is_default:
        await _no_default(tx, person_id)
    rows = await tx.fetch(
        "UPDATE identity_address SET name_sealed = $3, phone_sealed = $4, detail_sealed = $5,"
        " province = $6, city = $7, district = $8, is_default = is_default OR $9"
        " WHERE person_id = $1 AND id = $2 RETURNING id",
        person_id,
        address_id,
        *_columns(vault, address),
        is_default,
    )
    if not rows:
        raise NotFound("address")


async def remove(tx: Tx, person_id: UUID, address_id: UUID) -> None:
    """Removing the default makes the newest other address the default."""
    await _lock(tx, person_id)
    rows = await tx.fetch(
        "DELETE FROM identity_address WHERE person_id = $1 AND id = $2 RETURNING is_default",
        person_id,
        address_id,
    )
    if not rows:
        raise NotFound("address")
    if rows[0]["is_default"]:
        await tx.fetch(
            "UPDATE identity_address SET is_default = true WHERE id ="
            " (SELECT id FROM identity_address WHERE person_id = $1"
            " ORDER BY created_at DESC, id LIMIT 1)",
            person_id,
        )


def _columns(vault: Vault, address: Address) -> list[Any]:
    sealed = [vault.seal(text) for text in (address.name, address.phone, address.detail)]
    return [*sealed, address.province, address.city, address.district]


async def _lock(tx: Tx, person_id: UUID) -> None:
    await tx.fetch("SELECT 1 FROM identity_person WHERE id = $1 FOR UPDATE", person_id)


async def _no_default(tx: Tx, person_id: UUID) -> None:
    await tx.fetch(
        "UPDATE identity_address SET is_default = false WHERE person_id = $1 AND is_default",
        person_id,
    )
