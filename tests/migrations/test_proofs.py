"""After a proof only what changed is looked at, and nothing broken since escapes that look.

The shop is that of `rows/0001.sql`, brought to this version, with its days and ledger added up.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from bofen.flows.close_ledger import close_ledger
from bofen.kit.db import Database
from bofen.kit.ids import new_id
from bofen.reports.proof import touched_since
from bofen.reports.rolling import roll_up
from bofen.reports.verify import Asked, verify_side_by_side
from bofen.runtime.migrate import upgrade
from tests.conftest import running_postgres
from tests.flows.test_reports import services
from tests.migrations.test_upgrades import ROWS, connect

AT = datetime(2026, 9, 1, tzinfo=UTC)

BROKEN = {
    "every ledger transfer sums to zero": """
        UPDATE ledger_entry SET amount_fen = amount_fen + 1 WHERE id = 1""",
    "a closing is what the entries before it add up to": """
        UPDATE ledger_closing SET amount_fen = amount_fen + 1
        WHERE (owner_id, account) = (SELECT owner_id, account FROM ledger_closing LIMIT 1)""",
    "what is pending is what commissions say": """
        UPDATE affiliates_commission SET status = 'pending'
        WHERE id = (SELECT id FROM affiliates_commission WHERE status = 'released' LIMIT 1)""",
    "what was released is payable, in transit or paid out": """
        UPDATE affiliates_commission SET status = 'released'
        WHERE id = (SELECT id FROM affiliates_commission
          WHERE status <> 'released' AND amount_fen > reversed_fen LIMIT 1)""",
    "what is in transit or paid out are the withdrawals": """
        UPDATE affiliates_withdrawal SET amount_fen = amount_fen + 1
        WHERE id = (SELECT id FROM affiliates_withdrawal
          WHERE status NOT IN ('failed', 'refused') LIMIT 1)""",
    "every commission is its rate of its base, less what was refunded": """
        UPDATE affiliates_commission SET rate_bp = rate_bp + 1
        WHERE id = (SELECT id FROM affiliates_commission WHERE base_fen > 10000 LIMIT 1)""",
    "every commission has the base and the refunds of its line": """
        UPDATE affiliates_commission SET base_fen = base_fen + 1, amount_fen = amount_fen
        WHERE id = (SELECT id FROM affiliates_commission LIMIT 1)""",
    "a paid order with an affiliate has its commissions, another order has none": """
        UPDATE orders_order SET affiliate_id = NULL
        WHERE id = (SELECT order_id FROM affiliates_commission LIMIT 1)""",
    "a commission is blocked by the after-sales that are open": """
        UPDATE affiliates_commission SET blocks = blocks + 1
        WHERE id = (SELECT id FROM affiliates_commission LIMIT 1)""",
    "an order costs what its lines and its freight cost": """
        UPDATE orders_order SET goods_fen = goods_fen + 1, total_fen = total_fen + 1
        WHERE id = (SELECT id FROM orders_order WHERE status = 'placed' LIMIT 1)""",
    "a paid order has one payment of its whole amount": """
        UPDATE payments_attempt SET amount_fen = amount_fen + 1
        WHERE out_trade_no = (SELECT out_trade_no FROM payments_attempt attempt
          JOIN orders_order orders ON orders.id = attempt.order_id
          WHERE attempt.status = 'succeeded' AND orders.paid_at IS NOT NULL LIMIT 1)""",
    "money for an order that was not sold goes back": """
        UPDATE orders_order SET paid_at = NULL WHERE id = (SELECT id FROM orders_order
          WHERE status = 'paid' LIMIT 1)""",
    "nobody gets back more than he paid": """
        UPDATE payments_refund SET amount_fen = amount_fen + 10000000
        WHERE out_refund_no = (SELECT out_refund_no FROM payments_refund
          WHERE status <> 'closed' LIMIT 1)""",
    "a broadcast sold what its paid orders came to": """
        INSERT INTO orders_broadcast_sales SELECT id, 1, 100 FROM live_session LIMIT 1""",
    "an order keeps how many of its pieces are still to be sent": """
        UPDATE orders_order SET unsent = unsent + 1
        WHERE id = (SELECT id FROM orders_order WHERE status IN ('paid', 'shipped') LIMIT 1)""",
    "a line was refunded what its finished after-sales say": """
        UPDATE orders_line SET refunded_quantity = quantity, refunded_fen = paid_fen
        WHERE order_id = (SELECT order_id FROM orders_line WHERE refunded_fen = 0 LIMIT 1)""",
    "what an after-sale puts back on the shelf is in the journal": """
        UPDATE orders_after_sale SET is_restocked = NOT is_restocked WHERE status = 'done'""",
    "what was sold left the house, or never will": """
        UPDATE shipping_shipment SET lines = '[]'
        WHERE order_id = (SELECT id FROM orders_order
          WHERE status IN ('received', 'completed') LIMIT 1)""",
    "a product was sold as often as its paid orders say": """
        UPDATE catalog_product SET sold_count = sold_count + 1
        WHERE id = (SELECT id FROM catalog_product LIMIT 1)""",
    "stock is what its journal adds up to": """
        UPDATE inventory_stock SET on_hand = on_hand + 1
        WHERE sku_id = (SELECT sku_id FROM inventory_movement LIMIT 1)""",
    "held stock belongs to orders that wait for payment": """
        UPDATE orders_order SET status = 'cancelled' WHERE status = 'placed'""",
    "a stock-take is in the journal once it is confirmed": """
        WITH take AS (
          INSERT INTO inventory_take SELECT gen_random_uuid(), 'PD1', 'confirmed', '', false, '',
            gen_random_uuid(), now(), gen_random_uuid(), now() RETURNING id)
        INSERT INTO inventory_take_line SELECT take.id, stock.sku_id, 1, 5, false, 4, 5,
          gen_random_uuid(), now(), gen_random_uuid()
        FROM take, (SELECT sku_id FROM inventory_stock LIMIT 1) AS stock""",
    "a row of a stock-take is open as long as the stock-take is": """
        WITH take AS (
          INSERT INTO inventory_take SELECT gen_random_uuid(), 'PD1', 'cancelled', '', false, '',
            gen_random_uuid(), now(), gen_random_uuid(), now() RETURNING id)
        INSERT INTO inventory_take_line SELECT take.id, stock.sku_id, 1, 5, true
        FROM take, (SELECT sku_id FROM inventory_stock LIMIT 1) AS stock""",
    "a rolled-up day equals its orders": """
        UPDATE reports_day SET sales_fen = sales_fen + 1
        WHERE "on" = (SELECT min("on") FROM reports_day)""",
    "a rolled-up day of a product equals its orders": """
        UPDATE reports_product_day SET quantity = quantity + 1
        WHERE "on" = (SELECT min("on") FROM reports_product_day)""",
}
"""Of each promise a word that breaks it, and perhaps others with it."""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def grown() -> str:
    """The name of a database whose shop has a past, in which all agrees, and that says so."""
    server, name = running_postgres(), f"grown_{new_id().hex}"
    await server.make_database(name)
    url = server.url(name)
    await asyncio.to_thread(upgrade, url, "0001")
    connection = await connect(url)
    await connection.execute("SET session_replication_role = replica")
    await connection.execute((ROWS / "0001.sql").read_text())
    await connection.close()
    await asyncio.to_thread(upgrade, url)
    database = Database(url, {})
    await roll_up(services(database), AT)
    assert await close_ledger(services(database), AT)
    assert [asked.breaches for asked in await looked(database)] == [[]] * len(BROKEN)
    await database.close()
    return name


@pytest_asyncio.fixture
async def shop(grown: str) -> AsyncIterator[Database]:
    """The shop of `grown`, for one test."""
    server, name = running_postgres(), f"proof_{new_id().hex}"
    await server.make_database(name, template=grown)
    database = Database(server.url(name), {})
    yield database
    await database.close()


async def looked(db: Database, *, is_whole: bool = False) -> list[Asked]:
    return [asked async for asked in verify_side_by_side(db, AT, is_whole=is_whole)]


def found(answers: list[Asked]) -> set[str]:
    return {str(breach) for asked in answers for breach in asked.breaches}


@pytest.mark.parametrize("promise", BROKEN)
async def test_what_is_broken_after_a_proof_is_found_without_looking_at_the_rest(
    shop: Database, promise: str
) -> None:
    connection = await connect(shop.url)
    await connection.execute(f"SET session_replication_role = replica; {BROKEN[promise]}")
    await connection.close()

    again = await looked(shop)
    whole = await looked(shop, is_whole=True)

    assert all(asked.since == AT for asked in again)
    assert {asked.since for asked in whole} == {None}
    assert promise in {asked.promise for asked in again if asked.breaches}
    assert found(again) == found(whole)


async def test_after_a_proof_nothing_is_looked_at_that_has_not_changed(shop: Database) -> None:
    async with shop.transaction() as tx:
        # Tests that write to other databases of this server hold the horizon of all back.
        await tx.fetch(
            "UPDATE reports_proof"
            " SET horizon = pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
        )
    async with shop.reading() as tx:
        touched = await touched_since(tx)
    assert touched is not None
    assert not any((touched.orders, touched.owners, touched.skus, touched.sessions, touched.days))

    async with shop.transaction() as tx:
        await tx.fetch("UPDATE orders_order SET remark = remark WHERE status = 'received'")
        rows = await tx.fetch("SELECT id FROM orders_order WHERE status = 'received' ORDER BY id")

    async with shop.reading() as tx:
        touched = await touched_since(tx)
    assert touched is not None
    assert sorted(touched.orders) == [row["id"] for row in rows] != []
    assert touched.owners == []


async def test_what_was_being_written_during_a_proof_is_looked_at_afterwards(
    shop: Database,
) -> None:
    async with shop.transaction() as tx:
        await tx.fetch("UPDATE inventory_stock SET on_hand = on_hand + 1")
        assert not found(await looked(shop)), "nobody else sees it yet"

    broken = found(await looked(shop))

    assert broken == found(await looked(shop, is_whole=True)) != set()


async def test_what_is_broken_stays_so_until_it_is_mended(shop: Database) -> None:
    """A look that finds something proves nothing."""
    async with shop.transaction() as tx:
        await tx.fetch("UPDATE inventory_stock SET on_hand = on_hand + 1")

    assert found(await looked(shop)) == found(await looked(shop)) != set()

    async with shop.transaction() as tx:
        await tx.fetch("UPDATE inventory_stock SET on_hand = on_hand - 1")
    assert found(await looked(shop)) == set()


async def test_a_proof_of_another_server_or_of_long_ago_is_none(shop: Database) -> None:
    for stale in ("cluster = cluster + 1", "horizon = horizon - 2::bigint ^ 31"):
        async with shop.transaction() as tx:
            await tx.fetch(f"UPDATE reports_proof SET {stale}")  # noqa: S608
        assert {asked.since for asked in await looked(shop)} == {None}
        assert {asked.since for asked in await looked(shop)} == {AT}, "and it was proved anew"


async def test_a_shop_of_which_much_has_changed_is_looked_at_whole(
    shop: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bofen.reports.proof.ORDERS_MAX", 1)
    async with shop.transaction() as tx:
        await tx.fetch("UPDATE orders_order SET remark = remark")

    assert {asked.since for asked in await looked(shop)} == {None}


async def test_the_time_of_a_proof_is_that_of_its_look(shop: Database) -> None:
    later = AT + timedelta(days=1)
    async for _ in verify_side_by_side(shop, later):
        pass

    assert {asked.since for asked in await looked(shop)} <= {later}
