"""What viewers who wait in a room are told of plans: made, called off, and followed by the next."""

from typing import Any

from bofen.gateways.streams.protocol import PublishStarted
from tests.web.conftest import Shop
from tests.web.test_broadcasts import Broadcast
from tests.web.test_room_products import follow
from tests.web.test_rooms import Heard, Room, a_room, opened


async def a_show(shop: Shop, room_id: str) -> Broadcast:
    return await Broadcast(shop, shop.services, shop.engine, await shop.staff(), room_id).plan()


async def told(room: Room, viewer: Heard, view: dict[str, Any]) -> dict[str, Any]:
    """The viewer's picture, which must be what a snapshot shows now."""
    now = await room.snapshot()
    seen = await follow(viewer, view, now["seq"])
    assert seen["session"] == now["session"]
    return seen


async def test_whoever_waits_hears_of_a_plan_and_that_it_was_called_off(shop: Shop) -> None:
    async with opened(shop) as room:
        view = await room.snapshot()
        viewer = await room.viewer()

        first = await a_show(shop, room.id)
        planned = await told(room, viewer, view)
        second = await first.plan()
        await first.ended()
        next_one = await told(room, viewer, planned)
        await second.ended()
        nothing = await told(room, viewer, next_one)

        assert view["session"] is None
        assert (planned["session"]["id"], planned["session"]["status"]) == (first.id, "scheduled")
        assert (next_one["session"]["id"], next_one["session"]["status"]) == (
            second.id,
            "scheduled",
        )
        assert nothing["session"] is None, "a plan that was called off is no broadcast that ended"


async def test_after_the_end_viewers_wait_for_the_next_plan_or_see_the_end(shop: Shop) -> None:
    async with opened(shop) as room:
        view = await room.snapshot()
        viewer = await room.viewer()
        first = await a_show(shop, room.id)
        await first.tells(PublishStarted)
        on_air = await told(room, viewer, view)
        second = await first.plan()
        still = await told(room, viewer, on_air)
        await first.ended()
        waiting = await told(room, viewer, still)
        await second.ended()
        over = await told(room, viewer, waiting)

        assert still == on_air, "a plan for later tells nobody who watches anything"
        assert waiting["session"]["id"] == second.id
        assert (over["session"]["id"], over["session"]["status"]) == (first.id, "ended")


async def test_nothing_is_pinned_in_a_room_that_waits_for_no_broadcast(shop: Shop) -> None:
    room_id, product = await a_room(shop), await shop.product()
    staff = await shop.staff()
    desk = f"/api/host/rooms/{room_id}"
    asked = {"product_id": product["id"]}
    await shop.client.put(f"{desk}/shelf", json={"product_ids": [product["id"]]}, headers=staff)

    never = await shop.client.put(f"{desk}/pin", json=asked, headers=staff)
    show = await a_show(shop, room_id)
    waiting = await shop.client.put(f"{desk}/pin", json=asked, headers=staff)
    await show.ended()
    called_off = (await shop.client.get(desk, headers=staff)).json()
    show = await show.plan()
    await show.tells(PublishStarted)
    await show.ended()
    over = await shop.client.put(f"{desk}/pin", json=asked, headers=staff)

    for refused in (never, over):
        assert (refused.status_code, refused.json()["code"]) == (409, "nothing_planned")
    assert waiting.status_code == 200, waiting.text
    assert called_off["pin"] is None, "it was for the broadcast that does not come"
