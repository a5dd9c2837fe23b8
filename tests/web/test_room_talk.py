"""What of a room's talk somebody finds who enters it."""

from bofen.gateways.streams.protocol import PublishStarted, PublishStopped
from bofen.kit.ids import new_id
from tests.web.conftest import Shop
from tests.web.test_broadcasts import planned


async def test_who_enters_a_broadcast_sees_the_talk_of_this_one(shop: Shop) -> None:
    first = await planned(shop, shop.engine)
    viewer = await shop.buyer()

    async def says(text: str) -> None:
        url = f"/api/buyer/rooms/{first.room_id}/messages/{new_id()}"
        assert (await shop.client.put(url, json={"text": text}, headers=viewer)).is_success

    async def talk() -> list[str]:
        snapshot = (await shop.client.get(f"/api/buyer/rooms/{first.room_id}")).json()
        return [message["text"] for message in snapshot["messages"]]

    await says("还没开播")
    assert await talk() == ["还没开播"], "before the first broadcast there is no other talk"
    await first.tells(PublishStarted)
    assert await talk() == []
    await says("第一场")
    await first.tells(PublishStopped, reason="left")
    await first.tells(PublishStarted, push_id="p2")
    assert await talk() == ["第一场"], "an interruption begins no new broadcast"
    await first.ended()
    await says("散场了")
    second = await first.plan()
    assert await talk() == ["第一场", "散场了"], "between broadcasts the last one's talk stays"
    await second.tells(PublishStarted)
    await says("第二场")
    assert await talk() == ["第二场"]
