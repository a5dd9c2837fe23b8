"""A stream's own clock in milliseconds: it goes on through reconnects and never goes back."""

_STEP_MS = 40
_BACK_MS = 2_000
_LEAP_MS = 10_000


class Timeline:
    """Pushers count from wherever they like; everybody behind us sees one rising clock."""

    def __init__(self, now_ms: int) -> None:
        self._began_ms = now_ms
        self._offset: int | None = None
        self._last = -_STEP_MS
        self._last_now_ms = now_ms

    def restart(self) -> None:
        """Another push begins: its first timestamp is placed at the present."""
        self._offset = None

    def place(self, timestamp: int, now_ms: int) -> tuple[int, bool]:
        """`timestamp` on our clock, and whether the pusher's own clock leapt."""
        leapt = False
        if self._offset is not None:
            distance = timestamp + self._offset - self._last
            waited = now_ms - self._last_now_ms
            leapt = distance < -_BACK_MS or distance > waited + _LEAP_MS
        if self._offset is None or leapt:
            present = now_ms - self._began_ms
            self._offset = max(self._last + _STEP_MS, present) - timestamp
        placed = max(0, timestamp + self._offset)
        self._last = max(self._last, placed)
        self._last_now_ms = now_ms
        return placed, leapt
