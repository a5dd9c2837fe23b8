"""One reading for all who ask at the same moment, and for those who come a little later."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")

_KEPT_MAX = 1_000


class Recent(Generic[Key, Answer]):
    """Answers of readings that began less than `fresh_s` ago; at most `kept_max`.

    An age counts from the beginning of the reading, so that no answer is older than it looks. The
    reading belongs to nobody: who asked first may hang up, and the others still get the answer. A
    failure is that of all who wait for it, and is not kept.
    """

    def __init__(self, fresh_s: float, kept_max: int = _KEPT_MAX) -> None:
        self._fresh_s = fresh_s
        self._kept_max = kept_max
        self._kept: dict[Key, tuple[float, asyncio.Task[Answer]]] = {}

    async def of(
        self, key: Key, read: Callable[[], Coroutine[Any, Any, Answer]], now: float
    ) -> Answer:
        """What is known of `key`, else what `read` answers, which begins `now`.

        `now` is in seconds, by a clock that is the same at each call.
        """
        kept = self._kept.get(key)
        if kept is None or kept[0] <= now:
            kept = self._begin(key, read, now)
        _, reading = kept
        return reading.result() if reading.done() else await asyncio.shield(reading)

    def forget(self, key: Key) -> None:
        """It has changed: whoever asks from now on is not content with a reading from before."""
        self._kept.pop(key, None)

    def forget_all(self) -> None:
        """As `forget`, for whatever is kept."""
        self._kept.clear()

    def _begin(
        self, key: Key, read: Callable[[], Coroutine[Any, Any, Answer]], now: float
    ) -> tuple[float, asyncio.Task[Answer]]:
        self._kept.pop(key, None)  # Or the new one would have the place of the old.
        self._make_room(now)
        kept = self._kept[key] = (now + self._fresh_s, asyncio.create_task(read()))
        kept[1].add_done_callback(lambda done: self._done(key, done))
        return kept

    def _make_room(self, now: float) -> None:
        """What is fresh no more goes, and beyond the bound the oldest, which stand first."""
        while self._kept:
            oldest = next(iter(self._kept))
            if self._kept[oldest][0] > now and len(self._kept) < self._kept_max:
                return
            del self._kept[oldest]

    def _done(self, key: Key, reading: asyncio.Task[Answer]) -> None:
        has_failed = reading.cancelled() or reading.exception() is not None
        if has_failed and key in self._kept and self._kept[key][1] is reading:
            del self._kept[key]
