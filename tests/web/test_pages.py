"""Pages that are kept for a moment are read once for a crowd and never show what was before."""

import asyncio
import dataclasses
from collections.abc import Collection
from typing import Any
from uuid import UUID

import httpx
import pytest

from bofen.kit.bus import RedisBus
from bofen.kit.db import Tx
from bofen.live.changes import ProductCard
from bofen.reports import browse
from bofen.web.app import create_app
from bofen.web.pages import FRESH_S
from tests.redis_server import running_redis
from tests.statements import counted
from tests.web.conftest import Shop
from tests.web.test_room_products import run_jobs, sells, stocked
from tests.web.test_rooms import Room, a_plan, a_room

HALL, LIST = "/api/buyer/hall", "/api/buyer/products?sort=new"
CROWD = 40


class Clock:
    """Time as the pages know it: it passes when a test says so."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Nothing that is kept grows old by itself."""
    still = Clock()
    monkeypatch.setattr("bofen.web.pages.time", still)
    return still


async def _shown(client: httpx.AsyncClient, product_id: str, room_id: str) -> dict[str, Any]:
    """The product as each page shows it; None: not at all."""
    product, room = f"/api/buyer/products/{product_id}", f"/api/buyer/rooms/{room_id}"
    pages = {path: (await client.get(path)).json() for path in (HALL, LIST, product, room)}
    lists = {
        "hall": pages[HALL]["featured"],
        "list": pages[LIST]["items"],
        "shelf": pages[room]["shelf"],
    }
    cards = {
        name: next((card for card in cards if card["id"] == product_id), None)
        for name, cards in lists.items()
    }
    return cards | {"product": None if "code" in pages[product] else pages[product]}


async def _sold_in_a_room(shop: Shop) -> tuple[dict[str, Any], Room]:
    product, room = await shop.product(), Room(await a_room(shop), "", shop)
    async with shop.services.db.transaction() as tx:  # So that the hall features it.
        await tx.fetch(
            "UPDATE catalog_product SET sold_count = 1000000 WHERE id = $1", product["id"]
        )
    await sells(room, await shop.staff(), product["id"])
    await run_jobs(shop)
    return product, room


async def _dearer(shop: Shop, product: dict[str, Any], price_fen: int) -> None:
    body = await shop.product_body(category_id=product["category_id"])
    for sku in body["skus"]:
        sku["price_fen"] = price_fen
    url = f"/api/merchant/products/{product['id']}"
    owner = await shop.staff()
    edited = await shop.client.put(url, json=body | {"version": product["version"]}, headers=owner)
    assert edited.status_code == 200, edited.text


def _prices(shown: dict[str, Any]) -> dict[str, int]:
    return {name: each.get("price_fen", each.get("price_min_fen")) for name, each in shown.items()}


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("name", ["hall", "list", "product", "room"])
async def test_a_crowd_at_a_cold_page_is_one_reading(own_shop: Shop, name: str) -> None:
    shop, taken = own_shop, []
    for visitors in (1, CROWD):
        product, room = await _sold_in_a_room(shop)
        path = {
            "hall": HALL,
            "list": LIST,
            "product": f"/api/buyer/products/{product['id']}",
            "room": f"/api/buyer/rooms/{room.id}",
        }[name]
        with counted(shop.services.db) as statements:
            answers = await asyncio.gather(*(shop.client.get(path) for _ in range(visitors)))
        assert len({answer.content for answer in answers}) == 1
        taken.append(len(statements))

    assert taken[1] == taken[0] > 0


@pytest.mark.usefixtures("clock")
async def test_a_price_that_was_told_is_in_every_answer_from_then_on(own_shop: Shop) -> None:
    shop = own_shop
    product, room = await _sold_in_a_room(shop)
    assert set(_prices(await _shown(shop.client, product["id"], room.id)).values()) == {9990}

    await _dearer(shop, product, 12_300)
    await run_jobs(shop)

    assert set(_prices(await _shown(shop.client, product["id"], room.id)).values()) == {12_300}


