"""What the word guard was not sure of waits for a person, and is decided once."""

import asyncio
from typing import Any

from bofen.identity.rules import Role
from bofen.live.rules import apply
from tests.outside import DOUBTFUL_WORD
from tests.web.conftest import Headers, Shop
from tests.web.test_rooms import Room, opened


async def held(room: Room, staff: Headers) -> list[dict[str, Any]]:
    url = f"/api/host/rooms/{room.id}/held-messages"
    answer = await room.shop.client.get(url, headers=staff)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def decide(room: Room, staff: Headers, message_id: str, way: str) -> Any:
    url = f"/api/host/rooms/{room.id}/held-messages/{message_id}/{way}"
    return await room.shop.client.post(url, headers=staff)


async def test_a_held_message_is_shown_to_everybody_once_it_is_approved(shop: Shop) -> None:
    async with opened(shop) as room:
        writer, moderator = await shop.buyer(), await shop.staff(Role.moderator)
        view = await room.snapshot()
        viewer = await room.viewer()

        said = await room.say(writer, f"主播{DOUBTFUL_WORD}吗")
        assert said.json() == {"seq": None, "status": "held"}
        desk = await shop.client.get(f"/api/host/rooms/{room.id}", headers=moderator)
        assert (desk.json()["held"], desk.json()["messages"]) == (1, [])
        (waiting,) = await held(room, moderator)
        assert waiting["text"] == f"主播{DOUBTFUL_WORD}吗"
        approved = await decide(room, moderator, waiting["id"], "approve")
        assert approved.status_code == 204, approved.text

        while not view["messages"]:
            view = apply(view, await viewer.until(lambda frame: frame["type"] == "tick"))
        assert view["messages"][0]["text"] == waiting["text"]
        assert (await room.snapshot())["messages"] == view["messages"]
        assert await held(room, moderator) == []
        seq = view["messages"][0]["seq"]
        url = f"/api/host/rooms/{room.id}/messages/{seq}/retract"
        assert (await shop.client.post(url, headers=moderator)).status_code == 204


async def test_a_refused_message_is_never_shown(shop: Shop) -> None:
    async with opened(shop) as room:
        moderator = await shop.staff(Role.moderator)
        await room.say(await shop.buyer(), DOUBTFUL_WORD)
        (waiting,) = await held(room, moderator)

        assert (await decide(room, moderator, waiting["id"], "refuse")).status_code == 204

        again = await decide(room, moderator, waiting["id"], "approve")
        assert (again.status_code, again.json()["code"]) == (404, "not_found")
        assert (await room.snapshot())["messages"] == []
        async with shop.services.db.transaction() as tx:
            rows = await tx.fetch(
                "SELECT action FROM identity_audit WHERE facts ->> 'message' = $1", waiting["id"]
            )
        assert [row["action"] for row in rows] == ["message_refused"]


async def test_of_two_who_decide_at_once_one_does(shop: Shop) -> None:
    async with opened(shop) as room:
        moderator, other = await shop.staff(Role.moderator), await shop.staff(Role.operator)
        await room.say(await shop.buyer(), DOUBTFUL_WORD)
        (waiting,) = await held(room, moderator)
        before = (await room.snapshot())["seq"]

        answers = await asyncio.gather(
            *(decide(room, staff, waiting["id"], "approve") for staff in (moderator, other) * 4)
        )

        assert sorted(answer.status_code for answer in answers) == [204] + [404] * 7
        assert (await room.snapshot())["seq"] <= before + 1


async def test_a_room_s_moderation_is_not_another_room_s(shop: Shop) -> None:
    async with opened(shop) as room, opened(shop) as other:
        moderator = await shop.staff(Role.moderator)
        await room.say(await shop.buyer(), DOUBTFUL_WORD)
        (waiting,) = await held(room, moderator)

        wrong = await decide(other, moderator, waiting["id"], "approve")

        assert wrong.status_code == 404
        assert len(await held(room, moderator)) == 1
