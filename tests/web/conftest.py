"""A whole shop in one process, reached through its HTTP edge."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

import httpx
import pytest_asyncio
from fastapi import FastAPI
from pydantic import SecretStr

from bofen.flows.services import Services
from bofen.gateways.streams import embedded
from bofen.gateways.streams.providers import StreamProviders
from bofen.gateways.wechat.protocol import WeChatIdentity
from bofen.identity import service as identity
from bofen.identity.rules import Role
from bofen.identity.service import StaffDraft
from bofen.kit import clock
from bofen.kit.bus import MemoryBus
from bofen.kit.crypto import Vault
from bofen.kit.db import Database
from bofen.kit.ids import new_id, short_token
from bofen.kit.limits import MemoryLimiter
from bofen.kit.settings import Settings
from bofen.web.app import create_app
from tests.outside import (
    APPID,
    MemoryCourier,
    MemoryEngine,
    MemorySms,
    MemoryStorage,
    MemoryWeChat,
    WordList,
)

PICTURE = "pictures/0123456789abcdef0123456789abcdef.webp"
Headers = dict[str, str]


@dataclass
class Shop:
    """The shop, and how a test becomes somebody in it."""

    app: FastAPI
    services: Services
    client: httpx.AsyncClient
    storage: MemoryStorage
    sms: MemorySms
    courier: MemoryCourier
    engine: MemoryEngine

    async def buyer(self, openid: str | None = None) -> Headers:
        _, token = await self.person(openid)
        return {"Authorization": f"Bearer {token}"}

    async def person(self, openid: str | None = None) -> tuple[UUID, str]:
        at = clock.now()
        async with self.services.db.transaction() as tx:
            person = await identity.person_of_wechat(
                tx, WeChatIdentity(APPID, openid or f"o{short_token(20)}"), at
            )
            return person.id, await identity.open_session(tx, person_id=person.id, at=at)

    async def staff(self, role: Role = Role.owner) -> Headers:
        at = clock.now()
        async with self.services.db.transaction() as tx:
            draft = StaffDraft(f"{role.value}-{short_token(8).lower()}", "小店员", role)
            staff_id = await identity.hire(tx, draft, "!", at)
            token = await identity.open_session(tx, staff_id=staff_id, at=at)
        return {"Authorization": f"Bearer {token}"}

    async def category(self) -> str:
        owner = await self.staff()
        body = {"name": f"类{short_token(8)}"}
        answer = await self.client.post("/api/merchant/categories", json=body, headers=owner)
        assert answer.status_code == 201, answer.text
        return cast("str", answer.json()["id"])

    async def product(self, *, is_listed: bool = True, **changes: Any) -> dict[str, Any]:
        owner = await self.staff()
        body = await self.product_body(**changes)
        answer = await self.client.post("/api/merchant/products", json=body, headers=owner)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        if is_listed:
            listed = await self.client.post(
                f"/api/merchant/products/{made['id']}/list", headers=owner
            )
            assert listed.status_code == 200, listed.text
            made = listed.json()
        return made

    async def product_body(self, **changes: Any) -> dict[str, Any]:
        sizes = ["S", "M"]
        return {
            "title": f"圆领T恤 {short_token(10)}",
            "category_id": changes.pop("category_id", None) or await self.category(),
            "pictures": [PICTURE],
            "detail_html": "<p>棉</p>",
            "options": [{"name": "尺码", "values": sizes}],
            "skus": [
                {"options": {"尺码": size}, "price_fen": 9990 + i * 1000, "stock": 5}
                for i, size in enumerate(sizes)
            ],
        } | changes


@pytest_asyncio.fixture
async def shop(db: Database) -> AsyncIterator[Shop]:
    async with shop_on(db) as opened:
        yield opened


@pytest_asyncio.fixture
async def own_shop(own: Database) -> AsyncIterator[Shop]:
    """A shop whose settings a test may change."""
    async with shop_on(own) as opened:
        yield opened


@asynccontextmanager
async def shop_on(db: Database) -> AsyncIterator[Shop]:
    """A whole shop on this database."""
    storage, sms, courier = MemoryStorage(), MemorySms(), MemoryCourier()
    engine = MemoryEngine()
    storage.files[PICTURE] = b"RIFF"
    services = Services(
        settings=Settings(
            public_url="http://shop.test", wechat_appid=APPID, media_secret=SecretStr("m" * 40)
        ),
        db=db,
        bus=MemoryBus(),
        limiter=MemoryLimiter(),
        vault=Vault(b"k" * 32),
        storage=storage,
        wechat=MemoryWeChat(),
        payments={},
        transfers={},
        courier=courier,
        streams=StreamProviders({embedded.NAME: engine}, embedded.NAME),
        words=WordList(),
        sms=sms,
    )
    app = create_app(services)
    transport = httpx.ASGITransport(app, client=(f"192.0.2.{new_id().int % 250}", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        yield Shop(app, services, client, storage, sms, courier, engine)
