"""CPU of one order by part, in µs: door, flow, driver, PostgreSQL. Prints JSON.

The same batches of 128 go through `place_orders` in this process (flow and driver), and as HTTP
requests through a web process (all of it; what flow and driver do not explain is the door's).
CPU seconds, not wall: a busy neighbour changes them little.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psutil

from bench.flash_sale import driven, total_fen
from bench.shop import Buyer, Shop, buyers, cpu_of_postgres, measured_shop, web_process
from bofen.flows.place_orders import AskedSource, PlacedOrder, PlaceOrder, place_orders
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.kit.errors import Refusal
from bofen.kit.ids import new_id
from bofen.kit.once import Request, fingerprint

BATCH = 128
BATCHES = 60
WARM = 10


async def main() -> None:
    async with measured_shop() as shop:
        inside = await _inside(shop, await buyers(shop.db, BATCH * 8))
        outside = await _outside(shop, await buyers(shop.db, 4_000))
    flow, driver = inside["flow_us"], inside["driver_us"]
    print(
        json.dumps({
            "door_us": round(outside["web_us"] - flow - driver, 1),
            "flow_us": flow,
            "driver_us": driver,
            "postgres_us": inside["postgres_us"],
            "web_us": outside["web_us"],
            "server_us": round(outside["web_us"] + outside["postgres_us"], 1),
            "postgres_over_http_us": outside["postgres_us"],
            "statements_in_a_batch": inside["statements"],
            "per_second": outside["per_second"],
        })
    )  # fmt: skip


async def _inside(shop: Shop, crowd: Sequence[Buyer]) -> dict[str, float]:
    """The flow alone, batch after batch, in this process."""
    batches = [_wishes(shop, crowd, n) for n in range(WARM + BATCHES)]
    with _counted() as counted:
        for n, batch in enumerate(batches):
            if n == WARM:
                counted.clear()
                started, postgres = time.process_time(), cpu_of_postgres(shop)
            answers = await _placed(shop, batch)
            assert not [each for each in answers if isinstance(each, Refusal)]
    orders = BATCH * BATCHES
    mine = time.process_time() - started
    return {
        "flow_us": _us(mine - counted["driver"], orders),
        "driver_us": _us(counted["driver"], orders),
        "postgres_us": _us(cpu_of_postgres(shop) - postgres, orders),
        "statements": counted["statements"] / BATCHES,
    }


def _wishes(shop: Shop, crowd: Sequence[Buyer], n: int) -> list[PlaceOrder]:
    first = n * BATCH % len(crowd)
    return [
        PlaceOrder(
            new_id(),
            Request(buyer.person_id, fingerprint("asked")),
            ((shop.sku_id, 1),),
            buyer.address_id,
            "",
            total_fen(shop),
            AskedSource(),
        )
        for buyer in crowd[first : first + BATCH]
    ]


async def _placed(shop: Shop, batch: Sequence[PlaceOrder]) -> list[PlacedOrder | Refusal]:
    return await shop.db.run(lambda tx: place_orders(tx, batch, clock.now()))


async def _outside(shop: Shop, crowd: list[Buyer]) -> dict[str, float]:
    """The same by HTTP, from 128 connections: what the whole web process took for an order."""
    async with web_process(shop.settings) as web:
        process, postgres = psutil.Process(web.pid), cpu_of_postgres(shop)
        before = sum(process.cpu_times()[:2])
        found = await driven(shop, crowd, BATCH)
        took = sum(process.cpu_times()[:2]) - before
        orders = found["statuses"]["201"]
        return {
            "web_us": _us(took, orders),
            "postgres_us": _us(cpu_of_postgres(shop) - postgres, orders),
            "per_second": found["per_second"],
        }


@contextmanager
def _counted() -> Iterator[Counter[str]]:
    """CPU seconds and number of the statements sent while it is open."""
    counted: Counter[str] = Counter()
    plain = Tx.fetch

    async def fetch(self: Tx, sql: str, *args: Any) -> list[dict[str, Any]]:
        started = time.process_time()
        found = await plain(self, sql, *args)
        counted["driver"] += time.process_time() - started  # type: ignore[assignment]
        counted["statements"] += 1
        return found

    Tx.fetch = fetch  # type: ignore[method-assign]
    try:
        yield counted
    finally:
        Tx.fetch = plain  # type: ignore[method-assign]


def _us(seconds: float, orders: int) -> float:
    return round(seconds / orders * 1e6, 1)


if __name__ == "__main__":
    asyncio.run(main())
