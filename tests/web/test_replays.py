"""A broadcast after its end: the recording, its chapters in the right place, its goods."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bofen.flows.live_sessions import end_session, on_stream_event
from bofen.gateways.streams import embedded
from bofen.gateways.streams.protocol import PublishStarted, PublishStopped, RecordReady
from bofen.identity.rules import Role, StaffMember
from bofen.kit import clock
from bofen.kit.ids import new_id
from bofen.live import messages, shelf
from bofen.live.messages import NewMessage
from bofen.reports import browse
from tests.web.conftest import Shop
from tests.web.test_broadcasts import Broadcast, planned
from tests.web.test_order_door import ADDRESS


class Show:
    """A broadcast on a clock of the test's own: `seconds` since it went on air."""

    def __init__(self, broadcast: Broadcast, by: StaffMember) -> None:
        self.broadcast, self.by = broadcast, by
        self.began_at = clock.now() - timedelta(hours=1)

    def at(self, seconds: float) -> datetime:
        return self.began_at + timedelta(seconds=seconds)

    async def told(self, kind: Any, seconds: float, push_id: str, **more: Any) -> None:
        show, at = self.broadcast, self.at(seconds)
        event = kind(push_id=push_id, name=show.name, session=show.id, at=at, **more)
        await on_stream_event(show.services, embedded.NAME, event, at)

    async def pins(self, product_id: str | None, seconds: float) -> None:
        room_id = UUID(self.broadcast.room_id)
        async with self.broadcast.services.db.transaction() as tx:
            if product_id is None:
                await shelf.unpin(tx, room_id, self.by, self.at(seconds))
                return
            found = await browse.listed_cards(tx, [UUID(product_id)])
            (card,) = found.values()
            await shelf.pin(tx, room_id, card, self.by, self.at(seconds))

    async def says(self, shop: Shop, text: str, seconds: float, said_ms: int | None) -> None:
        person_id, _ = await shop.person()
        room_id = UUID(self.broadcast.room_id)
        message = NewMessage(room_id, person_id, new_id(), text, "pass", said_ms)
        async with shop.services.db.transaction() as tx:
            await messages.send(tx, [message], self.at(seconds))


async def a_show(shop: Shop, *product_ids: str) -> Show:
    broadcast = await planned(shop, shop.engine)
    url = f"/api/host/rooms/{broadcast.room_id}/shelf"
    body = {"product_ids": list(product_ids)}
    arranged = await shop.client.put(url, json=body, headers=broadcast.staff)
    assert arranged.status_code == 200, arranged.text
    me = (await shop.client.get("/api/merchant/me", headers=broadcast.staff)).json()
    by = StaffMember(UUID(me["id"]), me["name"], Role.owner)
    return Show(broadcast, by)


async def test_chapters_leave_the_interruptions_out(shop: Shop) -> None:
    one, other = await shop.product(), await shop.product()
    show = await a_show(shop, one["id"], other["id"])
    await show.told(PublishStarted, 0, "p1")
    await show.pins(one["id"], 10)
    await show.says(shop, "第一句", 20, 17_500)
    await show.told(PublishStopped, 30, "p1", reason="left")
    await show.told(RecordReady, 31, "p1", duration_ms=30_000, size_bytes=1, started_at=show.at(0))
    await show.told(PublishStarted, 50, "p2")
    await show.pins(other["id"], 60)
    await show.pins(None, 65)
    await show.pins(one["id"], 70)
    await show.says(shop, "我来自未来", 75, 9_000_000)
    session_id = UUID(show.broadcast.id)
    await end_session(show.broadcast.services, session_id, show.by, show.at(80))
    await show.told(RecordReady, 82, "p2", duration_ms=60_000, size_bytes=2, started_at=show.at(0))

    url = f"/api/buyer/replays/{show.broadcast.id}"
    found = await shop.client.get(url)
    listed = await shop.client.get(f"/api/buyer/rooms/{show.broadcast.room_id}/replays")

    assert found.status_code == 200, found.text
    seen = found.json()
    assert [(c["product"]["id"], c["start_ms"], c["end_ms"]) for c in seen["chapters"]] == [
        (one["id"], 10_000, 40_000),
        (other["id"], 40_000, 45_000),
        (one["id"], 50_000, 60_000),
    ]
    assert seen["recorded_ms"] == 60_000, "also what was recorded after the end is kept"
    assert [(m["text"], m["at_ms"]) for m in seen["messages"]] == [
        ("第一句", 17_500),
        ("我来自未来", 55_000),
    ]
    assert [(s["start_ms"], s["end_ms"]) for s in seen["stretches"]] == [
        (0, 30_000),
        (50_000, 80_000),
    ]
    assert {card["id"] for card in seen["shelf"]} == {one["id"], other["id"]}
    assert "/replay/" in seen["url"]
    assert "sign=" in seen["url"]
    assert [item["session_id"] for item in listed.json()["items"]] == [show.broadcast.id]


