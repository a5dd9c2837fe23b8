"""Pictures by their key, the clients' own files, and short links."""

import re
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from typing_extensions import override

from bofen.kit.errors import NotFound
from bofen.web.deps import Db, Svc

router = APIRouter(include_in_schema=False)

_KEY = re.compile(r"[a-z0-9][a-z0-9/_-]{0,120}\.(webp|png|jpg)")
_TOKEN = re.compile(r"[0-9A-Za-z]{1,12}")
_TYPES = {"webp": "image/webp", "png": "image/png", "jpg": "image/jpeg"}


@router.get("/healthz")
async def health(db: Db) -> dict[str, str]:
    """Whether this process reaches its database."""
    async with db.transaction() as tx:
        await tx.fetch("SELECT 1")
    return {"status": "ok"}


@router.get("/files/{key:path}")
async def stored_file(key: str, svc: Svc) -> Response:
    """A stored picture, for ever the same under its key."""
    found = _KEY.fullmatch(key)
    if not found:
        raise NotFound("file")
    return Response(
        await svc.storage.get(key),
        media_type=_TYPES[found[1]],
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


@router.get("/s/{token}")
async def short_link(token: str) -> RedirectResponse:
    """Opens what somebody shared. The client asks `/shares/{token}` where that is, and goes there.

    An unknown link still opens the shop.
    """
    share = f"?share={token}" if _TOKEN.fullmatch(token) else ""
    return RedirectResponse(f"/#/{share}", status_code=302)


class _Client(StaticFiles):
    """A built client. Its entry page is always fresh; its hashed files are kept for ever."""

    @override
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        is_hashed = path.startswith("assets/")
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if is_hashed else "no-cache"
        )
        return response


_NO_CLIENT = "The client is not built here. `make setup` builds it; the API is at /api/buyer/docs."


def mount_clients(app: FastAPI, shop: Path | None, console: Path | None) -> None:
    """Serve the built clients; without them the API still works and the page says what to do."""
    for path, name, folder in (("/console", "console", console), ("/", "shop", shop)):
        if folder and (folder / "index.html").is_file():
            app.mount(path, _Client(directory=folder, html=True), name=name)
        else:
            app.add_api_route(path, _not_built, include_in_schema=False)


async def _not_built(_: Request) -> Response:
    return Response(_NO_CLIENT, status_code=503, media_type="text/plain")
