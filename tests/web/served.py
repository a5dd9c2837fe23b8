"""A web port for a test: real connections, on the loopback."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Any, cast

import httpx
import pytest
import uvicorn
from starlette.types import ASGIApp

from bofen.kit.addresses import Doorman, Proxies
from bofen.runtime import ports
from bofen.web.crowd import CrowdConnection
from tests.web.conftest import Shop


@asynccontextmanager
async def served(app: ASGIApp, protocol: Callable[..., asyncio.Protocol]) -> AsyncIterator[int]:
    """The number of a port where `app` answers, each connection being met by a `protocol`."""
    kind = cast("type[asyncio.Protocol]", protocol)
    config = uvicorn.Config(
        app, http=kind, ws="none", lifespan="off", log_config=None, server_header=False
    )
    server = uvicorn.Server(config)
    listening = ports.listen("127.0.0.1", 0, "BOFEN_PORT")
    serving = asyncio.create_task(server._serve([listening]))
    try:
        yield int(listening.getsockname()[1])
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def at_a_port(shop: Shop) -> AsyncIterator[Shop]:
    """The shop behind the doors for a crowd, which stand at the connection."""
    doorman = Doorman(of_a_place_max=10, all_max=10)
    met_by = partial(CrowdConnection, shop.app.state.crowd, Proxies(()), doorman)
    async with (
        served(shop.app, met_by) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client,
    ):
        yield replace(shop, client=client)


def noted(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Grows with each request from now on: whether a door took it."""
    crowd, taken = shop.app.state.crowd, []
    answering = crowd.answering

    def asked(*request: Any) -> Any:
        taken.append((found := answering(*request)) is not None)
        return found

    monkeypatch.setattr(crowd, "answering", asked)
    return taken


def said(answer: httpx.Response) -> tuple[int, bytes, dict[str, Any]]:
    """All of an answer but its hour and its number, which are there."""
    headers = dict(answer.headers)
    assert headers.pop("date")
    headers["x-request-id"] = len(headers["x-request-id"])
    return answer.status_code, answer.content, headers