async def test_a_product_pinned_before_the_pictures_is_the_first_chapter(shop: Shop) -> None:
    product = await shop.product()
    show = await a_show(shop, product["id"])
    await show.pins(product["id"], -60)
    await show.told(PublishStarted, 0, "p1")
    bought = await remembered(shop, {"room_id": show.broadcast.room_id, "media_time_ms": 1_000})
    await show.told(PublishStopped, 30, "p1", reason="left")
    await show.told(PublishStarted, 50, "p2")
    session_id = show.broadcast.id
    await end_session(show.broadcast.services, UUID(session_id), show.by, show.at(80))
    await show.told(RecordReady, 82, "p2", duration_ms=60_000, size_bytes=2, started_at=show.at(0))

    chapters = (await shop.client.get(f"/api/buyer/replays/{session_id}")).json()["chapters"]

    assert [(c["start_ms"], c["end_ms"]) for c in chapters] == [(0, 60_000)]
    assert str(bought["pin_id"]) == chapters[0]["pin_id"]


async def test_a_pin_has_its_place_when_word_of_the_first_picture_comes_after_it(
    shop: Shop,
) -> None:
    product = await shop.product()
    show = await a_show(shop, product["id"])
    await show.pins(product["id"], 4)
    await show.told(PublishStarted, 0, "p1")
    session_id = show.broadcast.id
    await end_session(show.broadcast.services, UUID(session_id), show.by, show.at(9))
    await show.told(RecordReady, 10, "p1", duration_ms=9_000, size_bytes=1, started_at=show.at(0))

    (chapter,) = (await shop.client.get(f"/api/buyer/replays/{session_id}")).json()["chapters"]

    assert (chapter["start_ms"], chapter["end_ms"]) == (4_000, 9_000)


async def test_what_is_pinned_between_two_broadcasts_belongs_to_the_second(shop: Shop) -> None:
    one, other = await shop.product(), await shop.product()
    first = await a_show(shop, one["id"], other["id"])
    await first.told(PublishStarted, 0, "p1")
    await first.pins(one["id"], 2)
    services = first.broadcast.services
    await end_session(services, UUID(first.broadcast.id), first.by, first.at(10))
    await first.told(
        RecordReady, 11, "p1", duration_ms=10_000, size_bytes=1, started_at=first.at(0)
    )
    second = Show(await first.broadcast.plan(), first.by)
    await first.pins(other["id"], 15)
    second.began_at = first.at(20)
    await second.told(PublishStarted, 0, "p1")
    await end_session(services, UUID(second.broadcast.id), second.by, second.at(5))
    await second.told(
        RecordReady, 6, "p1", duration_ms=5_000, size_bytes=1, started_at=second.at(0)
    )

    found = [
        (await shop.client.get(f"/api/buyer/replays/{show.broadcast.id}")).json()["chapters"]
        for show in (first, second)
    ]

    assert [[(c["product"]["id"], c["start_ms"], c["end_ms"]) for c in each] for each in found] == [
        [(one["id"], 2_000, 10_000)],
        [(other["id"], 0, 5_000)],
    ]


async def test_a_plan_that_is_cancelled_leaves_the_pin_of_the_broadcast_on_air(shop: Shop) -> None:
    product = await shop.product()
    show = await a_show(shop, product["id"])
    await show.told(PublishStarted, 0, "p1")
    await show.pins(product["id"], 2)
    later = await show.broadcast.plan()

    assert (await later.ended()).status_code == 200

    room = (await shop.client.get(f"/api/buyer/rooms/{show.broadcast.room_id}")).json()
    assert room["pin"]["product"]["id"] == product["id"]