@pytest.mark.usefixtures("clock")
async def test_sold_out_back_and_gone_are_in_every_answer_once_told(own_shop: Shop) -> None:
    shop = own_shop
    staff = await shop.staff()
    product, room = await _sold_in_a_room(shop)
    await _shown(shop.client, product["id"], room.id)

    nothing = [{"sku_id": sku["id"], "quantity": 0} for sku in product["skus"]]
    await stocked(shop, staff, "takes", lines=nothing)
    await run_jobs(shop)
    sold_out = await _shown(shop.client, product["id"], room.id)
    await stocked(shop, staff, "takes", lines=[nothing[0] | {"quantity": 3}])
    await run_jobs(shop)
    back = await _shown(shop.client, product["id"], room.id)
    delisted = f"/api/merchant/products/{product['id']}/delist"
    assert (await shop.client.post(delisted, headers=staff)).status_code == 200
    await run_jobs(shop)
    gone = await _shown(shop.client, product["id"], room.id)

    assert sold_out["hall"] is None
    assert sold_out["list"] is None
    assert sold_out["shelf"]["is_sold_out"]
    assert [sku["available"] for sku in sold_out["product"]["skus"]] == [0, 0]
    assert not back["hall"]["is_sold_out"]
    assert not back["list"]["is_sold_out"]
    assert not back["shelf"]["is_sold_out"]
    assert [sku["available"] for sku in back["product"]["skus"]] == [3, 0]
    assert gone == {"hall": None, "list": None, "shelf": None, "product": None}


async def test_what_nobody_told_is_shown_after_a_second_and_not_before(
    own_shop: Shop, clock: Clock
) -> None:
    """A worker that is behind, or a bus that lost the word."""
    shop = own_shop
    product, room = await _sold_in_a_room(shop)
    before = await _shown(shop.client, product["id"], room.id)
    await _dearer(shop, product, 12_300)

    clock.now += FRESH_S - 0.01
    kept = await _shown(shop.client, product["id"], room.id)
    clock.now += 0.01
    now = await _shown(shop.client, product["id"], room.id)

    assert kept == before
    assert set(_prices(now).values()) == {12_300}
    assert FRESH_S <= 1


@pytest.mark.usefixtures("clock")
async def test_a_broadcast_that_is_planned_is_in_the_hall_and_talk_leaves_the_hall_alone(
    shop: Shop,
) -> None:
    await shop.client.get(HALL)
    room = Room(await a_room(shop), "", shop)
    await a_plan(shop, room.id)
    hall = (await shop.client.get(HALL)).json()
    await room.snapshot()

    assert (await room.say(await shop.buyer(), "来了")).status_code == 201
    with counted(shop.services.db) as statements:
        await shop.client.get(HALL)

    assert room.id in {card["id"] for card in hall["upcoming"]}
    assert statements == []
    assert [message["text"] for message in (await room.snapshot())["messages"]] == ["来了"]


@pytest.mark.usefixtures("clock")
async def test_what_somebody_looks_for_is_not_kept(shop: Shop) -> None:
    for _ in range(2):
        with counted(shop.services.db) as statements:
            assert (await shop.client.get("/api/buyer/products?q=T恤")).status_code == 200
        assert statements


@pytest.mark.usefixtures("clock")
async def test_a_change_in_one_process_is_seen_in_the_pages_of_another(own_shop: Shop) -> None:
    """Joined by a real Redis; here nothing grows old, so only its word can renew a page."""
    shop = own_shop
    product, room = await _sold_in_a_room(shop)
    async with running_redis() as redis:
        here, there = RedisBus(redis.url), RedisBus(redis.url)
        app = create_app(dataclasses.replace(shop.services, bus=there))
        await there.start()
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
            before = await _shown(client, product["id"], room.id)
            await _dearer(shop, product, 12_300)
            assert await _shown(client, product["id"], room.id) == before

            await run_jobs(
                dataclasses.replace(shop, services=dataclasses.replace(shop.services, bus=here))
            )

            async with asyncio.timeout(10):
                while set(_prices(await _shown(client, product["id"], room.id)).values()) != {
                    12_300
                }:
                    await asyncio.sleep(0.02)
        for bus in (here, there):
            await bus.close()


async def test_a_message_that_comes_while_a_snapshot_is_read_stands_there_once(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the change that follows: in the snapshot as well, viewers would read it twice."""
    room = Room(await a_room(shop), "", shop)
    buyer = await shop.buyer()
    cards = browse.listed_cards

    async def meanwhile(tx: Tx, product_ids: Collection[UUID]) -> dict[UUID, ProductCard]:
        assert (await room.say(buyer, "插一句")).status_code == 201
        return await cards(tx, product_ids)

    monkeypatch.setattr(browse, "listed_cards", meanwhile)
    before = await room.snapshot()
    monkeypatch.setattr(browse, "listed_cards", cards)
    after = await room.snapshot()

    assert (before["seq"], before["messages"]) == (0, [])
    assert (after["seq"], [message["seq"] for message in after["messages"]]) == (1, [1])
