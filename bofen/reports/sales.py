"""Sales by day, by source and by product; paid and net of refunds side by side.

Refunds count on the day they reached the buyer, not on the day of the order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bofen.kit.db import Tx
from bofen.kit.money import Fen
from bofen.reports import days
from bofen.reports.days import Range

RANKED_MAX = 200


@dataclass(frozen=True)
class DaySales:
    on: str
    orders: int
    sales_fen: Fen
    refunds: int
    refunds_fen: Fen
    net_fen: Fen


_ALL_SALES = f"""
SELECT "on", source, has_affiliate, orders, sales_fen, refunds, refunds_fen FROM reports_day
WHERE "on" BETWEEN $2 AND $3
UNION ALL SELECT * FROM ({days.SALES}) AS live
"""  # noqa: S608


async def daily(tx: Tx, asked: Range) -> list[DaySales]:
    """Every day of the range, also those without a sale."""
    sold: dict[Any, list[dict[str, Any]]] = {on: [] for on in asked.days()}
    for row in await _sales(tx, asked):
        sold[row["on"]].append(row)
    return [_day(str(on), rows) for on, rows in sold.items()]


async def _sales(tx: Tx, asked: Range) -> list[dict[str, Any]]:
    live = await days.not_rolled(tx, asked.days())
    return await tx.fetch(_ALL_SALES, live, asked.first_on, asked.last_on)


def _day(on: str, rows: list[dict[str, Any]]) -> DaySales:
    sums = _sums(rows)
    return DaySales(on=on, **sums, net_fen=Fen(sums["sales_fen"] - sums["refunds_fen"]))


def _sums(rows: list[dict[str, Any]]) -> dict[str, Any]:
    names = ("orders", "sales_fen", "refunds", "refunds_fen")
    return {name: sum(row[name] for row in rows) for name in names}


@dataclass(frozen=True)
class SourceSales:
    """A source excludes the others; `tags` says how much of it also came by an affiliate."""

    source: str
    orders: int
    sales_fen: Fen
    refunds: int
    refunds_fen: Fen
    net_fen: Fen
    tags: Mapping[str, Mapping[str, int]]


SOURCES = ("live", "affiliate", "replay", "shop")


async def sources(tx: Tx, asked: Range) -> list[SourceSales]:
    rows = await _sales(tx, asked)
    return [_source(name, [row for row in rows if row["source"] == name]) for name in SOURCES]


def _source(name: str, rows: list[dict[str, Any]]) -> SourceSales:
    sums = _sums(rows)
    tagged = _sums([row for row in rows if row["has_affiliate"]])
    tagged["net_fen"] = tagged["sales_fen"] - tagged["refunds_fen"]
    net_fen = Fen(sums["sales_fen"] - sums["refunds_fen"])
    return SourceSales(source=name, **sums, net_fen=net_fen, tags={"affiliate": tagged})


@dataclass(frozen=True)
class ProductSales:
    product_id: UUID
    title: str
    quantity: int
    refunded_quantity: int
    sales_fen: Fen
    refunds_fen: Fen
    net_fen: Fen


_RANKING = f"""
WITH ranked AS (
  SELECT product_id, sum(quantity)::int AS quantity,
    sum(refunded_quantity)::int AS refunded_quantity, sum(sales_fen)::bigint AS sales_fen,
    sum(refunds_fen)::bigint AS refunds_fen,
    (sum(sales_fen) - sum(refunds_fen))::bigint AS net_fen
  FROM (
    SELECT "on", product_id, quantity, sales_fen, refunded_quantity, refunds_fen
    FROM reports_product_day WHERE "on" BETWEEN $2 AND $3
    UNION ALL SELECT * FROM ({days.PRODUCTS}) AS live
  ) AS moved
  GROUP BY product_id ORDER BY net_fen DESC, product_id LIMIT $4
)
SELECT ranked.*, coalesce(product.title, (
    SELECT line.title FROM orders_line line WHERE line.product_id = ranked.product_id LIMIT 1
  ), '') AS title
FROM ranked LEFT JOIN catalog_product product ON product.id = ranked.product_id
ORDER BY net_fen DESC, product_id
"""  # noqa: S608


async def products(tx: Tx, asked: Range, limit: int = RANKED_MAX) -> list[ProductSales]:
    """Goods only, without freight; best net sales first."""
    live = await days.not_rolled(tx, asked.days())
    rows = await tx.fetch(_RANKING, live, asked.first_on, asked.last_on, limit)
    return [ProductSales(**row) for row in rows]
