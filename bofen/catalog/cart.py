"""Filling a cart: what a person means to buy, and in which broadcast he chose it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.catalog.errors import CartFull, NotForSale
from bofen.catalog.rules import CART_LINES_MAX, ChosenIn
from bofen.catalog.service import sellable
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound

_PUT = """
INSERT INTO catalog_cart_line AS line (person_id, sku_id, quantity, added_at,
  room_id, session_id, pin_id, media_time_ms, is_replay, chosen_at)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 WHERE (
  SELECT count(*) FROM catalog_cart_line WHERE person_id = $1 AND sku_id <> $2) < $11
ON CONFLICT (person_id, sku_id) DO UPDATE SET quantity = excluded.quantity,
  (room_id, session_id, pin_id, media_time_ms, is_replay, chosen_at) = (
    SELECT moment.* FROM (VALUES
      (excluded.room_id, excluded.session_id, excluded.pin_id, excluded.media_time_ms,
        excluded.is_replay, excluded.chosen_at),
      (line.room_id, line.session_id, line.pin_id, line.media_time_ms,
        line.is_replay, line.chosen_at)
    ) AS moment(room_id, session_id, pin_id, media_time_ms, is_replay, chosen_at)
    ORDER BY moment.chosen_at DESC NULLS LAST LIMIT 1)
RETURNING sku_id
"""
"""Another quantity, or more of it from a page of the shop, leaves the last broadcast as it was."""


@dataclass(frozen=True)
class CartLine:
    """How many of a SKU a person means to buy from now on, and where he chose it."""

    person_id: UUID
    sku_id: UUID
    quantity: int
    chosen_in: ChosenIn | None = None


async def put(tx: Tx, wanted: CartLine, at: datetime) -> None:
    """From now on the cart holds this. Raises `NotFound`, `NotForSale`, `CartFull`."""
    found = (await sellable(tx, [wanted.sku_id])).get(wanted.sku_id)
    if found is None:
        raise NotFound("sku")
    if not found.is_listed:
        raise NotForSale(wanted.sku_id)
    chosen = wanted.chosen_in
    rows = await tx.fetch(
        _PUT,
        wanted.person_id,
        wanted.sku_id,
        wanted.quantity,
        at,
        chosen and chosen.room_id,
        chosen and chosen.session_id,
        chosen and chosen.pin_id,
        chosen and chosen.media_time_ms,
        chosen is not None and chosen.is_replay,
        chosen and chosen.chosen_at,
        CART_LINES_MAX,
    )
    if not rows:
        raise CartFull(CART_LINES_MAX)


async def take(tx: Tx, person_id: UUID, sku_ids: Collection[UUID]) -> None:
    """What is not in the cart is passed over."""
    await tx.fetch(
        "DELETE FROM catalog_cart_line WHERE person_id = $1 AND sku_id = ANY($2::uuid[])",
        person_id,
        list(sku_ids),
    )


_CHOSEN = """
SELECT person_id, sku_id, room_id, session_id, pin_id, media_time_ms, is_replay, chosen_at
FROM catalog_cart_line WHERE person_id = ANY($1::uuid[]) AND chosen_at IS NOT NULL
"""


async def chosen_in(tx: Tx, person_ids: Collection[UUID]) -> dict[tuple[UUID, UUID], ChosenIn]:
    """By person and SKU: the broadcast that a line of his cart was chosen in, if in any."""
    if not person_ids:
        return {}
    rows = await tx.fetch(_CHOSEN, list(person_ids))
    return {(row.pop("person_id"), row.pop("sku_id")): ChosenIn(**row) for row in rows}


async def join(tx: Tx, former_id: UUID, person_id: UUID) -> None:
    """Two accounts were one person's: what only the former cart holds comes along."""
    await tx.fetch(
        "UPDATE catalog_cart_line line SET person_id = $2 WHERE person_id = $1 AND NOT EXISTS ("
        "  SELECT FROM catalog_cart_line kept WHERE kept.person_id = $2"
        "  AND kept.sku_id = line.sku_id)",
        former_id,
        person_id,
    )
