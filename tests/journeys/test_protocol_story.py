"""The whole story by the real protocols, without a page: what every client relies on."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest_asyncio

from bofen.kit.ids import new_id
from tests.journeys.people import Caller, address_of, buyer, pays, places, staff
from tests.journeys.system import ROOT, System

DAY = 86_400


@pytest_asyncio.fixture(loop_scope="session")
async def http(system: System) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=system.url, trust_env=False, timeout=20) as client:
        yield client


async def until(
    ask: Callable[[], Awaitable[Any]], is_so: Callable[[Any], bool], seconds: float = 30
) -> Any:
    """What `ask` says once it is so."""
    said = None
    async with asyncio.timeout(seconds):
        while True:
            said = await ask()
            if is_so(said):
                return said
            await asyncio.sleep(0.2)


async def test_a_sale_through_an_affiliate_is_paid_to_the_fen(
    system: System, http: httpx.AsyncClient
) -> None:
    affiliate = (await buyer(http, "sandbox-2")).speaking_to("affiliate")
    customer = await buyer(http, f"customer-{new_id().hex[:8]}")
    owner = await staff(http, "owner")
    shirt = (await customer.ask("GET", "/products?q=T%20恤"))["items"][0]
    product = await customer.ask("GET", f"/products/{shirt['id']}")
    sku = product["skus"][0]

    link = await affiliate.ask(
        "POST", "/links", {"target": {"kind": "product", "id": product["id"]}}
    )
    await customer.ask("POST", "/bindings", {"share": link["token"]})
    address = await address_of(customer)
    lines = [{"sku_id": sku["id"], "quantity": 3}]
    order_id = await places(customer, lines, address, {"share": link["token"]})
    await pays(customer, order_id, system)

    def order() -> Awaitable[Any]:
        return customer.ask("GET", f"/orders/{order_id}")

    await until(order, lambda o: o["shown"] == "paid")
    paid_fen = 3 * sku["price_fen"]
    commission = paid_fen // 10
    overview = await affiliate.ask("GET", "/overview")
    assert overview["balance"]["expected_fen"] + overview["balance"]["frozen_fen"] >= commission

    await _ships(owner, order_id, http, system)
    await until(order, lambda o: o["shown"] == "signed")
    trail = await customer.ask("GET", f"/orders/{order_id}/tracking")
    assert len(trail["shipments"][0]["traces"]) == 4
    await customer.ask("POST", f"/orders/{order_id}/confirm")

    await _returns_one(customer, owner, order_id)
    done = await until(order, lambda o: o["lines"][0]["refunded_quantity"] == 1)
    assert done["refunded_fen"] == sku["price_fen"]

    await system.has_past()
    system.move_clock(8 * DAY)
    earned = (paid_fen - sku["price_fen"]) // 10
    balance = await until(
        lambda: affiliate.ask("GET", "/overview"),
        lambda o: o["balance"]["available_fen"] >= earned,
        40,
    )
    await _withdraws(affiliate, balance["balance"]["available_fen"], http, system)
    await _verifies(system)


async def _ships(owner: Caller, order_id: Any, http: httpx.AsyncClient, system: System) -> None:
    await owner.ask("POST", f"/orders/{order_id}/confirm")
    number = f"YT{new_id().int % 10**12:012d}"
    parcel = {"carrier": "yuantong", "tracking_no": number}
    await owner.ask("POST", f"/orders/{order_id}/shipments", parcel)

    async def is_subscribed() -> Any:
        return (await http.get(f"{system.sandbox_url}/state")).json()["parcels"].get(number)

    await until(is_subscribed, bool)
    for _ in range(4):
        answer = await http.post(f"{system.sandbox_url}/tracks/{number}/next", json={})
        assert answer.status_code == 200


async def _returns_one(customer: Caller, owner: Caller, order_id: Any) -> None:
    after_sale_id = new_id()
    asked = {
        "order_id": str(order_id),
        "kind": "return_and_refund",
        "reason": "尺码不合适",
        "lines": [{"no": 1, "quantity": 1}],
    }
    await customer.ask("PUT", f"/after-sales/{after_sale_id}", asked)
    await owner.ask("POST", f"/after-sales/{after_sale_id}/approve")
    sent = {"carrier": "shunfeng", "tracking_no": "SF1234567890"}
    await customer.ask("POST", f"/after-sales/{after_sale_id}/return", sent)
    await owner.ask("POST", f"/after-sales/{after_sale_id}/received", {"is_restocked": True})


async def _withdraws(
    affiliate: Caller, amount_fen: int, http: httpx.AsyncClient, system: System
) -> None:
    withdrawal_id = new_id()
    await affiliate.ask("PUT", f"/withdrawals/{withdrawal_id}", {"amount_fen": amount_fen})

    async def mine() -> Any:
        items = (await affiliate.ask("GET", "/withdrawals"))["items"]
        return next(one for one in items if one["id"] == str(withdrawal_id))

    await until(mine, lambda one: one["status"] == "waiting_user")
    transfers = (await http.get(f"{system.sandbox_url}/state")).json()["transfers"]
    number = next(no for no, t in transfers.items() if t["state"] == "WAIT_USER_CONFIRM")
    await http.post(f"{system.sandbox_url}/transfers/{number}/confirm", json={})
    await until(mine, lambda one: one["status"] == "paid")
    balance = (await affiliate.ask("GET", "/overview"))["balance"]
    assert balance["available_fen"] == 0
    assert balance["withdrawn_fen"] >= amount_fen


async def _verifies(system: System) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bofen.cli", "verify"),
        env={**os.environ, "BOFEN_HOME": str(system.home), "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()
