"""Broadcasts from the plan to the end: keys at the door, what the engine tells, what it forgot."""

import dataclasses
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from bofen.flows.live_sessions import admit, end_abandoned, on_stream_event, reconcile
from bofen.flows.services import Services
from bofen.gateways.streams import embedded, signing
from bofen.gateways.streams.protocol import (
    EngineStarted,
    PublishRequested,
    PublishStarted,
    PublishStopped,
    PushRefused,
    RecordReady,
    StreamNotice,
)
from bofen.kit import clock
from bofen.kit.errors import Refusal
from bofen.kit.ids import short_token
from bofen.live.rules import PUSH_KEY_LIFE
from bofen.settings.rules import Live
from tests.outside import MemoryEngine
from tests.web.conftest import Headers, Shop
from tests.web.test_rooms import a_room

GRACE = timedelta(seconds=Live().grace_s)


@dataclasses.dataclass
class Broadcast:
    shop: Shop
    services: Services
    engine: MemoryEngine
    staff: Headers
    room_id: str
    id: str = ""
    name: str = ""
    key: str = ""

    async def plan(self) -> "Broadcast":
        """A further one in the same room, with its key."""
        made = await self.shop.client.post(
            f"/api/host/rooms/{self.room_id}/sessions",
            json={"title": "专场", "scheduled_at": clock.now().isoformat()},
            headers=self.staff,
        )
        assert made.status_code == 201, made.text
        planned = dataclasses.replace(self, id=made.json()["id"])
        return await planned.renewed()

    async def renewed(self) -> "Broadcast":
        """With a new key: the one before is dead."""
        url = f"/api/host/sessions/{self.id}/push-address"
        answer = await self.shop.client.post(url, headers=self.staff)
        assert answer.status_code == 200, answer.text
        name, _, query = answer.json()["key"].partition("?key=")
        return dataclasses.replace(self, name=name, key=query.partition("&")[0])

    async def asks(self, key: str | None = None, at: datetime | None = None) -> UUID:
        moment = at or clock.now()
        given = self.key if key is None else key
        asked = PublishRequested("p1", self.name, given, "127.0.0.1", moment)
        return await admit(self.services, embedded.NAME, asked, moment)

    async def tells(self, kind: type, push_id: str = "p1", **more: Any) -> None:
        event = kind(push_id=push_id, name=self.name, session=self.id, at=clock.now(), **more)
        await on_stream_event(self.services, embedded.NAME, event, clock.now())

    async def status(self) -> str:
        url = f"/api/host/rooms/{self.room_id}/sessions"
        found = (await self.shop.client.get(url, headers=self.staff)).json()["items"]
        return str(next(one["status"] for one in found if one["id"] == self.id))

    async def desk(self) -> Any:
        url = f"/api/host/rooms/{self.room_id}"
        return (await self.shop.client.get(url, headers=self.staff)).json()

    async def ended(self) -> Any:
        return await self.shop.client.post(f"/api/host/sessions/{self.id}/end", headers=self.staff)


@pytest.fixture
def engine(shop: Shop) -> MemoryEngine:
    return shop.engine


async def planned(shop: Shop, engine: MemoryEngine) -> Broadcast:
    staff, room_id = await shop.staff(), await a_room(shop)
    return await Broadcast(shop, shop.services, engine, staff, room_id).plan()


