"""Pictures by their key, the clients' own files, and short links."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from typing_extensions import override

from bofen.kit.errors import NotFound
from bofen.kit.settings import Settings
from bofen.web.deps import Db, Svc

router = APIRouter(include_in_schema=False)

_KEY = re.compile(r"(?=.{1,130}$)[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*)*\.(webp|png|jpg)")
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


def content_policy(settings: Settings) -> str:
    """What pages of ours may load (Content Security Policy 3): ourselves, rooms and live media.

    Players make media of `blob:` and work in workers; uni-app lays the shop's pages out by inline
    styles. No code is made of text: what the FLV player had of it is taken out when the shop is
    built. The journeys listen for whatever a page asks against this.
    """
    rooms, media = (_origin(url) for url in (settings.rooms_url, settings.media_url))
    sockets = "ws" + media.removeprefix("http") if media else ""
    others = [_origin(url) for url in settings.cdn_urls]
    sandbox = settings.sandbox_page_url or ""
    policy: dict[str, list[str]] = {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:", *others],
        "font-src": ["'self'", "data:"],
        "media-src": ["'self'", "blob:", media, *others],
        "connect-src": ["'self'", rooms, media, sockets, sandbox, *others],
        "worker-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(
        f"{name} {' '.join(filter(None, sources))}" for name, sources in policy.items()
    )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


class _Client(StaticFiles):
    """A built client. Its entry page is always fresh; its hashed files are kept for ever."""

    def __init__(self, folder: Path, policy: str) -> None:
        super().__init__(directory=folder, html=True)
        self._policy = policy

    @override
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if isinstance(response, RedirectResponse):  # a folder, by the Host that was named
            raise HTTPException(404)
        is_hashed = path.startswith("assets/")
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if is_hashed else "no-cache"
        )
        if response.headers.get("content-type", "").startswith("text/html"):
            response.headers["Content-Security-Policy"] = self._policy
        return response


_NO_CLIENT = "The client is not built here. `make setup` builds it; the API is at /api/buyer/docs."


def mount_clients(
    app: FastAPI, settings: Settings, shop: Path | None, console: Path | None
) -> None:
    """Serve the built clients; without them the API still works and the page says what to do."""
    policy = content_policy(settings)
    for path, name, folder in (("/console", "console", console), ("/", "shop", shop)):
        if folder and (folder / "index.html").is_file():
            if path != "/":
                app.add_api_route(path, _with_slash(path), include_in_schema=False)
            app.mount(path, _Client(folder, policy), name=name)
        else:
            app.add_api_route(path, _not_built, include_in_schema=False)


def _with_slash(path: str) -> Callable[[], Awaitable[Response]]:
    async def redirect() -> Response:
        return RedirectResponse(f"{path}/", status_code=307)

    return redirect


async def _not_built(_: Request) -> Response:
    return Response(_NO_CLIENT, status_code=503, media_type="text/plain")
