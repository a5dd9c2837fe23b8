"""Reading categories, products and carts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.catalog.rules import ProductStatus
from bofen.kit.db import Tx
from bofen.kit.money import Fen


@dataclass(frozen=True)
class CategoryRow:
    """One node of the tree; `position` orders it among its siblings."""

    id: UUID
    name: str
    parent_id: UUID | None
    picture_key: str | None
    position: int


async def categories(tx: Tx) -> list[CategoryRow]:
    """The whole tree, in the order of its places."""
    return await tx.rows(
        CategoryRow,
        "SELECT id, name, parent_id, picture_key, position FROM catalog_category"
        " ORDER BY position, name",
    )


@dataclass(frozen=True)
class ProductRow:
    """A product as it is now. `options` holds `{name, values}` in the order staff arranged."""

    id: UUID
    title: str
    subtitle: str
    pictures: Sequence[str]
    detail_html: str
    brand: str
    tags: Sequence[str]
    status: ProductStatus
    version: int
    price_min_fen: Fen
    price_max_fen: Fen
    sold_count: int
    options: Sequence[Mapping[str, object]]
    created_at: datetime
    updated_at: datetime
    category_id: UUID
    category: str


async def product(tx: Tx, product_id: UUID) -> ProductRow | None:
    """A product whatever its status: who may see it is the caller's question."""
    rows = await tx.rows(
        ProductRow,
        "SELECT p.id, p.title, p.subtitle, p.pictures, p.detail_html, p.brand, p.tags, p.status,"
        " p.version, p.price_min_fen, p.price_max_fen, p.sold_count, p.options, p.created_at,"
        " p.updated_at, p.category_id, c.name AS category"
        " FROM catalog_product p JOIN catalog_category c ON c.id = p.category_id WHERE p.id = $1",
        product_id,
    )
    return rows[0] if rows else None


async def is_listed(tx: Tx, product_id: UUID) -> bool:
    """Whether buyers can see this product now; False also for one that does not exist."""
    rows = await tx.fetch(
        "SELECT 1 FROM catalog_product WHERE id = $1 AND status = 'listed'", product_id
    )
    return bool(rows)


@dataclass(frozen=True)
class SkuRow:
    """One buyable combination; `options` maps each option's name to the value chosen."""

    id: UUID
    options: Mapping[str, str]
    spec: str
    price_fen: Fen
    strike_fen: Fen | None
    cost_fen: Fen | None
    picture_key: str | None


async def skus(tx: Tx, product_id: UUID) -> list[SkuRow]:
    """The product's active SKUs, as staff arranged them."""
    return await tx.rows(
        SkuRow,
        "SELECT id, options, spec, price_fen, strike_fen, cost_fen, picture_key"
        " FROM catalog_sku WHERE product_id = $1 AND is_active ORDER BY position, id",
        product_id,
    )


@dataclass(frozen=True)
class CartRow:
    """One line of a cart, at today's price; `is_listed` False: it cannot be bought now."""

    sku_id: UUID
    quantity: int
    product_id: UUID
    title: str
    spec: str
    price_fen: Fen
    picture_key: str | None
    is_listed: bool


async def cart(tx: Tx, person_id: UUID) -> list[CartRow]:
    """Newest first, with what each line would cost now."""
    return await tx.rows(
        CartRow,
        "SELECT l.sku_id, l.quantity, p.id AS product_id, p.title, s.spec, s.price_fen,"
        " coalesce(s.picture_key, p.pictures->>0) AS picture_key,"
        " p.status = 'listed' AND s.is_active AS is_listed"
        " FROM catalog_cart_line l JOIN catalog_sku s ON s.id = l.sku_id"
        " JOIN catalog_product p ON p.id = s.product_id"
        " WHERE l.person_id = $1 ORDER BY l.added_at DESC, l.sku_id",
        person_id,
    )


async def product_of_sku(tx: Tx, sku_id: UUID) -> UUID | None:
    """The product that this SKU is a choice of."""
    rows = await tx.fetch("SELECT product_id FROM catalog_sku WHERE id = $1", sku_id)
    return rows[0]["product_id"] if rows else None


async def sku_ids(tx: Tx, product_id: UUID) -> set[UUID]:
    """Every SKU the product ever had."""
    rows = await tx.fetch("SELECT id FROM catalog_sku WHERE product_id = $1", product_id)
    return {row["id"] for row in rows}


async def active_sku_ids(tx: Tx) -> list[UUID]:
    """Every SKU that a product has now, in the order of titles, as shelves and sheets are read."""
    rows = await tx.fetch(
        "SELECT s.id FROM catalog_sku s JOIN catalog_product p ON p.id = s.product_id"
        " WHERE s.is_active ORDER BY p.title, p.id, s.position, s.id"
    )
    return [row["id"] for row in rows]
