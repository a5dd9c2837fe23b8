"""Reading stock and its journal, and the proof that they agree."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from bofen.kit.db import Tx
from bofen.kit.paging import Page, page_of, read_cursor, read_id, read_number


async def levels(tx: Tx, sku_ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = await tx.fetch(
        "SELECT sku_id, on_hand, held, on_hand - held AS available, low_below"
        " FROM inventory_stock WHERE sku_id = ANY($1::uuid[])",
        list(sku_ids),
    )
    return {row["sku_id"]: row for row in rows}


async def stock_page(
    tx: Tx, *, is_low: bool, limit: int, cursor: str | None
) -> Page[dict[str, Any]]:
    """Least available first."""
    available, sku_id = read_cursor(cursor, read_number, read_id) if cursor else (-1, UUID(int=0))
    rows = await tx.fetch(
        "SELECT sku_id, on_hand, held, on_hand - held AS available, low_below"
        " FROM inventory_stock WHERE (on_hand - held, sku_id) > ($1::bigint, $2::uuid)"
        " AND (NOT $3 OR on_hand - held < low_below)"
        " ORDER BY on_hand - held, sku_id LIMIT $4",
        available,
        sku_id,
        is_low,
        limit + 1,
    )
    return page_of(rows, limit, lambda row: (row["available"], row["sku_id"]))


async def low_count(tx: Tx) -> int:
    rows = await tx.fetch(
        "SELECT count(*) AS n FROM inventory_stock WHERE on_hand - held < low_below"
    )
    return int(rows[0]["n"])


async def movements(
    tx: Tx, sku_id: UUID, *, limit: int, cursor: str | None
) -> Page[dict[str, Any]]:
    """The journal of one SKU, newest first."""
    before = read_cursor(cursor, read_id)[0] if cursor else UUID(int=2**128 - 1)
    rows = await tx.fetch(
        "SELECT id, kind, quantity, on_hand_after, held_after, reference_kind, reference_id,"
        " actor, at FROM inventory_movement WHERE sku_id = $1 AND id < $2"
        " ORDER BY id DESC LIMIT $3",
        sku_id,
        before,
        limit + 1,
    )
    return page_of(rows, limit, lambda row: (row["id"],))


async def disagreements(tx: Tx) -> list[dict[str, Any]]:
    """SKUs whose stock is not the sum of their journal: there must be none."""
    return await tx.fetch(
        "SELECT s.sku_id, s.on_hand, s.held, coalesce(j.on_hand, 0) AS journal_on_hand,"
        " coalesce(j.held, 0) AS journal_held FROM inventory_stock s LEFT JOIN ("
        "  SELECT sku_id,"
        "   sum(quantity) FILTER (WHERE kind NOT IN ('hold', 'release')) AS on_hand,"
        "   sum(quantity) FILTER (WHERE kind IN ('hold', 'release', 'commit')) AS held"
        "  FROM inventory_movement GROUP BY sku_id) j USING (sku_id)"
        " WHERE s.on_hand <> coalesce(j.on_hand, 0) OR s.held <> coalesce(j.held, 0)"
    )
