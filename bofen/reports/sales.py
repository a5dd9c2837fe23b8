"""Sales by day, by source and by product; paid and net of refunds side by side.

Refunds count on the day they reached the buyer, not on the day of the order.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from bofen.kit.db import Tx
from bofen.kit.money import Fen
from bofen.orders.rules import Source
from bofen.reports import days
from bofen.reports.days import Range

RANKED_MAX = 200


@dataclass(frozen=True)
class DaySales:
    """One day of the shop's calendar. Sales include freight; net is sales less refunds."""

    on: str
    orders: int
    sales_fen: Fen
    refunds: int
    refunds_fen: Fen
    net_fen: Fen


@dataclass(frozen=True)
class TotalSales:
    """All days of a range together."""

    orders: int
    sales_fen: Fen
    refunds: int
    refunds_fen: Fen
    net_fen: Fen


_ROLLED = """
SELECT "on", source, has_affiliate, orders, sales_fen, refunds, refunds_fen FROM reports_day
WHERE "on" BETWEEN $1 AND $2
"""


async def daily(tx: Tx, asked: Range) -> list[DaySales]:
    """Every day of the range, also those without a sale."""
    sold: dict[Any, list[dict[str, Any]]] = {on: [] for on in asked.days()}
    for row in await _sales(tx, asked):
        sold[row["on"]].append(row)
    return [_day(str(on), rows) for on, rows in sold.items()]


def total(days_of: Sequence[DaySales]) -> TotalSales:
    """The days added up."""
    return TotalSales(
        **{
            field.name: sum(getattr(day, field.name) for day in days_of)
            for field in fields(TotalSales)
        }
    )


async def _sales(tx: Tx, asked: Range) -> list[dict[str, Any]]:
    rows = await tx.fetch(_ROLLED, asked.first_on, asked.last_on)
    for run in days.runs(await days.not_rolled(tx, asked)):
        rows += await tx.fetch(days.SALES, *run.bounds())
    return rows


def _day(on: str, rows: list[dict[str, Any]]) -> DaySales:
    sums = _sums(rows)
    return DaySales(on=on, **sums, net_fen=Fen(sums["sales_fen"] - sums["refunds_fen"]))


def _sums(rows: list[dict[str, Any]]) -> dict[str, Any]:
    names = ("orders", "sales_fen", "refunds", "refunds_fen")
    return {name: sum(row[name] for row in rows) for name in names}


@dataclass(frozen=True)
class SourceSales:
    """A source excludes the others; `tags` says how much of it also came by an affiliate."""

    source: Source
    orders: int
    sales_fen: Fen
    refunds: int
    refunds_fen: Fen
    net_fen: Fen
    tags: Mapping[str, Mapping[str, int]]


async def sources(tx: Tx, asked: Range) -> list[SourceSales]:
    """Each primary source once, also one without a sale."""
    rows = await _sales(tx, asked)
    return [_source(name, [row for row in rows if row["source"] == name]) for name in Source]


def _source(name: Source, rows: list[dict[str, Any]]) -> SourceSales:
    sums = _sums(rows)
    tagged = _sums([row for row in rows if row["has_affiliate"]])
    tagged["net_fen"] = tagged["sales_fen"] - tagged["refunds_fen"]
    net_fen = Fen(sums["sales_fen"] - sums["refunds_fen"])
    return SourceSales(source=name, **sums, net_fen=net_fen, tags={"affiliate": tagged})


@dataclass(frozen=True)
class ProductSales:
    """A product over the days that were asked for."""

    product_id: UUID
    title: str
    quantity: int
    refunded_quantity: int
    sales_fen: Fen
    refunds_fen: Fen
    net_fen: Fen


_LIVE_PRODUCTS = days.PRODUCTS.replace("$1", "run.from_at").replace("$2", "run.until_at")
_PRODUCTS = f"""
SELECT product_id, coalesce(product.title, (
    SELECT line.title FROM orders_line line WHERE line.product_id = sold.product_id LIMIT 1
  ), '') AS title, quantity, refunded_quantity, sales_fen, refunds_fen, net_fen
FROM (
  SELECT product_id, sum(quantity)::int AS quantity,
    sum(refunded_quantity)::int AS refunded_quantity, sum(sales_fen)::bigint AS sales_fen,
    sum(refunds_fen)::bigint AS refunds_fen,
    sum(sales_fen - refunds_fen)::bigint AS net_fen
  FROM (
    SELECT product_id, quantity, refunded_quantity, sales_fen, refunds_fen
    FROM reports_product_day WHERE "on" BETWEEN $1 AND $2
    UNION ALL
    SELECT live.product_id, live.quantity, live.refunded_quantity, live.sales_fen, live.refunds_fen
    FROM unnest($3::timestamptz[], $4::timestamptz[]) AS run(from_at, until_at),
      LATERAL ({_LIVE_PRODUCTS}) AS live
  ) AS moved
  GROUP BY product_id ORDER BY net_fen DESC, product_id LIMIT $5
) AS sold LEFT JOIN catalog_product product ON product.id = sold.product_id
ORDER BY net_fen DESC, product_id
"""  # noqa: S608


async def products(tx: Tx, asked: Range, limit: int = RANKED_MAX) -> list[ProductSales]:
    """Goods only, without freight; best net sales first."""
    return await tx.rows(ProductSales, _PRODUCTS, *await _of_products(tx, asked), limit)


async def all_products(tx: Tx, asked: Range) -> AsyncIterator[list[ProductSales]]:
    """The same of every product that moved, some hundreds at a time: nothing is held at once."""
    async for batch in tx.batches(ProductSales, _PRODUCTS, *await _of_products(tx, asked), None):
        yield batch


async def _of_products(tx: Tx, asked: Range) -> list[object]:
    """The days that were rolled up, and the bounds of the runs that were not."""
    bounds = [run.bounds() for run in days.runs(await days.not_rolled(tx, asked))]
    return [
        asked.first_on,
        asked.last_on,
        [from_at for from_at, _ in bounds],
        [until_at for _, until_at in bounds],
    ]
