"""A web port for a test: real connections, on the loopback."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import cast

import uvicorn
from starlette.types import ASGIApp

from bofen.runtime import ports


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
