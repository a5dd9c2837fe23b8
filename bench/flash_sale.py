"""Flash sale: one hot SKU, the whole rules over HTTP, beside pgbench's textbook transaction.

Server, PostgreSQL and driver share the machine's cores; everything is durable. Prints JSON.
"""

import asyncio
import json
import re
import tempfile
from typing import Any

from bench.shop import PRICE, Buyer, Shop, buyers, driving, measured_shop, web_process
from bofen.kit.ids import new_id
from bofen.kit.money import Fen
from bofen.pricing.rules import FreightRule, PricedLine, quote
from bofen.runtime.postgres import USER
from bofen.settings.rules import Trade

SECONDS = 8
FREIGHT = FreightRule(Trade().freight_fen, Trade().freight_free_from_fen)
LEVELS = (64, 128, 256, 512)
ORDERS_MAX = 60_000
PER_BUYER = 15

_TEXTBOOK = """
\\set buyer random(1, 100000)
BEGIN;
SELECT price_fen FROM catalog_sku WHERE id = '{sku}';
UPDATE bench_stock SET held = held + 1 WHERE sku_id = '{sku}' AND on_hand - held >= 1;
INSERT INTO bench_order (id, buyer, total_fen, placed_at)
  VALUES (gen_random_uuid(), :buyer, 9990, now());
INSERT INTO bench_line (order_id, no, sku_id, quantity, paid_fen)
  VALUES (gen_random_uuid(), 1, '{sku}', 1, 9990);
COMMIT;
"""
_SINGLE = """
\\set buyer random(1, 100000)
WITH held AS (
  UPDATE bench_stock SET held = held + 1 WHERE sku_id = '{sku}' AND on_hand - held >= 1
  RETURNING sku_id
), placed AS (
  INSERT INTO bench_order (id, buyer, total_fen, placed_at)
  SELECT gen_random_uuid(), :buyer, 9990, now() FROM held RETURNING id
)
INSERT INTO bench_line (order_id, no, sku_id, quantity, paid_fen)
  SELECT placed.id, 1, held.sku_id, 1, 9990 FROM placed, held;
"""
_TABLES = """
CREATE TABLE bench_stock AS SELECT sku_id, on_hand, held FROM inventory_stock;
ALTER TABLE bench_stock ADD PRIMARY KEY (sku_id);
CREATE TABLE bench_order (id uuid PRIMARY KEY, buyer int, total_fen bigint, placed_at timestamptz);
CREATE TABLE bench_line (order_id uuid, no int, sku_id uuid, quantity int, paid_fen bigint,
  PRIMARY KEY (order_id, no));
"""


async def main() -> None:
    async with measured_shop() as shop:
        ours = {}
        async with web_process(shop.settings):
            for connections in LEVELS:
                crowd = await buyers(shop.db, ORDERS_MAX // PER_BUYER)
                ours[connections] = await driven(shop, crowd, connections)
        async with shop.db.transaction() as tx:
            rows = await tx.fetch(
                "SELECT (SELECT count(*) FROM orders_order) AS orders, held"
                " FROM inventory_stock WHERE sku_id = $1",
                shop.sku_id,
            )
        assert rows[0]["orders"] == rows[0]["held"], rows
        peers = await _peers(shop)
    best = max(one["per_second"] for one in ours.values())
    textbook, single = max(peers["textbook"].values()), max(peers["single"].values())
    print(
        json.dumps({
            "ours": ours,
            "pgbench": peers,
            "best_orders_per_second": best,
            "ratio_to_textbook_best": round(best / textbook, 2),
            "ratio_to_single_best": round(best / single, 2),
            "orders_written": rows[0]["orders"],
        })
    )  # fmt: skip


async def driven(shop: Shop, crowd: list[Buyer], connections: int) -> dict[str, Any]:
    """Send orders of `crowd` over so many connections; what the driver saw."""
    return await driving(shop, _requests(shop, crowd), connections, SECONDS)


def total_fen(shop: Shop) -> Fen:
    """What one piece of the hot SKU costs, with freight."""
    return quote([PricedLine(shop.sku_id, PRICE, 1)], FREIGHT).total_fen


def _requests(shop: Shop, crowd: list[Buyer]) -> list[bytes]:
    """Complete HTTP requests; neighbours are different buyers, as in a crowd."""
    total = total_fen(shop)
    made = []
    for _ in range(PER_BUYER):
        for buyer in crowd:
            body = json.dumps({
                "lines": [{"sku_id": str(shop.sku_id), "quantity": 1}],
                "address_id": str(buyer.address_id),
                "remark": "",
                "total_fen": total,
                "source": {},
            }).encode()  # fmt: skip
            head = (
                f"PUT /api/buyer/orders/{new_id()} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                f"Authorization: Bearer {buyer.token}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            made.append(head.encode() + body)
    return made


async def _peers(shop: Shop) -> dict[str, dict[int, int]]:
    """Pgbench on the same server: no HTTP, no Python, no rules."""
    async with shop.db.engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        await raw.execute(_TABLES)
    return {
        name: {clients: await _pgbench(shop, script, clients) for clients in (1, 4, 16, 64)}
        for name, script in (("textbook", _TEXTBOOK), ("single", _SINGLE))
    }


async def _pgbench(shop: Shop, script: str, clients: int) -> int:
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script.replace("{sku}", str(shop.sku_id)))
        file.flush()
        process = await asyncio.create_subprocess_exec(
            *(str(shop.postgres.programs / "pgbench"), "-n", "-M", "prepared"),
            *("-h", str(shop.postgres.socket_folder), "-U", USER, "-f", file.name),
            *("-c", str(clients), "-j", "1", "-T", "5", USER),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        output, errors = await process.communicate()
    found = re.search(rb"tps = ([\d.]+)", output)
    assert found, errors.decode()
    return round(float(found[1]))


if __name__ == "__main__":
    asyncio.run(main())
