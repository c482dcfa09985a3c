"""The ways in which a row can stand out."""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import deque

from houston.watch.outliers.cadence import HOUR

#: values kept for each hour of the day
NEIGHBOURS = 200
#: fewer values than this say nothing about what has been seen before
ENOUGH_NEIGHBOURS = 30
#: changes of value to have seen before standing still means anything
ENOUGH_CHANGES = 30


class Together:
    """The last rows' deviations as one: small ones in one direction add up."""

    def __init__(self, rows: int) -> None:
        self._last: deque[float] = deque(maxlen=rows)

    def deviation(self, deviation: float) -> float:
        self._last.append(deviation)
        full = len(self._last) == self._last.maxlen
        return sum(self._last) / math.sqrt(len(self._last)) if full else 0.0


class Neighbours:
    """The values seen before around the same hour of the day."""

    def __init__(self) -> None:
        self._ordered: list[list[float]] = [[] for _ in range(24)]
        self._arrived: list[deque[float]] = [deque() for _ in range(24)]

    def distance(self, time: int, value: float) -> float:
        """From the nearest of them; 0 while there are too few."""
        hour = time // HOUR
        near = [self._ordered[(hour + i) % 24] for i in (-1, 0, 1)]
        if sum(map(len, near)) < ENOUGH_NEIGHBOURS:
            return 0.0
        return min(nearest(value, ordered) for ordered in near if ordered)

    def learn(self, time: int, value: float) -> None:
        hour = time // HOUR % 24
        insort(self._ordered[hour], value)
        self._arrived[hour].append(value)
        if len(self._arrived[hour]) > NEIGHBOURS:
            oldest = self._arrived[hour].popleft()
            del self._ordered[hour][bisect_left(self._ordered[hour], oldest)]


def nearest(value: float, ordered: list[float]) -> float:
    i = bisect_left(ordered, value)
    return min(abs(value - other) for other in ordered[max(i - 1, 0) : i + 1])


class Stillness:
    """How long the same value has come in, beside the longest time that this has lasted before."""

    def __init__(self) -> None:
        self._value = math.nan
        self._run = self._longest = self._changes = 0

    def excess(self, value: float) -> float:
        """1 where it has lasted remarkably long."""
        if value != self._value or self._changes < ENOUGH_CHANGES:
            return 0.0
        return (self._run + 1) / (2 * self._longest + 4)

    def learn(self, value: float) -> None:
        if value == self._value:
            self._run += 1
            return
        self._longest = max(self._longest, self._run)
        self._changes += 1
        self._value, self._run = value, 1
