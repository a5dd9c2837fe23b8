"""A shop with a past takes every later version: its rows arrive whole, and all still adds up.

`rows/<revision>.sql` is a small shop as that revision left it, dumped from the flows of its time.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy.engine import make_url

from bofen.kit.db import Database
from bofen.kit.ids import new_id
from bofen.reports.verify import verify
from bofen.runtime.migrate import upgrade
from tests.conftest import running_postgres

ROWS = Path(__file__).parent / "rows"
KEPT = (
    *("orders_order", "orders_line", "orders_after_sale", "ledger_entry", "inventory_movement"),
    *("payments_attempt", "payments_refund", "shipping_shipment", "affiliates_affiliate"),
    *("affiliates_commission", "affiliates_binding", "affiliates_withdrawal", "live_session"),
    *("live_message", "identity_person", "identity_staff", "catalog_sku"),
)


async def connect(url: str) -> asyncpg.Connection:
    parts = make_url(url)
    return await asyncpg.connect(
        host=parts.query["host"], user=parts.username, database=parts.database
    )


async def counted(url: str) -> dict[str, int]:
    connection = await connect(url)
    try:
        return {
            table: await connection.fetchval(f"SELECT count(*) FROM {table}")  # noqa: S608
            for table in KEPT
        }
    finally:
        await connection.close()


@pytest_asyncio.fixture(params=sorted(path.stem for path in ROWS.glob("*.sql")))
async def old_shop(request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """The address of a database at an old revision, with rows in it."""
    revision: str = request.param
    server, name = running_postgres(), f"old_{new_id().hex}"
    await server.make_database(name)
    url = server.url(name)
    await asyncio.to_thread(upgrade, url, revision)
    connection = await connect(url)
    # Rows one by one: the ledger's guard wants whole transfers, and these were whole once.
    await connection.execute("SET session_replication_role = replica")
    await connection.execute((ROWS / f"{revision}.sql").read_text())
    await connection.close()
    yield url


async def test_no_row_is_lost_and_every_promise_still_holds(old_shop: str) -> None:
    before = await counted(old_shop)

    await asyncio.to_thread(upgrade, old_shop)

    assert await counted(old_shop) == before
    assert min(before.values()) > 0
    database = Database(old_shop, {})
    async with database.reading() as tx:
        breaches = [str(breach) for breach in await verify(tx)]
    await database.close()
    assert breaches == []
