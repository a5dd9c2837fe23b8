"""Reading what a product said at each of its versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from bofen.catalog.contents import draft_of
from bofen.catalog.rules import ProductDraft, clean_html
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.paging import Page, page_of, read_cursor, read_number


@dataclass(frozen=True)
class VersionRow:
    """A version of a product, and who wrote it: `actor` is `staff:<id>`."""

    version: int
    actor: str
    at: datetime

    @property
    def staff_id(self) -> UUID:
        """Who wrote it."""
        return UUID(self.actor.removeprefix("staff:"))


async def page(tx: Tx, product_id: UUID, limit: int, cursor: str | None) -> Page[VersionRow]:
    """Newest first; empty for a product that is not there."""
    (before,) = read_cursor(cursor, read_number) if cursor else (2**31 - 1,)
    rows = await tx.rows(
        VersionRow,
        "SELECT version, actor, at FROM catalog_product_version"
        " WHERE product_id = $1 AND version < $2::bigint ORDER BY version DESC LIMIT $3",
        product_id,
        before,
        limit + 1,
    )
    return page_of(rows, limit, lambda row: (row.version,))


@dataclass(frozen=True)
class _Kept:
    version: int
    content: Mapping[str, Any]


async def drafts(tx: Tx, product_id: UUID, versions: Sequence[int]) -> dict[int, ProductDraft]:
    """What the product said at these versions, by version; unknown ones are left out."""
    rows = await tx.rows(
        _Kept,
        "SELECT version, content FROM catalog_product_version"
        " WHERE product_id = $1 AND version = ANY($2::int[])",
        product_id,
        list(versions),
    )
    # As it was written: what stands in the product has been cleaned.
    found = {row.version: draft_of(row.content) for row in rows}
    return {
        version: replace(draft, detail_html=clean_html(draft.detail_html))
        for version, draft in found.items()
    }


async def draft(tx: Tx, product_id: UUID, version: int) -> ProductDraft:
    """What the product said at this version. Raises `NotFound`."""
    found = await drafts(tx, product_id, [version])
    if version not in found:
        raise NotFound("version")
    return found[version]
