"""Reading categories, products and carts."""

from typing import Any
from uuid import UUID

from bofen.kit.db import Tx


async def categories(tx: Tx) -> list[dict[str, Any]]:
    """The whole tree, parents before children of the same place."""
    return await tx.fetch(
        "SELECT id, name, parent_id, picture_key, position FROM catalog_category"
        " ORDER BY position, name"
    )


async def product(tx: Tx, product_id: UUID) -> dict[str, Any] | None:
    rows = await tx.fetch(
        "SELECT p.id, p.title, p.subtitle, p.pictures, p.detail_html, p.brand, p.tags, p.status,"
        " p.version, p.price_min_fen, p.price_max_fen, p.sold_count, p.options, p.created_at,"
        " p.updated_at, p.category_id, c.name AS category"
        " FROM catalog_product p JOIN catalog_category c ON c.id = p.category_id WHERE p.id = $1",
        product_id,
    )
    return rows[0] if rows else None


async def skus(tx: Tx, product_id: UUID) -> list[dict[str, Any]]:
    """The product's active SKUs, as staff arranged them."""
    return await tx.fetch(
        "SELECT id, options, spec, price_fen, strike_fen, cost_fen, picture_key"
        " FROM catalog_sku WHERE product_id = $1 AND is_active ORDER BY position, id",
        product_id,
    )


async def cart(tx: Tx, person_id: UUID) -> list[dict[str, Any]]:
    """Newest first, with what each line would cost now."""
    return await tx.fetch(
        "SELECT l.sku_id, l.quantity, p.id AS product_id, p.title, s.spec, s.price_fen,"
        " coalesce(s.picture_key, p.pictures->>0) AS picture_key,"
        " p.status = 'listed' AND s.is_active AS is_listed"
        " FROM catalog_cart_line l JOIN catalog_sku s ON s.id = l.sku_id"
        " JOIN catalog_product p ON p.id = s.product_id"
        " WHERE l.person_id = $1 ORDER BY l.added_at DESC, l.sku_id",
        person_id,
    )


async def sku_ids(tx: Tx, product_id: UUID) -> set[UUID]:
    """Every SKU the product ever had."""
    rows = await tx.fetch("SELECT id FROM catalog_sku WHERE product_id = $1", product_id)
    return {row["id"] for row in rows}
