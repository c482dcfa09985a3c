"""Series with points more often than hourly: judged by what was never seen, and by the season if there is one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from houston.watch.outliers.arrays import Arrays, Bools, Floats, Ints
from houston.watch.outliers.engine import Engine
from houston.watch.outliers.fine import forecast
from houston.watch.outliers.fine.forecast import Forecast, Outlook
from houston.watch.outliers.fine.news import News
from houston.watch.outliers.fine.sights import VIEWS, Sights
from houston.watch.outliers.fine.stillness import Stillness
from houston.watch.outliers.fine.weight import Weight, weigh
from houston.watch.outliers.line import Lines
from houston.watch.outliers.severity import Cause, severities
from houston.watch.outliers.tuning import Tuning
from houston.watch.outliers.verdicts import Verdicts

#: rows before the first verdict: enough for a line
WARMUP = 200
#: the score of a row that is far out but no news, since an earlier one told of it
TOLD = 0.3


@dataclass(kw_only=True)
class FineState(Arrays):
    forecast: Forecast
    sights: Sights
    lines: Lines
    news: News
    stillness: Stillness
    #: whether no value has been negative
    positive: Bools

    @staticmethod
    def empty(spacing: Floats) -> FineState:
        count = len(spacing)
        return FineState(
            forecast=Forecast.empty(spacing),
            sights=Sights.empty(count),
            lines=Lines.empty(count, VIEWS),
            news=News.empty(count),
            stillness=Stillness.empty(count),
            positive=np.ones(count, np.bool_),
        )


def step(state: FineState, times: Ints, values: Floats, tuning: Tuning) -> Verdicts:
    rows = state.forecast.rows.copy()
    state.positive &= values >= 0
    outlook = forecast.look(state.forecast, times, values, tuning.season)
    sizes = state.sights.see(outlook.deviation, values, rows, state.forecast.noise)
    still = state.stillness.excess(values, outlook.regular)
    weight = weigh(outlook, sizes, state.lines.heights(), still, tuning)
    allow(weight, outlook, values, still, tuning)
    weight.excess[rows < WARMUP] = 0.0
    verdicts = tell(state, outlook, weight, rows)
    state.lines.learn(sizes)
    state.stillness.learn(values)
    forecast.learn(state.forecast, outlook, values)
    return verdicts


def allow(weight: Weight, outlook: Outlook, values: Floats, still: Floats, tuning: Tuning) -> None:
    """Take away what the settings say does not matter; standing still always does."""
    side = np.where(outlook.deviation > 0, tuning.up, tuning.down)
    matters = side & ~tuning.too_small(values, outlook.expected)
    weight.excess[:] = np.where(matters, weight.excess, still)


def tell(state: FineState, outlook: Outlook, weight: Weight, rows: Ints) -> Verdicts:
    excess, expected = weight.excess, outlook.expected
    news = state.news.tell(excess, rows)
    is_outlier = news & (excess >= 1)
    # sums look back: a value that is usual by itself is no longer part of what they tell of
    stands = np.where(weight.usual & ~is_outlier, 0.0, excess)
    score = excess / (1 + excess)
    unknown = np.where(rows < WARMUP, np.nan, 0.0)
    lower = expected - weight.reach
    return Verdicts(
        expected=expected + unknown,
        lower=np.where(state.positive & (expected >= 0), np.maximum(lower, 0.0), lower) + unknown,
        upper=expected + weight.reach + unknown,
        score=np.where(news, score, np.minimum(score, TOLD)),
        is_outlier=is_outlier,
        severity=severities(stands, state.news.lasts(stands)),
        cause=np.where(stands >= 1, weight.cause, Cause.NONE).astype(np.int8),
    )


FINE = Engine(begin=FineState.empty, step=step)
