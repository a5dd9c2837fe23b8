"""One reading for all who ask at the same moment."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")


class SingleFlight(Generic[Key, Answer]):
    """While one reading of a key runs, whoever asks for the key gets its answer.

    The reading belongs to nobody: who asked first may hang up, and the others still hear.
    """

    def __init__(self) -> None:
        self._running: dict[Key, asyncio.Task[Answer]] = {}

    async def ask(self, key: Key, read: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
        """The answer of the reading that runs, or of `read`, which begins now."""
        task = self._running.get(key)
        if task is None:
            task = self._running[key] = asyncio.create_task(read())
            task.add_done_callback(lambda done: self._landed(key, done))
        return await asyncio.shield(task)

    def forget(self, key: Key) -> None:
        """Whoever asks from now on is not content with the reading that runs."""
        self._running.pop(key, None)

    def is_wanted(self, key: Key) -> bool:
        """Asked by a reading of itself: nobody has forgotten it since it began."""
        return self._running.get(key) is asyncio.current_task()

    def _landed(self, key: Key, task: asyncio.Task[Answer]) -> None:
        if self._running.get(key) is task:
            del self._running[key]
        if not task.cancelled():
            task.exception()  # Seen, also when everybody who asked has hung up.
