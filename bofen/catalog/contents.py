"""Products as staff wrote them: read whole, many at a time; and back from a kept version."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from bofen.catalog.rules import Content, Option, ProductDraft, ProductStatus, SkuDraft
from bofen.kit.db import Tx

_PRODUCTS = """
SELECT id, title, subtitle, category_id, brand, tags, pictures, detail_html, options, status,
  version, updated_at
FROM catalog_product WHERE id = ANY($1::uuid[]) ORDER BY id"""
_SKUS = """
SELECT id, product_id, options, price_fen, strike_fen, cost_fen, picture_key FROM catalog_sku
WHERE product_id = ANY($1::uuid[]) AND is_active ORDER BY position, id"""


async def read(tx: Tx, product_ids: Collection[UUID]) -> dict[UUID, Content]:
    """These products whatever their status, in two statements. Unknown ids are left out."""
    return await _read(tx, _PRODUCTS, product_ids)


async def lock(tx: Tx, product_ids: Collection[UUID]) -> dict[UUID, Content]:
    """As `read`; until this transaction ends nobody else writes them. Locked by id."""
    return await _read(tx, f"{_PRODUCTS} FOR UPDATE", product_ids)


async def _read(tx: Tx, sql: str, product_ids: Collection[UUID]) -> dict[UUID, Content]:
    products = await tx.fetch(sql, list(product_ids))
    skus: dict[UUID, list[dict[str, Any]]] = {row["id"]: [] for row in products}
    for row in await tx.fetch(_SKUS, list(skus)):
        skus[row["product_id"]].append(row)
    return {row["id"]: _content(row, skus[row["id"]]) for row in products}


def _content(row: Mapping[str, Any], skus: Sequence[Mapping[str, Any]]) -> Content:
    return Content(
        id=row["id"],
        draft=draft_of({**row, "skus": skus}),
        sku_ids=tuple(sku["id"] for sku in skus),
        status=ProductStatus(row["status"]),
        version=row["version"],
        updated_at=row["updated_at"],
    )


def draft_of(content: Mapping[str, Any]) -> ProductDraft:
    """The draft in a kept version: JSON as `asdict` wrote it, ids as text."""
    return ProductDraft(
        title=content["title"],
        subtitle=content["subtitle"],
        category_id=UUID(str(content["category_id"])),
        brand=content["brand"],
        tags=tuple(content["tags"]),
        pictures=tuple(content["pictures"]),
        detail_html=content["detail_html"],
        options=tuple(Option(each["name"], tuple(each["values"])) for each in content["options"]),
        skus=tuple(
            SkuDraft(
                options=sku["options"],
                price_fen=sku["price_fen"],
                strike_fen=sku["strike_fen"],
                cost_fen=sku["cost_fen"],
                picture_key=sku["picture_key"],
            )
            for sku in content["skus"]
        ),
    )
