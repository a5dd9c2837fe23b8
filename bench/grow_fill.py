"""Shops of three sizes with a past, for measuring how cost grows: `grow.sql` on new databases."""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import asyncpg

from bofen.identity import service as identity
from bofen.identity.rules import Role
from bofen.identity.service import StaffDraft
from bofen.kit import clock
from bofen.kit.crypto import Vault
from bofen.kit.db import Database, driver_url
from bofen.kit.ids import new_id
from bofen.ledger import closing
from bofen.reports import days
from bofen.runtime.migrate import upgrade
from bofen.runtime.postgres import EmbeddedPostgres

_SQL = Path(__file__).with_suffix(".sql").with_name("grow.sql")


@dataclass(frozen=True)
class Size:
    """How much of everything; a shop is named by its orders."""

    name: str
    orders: int
    products: int
    affiliates: int
    messages: int
    past_broadcasts: int


SIZES = {
    size.name: size
    for size in (
        Size("1k", 1_000, 12, 48, 1_000, 7),
        Size("100k", 100_000, 1_000, 1_000, 50_000, 70),
        Size("1m", 1_000_000, 100_000, 10_000, 1_000_000, 700),
    )
}


@dataclass(frozen=True)
class People:
    """Who asks: tokens of the owner, a buyer with many orders and one with few, two affiliates."""

    owner: str
    heavy_buyer: str
    buyer: str
    top_affiliate: str
    affiliate: str


async def fill(postgres: EmbeddedPostgres, size: Size, vault: Vault) -> float:
    """Make the database `grow_<name>` unless it is there; the seconds it took."""
    name, started = f"grow_{size.name}", time.monotonic()
    url = postgres.url(name)
    await postgres.make_database(name)
    await asyncio.to_thread(upgrade, url)
    connection = await asyncpg.connect(driver_url(url))
    try:
        if await connection.fetchval("SELECT count(*) FROM orders_order LIMIT 1"):
            return 0.0
        await _fill(connection, Database(url, {}), size, vault)
    finally:
        await connection.close()
    return time.monotonic() - started


async def _fill(
    connection: "asyncpg.Connection[asyncpg.Record]", db: Database, size: Size, vault: Vault
) -> None:
    async with db.transaction() as tx:
        staff_id = await identity.hire(
            tx, StaffDraft("bench", "bench", Role.owner), "!", clock.now()
        )
    await connection.execute(
        "CREATE TABLE grow_size (orders int, products int, affiliates int, messages int,"
        " past_broadcasts int, sealed bytea, staff_id uuid, room_id uuid, session_id uuid)"
    )
    await connection.execute(
        "INSERT INTO grow_size VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        *(size.orders, size.products, size.affiliates, size.messages, size.past_broadcasts),
        *(vault.seal("13800001234"), staff_id, new_id(), new_id()),
    )
    await connection.execute(_SQL.read_text())
    await connection.execute("VACUUM ANALYZE")
    async with db.transaction() as tx:
        for on in await days.unfinished(tx, clock.now()):
            await days.roll(tx, on, clock.now())
    # As the sweep of a shop does that has always been running.
    async with db.transaction() as tx:
        until_id = await closing.whole_until(tx)
    async with db.transaction() as tx:
        await closing.close(tx, until_id, clock.now())
    await connection.execute("VACUUM ANALYZE")
    await db.close()


async def sign_in(db: Database) -> People:
    """New sessions of the people who ask."""
    async with db.transaction() as tx:
        staff = await tx.fetch("SELECT id FROM identity_staff WHERE login = 'bench'")
        buyers = await tx.fetch(
            "SELECT buyer_id AS id, count(*) AS orders FROM orders_order GROUP BY buyer_id"
            " ORDER BY orders DESC"
        )
        earners = await tx.fetch(
            "SELECT affiliate.person_id AS id, count(*) AS lines FROM affiliates_commission"
            " JOIN affiliates_affiliate affiliate ON affiliate.id = affiliate_id"
            " GROUP BY affiliate.person_id ORDER BY lines DESC"
        )
        people: list[UUID] = [buyers[0]["id"], buyers[len(buyers) // 2]["id"]]
        people += [earners[0]["id"], earners[len(earners) // 2]["id"]]
        at = clock.now()
        owner = await identity.open_session(tx, staff_id=staff[0]["id"], at=at)
        tokens = [await identity.open_session(tx, person_id=person, at=at) for person in people]
    return People(owner, *tokens)
