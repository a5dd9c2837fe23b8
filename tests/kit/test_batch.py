import asyncio
from collections.abc import Sequence

import pytest

from bofen.kit.batch import Batcher, Overloaded
from bofen.kit.errors import NotFound, Refusal


async def test_a_crowd_becomes_few_batches_and_everyone_gets_his_own_answer() -> None:
    sizes: list[int] = []

    async def run(items: Sequence[int]) -> list[int | Refusal]:
        sizes.append(len(items))
        await asyncio.sleep(0)
        return [NotFound("odd") if item % 2 else item * 10 for item in items]

    batcher = Batcher(run, size_max=64)
    answers = await asyncio.gather(*(batcher.ask(i) for i in range(200)), return_exceptions=True)

    assert [a for a in answers if isinstance(a, int)] == [i * 10 for i in range(0, 200, 2)]
    assert sum(isinstance(a, NotFound) for a in answers) == 100
    assert len(sizes) <= 5
    assert max(sizes) <= 64


async def test_an_idle_system_runs_batches_of_one() -> None:
    sizes: list[int] = []

    async def run(items: Sequence[int]) -> list[int | Refusal]:
        sizes.append(len(items))
        return list(items)

    batcher = Batcher(run)
    for i in range(3):
        assert await batcher.ask(i) == i

    assert sizes == [1, 1, 1]


async def test_a_failure_reaches_its_batch_and_not_the_next() -> None:
    async def run(items: Sequence[int]) -> list[int | Refusal]:
        if items[0] == 0:
            raise ZeroDivisionError
        return list(items)

    batcher = Batcher(run)
    with pytest.raises(ZeroDivisionError):
        await batcher.ask(0)

    assert await batcher.ask(1) == 1


async def test_more_than_can_wait_is_refused_at_the_door() -> None:
    gate = asyncio.Event()

    async def run(items: Sequence[int]) -> list[int | Refusal]:
        await gate.wait()
        return list(items)

    batcher = Batcher(run, size_max=1, waiting_max=2)
    waiting = [asyncio.create_task(batcher.ask(i)) for i in range(3)]
    await asyncio.sleep(0)
    with pytest.raises(Overloaded):
        await batcher.ask(9)
    gate.set()

    assert sorted(await asyncio.gather(*waiting[:2])) == [0, 1]
    await asyncio.gather(*waiting, return_exceptions=True)