async def test_there_is_no_replay_before_the_end_nor_without_a_recording(shop: Shop) -> None:
    product = await shop.product()
    show = await a_show(shop, product["id"])
    url = f"/api/buyer/replays/{show.broadcast.id}"
    await show.told(PublishStarted, 0, "p1")
    await show.told(RecordReady, 5, "p1", duration_ms=5_000, size_bytes=1, started_at=show.at(0))
    while_on_air = await shop.client.get(url)
    silent = await a_show(shop, product["id"])
    await silent.told(PublishStarted, 0, "p1")
    session_id = UUID(silent.broadcast.id)
    await end_session(silent.broadcast.services, session_id, silent.by, silent.at(9))
    without = await shop.client.get(f"/api/buyer/replays/{silent.broadcast.id}")

    for answer in (while_on_air, without, await shop.client.get(f"/api/buyer/replays/{new_id()}")):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_what_was_taken_back_is_not_in_the_replay_either(shop: Shop) -> None:
    product = await shop.product()
    show = await a_show(shop, product["id"])
    await show.told(PublishStarted, 0, "p1")
    await show.says(shop, "骂人的话", 5, None)
    await show.says(shop, "好话", 6, None)
    room = f"/api/host/rooms/{show.broadcast.room_id}"
    desk = (await shop.client.get(room, headers=show.broadcast.staff)).json()
    seq = next(m["seq"] for m in desk["messages"] if m["text"] == "骂人的话")
    gone = await shop.client.post(f"{room}/messages/{seq}/retract", headers=show.broadcast.staff)
    assert gone.status_code == 204
    session_id = UUID(show.broadcast.id)
    await end_session(show.broadcast.services, session_id, show.by, show.at(9))
    await show.told(RecordReady, 10, "p1", duration_ms=9_000, size_bytes=1, started_at=show.at(0))

    seen = (await shop.client.get(f"/api/buyer/replays/{show.broadcast.id}")).json()

    assert [(m["text"], m["at_ms"]) for m in seen["messages"]] == [("好话", 6_000)]


async def remembered(shop: Shop, source: dict[str, Any]) -> dict[str, Any]:
    """What an order that says it came from there is written with."""
    buyer, order_id = await shop.buyer(), new_id()
    made = await shop.client.post("/api/buyer/addresses", json=ADDRESS, headers=buyer)
    sku = (await shop.product())["skus"][0]
    lines = [{"sku_id": sku["id"], "quantity": 1}]
    quote = await shop.client.post("/api/buyer/quotes", json={"lines": lines}, headers=buyer)
    body = {
        "lines": lines,
        "address_id": made.json()["id"],
        "total_fen": quote.json()["total_fen"],
        "source": source,
    }
    placed = await shop.client.put(f"/api/buyer/orders/{order_id}", json=body, headers=buyer)
    assert placed.status_code == 201, placed.text
    async with shop.services.db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT source, room_id, session_id, pin_id, media_time_ms FROM orders_order"
            " WHERE id = $1",
            order_id,
        )
    return rows[0]


async def test_an_order_remembers_the_replay_it_was_placed_in(shop: Shop) -> None:
    product = await shop.product()
    show = await a_show(shop, product["id"])
    await show.told(PublishStarted, 0, "p1")
    await show.pins(product["id"], 5)
    session_id = show.broadcast.id
    while_on_air = await remembered(shop, {"replay_session_id": session_id})
    await end_session(show.broadcast.services, UUID(session_id), show.by, show.at(60))
    await show.told(RecordReady, 61, "p1", duration_ms=60_000, size_bytes=1, started_at=show.at(0))
    (chapter,) = (await shop.client.get(f"/api/buyer/replays/{session_id}")).json()["chapters"]
    source = {"replay_session_id": session_id, "media_time_ms": 7_000}

    true = await remembered(shop, source | {"pin_id": chapter["pin_id"]})
    false = await remembered(shop, source | {"pin_id": str(new_id()), "media_time_ms": 10**8})

    room_id = UUID(show.broadcast.room_id)
    assert true == {
        "source": "replay",
        "room_id": room_id,
        "session_id": UUID(session_id),
        "pin_id": UUID(chapter["pin_id"]),
        "media_time_ms": 7_000,
    }
    assert (false["pin_id"], false["media_time_ms"]) == (None, 60_000), "no moment after the end"
    assert (while_on_air["source"], while_on_air["session_id"]) == ("shop", None)


async def test_an_order_in_a_room_has_the_broadcast_s_own_time(shop: Shop) -> None:
    product = await shop.product()
    show = await a_show(shop, product["id"])
    await show.told(PublishStarted, 0, "p1")
    room_id = show.broadcast.room_id

    claimed = await remembered(shop, {"room_id": room_id, "media_time_ms": 780_000})
    silent = await remembered(shop, {"room_id": room_id})
    boast = await remembered(shop, {"room_id": room_id, "media_time_ms": 800_000_000})

    assert (claimed["source"], claimed["media_time_ms"]) == ("live", 780_000)
    hour_ms = 3_600_000
    for row in (silent, boast):
        assert hour_ms <= row["media_time_ms"] < 2 * hour_ms, "now, by the server's clock"
