"""How many pieces of each product were sold.

Whoever sells or takes back notes it beside the count, so that no sale waits for the row of a
product that everybody buys; a sweep adds the notes to the counts. `verify` counts the orders again.
"""

from collections.abc import Collection
from uuid import UUID

from bofen.kit.db import Tx

_COUNT = """
WITH noted AS (
  DELETE FROM catalog_sold WHERE id IN (SELECT id FROM catalog_sold ORDER BY id LIMIT $1)
  RETURNING product_id, pieces
), added AS (
  SELECT product_id, sum(pieces)::int AS pieces FROM noted
  GROUP BY product_id HAVING sum(pieces) <> 0
), held AS (
  SELECT id FROM catalog_product WHERE id IN (SELECT product_id FROM added)
  ORDER BY id FOR NO KEY UPDATE
), counted AS (
  UPDATE catalog_product product SET sold_count = product.sold_count + added.pieces
  FROM added JOIN held ON held.id = added.product_id WHERE product.id = added.product_id
)
SELECT count(*) AS notes FROM noted
"""


async def note(tx: Tx, sold: Collection[tuple[UUID, int]]) -> None:
    """Pieces by product that were paid for just now; negative: that were given back."""
    pieces: dict[UUID, int] = {}
    for product_id, quantity in sold:
        pieces[product_id] = pieces.get(product_id, 0) + quantity
    if pieces:
        await tx.copy("catalog_sold", ["product_id", "pieces"], list(pieces.items()))


async def count(tx: Tx, limit: int) -> int:
    """Add the oldest notes to the counts, at most `limit`; how many there were.

    Whoever counts at the same time waits, and finds other notes. Products are locked by id, as
    whoever changes many of them does.
    """
    await tx.queue_up("catalog sold")
    return int((await tx.fetch(_COUNT, limit))[0]["notes"])
