# ruff: noqa: S608 - the parts put in are the constants of this file
"""What `verify` has proved before, and what has been written since.

PostgreSQL keeps with each row the transaction that wrote it (`xmin`). A row that the proof may not
have seen is looked at again, and with it all that it is added up with: the rest of its order, its
owner's ledger, its SKU's journal, its broadcast, its day. A row that was deleted leaves no such
sign: nothing that a promise speaks of is ever deleted, and a whole look would find it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bofen.kit.db import Tx

ORDERS_MAX = 50_000
"""With more orders touched than this, looking at everything is sooner done."""
_TRUSTED = 2**30
"""Transactions after which the age of a row says nothing: PostgreSQL counts them in a circle."""
_ORDINARY_XID = 3
"""The smallest number that a transaction can have; those below have meanings of their own."""

_NEWEST = """
SELECT at, horizon FROM reports_proof
WHERE cluster = (SELECT system_identifier FROM pg_control_system())
  AND pg_snapshot_xmax(pg_current_snapshot())::text::bigint - horizon BETWEEN 0 AND $1
ORDER BY id DESC LIMIT 1
"""

_NEW = "age(kept.xmin) <= age($1::text::xid)"

_ORDERS = f"""
SELECT id FROM orders_order kept WHERE {_NEW}
UNION SELECT order_id FROM orders_line kept WHERE {_NEW}
UNION SELECT order_id FROM orders_after_sale kept WHERE {_NEW}
UNION SELECT order_id FROM shipping_shipment kept WHERE {_NEW}
UNION SELECT order_id FROM affiliates_commission kept WHERE {_NEW}
UNION SELECT order_id FROM payments_attempt kept WHERE {_NEW}
UNION SELECT attempt.order_id FROM payments_refund kept
  JOIN payments_attempt attempt USING (provider, out_trade_no) WHERE {_NEW}
UNION SELECT after_sale.order_id FROM inventory_movement kept
  JOIN orders_after_sale after_sale ON after_sale.id = kept.reference_id WHERE {_NEW}
LIMIT {ORDERS_MAX + 1}
"""

# Of orders that were touched (2) also what they are added up in.
_OWNERS = f"""
SELECT owner_id AS id FROM ledger_entry kept WHERE {_NEW}
UNION SELECT owner_id FROM ledger_closing kept WHERE {_NEW}
UNION SELECT affiliate_id FROM affiliates_commission kept WHERE {_NEW}
UNION SELECT affiliate_id FROM affiliates_withdrawal kept WHERE {_NEW}
"""
_SKUS = f"""
SELECT sku_id AS id FROM inventory_movement kept WHERE {_NEW}
UNION SELECT sku_id FROM inventory_stock kept WHERE {_NEW}
UNION SELECT sku_id FROM inventory_take_line kept WHERE {_NEW}
UNION SELECT line.sku_id FROM inventory_take kept
  JOIN inventory_take_line line ON line.take_id = kept.id WHERE {_NEW}
UNION SELECT sku_id FROM orders_line WHERE order_id = ANY($2::uuid[])
"""
_PRODUCTS = f"""
SELECT id FROM catalog_product kept WHERE {_NEW}
UNION SELECT product_id FROM catalog_sold kept WHERE {_NEW}
UNION SELECT product_id FROM orders_line WHERE order_id = ANY($2::uuid[])
"""
_SESSIONS = f"""
SELECT session_id AS id FROM orders_broadcast_sales kept WHERE {_NEW}
UNION SELECT session_id FROM orders_line
  WHERE order_id = ANY($2::uuid[]) AND session_id IS NOT NULL
"""
_DAYS = f"""
SELECT "on" FROM reports_rolled kept WHERE {_NEW}
UNION SELECT "on" FROM reports_day kept WHERE {_NEW}
UNION SELECT "on" FROM reports_product_day kept WHERE {_NEW}
UNION SELECT (paid_at AT TIME ZONE 'Asia/Shanghai')::date FROM payments_attempt
  WHERE order_id = ANY($2::uuid[]) AND paid_at IS NOT NULL
UNION SELECT (paid_at AT TIME ZONE 'Asia/Shanghai')::date FROM orders_order
  WHERE id = ANY($2::uuid[]) AND paid_at IS NOT NULL
UNION SELECT (refunded_at AT TIME ZONE 'Asia/Shanghai')::date FROM orders_after_sale
  WHERE order_id = ANY($2::uuid[]) AND refunded_at IS NOT NULL