async def denied(work: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await work
    return refusal.value.code


async def test_only_the_newest_key_opens_the_door_and_only_in_time(
    shop: Shop, engine: MemoryEngine
) -> None:
    old = await planned(shop, engine)
    assert await old.asks() == UUID(old.id)

    new = await old.renewed()

    assert await denied(old.asks()) == "push_denied"
    for wrong in ("", new.key[:-1], new.key + "x", short_token(24), "密钥"):
        assert await denied(new.asks(wrong)) == "push_denied"
    late = clock.now() + PUSH_KEY_LIFE + timedelta(seconds=1)
    assert await denied(new.asks(at=late)) == "push_denied"
    unknown = dataclasses.replace(new, name="nobody")
    assert await denied(unknown.asks()) == "push_denied"
    assert await new.asks() == UUID(new.id)
    assert await new.status() == "scheduled", "asking at the door is not being on air"


async def test_a_broadcast_goes_live_is_interrupted_and_comes_back(
    shop: Shop, engine: MemoryEngine
) -> None:
    show = await planned(shop, engine)

    await show.tells(PublishStarted)
    assert await show.status() == "live"
    await show.tells(PublishStarted, push_id="p2")
    await show.tells(PublishStopped, push_id="p1", reason="replaced")
    assert await show.status() == "live", "the stop of an earlier connection is old news"
    assert (await show.desk())["away"] is None
    await show.tells(PublishStopped, push_id="p2", reason="left")
    assert await show.status() == "interrupted"
    away = (await show.desk())["away"]
    since, ends_at, now = [datetime.fromisoformat(away[k]) for k in ("since", "ends_at", "now")]
    assert since <= now < ends_at == since + GRACE
    await show.tells(PublishStarted, push_id="p3")
    assert await show.status() == "live"
    assert (await show.desk())["away"] is None
    await show.tells(RecordReady, push_id="p3", duration_ms=9, size_bytes=9, started_at=clock.now())


async def test_a_broadcast_that_stays_away_is_over_after_the_grace(
    shop: Shop, engine: MemoryEngine
) -> None:
    show = await planned(shop, engine)
    await show.tells(PublishStarted)
    await show.tells(PublishStopped, reason="silent")

    await end_abandoned(show.services, clock.now() + GRACE / 2)
    assert await show.status() == "interrupted"
    await end_abandoned(show.services, clock.now() + GRACE + timedelta(seconds=1))

    assert await show.status() == "ended"
    assert await denied(show.asks()) == "push_denied"


async def test_nothing_ends_while_the_engine_is_away_and_what_it_has_goes_on(
    shop: Shop, engine: MemoryEngine
) -> None:
    show = await planned(shop, engine)
    await show.tells(PublishStarted)
    await show.tells(PublishStopped, reason="silent")
    late = clock.now() + GRACE + timedelta(seconds=1)

    engine.is_away = True
    await end_abandoned(show.services, late)
    assert await show.status() == "interrupted", "it could not come back to an engine that is away"
    engine.is_away, engine.live = False, [show.name]
    await end_abandoned(show.services, late)
    assert await show.status() == "live", "the host was pushing; only the word of it was lost"


async def test_the_grace_counts_from_the_engine_s_return(shop: Shop, engine: MemoryEngine) -> None:
    gone, back = await planned(shop, engine), await planned(shop, engine)
    for show in (gone, back):
        await show.tells(PublishStarted)
    returned_at = clock.now() + timedelta(seconds=90)
    again_at = returned_at + timedelta(seconds=1)
    event = PublishStarted("p2", back.name, back.id, again_at)
    await on_stream_event(shop.services, embedded.NAME, event, again_at)
    started = EngineStarted("e2", returned_at)
    engine.live = [back.name]

    for _ in range(2):
        await on_stream_event(shop.services, embedded.NAME, started, again_at)
    assert await gone.status() == "interrupted", "what an engine carried before it carries no more"
    assert await back.status() == "live", "the push that it has taken since goes on"
    await end_abandoned(shop.services, returned_at + GRACE)
    assert await gone.status() == "interrupted"
    await end_abandoned(shop.services, returned_at + GRACE + timedelta(seconds=1))
    assert await gone.status() == "ended"
    assert await back.status() == "live"


async def test_an_engine_that_was_away_during_the_grace_gives_a_whole_new_one(
    shop: Shop, engine: MemoryEngine
) -> None:
    show = await planned(shop, engine)
    await show.tells(PublishStarted)
    await show.tells(PublishStopped, reason="left")
    returned_at = clock.now() + GRACE * 2

    await on_stream_event(
        shop.services, embedded.NAME, EngineStarted("e2", returned_at), returned_at
    )
    await end_abandoned(shop.services, returned_at + GRACE / 2)

    assert await show.status() == "interrupted"


async def test_the_host_is_told_what_is_wrong_with_the_pictures(
    shop: Shop, engine: MemoryEngine
) -> None:
    show = await planned(shop, engine)
    await show.tells(PushRefused, push_id="p0", code="unsupported_video", why="only H.264")
    await show.tells(PublishStarted)
    for _ in range(2):
        await show.tells(StreamNotice, code="gop_too_long", value=10_000)
    await show.tells(StreamNotice, push_id="p2", code="gop_too_long", value=8_000)
    for n in range(40):
        await show.tells(PushRefused, push_id=f"s{n}", code="wrong_key", why="wrong")

    desk = await shop.client.get(f"/api/host/rooms/{show.room_id}", headers=show.staff)

    assert [(n["code"], n["value"]) for n in desk.json()["notices"]] == [
        ("wrong_key", 0),
        ("gop_too_long", 8_000),
    ]


async def test_a_refusal_is_past_when_a_push_was_taken_and_comes_back_with_the_next(
    shop: Shop, engine: MemoryEngine
) -> None:
    show = await planned(shop, engine)

    async def codes() -> list[str]:
        return [notice["code"] for notice in (await show.desk())["notices"]]

    await show.tells(PushRefused, push_id="p0", code="unsupported_video", why="only H.264")
    before = await codes()
    await show.tells(PublishStarted)
    await show.tells(StreamNotice, code="no_sound", value=0)
    taken = await codes()
    await show.tells(PushRefused, push_id="p9", code="already_live", why="one only")

    assert (before, taken) == (["unsupported_video"], ["no_sound"])
    assert await codes() == ["already_live", "no_sound"]


async def test_media_time_is_the_server_s_and_the_same_for_who_comes_late(
    shop: Shop, engine: MemoryEngine
) -> None:
    show = await planned(shop, engine)
    await show.tells(PublishStarted)
    await show.tells(PublishStopped, reason="left")
    await show.tells(PublishStarted, push_id="p2")
    url = f"/api/buyer/rooms/{show.room_id}"

    snapshot = (await shop.client.get(url)).json()["session"]
    first, later = [(await shop.client.get(f"{url}/play")).json() for _ in range(2)]

    assert first["started_at"] == later["started_at"] == snapshot["started_at"]
    assert first["started_at"] < first["now"] < later["now"]


async def test_the_host_ends_it_and_the_encoder_is_sent_away(
    shop: Shop, engine: MemoryEngine
) -> None:
    show = await planned(shop, engine)
    await show.tells(PublishStarted)
    product = await shop.product()
    room = f"/api/host/rooms/{show.room_id}"
    for path, body in (
        ("shelf", {"product_ids": [product["id"]]}),
        ("pin", {"product_id": product["id"]}),
    ):
        await shop.client.put(f"{room}/{path}", json=body, headers=show.staff)

    assert (await show.ended()).status_code == 200

    assert engine.kicked == [show.name]
    again = await show.ended()
    assert (again.status_code, again.json()["code"]) == (409, "session_impossible_transition")
    seen = (await shop.client.get(f"/api/buyer/rooms/{show.room_id}")).json()
    assert seen["pin"] is None
    await show.tells(PublishStarted)
    assert await show.status() == "ended", "nothing comes back from the end"


async def test_a_room_has_one_broadcast_at_a_time(shop: Shop, engine: MemoryEngine) -> None:
    first = await planned(shop, engine)
    second = await first.plan()
    await first.tells(PublishStarted)

    assert await denied(second.asks()) == "session_open"

    await first.ended()
    assert await second.asks() == UUID(second.id)


async def test_lost_callbacks_are_made_good(shop: Shop, engine: MemoryEngine) -> None:
    show = await planned(shop, engine)

    engine.live = [show.name]
    await reconcile(show.services, clock.now())
    assert await show.status() == "live"

    engine.is_away = True
    await reconcile(show.services, clock.now())
    assert await show.status() == "live", "an engine that does not answer says nothing"

    engine.is_away, engine.live = False, []
    await reconcile(show.services, clock.now())
    assert await show.status() == "interrupted"


async def test_an_ended_broadcast_gets_no_key_and_says_why(
    shop: Shop, engine: MemoryEngine
) -> None:
    show = await planned(shop, engine)
    await show.ended()

    refused = await shop.client.post(
        f"/api/host/sessions/{show.id}/push-address", headers=show.staff
    )

    assert (refused.status_code, refused.json()["code"]) == (409, "session_over")


async def test_each_provider_speaks_at_its_own_door_of_its_own_streams(
    shop: Shop, engine: MemoryEngine
) -> None:
    show = await planned(shop, engine)
    body = json.dumps(
        {
            "event": "publish_requested",
            "push_id": "p1",
            "name": show.name,
            "key": show.key,
            "address": "127.0.0.1",
            "at": clock.now().isoformat(),
        }
    ).encode()
    signed = signing.signed_headers(MemoryEngine.SECRET, body, clock.now())
    doors = "/api/callbacks/streams"

    allowed = await shop.client.post(f"{doors}/embedded", content=body, headers=signed)
    unknown = await shop.client.post(f"{doors}/nobody", content=body, headers=signed)

    assert allowed.json() == {"allow": True, "session": show.id}
    assert unknown.status_code == 404
    asked = PublishRequested("p1", show.name, show.key, "127.0.0.1", clock.now())
    assert await denied(admit(show.services, "another", asked, clock.now())) == "push_denied"
    told = PublishStarted(push_id="p1", name=show.name, session=show.id, at=clock.now())
    await on_stream_event(show.services, "another", told, clock.now())
    assert await show.status() == "scheduled"


async def test_the_grace_is_the_merchant_s(own_shop: Shop) -> None:
    show = await planned(own_shop, own_shop.engine)
    written = await own_shop.client.put(
        "/api/merchant/settings/live",
        json={"version": 0, "value": {"grace_s": 600}},
        headers=show.staff,
    )
    assert written.status_code == 200, written.text
    await show.tells(PublishStarted)
    await show.tells(PublishStopped, reason="left")
    at = clock.now()

    await end_abandoned(show.services, at + timedelta(seconds=599))
    assert await show.status() == "interrupted"
    await end_abandoned(show.services, at + timedelta(seconds=602))
    assert await show.status() == "ended"


async def test_a_viewer_gets_signed_addresses_only_while_it_is_on_air(
    shop: Shop, engine: MemoryEngine
) -> None:
    show = await planned(shop, engine)
    url = f"/api/buyer/rooms/{show.room_id}/play"
    assert (await shop.client.get(url)).json()["endpoints"] == []

    await show.tells(PublishStarted)

    found = (await shop.client.get(url)).json()["endpoints"]
    assert {one["kind"] for one in found} >= {"llhls", "flv"}
    assert all(show.key not in one["url"] for one in found)
