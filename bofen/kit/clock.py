"""The only place that asks what time it is.

Edges call `now()`; everyone else is handed `at`. For tests of months the whole system can be told
to follow a file that holds an offset in seconds (`follow`); a production refuses that setting.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

_offset_file: Path | None = None


def follow(offset_file: Path | None) -> None:
    """From here on `now()` is the real time plus the whole seconds written in `offset_file`."""
    global _offset_file  # noqa: PLW0603 - there is one time, so there is one clock
    _offset_file = offset_file


def now() -> datetime:
    """The present moment, aware and in UTC."""
    return datetime.now(UTC) + _offset()


def _offset() -> timedelta:
    if _offset_file is None:
        return timedelta()
    try:
        return timedelta(seconds=int(_offset_file.read_text() or 0))
    except FileNotFoundError:
        return timedelta()