ORDER BY 1
"""

# A name of WITH hides the table of that name from the question that follows: of it the question
# sees only what was touched. Within its own brackets the name is still the table.
_WANTED = "WITH wanted AS (SELECT unnest($1::uuid[]) AS id)"
ONLY_ORDERS = f"""{_WANTED},
orders_order AS (SELECT * FROM orders_order WHERE id IN (TABLE wanted)),
orders_line AS (SELECT * FROM orders_line WHERE order_id IN (TABLE wanted)),
orders_after_sale AS (SELECT * FROM orders_after_sale WHERE order_id IN (TABLE wanted)),
shipping_shipment AS (SELECT * FROM shipping_shipment WHERE order_id IN (TABLE wanted)),
payments_attempt AS (SELECT * FROM payments_attempt WHERE order_id IN (TABLE wanted)),
affiliates_commission AS (SELECT * FROM affiliates_commission WHERE order_id IN (TABLE wanted))
"""
ONLY_OWNERS = f"""{_WANTED},
ledger_entry AS (SELECT * FROM ledger_entry WHERE owner_id IN (TABLE wanted)),
ledger_closing AS (SELECT * FROM ledger_closing WHERE owner_id IN (TABLE wanted)),
affiliates_commission AS (
  SELECT * FROM affiliates_commission WHERE affiliate_id IN (TABLE wanted)),
affiliates_withdrawal AS (
  SELECT * FROM affiliates_withdrawal WHERE affiliate_id IN (TABLE wanted))
"""
ONLY_PRODUCTS = f"""{_WANTED},
catalog_product AS (SELECT * FROM catalog_product WHERE id IN (TABLE wanted)),
catalog_sold AS (SELECT * FROM catalog_sold WHERE product_id IN (TABLE wanted)),
orders_line AS (SELECT * FROM orders_line WHERE product_id IN (TABLE wanted))
"""
ONLY_SKUS = f"""{_WANTED},
inventory_stock AS (SELECT * FROM inventory_stock WHERE sku_id IN (TABLE wanted)),
inventory_movement AS (SELECT * FROM inventory_movement WHERE sku_id IN (TABLE wanted)),
inventory_take_line AS (SELECT * FROM inventory_take_line WHERE sku_id IN (TABLE wanted))
"""
ONLY_SESSIONS = f"""{_WANTED},
live_session AS (SELECT * FROM live_session WHERE id IN (TABLE wanted)),
orders_broadcast_sales AS (
  SELECT * FROM orders_broadcast_sales WHERE session_id IN (TABLE wanted))
"""


@dataclass(frozen=True)
class Proof:
    """At `at` everything agreed, as far as transactions before `horizon` had written it."""

    at: datetime
    horizon: int


@dataclass(frozen=True)
class Touched:
    """What has to be looked at again since a proof."""

    proof: Proof
    orders: list[UUID]
    owners: list[UUID]
    products: list[UUID]
    skus: list[UUID]
    sessions: list[UUID]
    days: list[date]


async def touched_since(tx: Tx) -> Touched | None:
    """What was written since the newest proof; None without one, or when it was too much."""
    proofs = await tx.rows(Proof, _NEWEST, _TRUSTED)
    if not proofs:
        return None
    since = str(max(proofs[0].horizon % 2**32, _ORDINARY_XID))
    orders = await tx.fetch(_ORDERS, since)
    if len(orders) > ORDERS_MAX:
        return None
    order_ids = [row["id"] for row in orders]
    return Touched(
        proofs[0],
        order_ids,
        [row["id"] for row in await tx.fetch(_OWNERS, since)],
        [row["id"] for row in await tx.fetch(_PRODUCTS, since, order_ids)],
        [row["id"] for row in await tx.fetch(_SKUS, since, order_ids)],
        [row["id"] for row in await tx.fetch(_SESSIONS, since, order_ids)],
        [row["on"] for row in await tx.fetch(_DAYS, since, order_ids)],
    )


async def horizon(tx: Tx) -> int:
    """The oldest transaction of which this snapshot may not see everything."""
    rows = await tx.fetch("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xid")
    return int(rows[0]["xid"])


async def keep(tx: Tx, proof: Proof) -> None:
    """From now on only what was written since needs to be looked at."""
    await tx.fetch(
        "INSERT INTO reports_proof (at, cluster, horizon)"
        " SELECT $1, system_identifier, $2 FROM pg_control_system()",
        proof.at,
        proof.horizon,
    )
