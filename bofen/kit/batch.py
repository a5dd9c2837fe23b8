"""Gathering what a crowd asks for at the same moment into one transaction.

While one batch commits, what arrives waits and becomes the next. There is no timer: an idle system
runs batches of one. See `docs/decisions/0003-batch-first.md`.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from bofen.kit.errors import Refusal

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Overloaded(Refusal):
    """More is waiting than we can serve soon: refuse at the door, not in the database."""

    code = "overloaded"
    status = 503


class Batcher(Generic[Asked, Answer]):
    """Calls `run` with up to `size_max` items at a time, one batch after the other.

    `run` answers each item in order, with an answer or with a `Refusal` (which `ask` raises).
    When `run` itself fails, everybody in that batch gets the failure.
    """

    def __init__(
        self,
        run: Callable[[Sequence[Asked]], Awaitable[Sequence[Answer | Refusal]]],
        size_max: int = 256,
        waiting_max: int = 4096,
    ) -> None:
        self._run = run
        self._size_max = size_max
        self._waiting_max = waiting_max
        self._waiting: deque[tuple[Asked, asyncio.Future[Answer]]] = deque()
        self._worker: asyncio.Task[None] | None = None

    async def ask(self, item: Asked) -> Answer:
        """The answer to `item`, after the transaction that contains it has committed."""
        if len(self._waiting) >= self._waiting_max:
            raise Overloaded
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._drain())
        return await future

    async def _drain(self) -> None:
        while self._waiting:
            size = min(self._size_max, len(self._waiting))
            batch = [self._waiting.popleft() for _ in range(size)]
            answers: Sequence[Answer | Exception]
            try:
                answers = await self._run([item for item, _ in batch])
            except Exception as failure:  # noqa: BLE001 - belongs to the askers, not to us
                answers = [failure] * len(batch)
            for (_, future), answer in zip(batch, answers, strict=True):
                if future.done():
                    continue
                if isinstance(answer, Exception):
                    future.set_exception(answer)
                else:
                    future.set_result(answer)
