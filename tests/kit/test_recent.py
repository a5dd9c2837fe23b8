import asyncio

import pytest

from bofen.kit.recent import Recent

FRESH_S = 10.0


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


def answering() -> Source:
    source = Source()
    source.may_answer.set()
    return source


async def test_a_crowd_shares_one_reading_and_those_who_come_while_it_is_fresh() -> None:
    source = Source()
    recent: Recent[str, int] = Recent(FRESH_S)
    crowd = [asyncio.create_task(recent.of("a", source.read, 5.0)) for _ in range(50)]
    await asyncio.sleep(0)
    source.may_answer.set()

    assert set(await asyncio.gather(*crowd)) == {1}
    assert await recent.of("a", source.read, 5.0 + FRESH_S - 0.1) == 1
    assert await recent.of("a", source.read, 5.0 + FRESH_S) == 2


async def test_an_age_counts_from_when_the_reading_began() -> None:
    """However long the database took: what is old when it comes is for its askers only."""
    source = Source()
    recent: Recent[str, int] = Recent(FRESH_S)
    early = asyncio.create_task(recent.of("a", source.read, 0.0))
    await asyncio.sleep(0)
    late = asyncio.create_task(recent.of("a", source.read, FRESH_S))
    await asyncio.sleep(0)
    source.may_answer.set()

    assert await asyncio.gather(early, late) == [1, 2]
    assert await recent.of("a", source.read, FRESH_S + 1) == 2


async def test_keys_are_read_apart() -> None:
    source = answering()
    recent: Recent[str, int] = Recent(FRESH_S)

    found = await asyncio.gather(*(recent.of(key, source.read, 0.0) for key in "ab"))

    assert found == [1, 2]


async def test_who_asked_first_may_hang_up_and_the_others_still_get_the_answer() -> None:
    source = Source()
    recent: Recent[str, int] = Recent(FRESH_S)
    first, second = (asyncio.create_task(recent.of("a", source.read, 0.0)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    source.may_answer.set()

    assert await second == 1
    assert first.cancelled()


@pytest.mark.parametrize("is_all", [False, True])
async def test_a_reading_from_before_a_change_answers_its_askers_only(is_all: bool) -> None:
    source = Source()
    recent: Recent[str, int] = Recent(FRESH_S)
    before = asyncio.create_task(recent.of("a", source.read, 0.0))
    await asyncio.sleep(0)
    recent.forget_all() if is_all else recent.forget("a")
    after = asyncio.create_task(recent.of("a", source.read, 0.0))
    await asyncio.sleep(0)
    source.may_answer.set()

    assert await asyncio.gather(before, after) == [1, 2]
    assert await recent.of("a", source.read, 1.0) == 2


async def test_beyond_the_bound_the_oldest_goes() -> None:
    source = answering()
    recent: Recent[int, int] = Recent(FRESH_S, kept_max=2)
    for key in (1, 2):
        await recent.of(key, source.read, 0.0)
    recent.forget(1)
    for key in (1, 3):
        await recent.of(key, source.read, 1.0)

    assert [await recent.of(key, source.read, 1.0) for key in (3, 1, 2)] == [4, 3, 5]


async def test_a_failure_is_everybody_s_and_is_not_kept() -> None:
    recent: Recent[str, int] = Recent(FRESH_S)

    async def fail() -> int:
        raise ConnectionError

    answers = await asyncio.gather(
        *(recent.of("a", fail, 0.0) for _ in range(3)), return_exceptions=True
    )
    assert all(isinstance(answer, ConnectionError) for answer in answers)

    source = answering()
    assert await recent.of("a", source.read, 0.0) == 1
    with pytest.raises(ConnectionError):
        await recent.of("b", fail, 0.0)
