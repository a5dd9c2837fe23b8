"""Making stored products findable again after the rules of folding changed."""

from dataclasses import dataclass
from uuid import UUID

from bofen.catalog import words
from bofen.kit.db import Tx

_BATCH = 200


@dataclass(frozen=True)
class _Stale:
    id: UUID
    texts: list[str]


async def refold(tx: Tx) -> int:
    """Fold up to 200 products again that were folded by older rules. How many it were.

    Products that somebody is writing at the moment are left: they are folded by that.
    """
    stale = await tx.rows(
        _Stale,
        "SELECT id, ARRAY[title, subtitle, brand] || ARRAY(SELECT jsonb_array_elements_text(tags))"
        " || ARRAY(SELECT jsonb_array_elements_text(o->'values')"
        "  FROM jsonb_array_elements(options) AS o) AS texts"
        " FROM catalog_product WHERE folding < $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED",
        words.FOLDING,
        _BATCH,
    )
    for product in stale:
        text = "\n".join(product.texts)
        await tx.fetch(
            "UPDATE catalog_product SET text = $2, terms = array_to_tsvector($3::text[]),"
            " folding = $4 WHERE id = $1",
            product.id,
            words.fold(text),
            words.terms_of(text),
            words.FOLDING,
        )
    await _refold_titles(tx, [product.id for product in stale])
    return len(stale)


async def _refold_titles(tx: Tx, product_ids: list[UUID]) -> None:
    """Also those that a product has no more: orders are found by them."""
    rows = await tx.fetch(
        "SELECT product_id, title FROM catalog_title WHERE product_id = ANY($1::uuid[])",
        product_ids,
    )
    for row in rows:
        text = words.fold(row["title"])
        await tx.fetch(
            "UPDATE catalog_title SET text = $3, terms = array_to_tsvector($4::text[])"
            " WHERE product_id = $1 AND title = $2",
            *(row["product_id"], row["title"], text, words.terms_of(row["title"])),
        )
