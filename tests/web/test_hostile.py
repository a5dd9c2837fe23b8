"""What strangers send to see what breaks: nothing may, and every answer wears the same headers."""

import dataclasses
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from bofen.identity.rules import Role
from bofen.kit.errors import ProviderError
from bofen.kit.ids import new_id
from bofen.kit.settings import Settings
from bofen.runtime.environment import completed
from bofen.runtime.home import Home
from bofen.web.app import AUDIENCES, audience_app, create_app
from tests.flows.affiliates_given import a_link, an_affiliate
from tests.kit.test_settings import complete
from tests.web.conftest import Shop
from tests.web.test_rooms import a_room

GUARDED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
}


def _is_guarded(answer: httpx.Response) -> bool:
    return bool(answer.headers["x-request-id"]) and all(
        answer.headers[name] == value for name, value in GUARDED.items()
    )


@pytest.mark.parametrize(
    "path",
    [
        "/files/a//b.png",
        "/files//a.png",
        "/files/a/./b.png",
        "/files/..%2f..%2fsecrets.png",
        "/files/a/.png",
        "/files/" + "a" * 2000 + ".png",
        "/files/%ff%fe.png",
        "/files/a%0ab.png",
        "/s/%ff",
        "/console/%2e%2e/%2e%2e/etc/passwd",
        "/api/buyer/products/%ff",
        "/api/buyer/shares/" + "x" * 5000,
        "/api/buyer/%",
        "//evil.example/..",
    ],
)
async def test_an_odd_path_is_not_found_or_not_understood(shop: Shop, path: str) -> None:
    answer = await shop.client.get(path)

    assert answer.status_code in (302, 404, 422, 503), answer.text
    assert _is_guarded(answer)


@pytest.mark.parametrize("number", ["9223372036854775808", "-1", "0", "1e3", "9" * 5000, "１"])
async def test_a_number_in_an_address_is_bounded(shop: Shop, number: str) -> None:
    room_id, host = await a_room(shop), await shop.staff(Role.moderator)
    answer = await shop.client.post(
        f"/api/host/rooms/{room_id}/messages/{number}/retract", headers=host
    )

    assert answer.status_code in (404, 422), answer.text


