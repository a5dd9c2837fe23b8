"""The moment when a link is shared: a crowd asks at once for what nobody has asked for yet."""

import asyncio

from bofen.kit import clock
from bofen.settings.recent import FRESH, RecentSettings
from tests.statements import counted
from tests.web.conftest import Shop
from tests.web.test_rooms import a_room

CROWD = 40


async def test_a_crowd_at_a_cold_room_is_one_reading(shop: Shop) -> None:
    taken = []
    for viewers in (1, CROWD):
        room_id = await a_room(shop)
        with counted(shop.services.db) as statements:
            answers = await asyncio.gather(
                *(shop.client.get(f"/api/buyer/rooms/{room_id}") for _ in range(viewers))
            )
        assert {answer.status_code for answer in answers} == {200}
        assert {answer.json()["room"]["id"] for answer in answers} == {room_id}
        taken.append(len(statements))

    assert taken[1] == taken[0]


async def test_a_crowd_s_settings_are_read_once_and_again_when_they_are_old(shop: Shop) -> None:
    recent = RecentSettings(shop.services.db)
    at = clock.now()
    taken = []
    for askers, moment in ((1, at), (CROWD, at + FRESH), (CROWD, at + FRESH)):
        with counted(shop.services.db) as statements:
            await asyncio.gather(*(recent.at(moment) for _ in range(askers)))
        taken.append(len(statements))

    assert taken[0] > 0
    assert taken == [taken[0], taken[0], 0]
