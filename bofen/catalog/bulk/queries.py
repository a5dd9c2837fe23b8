"""Reading what bulk changes did, and what undoing them did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bofen.catalog.bulk.rules import BulkKind
from bofen.catalog.rules import ProductStatus
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound


@dataclass(frozen=True)
class BulkRow:
    """A bulk change, and what has become of it. Counts are products."""

    id: UUID
    by_staff_id: UUID
    kind: BulkKind
    amount_fen: int
    change_bp: int
    category_id: UUID | None
    at: datetime
    undone_at: datetime | None
    undone_by_staff_id: UUID | None
    changed: int
    unchanged: int
    refused: int
    put_back: int


_ROWS = """
SELECT c.id, c.by_staff_id, c.kind, c.amount_fen, c.change_bp, c.category_id, c.at, c.undone_at,
  c.undone_by_staff_id, n.changed, n.unchanged, n.refused, n.put_back
FROM catalog_bulk_change c CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE after IS NOT NULL) AS changed,
    count(*) FILTER (WHERE after IS NULL AND refusal IS NULL) AS unchanged,
    count(*) FILTER (WHERE refusal IS NOT NULL) AS refused,
    count(*) FILTER (WHERE is_put_back) AS put_back
  FROM catalog_bulk_line l WHERE l.change_id = c.id
) n
"""


@dataclass(frozen=True)
class BulkLineRow:
    """What a bulk change did to one product, and what its undoing did; see `rules.Decided`."""

    product_id: UUID
    title: str
    picture_key: str | None
    before: Mapping[str, Any]
    after: Mapping[str, Any] | None
    version: int | None
    refusal: Mapping[str, Any] | None
    is_put_back: bool
    undo_refusal: Mapping[str, Any] | None

    @property
    def is_taken_off(self) -> bool:
        """Whether buyers saw it before, and do not since."""
        if self.after is None:
            return False
        listed = ProductStatus.listed.value
        return bool(self.before["status"] == listed != self.after["status"])


async def change(tx: Tx, change_id: UUID) -> BulkRow:
    """One bulk change. Raises `NotFound`."""
    rows = await tx.rows(BulkRow, f"{_ROWS} WHERE c.id = $1", change_id)
    if not rows:
        raise NotFound("bulk_change")
    return rows[0]


async def newest(tx: Tx, limit: int) -> list[BulkRow]:
    """The last bulk changes, newest first."""
    return await tx.rows(BulkRow, f"{_ROWS} ORDER BY c.at DESC, c.id DESC LIMIT $1", limit)


async def lines(tx: Tx, change_id: UUID) -> list[BulkLineRow]:
    """Every product of a bulk change, in the order in which staff saw them."""
    return await tx.rows(
        BulkLineRow,
        "SELECT l.product_id, p.title, p.pictures->>0 AS picture_key, l.before, l.after,"
        " l.version, l.refusal, l.is_put_back, l.undo_refusal FROM catalog_bulk_line l"
        " JOIN catalog_product p ON p.id = l.product_id WHERE l.change_id = $1 ORDER BY l.place",
        change_id,
    )
