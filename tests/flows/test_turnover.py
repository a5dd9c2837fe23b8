"""How long stock lasts is told from real sales, and not told where there are too few."""

import csv
import io
from datetime import timedelta
from uuid import UUID

from bofen.kit.db import Database
from bofen.reports import export, turnover
from bofen.reports.turnover import Turnover
from tests.conftest import NOON
from tests.flows.trade_given import Sku, a_buyer, a_sku, pay, placed, wish, with_attempt


async def sold(db: Database, sku: Sku, quantity: int, *days_ago: int) -> None:
    """So many pieces on each of these days."""
    for days in days_ago:
        at = NOON - timedelta(days=days)
        order = await placed(db, wish(await a_buyer(db), (sku, quantity)), at)
        await pay(db, await with_attempt(db, order, at), at=at)


async def told(db: Database) -> dict[UUID, Turnover]:
    found: list[Turnover] = []
    cursor = None
    async with db.transaction() as tx:
        while True:
            page = await turnover.page(tx, NOON, 2, cursor)
            found += page.items
            cursor = page.next
            if cursor is None:
                return {row.sku_id: row for row in found}


async def test_what_runs_out_first_comes_first_and_too_few_sales_foretell_nothing(
    own: Database,
) -> None:
    fast, slow, rare, idle = [await a_sku(own, 60) for _ in range(4)]
    await sold(own, fast, 4, *range(10))
    await sold(own, slow, 1, *range(0, 20, 2))
    await sold(own, rare, 9, 0, 1, 2)

    rows = await told(own)

    assert list(rows) == [fast.id, slow.id, rare.id, idle.id]
    assert [(row.sold, row.available, row.days_left, row.to_order) for row in rows.values()] == [
        (40, 20, 5, 100),
        (10, 50, 95, 0),
        (27, 33, None, None),
        (0, 60, None, None),
    ]


async def test_older_sales_and_refunded_pieces_do_not_count(own: Database) -> None:
    sku = await a_sku(own, 60)
    await sold(own, sku, 1, *range(7), 31)
    before = (await told(own))[sku.id]
    async with own.transaction() as tx:
        await tx.fetch(
            "UPDATE orders_line SET refunded_quantity = quantity, refunded_fen = paid_fen"
            " WHERE order_id = (SELECT id FROM orders_order ORDER BY paid_at DESC LIMIT 1)"
        )
    after = (await told(own))[sku.id]

    assert (before.sold, before.sale_days, before.days_left) == (7, 7, 52)
    assert (after.sold, after.sale_days, after.days_left) == (6, 6, None)


async def test_the_purchase_list_has_what_does_not_last_another_month(own: Database) -> None:
    fast, slow = await a_sku(own, 50), await a_sku(own, 60)
    await sold(own, fast, 4, *range(10))
    await sold(own, slow, 1, *range(0, 20, 2))

    async with own.transaction() as tx:
        content = export.heading(Turnover)
        async for batch in turnover.to_order(tx, NOON):
            content += export.lines(batch, Turnover)
    (row,) = csv.DictReader(io.StringIO(content.decode().removeprefix("\ufeff")))

    assert (
        row["规格编号"],
        row["可售"],
        row["近30天售出"],
        row["还能卖(天)"],
        row["建议补货"],
    ) == (
        str(fast.id),
        "10",
        "40",
        "2",
        "110",
    )
