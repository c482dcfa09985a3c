from __future__ import annotations

import math
from collections import deque

import numpy as np

from houston.watch.outliers.cadence import DAILY, DAY, cadence
from houston.watch.outliers.history import History
from houston.watch.outliers.season import NO_SEASON, fit_season
from houston.watch.outliers.settings import SeasonChoice

TIME, VALUE, SEASON, EXPECTED = range(4)
#: rows from which the step between points is clear; until then all is refitted at each row
SETTLING = 32
#: a new level at every third row is soon enough where the level spans hundreds of rows
LEVEL_EVERY = 3
#: float noise is no noise: deviations are never measured in less than this share of the level
FLOAT_NOISE = 1e-6
TINIEST = 1e-9
#: on a line that never moves, one unit of deviation is this share of it (twice that before the root)
DEAD_FLAT = 0.01


class Forecast:
    """What the next value should be, level plus season, and how far values usually stray from that.

    Works on square roots as long as no value is negative: that evens out the noise of counts and tames that
    of amounts, which both grow with the level.
    """

    def __init__(self, season: SeasonChoice) -> None:
        self.cadence = DAILY
        self.noise = TINIEST
        self._choice = season
        self._season = NO_SEASON
        self._level = 0.0
        self._history = History(columns=4)
        self._steps: deque[int] = deque(maxlen=51)
        self._rows = 0
        self._rooted = True

    @property
    def ready(self) -> bool:
        return self._rows >= self.cadence.warmup

    @property
    def last_time(self) -> int | None:
        return int(self._history.last(1)[TIME, 0]) if len(self._history) else None

    def expected(self, time: int) -> float:
        """On the inner scale, like everything that is not said to be a value."""
        return self._level + self._season.at(time)

    def inner(self, value: float) -> float:
        if value < 0 and self._rooted:
            self._unroot()
        return math.sqrt(value) if self._rooted else value

    def value(self, inner: float) -> float:
        return max(inner, 0.0) ** 2 if self._rooted else inner

    def learn(self, time: int, inner: float) -> None:
        last = self.last_time
        if last is not None:
            self._steps.append(time - last)
        expected = inner if last is None else self.expected(time)
        self._history.append(time, inner, self._season.at(time), expected)
        self._history.forget(keep=max(self.cadence.history, SETTLING))
        self._rows += 1
        if self._rows < SETTLING or last is None or time // DAY != last // DAY:
            self._refit()
        elif self._rows % LEVEL_EVERY == 0:
            self._relevel()

    def _refit(self) -> None:
        if self._steps:
            self.cadence = cadence(float(np.median(self._steps)))
        rows = self._history.last(self.cadence.history)
        times = rows[TIME].astype(np.int64)
        if self.ready:
            self._season = fit_season(times, rows[VALUE], slots=self.cadence.slots, choice=self._choice)
            rows[SEASON] = self._season.over(times)
        self._relevel()
        self._measure_noise()

    def _relevel(self) -> None:
        rows = self._history.last(2 * self.cadence.level)
        rest = rows[VALUE] - rows[SEASON]
        recent = rest[-self.cadence.level :]
        self._level = float(np.median(recent))
        if self.cadence is DAILY and len(rest) == 2 * len(recent):
            # daily levels look back two weeks, far enough for growth to matter
            self._level += (self._level - float(np.median(rest[: len(recent)]))) / 2

    def _measure_noise(self) -> None:
        rows = self._history.last(self.cadence.history)
        misses = np.abs(rows[VALUE] - rows[EXPECTED])
        middle = float(np.median(misses))
        share = DEAD_FLAT if middle == 0 else FLOAT_NOISE
        self.noise = max(1.4826 * middle, float(np.mean(misses)) / 2, share * abs(self._level), TINIEST)

    def _unroot(self) -> None:
        self._rooted = False
        rows = self._history.last(len(self._history))
        rows[VALUE] **= 2
        rows[EXPECTED] = np.sign(rows[EXPECTED]) * rows[EXPECTED] ** 2
        if len(self._history):
            self._refit()
