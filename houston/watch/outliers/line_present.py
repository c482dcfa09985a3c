from __future__ import annotations

from bisect import insort

#: one large deviation is chance, this many are how the series is
RANK = 6


class AlertLine:
    """How large a deviation must be to alert: far out in general, and far out for this series.

    Bursty series have large deviations every day. Measuring against the sixth largest so far fits the line to
    each of them, where a fixed multiple of the spread would flood.
    """

    def __init__(self, *, factor: float = 1.3) -> None:
        self._factor = factor
        self._largest = [0.0] * RANK

    def height(self, floor: float) -> float:
        return max(floor, self._factor * self._largest[0])

    def learn(self, deviation: float) -> None:
        if deviation > self._largest[0]:
            del self._largest[0]
            insort(self._largest, deviation)
