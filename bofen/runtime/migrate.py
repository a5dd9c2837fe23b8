"""Brings a database to this version's shape."""

import asyncio
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import bofen
from bofen.kit.db import Model
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine


def upgrade(url: str) -> None:
    for module in walk_packages(bofen.__path__, "bofen."):
        if module.name.endswith(".models"):
            import_module(module.name)
    asyncio.run(_create(url))


async def _create(url: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as c:
        await c.run_sync(Model.metadata.create_all)
        raw = (await c.get_raw_connection()).driver_connection
        for sql in sorted(Path("migrations/sql").glob("*.sql")):
            await raw.execute(sql.read_text())
    await engine.dispose()
