"""Reading how much there is of what."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from bofen.inventory.models import SHELF_LEVEL
from bofen.kit.db import Tx
from bofen.kit.paging import Page, page_of, read_cursor, read_id, read_number


@dataclass(frozen=True)
class Level:
    """One SKU's stock in pieces; available = on hand − held."""

    sku_id: UUID
    on_hand: int
    held: int
    available: int
    low_below: int


async def levels(tx: Tx, sku_ids: Collection[UUID]) -> dict[UUID, Level]:
    """By SKU; one that never had stock is not in the answer."""
    rows = await tx.rows(
        Level,
        "SELECT sku_id, on_hand, held, on_hand - held AS available, low_below"
        " FROM inventory_stock WHERE sku_id = ANY($1::uuid[])",
        list(sku_ids),
    )
    return {row.sku_id: row for row in rows}


_PAGE = f"""
SELECT sku_id, on_hand, held, on_hand - held AS available, low_below FROM inventory_stock
WHERE shelf_level >= {SHELF_LEVEL.replace("on_hand - held", "$1::bigint")}
  AND (on_hand - held, sku_id) > ($1::bigint, $2::uuid) {{wanted}}
ORDER BY shelf_level, on_hand - held, sku_id LIMIT $3
"""  # noqa: S608


async def stock_page(tx: Tx, *, is_low: bool, limit: int, cursor: str | None) -> Page[Level]:
    """Least available first."""
    available, sku_id = read_cursor(cursor, read_number, read_id) if cursor else (-1, UUID(int=0))
    wanted = "AND is_low" if is_low else ""
    rows = await tx.rows(Level, _PAGE.format(wanted=wanted), available, sku_id, limit + 1)
    return page_of(rows, limit, lambda row: (row.available, row.sku_id))


async def open_takes(tx: Tx, sku_ids: Collection[UUID]) -> dict[UUID, str]:
    """By SKU, the number of the open stock-take that has it; one in none is not in the answer."""
    rows = await tx.fetch(
        "SELECT line.sku_id, take.number FROM inventory_take_line line"
        " JOIN inventory_take take ON take.id = line.take_id"
        " WHERE line.is_open AND line.sku_id = ANY($1::uuid[]) ORDER BY take.number, line.no",
        list(sku_ids),
    )
    return {row["sku_id"]: row["number"] for row in rows}
