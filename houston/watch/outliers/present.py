from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from houston.watch.outliers.arrays import Arrays, Floats, Ints, Members
from houston.watch.outliers.cadence import DAILY
from houston.watch.outliers.engine import Engine
from houston.watch.outliers.forecast import Forecast
from houston.watch.outliers.line_present import AlertLine
from houston.watch.outliers.settings import Direction, SeasonChoice
from houston.watch.outliers.severity import Cause, severity
from houston.watch.outliers.tuning import SEASONS, Tuning
from houston.watch.outliers.verdicts import Verdicts
from houston.watch.outliers.views import Neighbours, Stillness, Together

#: an unseen value is news at this distance from all seen ones, in standard deviations
UNSEEN_FLOOR = 2.0
#: the score of a row that is far out but no news, since an earlier one told of it
TOLD = 0.3


class Verdict(NamedTuple):
    expected: float = math.nan
    lower: float = math.nan
    upper: float = math.nan
    score: float = 0.0
    is_outlier: bool = False
    severity: int = 0
    cause: Cause = Cause.NONE


class Present:
    """Judges each row of a series by the rows before it.

    Causal and resumable: reading a series in pieces gives what reading it at once gives. The cost of a row
    and the memory do not grow with the rows that have been read.
    """

    def __init__(self, season: SeasonChoice, direction: Direction, factor: float) -> None:
        self._direction, self._factor = direction, factor
        self._forecast = Forecast(season)
        self._sums = [Together(1), Together(3), Together(10)]
        self._sum_lines = [AlertLine() for _ in self._sums]
        self._neighbours, self._unseen_line = Neighbours(), AlertLine()
        self._stillness = Stillness()
        self._recent: deque[float] = deque()
        self._outside = 0

    def step(self, time: int, value: float, too_small: Callable[[float], bool]) -> Verdict:
        verdict = self._verdict(time, value, too_small)
        if time <= (self._forecast.last_time or -math.inf):
            return verdict
        self._stillness.learn(value)
        self._forecast.learn(time, self._forecast.inner(value))
        return verdict

    def _verdict(self, time: int, value: float, too_small: Callable[[float], bool]) -> Verdict:
        inner = self._forecast.inner(value)
        if not self._forecast.ready:
            return Verdict()
        expected = self._forecast.expected(time)
        reach = self._line(self._sum_lines[0], self._forecast.cadence.floor) * self._forecast.noise
        excess, cause = self._largest_excess(time, value, inner, expected)
        if cause != Cause.STUCK and too_small(self._forecast.value(expected)):
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
        wanted = {"both": True, "up": deviation > 0, "down": deviation < 0}[self._direction]
        return excess if wanted else 0.0

    def _line(self, line: AlertLine, floor: float) -> float:
        return line.height(floor) * self._factor

    def _is_news(self, excess: float) -> bool:
        """Whether the row is further out than all the rows just before it, which told of what is going on."""
        while len(self._recent) > self._forecast.cadence.quiet:
            self._recent.popleft()
        news = excess > max(self._recent, default=0.0)
        self._recent.append(excess)
        return news


@dataclass(kw_only=True)
class PresentState(Arrays):
    each: NDArray[np.object_]

    def take(self, members: Members) -> Self:
        return type(self)(
            each=self.each[members] if isinstance(members, slice) else deepcopy_each(self.each[members])
        )


def deepcopy_each(these):
    copied = np.empty(len(these), object)
    copied[:] = [deepcopy(each) for each in these]
    return copied


def begin(spacing: Floats) -> PresentState:
    return PresentState(each=np.full(len(spacing), None, object))


def step(state: PresentState, times: Ints, values: Floats, tuning: Tuning) -> Verdicts:
    rows = []
    for i, (t, v) in enumerate(zip(times.tolist(), values.tolist(), strict=True)):
        if state.each[i] is None:
            direction = "both" if tuning.up[i] and tuning.down[i] else "up" if tuning.up[i] else "down"
            state.each[i] = Present(SEASONS[tuning.season[i]], direction, float(tuning.factor[i]))

        def small(e, i=i, v=v):
            return abs(v - e) < max(tuning.least_change[i], tuning.least_share[i] * abs(e))

        rows.append(state.each[i].step(t, v, small))
    columns = list(zip(*rows, strict=True))
    return Verdicts(
        **{
            name: np.array(column, kind)
            for name, column, kind in zip(
                ("expected", "lower", "upper", "score", "is_outlier", "severity", "cause"),
                columns,
                (float, float, float, float, bool, np.int8, np.int8),
                strict=True,
            )
        }
    )


PRESENT = Engine(begin=begin, step=step)
