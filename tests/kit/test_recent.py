import asyncio

import pytest

from bofen.kit.flight import SingleFlight


class Source:
    """Answers when it is told to; knows how often it was asked."""

    def __init__(self) -> None:
        self.read_times = 0
        self.may_answer = asyncio.Event()

    async def read(self) -> int:
        self.read_times += 1
        mine = self.read_times
        await self.may_answer.wait()
        return mine


async def test_a_crowd_shares_one_reading_and_the_next_crowd_another() -> None:
    source = Source()
    flight: SingleFlight[str, int] = SingleFlight()
    crowd = [asyncio.create_task(flight.ask("a", source.read)) for _ in range(50)]
    await asyncio.sleep(0)
    source.may_answer.set()

    assert set(await asyncio.gather(*crowd)) == {1}
    assert await flight.ask("a", source.read) == 2


async def test_keys_are_read_apart() -> None:
    source = Source()
    source.may_answer.set()
    flight: SingleFlight[str, int] = SingleFlight()

    found = await asyncio.gather(flight.ask("a", source.read), flight.ask("b", source.read))

    assert found == [1, 2]


async def test_who_asked_first_may_hang_up_and_the_others_still_hear() -> None:
    source = Source()
    flight: SingleFlight[str, int] = SingleFlight()
    first, second = (asyncio.create_task(flight.ask("a", source.read)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    source.may_answer.set()

    assert await second == 1
    assert first.cancelled()


async def test_a_reading_that_was_forgotten_answers_its_askers_only() -> None:
    source = Source()
    flight: SingleFlight[str, int] = SingleFlight()
    wanted: dict[int, bool] = {}

    async def read() -> int:
        found = await source.read()
        wanted[found] = flight.is_wanted("a")
        return found

    before = asyncio.create_task(flight.ask("a", read))
    await asyncio.sleep(0)
    flight.forget("a")
    after = asyncio.create_task(flight.ask("a", read))
    await asyncio.sleep(0)
    source.may_answer.set()

    assert await asyncio.gather(before, after) == [1, 2]
    assert wanted == {1: False, 2: True}


async def test_a_failure_is_everybody_s_and_is_not_kept() -> None:
    flight: SingleFlight[str, int] = SingleFlight()

    async def fail() -> int:
        raise ConnectionError

    answers = await asyncio.gather(
        *(flight.ask("a", fail) for _ in range(3)), return_exceptions=True
    )
    assert all(isinstance(answer, ConnectionError) for answer in answers)

    source = Source()
    source.may_answer.set()
    assert await flight.ask("a", source.read) == 1
    with pytest.raises(ConnectionError):
        await flight.ask("a", fail)
