"""Sales by day, by source and by product; paid and net of refunds side by side.

Refunds count on the day they reached the buyer, not on the day of the order.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
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


_BY_PRODUCT = """
SELECT product_id, sum(quantity)::int AS quantity,
  sum(refunded_quantity)::int AS refunded_quantity, sum(sales_fen)::bigint AS sales_fen,
  sum(refunds_fen)::bigint AS refunds_fen
FROM {} AS moved GROUP BY product_id
"""
_ROLLED_PRODUCTS = _BY_PRODUCT.format(
    '(SELECT * FROM reports_product_day WHERE "on" BETWEEN $1 AND $2)'
)
_LIVE_PRODUCTS = _BY_PRODUCT.format(f"({days.PRODUCTS})")

_TITLES = """
SELECT asked.id, coalesce(product.title, (
    SELECT line.title FROM orders_line line WHERE line.product_id = asked.id LIMIT 1
  ), '') AS title
FROM unnest($1::uuid[]) AS asked(id) LEFT JOIN catalog_product product ON product.id = asked.id
"""


async def products(tx: Tx, asked: Range, limit: int = RANKED_MAX) -> list[ProductSales]:
    """Goods only, without freight; best net sales first."""
    rows = await tx.fetch(_ROLLED_PRODUCTS, asked.first_on, asked.last_on)
    for run in days.runs(await days.not_rolled(tx, asked)):
        rows += await tx.fetch(_LIVE_PRODUCTS, *run.bounds())
    sums: dict[UUID, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_SUMMED, 0))
    for row in rows:
        for name in _SUMMED:
            sums[row["product_id"]][name] += row[name]
    best = sorted(sums, key=lambda id_: (sums[id_]["refunds_fen"] - sums[id_]["sales_fen"], id_))
    titles = {row["id"]: row["title"] for row in await tx.fetch(_TITLES, best[:limit])}
    return [_product(id_, titles[id_], sums[id_]) for id_ in best[:limit]]


_SUMMED = ("quantity", "refunded_quantity", "sales_fen", "refunds_fen")


def _product(product_id: UUID, title: str, sums: Mapping[str, int]) -> ProductSales:
    return ProductSales(
        product_id,
        title,
        sums["quantity"],
        sums["refunded_quantity"],
        Fen(sums["sales_fen"]),
        Fen(sums["refunds_fen"]),
        Fen(sums["sales_fen"] - sums["refunds_fen"]),
    )
