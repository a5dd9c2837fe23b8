"""The sandbox on real ports, and a shop beside it that knows it by address and keys only."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import httpx
import pytest_asyncio
import uvicorn

from bofen.flows.services import Services
from bofen.identity import service as identity
from bofen.identity.rules import Role
from bofen.identity.service import StaffDraft
from bofen.kit import clock
from bofen.kit.ids import short_token
from bofen.kit.settings import Settings
from bofen.runtime.environment import completed
from bofen.runtime.home import Home
from bofen.runtime.services import open_services
from bofen.sandbox.serve import serve
from bofen.web.app import create_app
from tests.conftest import running_postgres
from tests.flows.trade_given import a_sku
from tests.journeys.people import Caller, address_of, places
from tests.journeys.people import buyer as signed_in
from tests.journeys.system import free_ports

T = TypeVar("T")


@dataclass(frozen=True)
class Beside:
    """A shop and the providers beside it, each reached as others reach them."""

    services: Services
    http: httpx.AsyncClient
    page: str
    offset: Path

    async def state(self) -> dict[str, Any]:
        """What the providers know."""
        return dict((await self.http.get(f"{self.page}/state")).json())

    async def fault(self, target: str, kind: str, times: int = 1) -> None:
        asked = {"target": target, "kind": kind, "times": times}
        answer = await self.http.post(f"{self.page}/faults", json=asked)
        assert answer.status_code == 200

    def move_clock(self, seconds: int) -> None:
        """For the shop and for the providers alike."""
        self.offset.write_text(str(seconds))

    async def owner(self) -> Caller:
        at = clock.now()
        async with self.services.db.transaction() as tx:
            draft = StaffDraft(short_token(8).lower(), "店主", Role.owner)
            staff_id = await identity.hire(tx, draft, "!", at)
            token = await identity.open_session(tx, staff_id=staff_id, at=at)
        return Caller(self.http, "merchant", token)

    async def order(self, quantity: int = 1) -> tuple[Caller, UUID, UUID]:
        """A buyer, his unpaid order, and its SKU of which a hundred were there."""
        buyer = await signed_in(self.http, f"o{short_token(12)}")
        sku = await a_sku(self.services.db)
        lines = [{"sku_id": str(sku.id), "quantity": quantity}]
        order_id = await places(buyer, lines, await address_of(buyer), {})
        return buyer, order_id, sku.id

    async def pays(self, buyer: Caller, order_id: UUID) -> str:
        """Opens the cashier and pays; the payment's number."""
        sheet = (await buyer.ask("POST", f"/orders/{order_id}/payment"))["pay_sheet"]
        await self.http.post(f"{self.page}/pay", json={"pay_sheet": sheet})
        return str((await buyer.ask("GET", f"/orders/{order_id}"))["order_no"])

    async def stock(self, sku_id: UUID) -> tuple[int, int]:
        """On hand, and held."""
        async with self.services.db.transaction() as tx:
            rows = await tx.fetch(
                "SELECT on_hand, held FROM inventory_stock WHERE sku_id = $1", sku_id
            )
        return rows[0]["on_hand"], rows[0]["held"]

    async def notices(self, number: int) -> list[dict[str, Any]]:
        """The deliveries that were tried, newest first, once there are as many."""

        async def delivered() -> list[dict[str, Any]]:
            log = (await self.state())["log"]
            return [entry for entry in log if entry["what"].startswith("notice")]

        return await until(delivered, lambda found: len(found) >= number)


async def until(ask: Callable[[], Awaitable[T]], is_so: Callable[[T], bool]) -> T:
    async with asyncio.timeout(15):
        while not is_so(said := await ask()):
            await asyncio.sleep(0.02)
    return said


async def shown(buyer: Caller, order_id: UUID, expected: str) -> dict[str, Any]:
    """The order, once its buyer is shown this state."""
    return dict(
        await until(
            lambda: buyer.ask("GET", f"/orders/{order_id}"),
            lambda order: order["shown"] == expected,
        )
    )


@pytest_asyncio.fixture(loop_scope="session")
async def beside(tmp_path: Path) -> AsyncIterator[Beside]:
    first = free_ports(5)
    postgres = running_postgres()
    database = f"beside_{short_token(10).lower()}"
    await postgres.make_database(database, template="bofen_template")
    home = Home(tmp_path)
    asked = Settings(home=home.folder, port=first, sandbox_port=first + 1)
    settings = completed(asked, home, postgres.url(database))
    clock.follow(tmp_path / "offset")
    async with contextlib.AsyncExitStack() as stack:
        stack.callback(clock.follow, None)
        services = await stack.enter_async_context(open_services(settings))
        http = await stack.enter_async_context(
            httpx.AsyncClient(base_url=settings.shop_url, trust_env=False, timeout=20)
        )
        web = uvicorn.Server(
            uvicorn.Config(create_app(services), port=first, log_level="error", access_log=False)
        )
        sandbox = asyncio.create_task(serve(settings))
        serving = asyncio.create_task(web.serve())
        page = f"http://127.0.0.1:{first + 4}"
        try:
            await until(lambda: _answers(http, f"{page}/state"), bool)
            await until(lambda: _answers(http, "/healthz"), bool)
            yield Beside(services, http, page, tmp_path / "offset")
        finally:
            web.should_exit = True
            await serving
            sandbox.cancel()
            await asyncio.gather(sandbox, return_exceptions=True)


async def _answers(http: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await http.get(url)).status_code < 500
    except httpx.TransportError:
        return False
