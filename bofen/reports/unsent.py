# ruff: noqa: S608 - the parts put in are the constants of this file
"""What is sold and has not left: it lies on the shelf, though the books do not hold it any more."""

from collections.abc import Sequence
from uuid import UUID

from bofen.kit.db import Tx
from bofen.kit.model import one_of
from bofen.orders.models import TO_SHIP
from bofen.orders.rules import OPEN_AFTER_SALES

# What an after-sale takes back unsent lies there too, until it is done and on hand again.
_UNSENT = f"""
WITH waiting AS (
  SELECT id FROM orders_order WHERE {TO_SHIP}
  UNION SELECT order_id FROM orders_after_sale WHERE {one_of("status", OPEN_AFTER_SALES)}
)
SELECT line.sku_id, sum(line.quantity - sent.pieces - back.pieces)::bigint AS pieces
FROM waiting JOIN orders_order orders ON orders.id = waiting.id AND orders.paid_at IS NOT NULL
JOIN orders_line line ON line.order_id = orders.id, LATERAL (
  SELECT coalesce(sum(packed.quantity), 0) AS pieces
  FROM shipping_shipment parcel, jsonb_to_recordset(parcel.lines) AS packed(no int, quantity int)
  WHERE parcel.order_id = line.order_id AND packed.no = line.no
) AS sent, LATERAL (
  SELECT coalesce(sum(asked.unsent), 0) AS pieces
  FROM orders_after_sale after_sale, jsonb_to_recordset(after_sale.lines)
    AS asked(no int, unsent int)
  WHERE after_sale.order_id = line.order_id AND asked.no = line.no AND after_sale.status = 'done'
) AS back
WHERE line.sku_id = ANY($1::uuid[])
GROUP BY line.sku_id HAVING sum(line.quantity - sent.pieces - back.pieces) <> 0
"""


async def pieces(tx: Tx, sku_ids: Sequence[UUID]) -> dict[UUID, int]:
    """By SKU; one of which everything has left is not in the answer.

    Asked while the stock of these SKUs is held, it agrees with what is on hand: a payment moves
    pieces from one to the other and holds that stock too.
    """
    return {row["sku_id"]: row["pieces"] for row in await tx.fetch(_UNSENT, list(sku_ids))}
