from __future__ import annotations

import math
from collections import deque
from copy import deepcopy
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from houston.watch.outliers.cadence import DAILY
from houston.watch.outliers.forecast import Forecast
from houston.watch.outliers.line import AlertLine
from houston.watch.outliers.series import Series, SeriesError
from houston.watch.outliers.settings import Settings
from houston.watch.outliers.severity import Cause, severity
from houston.watch.outliers.views import Neighbours, Stillness, Together

SENSITIVITY = {"low": 1.4, "normal": 1.0, "high": 0.75}
#: an unseen value is news at this distance from all seen ones, in standard deviations
UNSEEN_FLOOR = 2.0
#: the score of a row that is far out but no news, since an earlier one told of it
TOLD = 0.3


@dataclass(frozen=True, kw_only=True)
class Verdicts:
    """One entry per row of the series that was read."""

    #: nan while warming up, like the bounds; a value outside the bounds is beyond the alert line
    expected: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    #: 0 to 1; 0.5 is the alert line on every series
    score: NDArray[np.float64]
    #: this row would alert: it is beyond the line, and further than the rows before it
    is_outlier: NDArray[np.bool_]
    #: place in SEVERITIES of the state at this row, also where an earlier row has alerted
    severity: NDArray[np.int8]
    #: Cause, of the same
    cause: NDArray[np.int8]


class Verdict(NamedTuple):
    expected: float = math.nan
    lower: float = math.nan
    upper: float = math.nan
    score: float = 0.0
    is_outlier: bool = False
    severity: int = 0
    cause: Cause = Cause.NONE


class Detector:
    """Judges each row of a series by the rows before it.

    Causal and resumable: reading a series in pieces gives what reading it at once gives. The cost of a row
    and the memory do not grow with the rows that have been read.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self._forecast = Forecast(self._settings.season)
        self._sums = [Together(1), Together(3), Together(10)]
        self._sum_lines = [AlertLine() for _ in self._sums]
        self._neighbours, self._unseen_line = Neighbours(), AlertLine()
        self._stillness = Stillness()
        self._recent: deque[float] = deque()
        self._outside = 0

    def read(self, series: Series) -> Verdicts:
        """Verdicts on rows that come after all rows read so far; learns from them."""
        last = self._forecast.last_time
        times = series.times.astype("datetime64[s]").astype(np.int64).tolist()
        if times and last is not None and times[0] <= last:
            raise SeriesError(
                f"{series.times[0]} is not after {np.datetime64(last, 's')}, which was read before"
            )
        return verdicts([self._step(t, v) for t, v in zip(times, series.values.tolist(), strict=True)])

    def judge(self, series: Series) -> Verdicts:
        """Verdicts on rows, each as if it came next, that are not learned from; their times are free."""
        times = series.times.astype("datetime64[s]").astype(np.int64).tolist()
        return verdicts(
            [deepcopy(self)._verdict(t, v) for t, v in zip(times, series.values.tolist(), strict=True)]
        )

    def _step(self, time: int, value: float) -> Verdict:
        verdict = self._verdict(time, value)
        self._stillness.learn(value)
        self._forecast.learn(time, self._forecast.inner(value))
        return verdict

    def _verdict(self, time: int, value: float) -> Verdict:
        inner = self._forecast.inner(value)
        if not self._forecast.ready:
            return Verdict()
        expected = self._forecast.expected(time)
        reach = self._line(self._sum_lines[0], self._forecast.cadence.floor) * self._forecast.noise
        excess, cause = self._largest_excess(time, value, inner, expected)
        if cause != Cause.STUCK and self._too_small(value, self._forecast.value(expected)):
            excess = 0.0
        news = self._is_news(excess)
        self._outside = self._outside + 1 if excess >= 1 else 0
        score = excess / (1 + excess)
        return Verdict(
            expected=self._forecast.value(expected),
            lower=self._forecast.value(expected - reach),
            upper=self._forecast.value(expected + reach),
            score=score if news else min(score, TOLD),
            is_outlier=news and excess >= 1,
            severity=severity(excess, lasting=self._outside > self._forecast.cadence.lasting),
            cause=cause if excess >= 1 else Cause.NONE,
        )

    def _largest_excess(self, time: int, value: float, inner: float, expected: float) -> tuple[float, Cause]:
        """How many times beyond its alert line the row is, in the view where it is furthest."""
        floor, noise = self._forecast.cadence.floor, self._forecast.noise
        deviation = (inner - expected) / noise
        found = [(self._stillness.excess(value), Cause.STUCK)]
        for i, (together, line) in enumerate(zip(self._sums, self._sum_lines, strict=True)):
            found.append(
                (self._excess(together.deviation(deviation), line, floor), Cause.SHIFT if i else Cause.VALUE)
            )
        if self._forecast.cadence is not DAILY:
            distance = math.copysign(self._neighbours.distance(time, inner) / noise, deviation)
            found.append((self._excess(distance, self._unseen_line, UNSEEN_FLOOR), Cause.UNSEEN))
            self._neighbours.learn(time, inner)
        return max(found)

    def _excess(self, deviation: float, line: AlertLine, floor: float) -> float:
        excess = abs(deviation) / self._line(line, floor)
        line.learn(abs(deviation))
        wanted = {"both": True, "up": deviation > 0, "down": deviation < 0}[self._settings.direction]
        return excess if wanted else 0.0

    def _line(self, line: AlertLine, floor: float) -> float:
        return line.height(floor) * SENSITIVITY[self._settings.sensitivity]

    def _too_small(self, value: float, expected: float) -> bool:
        change = abs(value - expected)
        percent = (self._settings.minimum_change_percent or 0.0) / 100
        return change < max(self._settings.minimum_change or 0.0, percent * abs(expected))

    def _is_news(self, excess: float) -> bool:
        """Whether the row is further out than all the rows just before it, which told of what is going on."""
        while len(self._recent) > self._forecast.cadence.quiet:
            self._recent.popleft()
        news = excess > max(self._recent, default=0.0)
        self._recent.append(excess)
        return news


def verdicts(rows: list[Verdict]) -> Verdicts:
    columns = list(zip(*rows, strict=True)) or [()] * len(Verdict._fields)
    return Verdicts(
        expected=np.array(columns[0], np.float64),
        lower=np.array(columns[1], np.float64),
        upper=np.array(columns[2], np.float64),
        score=np.array(columns[3], np.float64),
        is_outlier=np.array(columns[4], np.bool_),
        severity=np.array(columns[5], np.int8),
        cause=np.array(columns[6], np.int8),
    )
