"""A shop for measuring: durable PostgreSQL, one hot SKU, signed-in buyers, a real web process."""

import asyncio
import base64
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import psutil

from bofen.catalog import service as catalog
from bofen.catalog.rules import Option, ProductDraft, SkuDraft
from bofen.catalog.service import CategoryDraft
from bofen.flows.edit_products import create_product
from bofen.identity import service as identity
from bofen.identity.rules import Role, StaffMember
from bofen.identity.service import StaffDraft
from bofen.kit import clock
from bofen.kit.crypto import new_token, token_hash
from bofen.kit.db import Database
from bofen.kit.ids import new_id
from bofen.kit.money import Fen
from bofen.kit.settings import Settings
from bofen.runtime.environment import completed, environment_of
from bofen.runtime.home import Home
from bofen.runtime.migrate import upgrade
from bofen.runtime.postgres import USER, EmbeddedPostgres

ROOT = Path(__file__).resolve().parents[1]
PORT = 24_100
ON_HAND = 50_000_000
PRICE = Fen(9_990)


@dataclass(frozen=True)
class Buyer:
    person_id: UUID
    token: str
    address_id: UUID


@dataclass(frozen=True)
class Shop:
    postgres: EmbeddedPostgres
    settings: Settings
    db: Database
    sku_id: UUID


@asynccontextmanager
async def measured_shop() -> AsyncIterator[Shop]:
    """Fsync and synchronous_commit are on, as in production."""
    with tempfile.TemporaryDirectory(prefix="bofen-bench-") as folder:
        home = Home(Path(folder))
        home.open()
        postgres = EmbeddedPostgres(home.folder / "postgres")
        await postgres.start()
        await postgres.make_database(USER)
        await asyncio.to_thread(upgrade, postgres.url())
        settings = Settings(
            port=PORT,
            rooms_port=PORT + 1,
            media_port=PORT + 3,
            rtmp_port=PORT + 2,
            connections_of_an_address_max=10_000,  # every viewer of ours comes from the loopback
        )
        settings = completed(settings, home, postgres.url())
        db = Database(postgres.url(), {})
        try:
            yield Shop(postgres, settings, db, await _hot_sku(db))
        finally:
            await db.close()
            await postgres.stop()
            home.close()


async def _hot_sku(db: Database) -> UUID:
    at = clock.now()
    async with db.transaction() as tx:
        hired = StaffDraft("bench", "bench", Role.owner)
        by = StaffMember(await identity.hire(tx, hired, "!", at), hired.name, hired.role)
        category = new_id()
        await catalog.write_category(tx, category, CategoryDraft("bench"), by, at)
        draft = ProductDraft(
            title="秒杀", subtitle="", category_id=category, brand="", tags=(),
            pictures=("pictures/0123456789abcdef0123456789abcdef.webp",), detail_html="",
            options=(Option("规格", ("一",)),), skus=(SkuDraft({"规格": "一"}, PRICE),),
        )  # fmt: skip
        product_id = await create_product(tx, draft, [ON_HAND], by, at)
        await catalog.list_product(tx, product_id, by, at)
        rows = await tx.fetch("SELECT id FROM catalog_sku WHERE product_id = $1", product_id)
    return rows[0]["id"]  # type: ignore[no-any-return]


async def buyers(db: Database, count: int) -> list[Buyer]:
    """Signed-in people with an address each."""
    at = clock.now()
    made = [Buyer(new_id(), new_token(), new_id()) for _ in range(count)]
    people = [buyer.person_id for buyer in made]
    async with db.transaction() as tx:
        await tx.fetch(
            "INSERT INTO identity_person (id, nickname, created_at)"
            " SELECT id, 'bench', $2 FROM unnest($1::uuid[]) AS id",
            people,
            at,
        )
        await tx.fetch(
            "INSERT INTO identity_session (token_hash, person_id, created_at, expires_at)"
            " SELECT h, p, $3, $4 FROM unnest($1::bytea[], $2::uuid[]) AS s (h, p)",
            [token_hash(buyer.token) for buyer in made],
            people,
            at,
            at + timedelta(days=1),
        )
        await tx.fetch(
            "INSERT INTO identity_address (id, person_id, name_sealed, phone_sealed,"
            " detail_sealed, province, city, district, created_at, is_default)"
            " SELECT a, p, $3, $3, $3, '浙江省', '杭州市', '西湖区', $4, true"
            " FROM unnest($1::uuid[], $2::uuid[]) AS s (a, p)",
            [buyer.address_id for buyer in made],
            people,
            os.urandom(60),
            at,
        )
    return made


@asynccontextmanager
async def web_process(settings: Settings) -> AsyncIterator[asyncio.subprocess.Process]:
    """The real HTTP edge in a process of its own, as `bofen up` runs it."""
    program = (
        "import asyncio, uvloop\n"
        "from bofen.runtime import roles\n"
        "from bofen.runtime.environment import read_settings\n"
        "from bofen.runtime.services import open_services\n"
        "from bofen.kit import log\n"
        "log.configure(level='warning')\n"
        "async def main():\n"
        "    async with open_services(read_settings()) as services:\n"
        "        await roles.web(services)\n"
        "uvloop.run(main())\n"
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", program),
        env={**os.environ, **environment_of(settings), "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
    )
    try:
        async with httpx.AsyncClient(trust_env=False) as http, asyncio.timeout(60):
            while True:
                try:
                    await http.get(f"http://127.0.0.1:{settings.port}/healthz")
                    break
                except httpx.HTTPError:
                    await asyncio.sleep(0.1)
        yield process
    finally:
        process.terminate()
        await process.wait()


async def driving(
    shop: Shop, requests: Iterable[bytes], connections: int, seconds: float
) -> dict[str, Any]:
    """Send complete HTTP requests over so many connections; what `bench.driver` saw."""
    with tempfile.TemporaryDirectory() as folder:
        lines = b"\n".join(base64.b64encode(each) for each in requests)
        (Path(folder) / "requests").write_bytes(lines)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bench.driver", "127.0.0.1", str(shop.settings.port)),
            *(str(connections), str(seconds), folder),
            stdout=asyncio.subprocess.PIPE,
            cwd=ROOT,
        )
        output, _ = await process.communicate()
    return dict(json.loads(output))


def cpu_of_postgres(shop: Shop) -> float:
    """CPU seconds of the server and everything it started, so far."""
    pid = (shop.postgres.data / "postmaster.pid").read_text().split("\n", 1)[0]
    server = psutil.Process(int(pid))
    family = [server, *server.children(recursive=True)]
    return sum(sum(each.cpu_times()[:2]) for each in family)
