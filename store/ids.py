import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime

EPOCH_MS = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp() * 1000)
TAIL_BITS = 20


def first_at(moment: datetime) -> int:
    """No id made before this moment is greater."""
    ms = int(moment.timestamp() * 1000) - EPOCH_MS
    return max(ms, 0) << TAIL_BITS


class Ids:
    """Time-ordered 62-bit ids, made by the program so that a batch insert needs no answer.

    Within one process they strictly increase; across processes the random tail keeps them apart.
    """

    def __init__(self, now: Callable[[], datetime], rng: random.Random) -> None:
        self._now = now
        self._rng = rng
        self._last = 0
        self._lock = threading.Lock()

    def next(self) -> int:
        with self._lock:
            fresh = first_at(self._now()) | self._rng.getrandbits(TAIL_BITS - 1)
            self._last = fresh if fresh > self._last else self._last + 1
            return self._last
