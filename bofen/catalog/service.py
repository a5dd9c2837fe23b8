"""The verbs of the catalog: writing products and their SKUs, and listing them."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bofen.catalog import words
from bofen.catalog.errors import (
    CategoryInUse,
    CategoryRefused,
    ProductChanged,
    ProductIncomplete,
)
from bofen.catalog.events import ProductUpdated
from bofen.catalog.rules import (
    CATEGORY_DEPTH_MAX,
    ProductDraft,
    ProductStatus,
    Sellable,
    check,
    clean_html,
    depth_of,
    spec_of,
)
from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.kit.db import ConstraintViolated, Tx
from bofen.kit.errors import NotFound
from bofen.kit.ids import new_id

SkuIds = dict[int, UUID]
"""The id of each SKU of a draft, by its place in the draft."""


async def sellable(tx: Tx, sku_ids: Collection[UUID]) -> dict[UUID, Sellable]:
    """What orders need to know of these SKUs, in one statement. Unknown ids are left out."""
    rows = await tx.rows(
        Sellable,
        "SELECT s.id AS sku_id, p.id AS product_id, p.version AS product_version, p.category_id,"
        " p.title, s.spec, coalesce(s.picture_key, p.pictures->>0) AS picture_key, s.price_fen,"
        " s.cost_fen, p.status = 'listed' AND s.is_active AS is_listed"
        " FROM catalog_sku s JOIN catalog_product p ON p.id = s.product_id"
        " WHERE s.id = ANY($1::uuid[])",
        list(sku_ids),
    )
    return {row.sku_id: row for row in rows}


async def create(tx: Tx, draft: ProductDraft, by: StaffMember, at: datetime) -> tuple[UUID, SkuIds]:
    """A new product, not yet listed; and the ids of its SKUs."""
    check(draft)
    product_id = new_id()
    await know_category(tx, draft.category_id)
    await tx.fetch(
        "INSERT INTO catalog_product (id, title, subtitle, category_id, brand, tags, detail_html,"
        " pictures, options, price_min_fen, price_max_fen, text, terms, created_at, updated_at,"
        " status, version, sold_count, folding) VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7,"
        " $8::jsonb, $9::jsonb, $10, $11, $12, array_to_tsvector($13::text[]), $14, $14,"
        " 'draft', 1, 0, $15)",
        product_id,
        *_columns(draft),
        at,
        words.FOLDING,
    )
    sku_ids = await _write_skus(tx, product_id, draft)
    await _keep_title(tx, product_id, draft.title)
    await _keep_version(tx, product_id, draft, by, at)
    await _audit(tx, by, Deed.product_added, product_id, at)
    return product_id, sku_ids


async def edit(
    tx: Tx,
    product_id: UUID,
    draft: ProductDraft,
    by: StaffMember,
    at: datetime,
    version: int | None = None,
) -> SkuIds:
    """A new version of the product. A SKU with the same options stays the same SKU.

    Raises `ProductChanged` when `version` is not the one that stands.
    """
    check(draft)
    await know_category(tx, draft.category_id)
    rows = await tx.fetch(
        "SELECT version FROM catalog_product WHERE id = $1 FOR UPDATE", product_id
    )
    if not rows:
        raise NotFound("product")
    if version is not None and version != rows[0]["version"]:
        raise ProductChanged(product_id, rows[0]["version"])
    await tx.fetch(
        "UPDATE catalog_product SET title = $2, subtitle = $3, category_id = $4, brand = $5,"
        " tags = $6::jsonb, detail_html = $7, pictures = $8::jsonb, options = $9::jsonb,"
        " price_min_fen = $10, price_max_fen = $11, text = $12,"
        " terms = array_to_tsvector($13::text[]), updated_at = $14, version = version + 1"
        " WHERE id = $1",
        product_id,
        *_columns(draft),
        at,
    )
    sku_ids = await _write_skus(tx, product_id, draft)
    await _keep_title(tx, product_id, draft.title)
    await _keep_version(tx, product_id, draft, by, at)
    await _audit(tx, by, Deed.product_changed, product_id, at, version=rows[0]["version"] + 1)
    await tx.emit(ProductUpdated(product_id))
    return sku_ids


async def _audit(
    tx: Tx, by: StaffMember, deed: Deed, product_id: UUID, at: datetime, **facts: Any
) -> None:
    await audit.record(tx, by, deed, f"product:{product_id}", at, **facts)


def _columns(draft: ProductDraft) -> list[Any]:
    text = _searched(draft)
    return [
        draft.title,
        draft.subtitle,
        draft.category_id,
        draft.brand,
        json.dumps(draft.tags, ensure_ascii=False),
        clean_html(draft.detail_html),
        json.dumps(draft.pictures),
        json.dumps([asdict(option) for option in draft.options], ensure_ascii=False),
        min(sku.price_fen for sku in draft.skus),
        max(sku.price_fen for sku in draft.skus),
        words.fold(text),
        words.terms_of(text),
    ]


def _searched(draft: ProductDraft) -> str:
    values = (value for option in draft.options for value in option.values)
    return "\n".join((draft.title, draft.subtitle, draft.brand, *draft.tags, *values))


async def _write_skus(tx: Tx, product_id: UUID, draft: ProductDraft) -> SkuIds:
    await tx.fetch("UPDATE catalog_sku SET is_active = false WHERE product_id = $1", product_id)
    chosen = [
        json.dumps(dict(sku.options), ensure_ascii=False, sort_keys=True) for sku in draft.skus
    ]
    rows = await tx.fetch(
        "INSERT INTO catalog_sku (id, product_id, options, spec, price_fen, strike_fen, cost_fen,"
        " picture_key, position, is_active)"
        " SELECT d.id, $1, d.options::jsonb, d.spec, d.price_fen, d.strike_fen, d.cost_fen,"
        " d.picture_key, d.position - 1, true"
        " FROM unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::bigint[],"
        " $7::bigint[], $8::text[]) WITH ORDINALITY"
        " AS d (id, options, spec, price_fen, strike_fen, cost_fen, picture_key, position)"
        " ON CONFLICT (product_id, options) DO UPDATE SET spec = excluded.spec,"
        " price_fen = excluded.price_fen, strike_fen = excluded.strike_fen,"
        " cost_fen = excluded.cost_fen, picture_key = excluded.picture_key,"
        " position = excluded.position, is_active = true RETURNING id, position",
        product_id,
        [new_id() for _ in draft.skus],
        chosen,
        [spec_of(sku.options, draft.options) for sku in draft.skus],
        [sku.price_fen for sku in draft.skus],
        [sku.strike_fen for sku in draft.skus],
        [sku.cost_fen for sku in draft.skus],
        [sku.picture_key for sku in draft.skus],
    )
    return {row["position"]: row["id"] for row in rows}


async def _keep_title(tx: Tx, product_id: UUID, title: str) -> None:
    text = words.fold(title)
    await tx.fetch(
        "INSERT INTO catalog_title (product_id, title, text, terms)"
        " VALUES ($1, $2, $3, array_to_tsvector($4::text[])) ON CONFLICT DO NOTHING",
        product_id,
        title,
        text,
        words.terms_of(title),
    )


async def _keep_version(
    tx: Tx, product_id: UUID, draft: ProductDraft, by: StaffMember, at: datetime
) -> None:
    await tx.fetch(
        "INSERT INTO catalog_product_version (product_id, version, content, actor, at)"
        " SELECT id, version, $2::jsonb, $3, $4 FROM catalog_product WHERE id = $1",
        product_id,
        json.dumps(asdict(draft), ensure_ascii=False, default=str),
        f"staff:{by.id}",
        at,
    )


async def list_product(tx: Tx, product_id: UUID, by: StaffMember, at: datetime) -> None:
    """Buyers see it from now on. Raises `ProductIncomplete` for one without a picture."""
    rows = await tx.fetch(
        "SELECT jsonb_array_length(pictures) AS pictures FROM catalog_product"
        " WHERE id = $1 FOR UPDATE",
        product_id,
    )
    if not rows:
        raise NotFound("product")
    if not rows[0]["pictures"]:
        raise ProductIncomplete
    await _become(tx, product_id, ProductStatus.listed, at)
    await _audit(tx, by, Deed.product_listed, product_id, at)


async def delist_product(tx: Tx, product_id: UUID, by: StaffMember, at: datetime) -> None:
    """Buyers see it no more; a draft stays a draft."""
    rows = await tx.fetch("SELECT status FROM catalog_product WHERE id = $1 FOR UPDATE", product_id)
    if not rows:
        raise NotFound("product")
    if rows[0]["status"] == ProductStatus.listed:
        await _become(tx, product_id, ProductStatus.delisted, at)
        await _audit(tx, by, Deed.product_delisted, product_id, at)


async def _become(tx: Tx, product_id: UUID, status: ProductStatus, at: datetime) -> None:
    await tx.fetch(
        "UPDATE catalog_product SET status = $2, updated_at = $3 WHERE id = $1 AND status <> $2",
        product_id,
        status.value,
        at,
    )
    await tx.emit(ProductUpdated(product_id))


async def know_category(tx: Tx, category_id: UUID) -> None:
    """Raises `NotFound` when there is no such category; else it stays until we are done."""
    found = await tx.fetch(
        "SELECT 1 FROM catalog_category WHERE id = $1 FOR KEY SHARE", category_id
    )
    if not found:
        raise NotFound("category")


@dataclass(frozen=True)
class CategoryDraft:
    """A category as staff wrote it; `position` orders it among its siblings."""

    name: str
    parent_id: UUID | None = None
    position: int = 0
    picture_key: str | None = None


async def write_category(
    tx: Tx, category_id: UUID, draft: CategoryDraft, by: StaffMember, at: datetime
) -> None:
    """Create or change a category.

    Raises `CategoryRefused` for a tree too deep or circular, or a name that its parent has twice.
    """
    rows = await tx.fetch("SELECT id, parent_id FROM catalog_category FOR UPDATE")
    parents = {row["id"]: row["parent_id"] for row in rows}
    if draft.parent_id is not None and draft.parent_id not in parents:
        raise NotFound("category")
    parents[category_id] = draft.parent_id
    if any(depth_of(each, parents) > CATEGORY_DEPTH_MAX for each in parents):
        raise CategoryRefused
    try:
        await tx.fetch(
            "INSERT INTO catalog_category (id, name, parent_id, position, picture_key)"
            " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE SET name = $2,"
            " parent_id = $3, position = $4, picture_key = $5",
            category_id,
            draft.name,
            draft.parent_id,
            draft.position,
            draft.picture_key,
        )
    except ConstraintViolated as error:
        raise CategoryRefused from error
    subject = f"category:{category_id}"
    await audit.record(tx, by, Deed.category_written, subject, at, name=draft.name)


async def remove_category(tx: Tx, category_id: UUID, by: StaffMember, at: datetime) -> None:
    """Raises `CategoryInUse` while products or other categories stand under it."""
    try:
        rows = await tx.fetch(
            "DELETE FROM catalog_category WHERE id = $1 RETURNING name", category_id
        )
    except ConstraintViolated as error:
        raise CategoryInUse from error
    if not rows:
        raise NotFound("category")
    subject = f"category:{category_id}"
    await audit.record(tx, by, Deed.category_removed, subject, at, name=rows[0]["name"])
