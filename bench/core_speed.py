"""How fast one core is, by a fixed loop of Python: figures of two machines stand beside it.

    python -m bench.core_speed

Prints JSON: million rounds a second, the best of five, so that a busy moment says nothing.
"""

import json
import time

ROUNDS = 2_000_000
TRIES = 5


def main() -> None:
    print(json.dumps({"million_rounds_per_second": measured()}))


def measured() -> float:
    """Million rounds in a second of this core's time."""
    took = min(_timed() for _ in range(TRIES))
    return round(ROUNDS / took / 1e6, 1)


def _timed() -> float:
    started = time.process_time()
    _loop(ROUNDS)
    return time.process_time() - started


def _loop(rounds: int) -> int:
    """Sums, products and a mask: what an interpreter does all day, and nothing to remember."""
    found = 1
    for number in range(rounds):
        found = (found * 1_103_515_245 + number) & 0x7FFFFFFF
    return found


if __name__ == "__main__":
    main()
