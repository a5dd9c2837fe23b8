"""CPU of one request at the doors a crowd uses, in µs: web process and PostgreSQL. Prints JSON.

    python -m bench.door_cost [rounds] [doors…]

The doors are asked in turn, round after round, from 128 connections; each figure is the median of
the rounds. CPU seconds, not wall: a busy neighbour changes them little. `ratio` is to `BEFORE_US`,
put on this machine's scale by `bench/core_speed.py`.
"""

import asyncio
import json
import statistics
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, repeat
from uuid import UUID

import psutil

from bench import core_speed
from bench.shop import (
    ON_HAND,
    PRICE,
    Buyer,
    Shop,
    buyers,
    cpu_of_postgres,
    driving,
    measured_shop,
    web_process,
)
from bofen.catalog import service as catalog
from bofen.catalog.rules import Option, ProductDraft, SkuDraft
from bofen.flows.edit_products import create_product
from bofen.identity.rules import Role, StaffMember
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.kit.ids import new_id
from bofen.live import service as live
from bofen.live import shelf
from bofen.live.service import RoomDraft, SessionDraft
from bofen.reports import browse

CONNECTIONS = 128
REQUESTS = 2_000
WARM = 300
PRODUCTS = 60
ROOMS = 6
ON_SHELF = 10
PICTURE = "pictures/0123456789abcdef0123456789abcdef.webp"

BEFORE_SPEED = 13.5
"""Million rounds a second of the core on which `BEFORE_US` was measured."""
BEFORE_US = {
    "hall": 2_830,
    "product": 1_210,
    "products": 2_450,
    "room": 415,
    "danmaku": 640,
    "room while people talk": 580,
}
"""Web process and PostgreSQL together, in the last version that built each answer anew."""


@dataclass(frozen=True)
class Filled:
    """What stands in the addresses."""

    product_id: UUID
    room_id: UUID


async def main(rounds: int, names: list[str]) -> None:
    async with measured_shop() as shop:
        async with shop.db.transaction() as tx:
            filled = await _fill(tx)
        crowd = await buyers(shop.db, REQUESTS)
        async with web_process(shop.settings) as web:
            doors = _doors(filled, crowd)
            doors = {name: doors[name] for name in names or doors}
            for requests in doors.values():
                await driving(shop, islice(requests, WARM), CONNECTIONS, 60)
            found, speeds = [], []
            for _ in range(rounds):
                speeds.append(core_speed.measured())
                found.append({name: await _cost(shop, web.pid, doors[name]) for name in doors})
    speed = statistics.median(speeds)
    print(json.dumps({name: _row(name, [each[name] for each in found], speed) for name in doors}))


def _doors(filled: Filled, crowd: list[Buyer]) -> dict[str, Iterator[bytes]]:
    """Requests without end; each danmaku is of another buyer than the one before."""
    api = "/api/buyer"
    return {
        "hall": repeat(_get(f"{api}/hall")),
        "product": repeat(_get(f"{api}/products/{filled.product_id}")),
        "products": repeat(_get(f"{api}/products?sort=sales")),
        "room": repeat(_get(f"{api}/rooms/{filled.room_id}")),
        "danmaku": _danmaku(f"{api}/rooms/{filled.room_id}/messages", crowd),
        "room while people talk": _talk(
            _get(f"{api}/rooms/{filled.room_id}"),
            _danmaku(f"{api}/rooms/{filled.room_id}/messages", crowd),
        ),
    }


def _talk(entering: bytes, danmaku: Iterable[bytes]) -> Iterator[bytes]:
    """Nine people come in for each that says something, which every snapshot must hold."""
    for said in danmaku:
        yield from repeat(entering, 9)
        yield said


def _get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


def _danmaku(path: str, crowd: Iterable[Buyer]) -> Iterator[bytes]:
    for buyer in chain.from_iterable(repeat(crowd)):
        body = json.dumps({"text": "好看，有没有 M 码？", "media_time_ms": 60_000}).encode()
        head = (
            f"PUT {path}/{new_id()} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: Bearer {buyer.token}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        yield head.encode() + body


async def _cost(shop: Shop, web_pid: int, requests: Iterator[bytes]) -> dict[str, float]:
    """µs of CPU of one of so many requests, in the web process and in PostgreSQL."""
    web = psutil.Process(web_pid)
    before, postgres_before = sum(web.cpu_times()[:2]), cpu_of_postgres(shop)
    seen = await driving(shop, islice(requests, REQUESTS), CONNECTIONS, 60)
    web_s, postgres_s = sum(web.cpu_times()[:2]) - before, cpu_of_postgres(shop) - postgres_before
    assert sum(seen["statuses"].values()) == REQUESTS, seen
    assert set(seen["statuses"]) <= {"200", "201"}, seen
    return {"web_us": web_s / REQUESTS * 1e6, "postgres_us": postgres_s / REQUESTS * 1e6}


def _row(name: str, found: list[dict[str, float]], speed: float) -> dict[str, float]:
    """Medians, and how often the cost of before goes into the cost of now."""
    web, postgres = (
        statistics.median(each[part] for each in found) for part in ("web_us", "postgres_us")
    )
    before = BEFORE_US[name] * BEFORE_SPEED / speed
    return {
        "web_us": round(web),
        "postgres_us": round(postgres),
        "per_cpu_second": round(1e6 / (web + postgres)),
        "ratio": round(before / (web + postgres), 1),
    }


async def _fill(tx: Tx) -> Filled:
    """Products of three SKUs and rooms; the first room is on air and has a shelf and a pin."""
    at = clock.now()
    staff = await tx.fetch("SELECT id FROM identity_staff")
    by = StaffMember(staff[0]["id"], "bench", Role.owner)
    categories = await tx.fetch("SELECT id FROM catalog_category")
    product_ids = [await _product(tx, n, categories[0]["id"], by) for n in range(PRODUCTS)]
    for n in range(ROOMS):
        room = await live.open_room(tx, RoomDraft(f"晚间专场 {n}", "小满", PICTURE), by, at)
        plan = SessionDraft("专场", at, "embedded")
        session, _ = await live.schedule(tx, room.id, plan, by, at)
    cards = await browse.listed_cards(tx, product_ids[:ON_SHELF])
    await live.go_on_air(tx, await live.lock_session(tx, session.id), "bench", at)
    await shelf.arrange(tx, room.id, [cards[each] for each in product_ids[:ON_SHELF]], by, at)
    return Filled(product_ids[0], room.id)


async def _product(tx: Tx, n: int, category_id: UUID, by: StaffMember) -> UUID:
    sizes = ("S", "M", "L")
    draft = ProductDraft(
        title=f"圆领 T 恤 {n}", subtitle="纯棉", category_id=category_id, brand="lumi",
        tags=("包邮",), pictures=(PICTURE,), detail_html=f"<p>{'好' * 400}</p>",
        options=(Option("尺码", sizes),), skus=tuple(SkuDraft({"尺码": s}, PRICE) for s in sizes),
    )  # fmt: skip
    at = clock.now()
    product_id = await create_product(tx, draft, [ON_HAND] * len(sizes), by, at)
    await catalog.list_product(tx, product_id, by, at)
    return product_id


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3, sys.argv[2:]))
