"""Redis, PostgreSQL and descriptors are taken from running roles, one by one, and given back."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest_asyncio
from picows import ws_connect

from bofen.gateways.wechat.protocol import WeChatIdentity
from bofen.identity import service as identity
from bofen.identity.rules import Role
from bofen.identity.service import StaffDraft
from bofen.kit import clock
from bofen.kit.crypto import hash_password
from bofen.kit.ids import new_id, short_token
from tests.runtime.apart import Apart, shop, until
from tests.web.test_rooms import Heard

PASSWORD = "a long enough one"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def apart() -> AsyncIterator[Apart]:
    async with shop() as running:
        yield running


async def _staff(apart: Apart) -> str:
    """The login of a new owner."""
    login, db = f"owner-{short_token(6).lower()}", apart.db()
    async with db.transaction() as tx:
        draft = StaffDraft(login, "店主", Role.owner)
        await identity.hire(tx, draft, hash_password(PASSWORD), clock.now())
    await db.close()
    return login


async def _signs_in(apart: Apart, login: str, password: str = PASSWORD) -> httpx.Response:
    body = {"login": login, "password": password}
    return await apart.http.post(f"{apart.url}/api/merchant/sessions", json=body)


async def _room(apart: Apart, login: str) -> tuple[str, dict[str, str]]:
    token = (await _signs_in(apart, login)).json()["token"]
    owner = {"Authorization": f"Bearer {token}"}
    asked = {"title": "晚间专场", "host_name": "小满"}
    made = await apart.http.post(f"{apart.url}/api/merchant/rooms", json=asked, headers=owner)
    assert made.status_code == 201, made.text
    return str(made.json()["id"]), owner


async def _buyer(apart: Apart) -> dict[str, str]:
    db, at = apart.db(), clock.now()
    async with db.transaction() as tx:
        person = await identity.person_of_wechat(
            tx, WeChatIdentity("wx", f"o{short_token(20)}"), at
        )
        token = await identity.open_session(tx, person_id=person.id, at=at)
    await db.close()
    return {"Authorization": f"Bearer {token}"}


async def _says(apart: Apart, room_id: str, buyer: dict[str, str], text: str) -> httpx.Response:
    path = f"{apart.url}/api/buyer/rooms/{room_id}/messages/{new_id()}"
    return await apart.http.put(path, json={"text": text}, headers=buyer)


async def _enters(apart: Apart, room_id: str) -> Heard:
    seen = (await apart.http.get(f"{apart.url}/api/buyer/rooms/{room_id}")).json()
    _, heard = await ws_connect(Heard, f"ws://127.0.0.1:{apart.port + 1}/rooms/{room_id}")
    assert isinstance(heard, Heard)
    heard.send(type="enter", token=None, epoch=seen["epoch"], seq=seen["seq"])
    await heard.until(lambda frame: frame["type"] == "tick")
    return heard


async def test_without_redis_people_sign_in_and_speak_and_its_return_is_noticed(
    apart: Apart,
) -> None:
    login = await _staff(apart)
    room_id, _ = await _room(apart, login)
    heard, buyer = await _enters(apart, room_id), await _buyer(apart)
    for how in ("frozen", "dead"):
        if how == "frozen":
            apart.redis.freeze()
        else:
            await apart.redis.kill()
        assert (await _signs_in(apart, login)).status_code == 201
        said = await _says(apart, room_id, buyer, f"redis is {how}")
        assert said.status_code == 201, said.text
        # Told all the same, from the database: whoever watches fetches the snapshot again.
        await heard.until(lambda frame, seq=said.json()["seq"]: frame.get("seq", 0) >= seq)
        if how == "frozen":
            apart.redis.thaw()
        else:
            await apart.redis.start()

    async def is_told_of() -> bool:
        said = (await _says(apart, room_id, await _buyer(apart), "wieder da")).json()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                told = await heard.until(lambda frame: frame.get("seq", 0) >= said["seq"])
                return bool(told["changes"])
        return False

    await until(is_told_of, 15)
    heard.transport.disconnect()
    assert all(role.returncode is None for role in apart.roles.values())


async def test_a_database_that_restarts_is_answered_with_503_and_found_again(apart: Apart) -> None:
    login = await _staff(apart)
    room_id, owner = await _room(apart, login)
    heard = await _enters(apart, room_id)
    await apart.postgres.stop()

    away = await apart.http.get(f"{apart.url}/api/buyer/products")
    assert (away.status_code, away.json()["code"]) == (503, "unavailable"), away.text
    assert int(away.headers["Retry-After"]) >= 1
    assert (await apart.http.get(f"{apart.url}/healthz")).status_code == 503

    await apart.postgres.start()
    back = clock.now()

    async def is_back() -> bool:
        return (await apart.http.get(f"{apart.url}/api/merchant/me", headers=owner)).is_success

    await until(is_back)
    await until(lambda: _beats_since(apart, back))
    heard.send(type="like", times=1)
    await heard.until(lambda frame: frame.get("counts", {}).get("likes") == 1)
    heard.transport.disconnect()
    assert all(role.returncode is None for role in apart.roles.values())
    assert '"event": "request_failed"' not in apart.log("web")


async def _beats_since(apart: Apart, moment: Any) -> bool:
    db = apart.db()
    try:
        async with db.transaction() as tx:
            rows = await tx.fetch("SELECT 1 FROM worker_beat WHERE beat_at > $1", moment)
    finally:
        await db.close()
    return bool(rows)


async def test_a_gateway_with_few_descriptors_refuses_newcomers_and_lives(apart: Apart) -> None:
    room_id, _ = await _room(apart, await _staff(apart))
    await apart.stop("rooms")
    rooms = await apart.start(
        "rooms", "bash", "-c", 'ulimit -n 128; exec "$@"', "-", BOFEN_TRUSTED_PROXIES="127.0.0.1"
    )
    url = f"ws://127.0.0.1:{apart.port + 1}/rooms/{room_id}"

    async def is_up() -> bool:
        return (await apart.http.get(f"http://127.0.0.1:{apart.port + 1}/healthz")).is_success

    await until(is_up)
    held = []
    for i in range(200):
        with contextlib.suppress(Exception):
            headers = {"X-Forwarded-For": f"203.0.113.{i}"}
            held.append((await ws_connect(Heard, url, extra_headers=headers))[1])
    assert 64 <= len([heard for heard in held if not heard.closed.is_set()]) < 128
    assert rooms.returncode is None

    for heard in held:
        if not heard.closed.is_set():
            heard.transport.disconnect()
    await until(is_up)
    (await _enters(apart, room_id)).transport.disconnect()
    assert rooms.returncode is None


async def test_each_failure_is_one_line_of_json_without_what_people_typed(apart: Apart) -> None:
    login = await _staff(apart)
    await _signs_in(apart, login, "wrong password 13912345678")

    for role in ("web", "rooms", "worker"):
        lines = apart.log(role).splitlines()
        assert [line for line in lines if line and not line.startswith("{")] == []
        for line in lines:
            json.loads(line)
        assert "13912345678" not in apart.log(role)
        assert "[parameters:" not in apart.log(role)
