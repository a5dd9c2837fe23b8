"""Running a part for ever: started again when it ends, after pauses that grow."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bofen.kit import log

_log = log.get(__name__)


class GaveUp(Exception):  # noqa: N818 - it is an answer: this part stays dead
    """The part ended too often; its name is the text."""


@dataclass(frozen=True)
class Patience:
    """A run shorter than `short_s` counts; after `short_runs_max` of them in a row we give up.

    The pause before the next run doubles from `pause_s` to `pause_max_s`. None never gives up.
    """

    short_runs_max: int | None = 5
    short_s: float = 20.0
    pause_s: float = 0.5
    pause_max_s: float = 10.0


async def keep_running(
    part: str,
    run: Callable[[], Awaitable[object]],
    patience: Patience,
    expected: tuple[type[Exception], ...] = (),
) -> None:
    """Until cancelled; whatever `run` answers or raises, it is run again.

    Failures are logged with their traceback, `expected` ones by their text. Raises `GaveUp`.
    """
    short_runs = 0
    while True:
        began = time.monotonic()
        try:
            await run()
            _log.error("part_ended", part=part)
        except expected as error:
            _log.warning("part_waits", part=part, error=str(error) or type(error).__name__)
        except Exception:  # noqa: BLE001 - whatever it was, the part must run again
            _log.exception("part_failed", part=part)
        short_runs = short_runs + 1 if time.monotonic() - began < patience.short_s else 1
        if patience.short_runs_max is not None and short_runs > patience.short_runs_max:
            raise GaveUp(part)
        await asyncio.sleep(min(patience.pause_max_s, patience.pause_s * 2 ** (short_runs - 1)))