@pytest.mark.parametrize(
    "at",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "2026-12-01T20:00:00",
        "2019-12-31T23:59:59Z",
        "2026-13-01T00:00:00Z",
        "infinity",
        1_800_000_000,
        None,
    ],
)
async def test_a_moment_has_a_zone_and_is_within_reach(shop: Shop, at: Any) -> None:
    answer = await shop.client.post(
        f"/api/host/rooms/{await a_room(shop)}/sessions",
        json={"title": "专场", "scheduled_at": at},
        headers=await shop.staff(),
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.json()["facts"]["fields"][0]["field"] == "scheduled_at"


def _numbers_without_bounds(document: dict[str, Any], schema: Any, seen: frozenset[str]) -> bool:
    """Whether some integer within may be of any size."""
    if isinstance(schema, list):
        return any(_numbers_without_bounds(document, each, seen) for each in schema)
    if not isinstance(schema, dict):
        return False
    if "$ref" in schema:
        name = schema["$ref"].split("/")[-1]
        found = document["components"]["schemas"][name]
        return name not in seen and _numbers_without_bounds(document, found, seen | {name})
    if schema.get("type") == "integer" and "const" not in schema and "enum" not in schema:
        low = {"minimum", "exclusiveMinimum"} & schema.keys()
        return not (low and {"maximum", "exclusiveMaximum"} & schema.keys())
    return any(_numbers_without_bounds(document, each, seen) for each in schema.values())


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_request_takes_a_number_of_any_size(audience: str) -> None:
    document = audience_app(audience).openapi()
    unbounded = [
        f"{method} {path}"
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if _numbers_without_bounds(
            document,
            [operation.get("parameters", []), operation.get("requestBody", {})],
            frozenset(),
        )
    ]

    assert unbounded == []


@pytest.mark.parametrize("header", ["Authorization", "X-Bofen-Signature", "X-Request-Id", "Host"])
async def test_a_header_of_odd_bytes_is_no_failure(shop: Shop, header: str) -> None:
    for path in (
        "/api/callbacks/streams/embedded",
        f"/api/callbacks/couriers/{new_id()}",
        "/api/buyer/me",
    ):
        for value in (b"\xff", b"Bearer \xff\xfe", b"\xc3\x28" * 100):
            answer = await shop.client.post(path, content=b"{}", headers=[(header.encode(), value)])
            assert 400 <= answer.status_code < 500, (path, value, answer.text)
            assert _is_guarded(answer)


class BrokenError(Exception):
    """Nobody expects it."""


def _breaking(app: FastAPI) -> None:
    """Two routes of the app that fail: one outside of all audiences, one within."""

    async def fails() -> None:
        raise BrokenError("a secret of ours")

    app.add_api_route("/breaks", fails)
    buyer = next(route.app for route in app.routes if getattr(route, "path", "") == "/api/buyer")
    buyer.add_api_route("/breaks", fails)
    app.router.routes.insert(0, app.router.routes.pop())


@pytest.mark.parametrize("path", ["/breaks", "/api/buyer/breaks"])
async def test_a_bug_is_answered_with_every_header_and_written_down_once(
    shop: Shop, path: str
) -> None:
    app = create_app(shop.services)
    _breaking(app)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        with capture_logs() as lines:
            answer = await client.get(path, headers={"X-Request-Id": "from-the-proxy-1"})

    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert "secret" not in answer.text
    assert _is_guarded(answer)
    assert answer.headers["x-request-id"] == "from-the-proxy-1"
    assert answer.headers.get("cache-control") == ("no-store" if "api" in path else None)
    assert [line["event"] for line in lines] == ["request_failed"]


async def test_a_request_id_is_taken_when_it_is_one(shop: Shop) -> None:
    for given, is_taken in (("abc-123.DEF_456", True), ("short", False), ("x" * 65, False)):
        answer = await shop.client.get("/healthz", headers={"X-Request-Id": given})
        assert (answer.headers["x-request-id"] == given) is is_taken
    odd = await shop.client.get("/healthz", headers={"X-Request-Id": 'a"b\\c<script>'})
    assert re.fullmatch(r"[0-9A-Za-z]{12}", odd.headers["x-request-id"])


async def test_each_request_has_its_line_where_that_is_asked_for(shop: Shop) -> None:
    settings = shop.services.settings.model_copy(update={"log_requests": True})
    app = create_app(dataclasses.replace(shop.services, settings=settings))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        with capture_logs() as lines:
            await client.get("/api/buyer/products?q=13912345678")

    (line,) = [line for line in lines if line["event"] == "request"]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/api/buyer/products", 200)
    assert "13912345678" not in str(line)


async def test_nobody_is_sent_to_the_host_that_a_request_names(shop: Shop, tmp_path: Path) -> None:
    app = create_app(shop.services, *_clients(tmp_path))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://evil.example") as client:
        for path in ("/api/buyer/products/", "/console", "/static", "/assets", "/s/abc"):
            answer = await client.get(path)
            assert "evil" not in answer.headers.get("location", "")
        console = await client.get("/console")
    assert (console.status_code, console.headers["location"]) == (307, "/console/")


def _clients(folder: Path) -> tuple[Path, Path]:
    """Two built clients, as far as the server looks at them."""
    for name in ("shop", "console"):
        (folder / name / "assets").mkdir(parents=True)
        (folder / name / "static").mkdir()
        (folder / name / "index.html").write_text("<!doctype html><title>播分</title>")
    return folder / "shop", folder / "console"


def _production(shop: Shop, home: Path) -> FastAPI:
    given = complete() | {"public_url": "https://shop.example-shop.cn"}
    settings = Settings(production=True, home=home, **given)  # type: ignore[arg-type]
    whole = completed(settings, Home(home), shop.services.db.url)
    services = dataclasses.replace(shop.services, settings=whole)
    return create_app(services, *_clients(home))


async def test_a_production_shows_no_document_of_staff_and_asks_for_https(
    shop: Shop, tmp_path: Path
) -> None:
    transport = httpx.ASGITransport(_production(shop, tmp_path))
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        for audience in AUDIENCES:
            for path in ("docs", "openapi.json"):
                answer = await client.get(f"/api/{audience}/{path}")
                is_open = audience in ("buyer", "affiliate")
                assert answer.status_code == (200 if is_open else 404), (audience, path)
                assert answer.headers["strict-transport-security"] == "max-age=31536000"
        for page in ("/", "/console/"):
            policy = (await client.get(page)).headers["content-security-policy"]
            assert "script-src 'self';" in policy
            assert "frame-ancestors 'none'" in policy
            assert "wss://shop.example-shop.cn" in policy
            assert "127.0.0.1" not in policy
            assert "unsafe-eval" not in policy


async def test_outside_of_a_production_there_is_no_promise_of_https(shop: Shop) -> None:
    answer = await shop.client.get("/api/merchant/openapi.json")

    assert answer.status_code == 200
    assert "strict-transport-security" not in answer.headers


async def test_a_storage_that_is_away_is_a_provider_that_is_away(shop: Shop) -> None:
    class Away:
        async def get(self, _: str) -> bytes:
            raise ProviderError("storage", "GenericError", is_final=False)

    app = create_app(dataclasses.replace(shop.services, storage=Away()))  # type: ignore[arg-type]
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        answer = await client.get("/files/pictures/a.webp")

    assert (answer.status_code, answer.json()["code"]) == (502, "provider_unavailable")


@pytest.mark.parametrize("report", ["daily", "sources", "products", "export.csv"])
@pytest.mark.parametrize(
    "days",
    [
        {"from": "2026-06-02", "to": "2026-06-01"},
        {"from": "2099-01-01"},
        {"to": "0001-01-01"},
        {"from": "2026-06-01", "to": "9999-12-31"},
        {"from": "yesterday"},
    ],
)
async def test_a_report_begins_before_it_ends(
    shop: Shop, report: str, days: dict[str, str]
) -> None:
    answer = await shop.client.get(
        f"/api/merchant/reports/{report}",
        params=days | ({"report": "daily"} if report == "export.csv" else {}),
        headers=await shop.staff(),
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


async def test_a_visitor_is_one_click_a_day(shop: Shop) -> None:
    db = shop.services.db
    token = await a_link(db, await an_affiliate(db))
    visitor = await shop.buyer()
    for _ in range(5):
        for headers in ({}, visitor):
            answer = await shop.client.get(f"/api/buyer/shares/{token}", headers=headers)
            assert answer.status_code == 200, answer.text

    async with shop.services.db.transaction() as tx:
        rows = await tx.fetch("SELECT clicks FROM affiliates_link_day WHERE token = $1", token)
    assert rows == [{"clicks": 2}]
