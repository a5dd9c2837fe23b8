"""Who may enter which control room: hosts their own, moderators and operators every one."""

from typing import Any

import pytest

from bofen.identity.rules import Role
from bofen.kit.ids import new_id
from tests.web.conftest import Headers, Shop
from tests.web.test_rooms import a_room, staff_id

PLANNED = {"title": "专场", "scheduled_at": "2026-06-01T12:00:00Z"}


async def ids(shop: Shop, path: str, staff: Headers) -> set[str]:
    answer = await shop.client.get(path, headers=staff)
    assert answer.status_code == 200, answer.text
    return {room["id"] for room in answer.json()["items"]}


async def test_a_host_sees_and_steers_his_own_rooms_and_no_other(shop: Shop) -> None:
    host, stranger = await shop.staff(Role.host), await shop.staff(Role.host)
    mine, other = await a_room(shop, await staff_id(shop, host)), await a_room(shop)

    for path in ("/api/host/rooms", "/api/merchant/rooms"):
        assert await ids(shop, path, host) == {mine}
        assert await ids(shop, path, stranger) == set()
    room = f"/api/host/rooms/{mine}"
    planned = await shop.client.post(f"{room}/sessions", json=PLANNED, headers=host)
    session = f"/api/host/sessions/{planned.json()['id']}"
    deeds: list[tuple[str, str, Any]] = [
        ("GET", room, None),
        ("GET", f"{room}/sessions", None),
        ("POST", f"{room}/sessions", PLANNED),
        ("POST", f"{session}/push-address", None),
        ("POST", f"{session}/end", None),
        ("PUT", f"{room}/shelf", {"product_ids": []}),
        ("PUT", f"{room}/pin", {"product_id": str(new_id())}),
        ("DELETE", f"{room}/pin", None),
        ("POST", f"{room}/messages/1/retract", None),
        ("GET", f"{room}/mutes", None),
        ("POST", f"{room}/mutes", {"person_id": str(new_id())}),
        ("DELETE", f"{room}/mutes/{new_id()}", None),
    ]
    for method, path, body in deeds:
        answer = await shop.client.request(method, path, json=body, headers=stranger)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), path
    assert (await shop.client.get(f"/api/host/rooms/{other}", headers=host)).status_code == 404
    assert (await shop.client.get(room, headers=host)).status_code == 200


@pytest.mark.parametrize("role", [Role.moderator, Role.operator])
async def test_moderators_and_operators_may_do_their_work_in_every_room(
    shop: Shop, role: Role
) -> None:
    room_id = await a_room(shop)
    staff = await shop.staff(role)

    for path in ("/api/host/rooms", "/api/merchant/rooms"):
        assert room_id in await ids(shop, path, staff)
    for path in ("", "/sessions", "/mutes"):
        answer = await shop.client.get(f"/api/host/rooms/{room_id}{path}", headers=staff)
        assert answer.status_code == 200, answer.text
    muted = await shop.client.post(
        f"/api/host/rooms/{room_id}/mutes", json={"person_id": str(new_id())}, headers=staff
    )
    assert muted.status_code == 204
    pinned = await shop.client.delete(f"/api/host/rooms/{room_id}/pin", headers=staff)
    assert pinned.status_code == (200 if role is Role.operator else 403)


async def test_a_room_is_given_to_somebody_who_exists(shop: Shop) -> None:
    owner = await shop.staff()
    host = await staff_id(shop, await shop.staff(Role.host))
    body = {"title": "早场", "host_name": "小满"}
    for wrong in ({"host_staff_id": str(new_id())}, {"host_affiliate_id": str(new_id())}):
        refused = await shop.client.post("/api/merchant/rooms", json=body | wrong, headers=owner)
        assert (refused.status_code, refused.json()["code"]) == (404, "not_found")

    choices = (await shop.client.get("/api/merchant/rooms/hosts", headers=owner)).json()["items"]
    assert host in {choice["id"] for choice in choices}
    room_id = await a_room(shop)
    changed = await shop.client.put(
        f"/api/merchant/rooms/{room_id}", json=body | {"host_staff_id": host}, headers=owner
    )

    assert changed.status_code == 200, changed.text
    rooms = (await shop.client.get("/api/merchant/rooms", headers=owner)).json()["items"]
    assert next(room["host_staff_id"] for room in rooms if room["id"] == room_id) == host


async def test_what_is_done_in_a_room_is_written_down_once(shop: Shop) -> None:
    owner = await shop.staff()
    room_id = await a_room(shop)
    product = await shop.product()
    room = f"/api/host/rooms/{room_id}"
    planned = await shop.client.post(f"{room}/sessions", json=PLANNED, headers=owner)
    session_id = planned.json()["id"]
    person = str(new_id())
    for method, path, body in (
        ("PUT", f"{room}/shelf", {"product_ids": [product["id"]]}),
        ("PUT", f"{room}/pin", {"product_id": product["id"]}),
        ("DELETE", f"{room}/pin", None),
        ("DELETE", f"{room}/pin", None),
        ("POST", f"{room}/mutes", {"person_id": person}),
        ("POST", f"{room}/mutes", {"person_id": person}),
        ("DELETE", f"{room}/mutes/{person}", None),
        ("PUT", f"/api/merchant/rooms/{room_id}", {"title": "新名字", "host_name": "小满"}),
    ):
        answer = await shop.client.request(method, path, json=body, headers=owner)
        assert answer.status_code in {200, 204}, answer.text
    await shop.client.post(f"/api/host/sessions/{session_id}/push-address", headers=owner)

    async with shop.services.db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT action FROM identity_audit WHERE subject = ANY($1::text[]) ORDER BY id",
            [f"room:{room_id}", f"session:{session_id}"],
        )
    assert [row["action"] for row in rows] == [
        "room_opened",
        "session_scheduled",
        "shelf_arranged",
        "product_pinned",
        "product_unpinned",
        "person_muted",
        "person_unmuted",
        "room_changed",
        "push_key_issued",
    ]
