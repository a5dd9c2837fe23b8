"""How the cost of each page grows with the shop: 1 k, 100 k and 1 M orders, beside each other.

`python -m bench.grow [sizes…]` fills the shops (see `grow.sql`), starts a real web process on each
and asks every page of each in turn, so that a busy moment hits all alike. Prints JSON: for each
page the median of the smallest shop and the ratios to it. Filling takes about a minute for 100 k
orders and a quarter of an hour for a million, asking about four minutes. With BOFEN_BENCH_HOME the
shops are kept in that folder and found again.
"""

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bench.grow_fill import SIZES, People, fill, sign_in
from bench.shop import web_process
from bofen.kit import clock
from bofen.kit.crypto import Vault
from bofen.kit.db import Database
from bofen.kit.settings import Settings
from bofen.reports.verify import verify_side_by_side
from bofen.runtime.environment import completed
from bofen.runtime.home import Home
from bofen.runtime.postgres import EmbeddedPostgres
from bofen.web.pages import FRESH_S

PORT = 24_500
TIMES = 15
SLOW_S = 20.0
"""A page that has taken this long altogether is not asked again, after four times."""

BUYER, OWNER, HEAVY = "buyer", "owner", "heavy_buyer"
TOP, AFFILIATE, NOBODY = "top_affiliate", "affiliate", ""

PAGES: dict[str, tuple[str, str]] = {
    "hall": (NOBODY, "/api/buyer/hall"),
    "products, new": (NOBODY, "/api/buyer/products?sort=new"),
    "products, by sales": (NOBODY, "/api/buyer/products?sort=sales"),
    "products, by price": (NOBODY, "/api/buyer/products?sort=price_asc"),
    "products, in stock": (NOBODY, "/api/buyer/products?in_stock=true"),
    "products, a category": (NOBODY, "/api/buyer/products?category_id={category}"),
    "products, narrow price range": (
        NOBODY,
        "/api/buyer/products?sort=sales&price_min_fen=150000&price_max_fen=151000",
    ),
    "products, a rare tag": (NOBODY, "/api/buyer/products?tag=限定"),
    "product": (NOBODY, "/api/buyer/products/{product}"),
    "search, one common character": (NOBODY, "/api/buyer/products?q=新"),
    "search, two characters": (NOBODY, "/api/buyer/products?q=耳机"),
    "search, four characters": (NOBODY, "/api/buyer/products?q=无线耳机"),
    "search, Latin beginning": (NOBODY, "/api/buyer/products?q=a"),
    "search, Latin word": (NOBODY, "/api/buyer/products?q=lumi"),
    "search, nothing found": (NOBODY, "/api/buyer/products?q=鲸鱼"),
    "room": (NOBODY, "/api/buyer/rooms/{room}/play"),
    "my orders": (BUYER, "/api/buyer/orders"),
    "my orders, many": (HEAVY, "/api/buyer/orders"),
    "my orders, many, refunding": (HEAVY, "/api/buyer/orders?shown=refunding"),
    "my after-sales": (HEAVY, "/api/buyer/after-sales"),
    "affiliate overview, top": (TOP, "/api/affiliate/overview"),
    "affiliate statement, top": (TOP, "/api/affiliate/statement"),
    "affiliate statement": (AFFILIATE, "/api/affiliate/statement"),
    "affiliate orders, top": (TOP, "/api/affiliate/orders"),
    "console overview": (OWNER, "/api/merchant/overview"),
    "console products": (OWNER, "/api/merchant/products"),
    "console products, by sales": (OWNER, "/api/merchant/products?sort=sales"),
    "console products, by price": (OWNER, "/api/merchant/products?sort=price_asc"),
    "console product search": (OWNER, "/api/merchant/products?q=耳机"),
    "stock": (OWNER, "/api/merchant/stock"),
    "stock, low": (OWNER, "/api/merchant/stock?low=true"),
    "orders": (OWNER, "/api/merchant/orders"),
    "orders, paid": (OWNER, "/api/merchant/orders?shown=paid"),
    "orders, shipped": (OWNER, "/api/merchant/orders?shown=in_transit"),
    "orders, refunding": (OWNER, "/api/merchant/orders?shown=refunding"),
    "orders, refunded": (OWNER, "/api/merchant/orders?shown=refunded"),
    "orders, from replays": (OWNER, "/api/merchant/orders?source=replay"),
    "orders, by number": (OWNER, "/api/merchant/orders?q={order_no}"),
    "orders, by title": (OWNER, "/api/merchant/orders?q=无线耳机"),
    "orders, by a common word": (OWNER, "/api/merchant/orders?q=新款"),
    "orders, nothing found": (OWNER, "/api/merchant/orders?q=鲸鱼"),
    "after-sales": (OWNER, "/api/merchant/after-sales?status=applied"),
    "affiliates": (OWNER, "/api/merchant/affiliates"),
    "affiliates, waiting": (OWNER, "/api/merchant/affiliates?status=pending"),
    "withdrawals": (OWNER, "/api/merchant/withdrawals"),
    "withdrawals, waiting": (OWNER, "/api/merchant/withdrawals?status=requested"),
    "control room": (OWNER, "/api/host/rooms/{room}"),
    "report by day, 30 days": (OWNER, "/api/merchant/reports/daily"),
    "report by day, a year": (OWNER, "/api/merchant/reports/daily{year}"),
    "report by source, a year": (OWNER, "/api/merchant/reports/sources{year}"),
    "report by product, 30 days": (OWNER, "/api/merchant/reports/products"),
    "report by product, a year": (OWNER, "/api/merchant/reports/products{year}"),
}

_KEPT = ("hall", "product")
"""Pages that are kept for a moment: what they cost to read shows when that is over."""


@dataclass(frozen=True)
class Shop:
    """One of the sizes, answering."""

    name: str
    db: Database
    http: httpx.AsyncClient
    people: People
    facts: dict[str, str]

    async def ask(self, page: str) -> tuple[float, int]:
        """Seconds, and how many rows the page shows."""
        who, path = PAGES[page]
        token = getattr(self.people, who) if who else None
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        started = time.perf_counter()
        answer = await self.http.get(path.format(**self.facts), headers=headers)
        took = time.perf_counter() - started
        assert answer.status_code == httpx.codes.OK, f"{page}: {answer.text[:300]}"
        return took, len(answer.json().get("items", ()))


async def main(names: list[str]) -> None:
    """Fill, ask, print."""
    async with AsyncExitStack() as stack:
        kept = os.environ.get("BOFEN_BENCH_HOME")
        folder = kept or stack.enter_context(tempfile.TemporaryDirectory(prefix="bofen-grow-"))
        home = Home(Path(folder))
        home.open()
        stack.callback(home.close)
        postgres = EmbeddedPostgres(home.folder / "postgres")
        await postgres.start()
        stack.push_async_callback(postgres.stop)
        shops, filled = [], {}
        for i, name in enumerate(names):
            settings = _settings(home, postgres, i, name)
            filled[name] = round(await fill(postgres, SIZES[name], _vault(settings)))
            shops.append(await _open(stack, settings, name))
        pages = {page: await _compare(shops, page) for page in PAGES}
        verified = {
            "verify_all_s": await _verified(shops, is_whole=True),
            "verify_s": await _verified(shops, is_whole=False),
        }
        print(json.dumps({"filled_s": filled, "pages": pages} | verified))


def _settings(home: Home, postgres: EmbeddedPostgres, place: int, name: str) -> Settings:
    ports = {
        "port": PORT + 10 * place,
        "rooms_port": PORT + 10 * place + 1,
        "rtmp_port": PORT + 10 * place + 2,
        "media_port": PORT + 10 * place + 3,
    }
    return completed(Settings(**ports), home, postgres.url(f"grow_{name}"))


def _vault(settings: Settings) -> Vault:
    return Vault(settings.master_key_bytes)


async def _open(stack: AsyncExitStack, settings: Settings, name: str) -> Shop:
    await stack.enter_async_context(web_process(settings))
    db = Database(settings.database_url, {})
    stack.push_async_callback(db.close)
    base = f"http://127.0.0.1:{settings.port}"
    http = httpx.AsyncClient(base_url=base, trust_env=False, timeout=120)
    await stack.enter_async_context(http)
    return Shop(name, db, http, await sign_in(db), await _facts(db))


async def _facts(db: Database) -> dict[str, str]:
    """What stands in the addresses: a product, a room, a number, the days of the last year."""
    async with db.reading() as tx:
        rows = await tx.fetch(
            "SELECT (SELECT category_id FROM catalog_product LIMIT 1) AS category,"
            " (SELECT id FROM catalog_product WHERE status = 'listed' LIMIT 1) AS product,"
            " (SELECT room_id FROM grow_size) AS room,"
            " (SELECT order_no FROM orders_order OFFSET 500 LIMIT 1) AS order_no,"
            " '?from=' || current_date - 360 || '&to=' || current_date AS year"
        )
    return {name: str(value) for name, value in rows[0].items()}


async def _compare(shops: list[Shop], page: str) -> dict[str, Any]:
    """The median of each shop in milliseconds, the ratio to the first, and the rows shown."""
    took: dict[str, list[float]] = {shop.name: [] for shop in shops}
    rows: dict[str, int] = {}
    started = time.monotonic()
    for shop in shops:
        await shop.ask(page)
    for times in range(TIMES):
        if times >= 4 and time.monotonic() - started > SLOW_S:
            break
        if page.startswith(_KEPT):
            await asyncio.sleep(FRESH_S)
        for shop in shops:
            seconds, rows[shop.name] = await shop.ask(page)
            took[shop.name].append(seconds * 1000)
    median = {name: statistics.median(each) for name, each in took.items()}
    first = next(iter(median.values()))
    print(f"  {page}: {_line(median, first)}", file=sys.stderr, flush=True)
    return {
        "ms": {name: round(each, 1) for name, each in median.items()},
        "ratio": {name: round(each / first, 2) for name, each in median.items()},
        "rows": rows,
    }


def _line(median: dict[str, float], first: float) -> str:
    return ", ".join(f"{name} {ms:.0f} ms ({ms / first:.1f} ×)" for name, ms in median.items())


_A_DAY = """
UPDATE orders_order SET remark = remark WHERE id IN (
  SELECT id FROM orders_order WHERE placed_at > (SELECT max(placed_at) FROM orders_order)
    - interval '30 days' ORDER BY random() LIMIT 2000)
"""
"""Orders of a month that something becomes of between two proofs; all that is added up with them
comes along."""


async def _verified(shops: list[Shop], *, is_whole: bool) -> dict[str, float]:
    """Seconds that all promises take, or a day's part of them; none of them may be broken."""
    took = {}
    for shop in shops:
        if not is_whole:
            async with shop.db.transaction() as tx:
                await tx.fetch(_A_DAY)
        started = time.monotonic()
        async for asked in verify_side_by_side(shop.db, clock.now(), is_whole=is_whole):
            assert not asked.breaches, [str(breach) for breach in asked.breaches]
        took[shop.name] = round(time.monotonic() - started, 1)
    return took


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:] or ["1k", "100k"]))
