"""Points more often than hourly: judged by what was never seen, and by the season if there is one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from houston.watch.outliers.arrays import Arrays, Bools, Floats, Ints
from houston.watch.outliers.engine import Engine
from houston.watch.outliers.fine import forecast
from houston.watch.outliers.fine.forecast import Calendar, Forecast
from houston.watch.outliers.fine.news import News
from houston.watch.outliers.fine.sights import ONE, TEN, THREE, VIEWS, Sights
from houston.watch.outliers.fine.stillness import Stillness
from houston.watch.outliers.fine.weight import Sighted, Weight, weigh
from houston.watch.outliers.line import Lines
from houston.watch.outliers.severity import Cause, severities
from houston.watch.outliers.tuning import Tuning
from houston.watch.outliers.verdicts import Verdicts

#: rows before the first verdict: enough for a line
WARMUP = 200
#: rows after which something can be said to be new
ENOUGH = 30
#: the score of a row that is far out but no news, since an earlier one told of it
TOLD = 0.3


@dataclass(kw_only=True)
class FineState(Arrays):
    forecast: Forecast
    sights: Sights
    lines: Lines
    news: News
    stillness: Stillness
    #: whether a season has ever said much
    seasoned: Bools
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
            seasoned=np.zeros(count, np.bool_),
            positive=np.ones(count, np.bool_),
        )


def step(state: FineState, times: Ints, values: Floats, tuning: Tuning) -> Verdicts:
    return walk(state, times[None], values[None], tuning).flat()


def walk(state: FineState, times: Ints, values: Floats, tuning: Tuning) -> Verdicts:
    """Some rows of each member, rows × members. What can be is done for all rows at once."""
    count, members = values.shape
    rows = state.forecast.rows + np.arange(count)[:, None]
    state.sights.begin(rows[0] == 0, values[0])
    sights = look(state, times, values, rows, tuning)
    weight = weigh(sights, values.ravel(), tuning.take(np.tile(np.arange(members), count)))
    weight.excess[rows.ravel() < WARMUP] = 0.0
    return tell(state, sights, weight, values, rows)


def look(state: FineState, times: Ints, values: Floats, rows: Ints, tuning: Tuning) -> Sighted:
    """The rows one after the other: each is seen in the light of those before it."""
    found = Sighted.empty(*values.shape)
    calendar = Calendar.of(times, state.forecast.slots)
    shapes = state.sights.shapes_of(values)
    for row, some in enumerate(values):
        noise = state.forecast.noise.copy()
        outlook = forecast.follow(state.forecast, some, calendar, row, tuning.season)
        found.note(row, outlook)
        found.sizes[row, :, :ONE] = state.sights.newness(shapes[row], some, noise, rows[row])
        found.still[row] = state.stillness.excess(some, outlook.regular)
        state.stillness.learn(some)
    found.sizes[..., :ONE] *= (rows >= ENOUGH)[..., None]
    found.sizes[..., ONE] = found.deviation
    found.sizes[..., THREE], found.sizes[..., TEN] = state.sights.sums_of(found.deviation)
    np.abs(found.sizes, out=found.sizes)
    measure(state, found)
    return found


def measure(state: FineState, found: Sighted) -> None:
    """The usual largest sizes before each row."""
    for row, sizes in enumerate(found.sizes):
        begun = np.flatnonzero(found.regular[row] & ~state.seasoned)
        if begun.size:
            # deviations from what was expected without a season say nothing of those from the season
            state.lines.forget(begun, slice(ONE, None))
            state.seasoned[begun] = True
        found.heights[row] = state.lines.heights()
        state.lines.learn(sizes)


def tell(state: FineState, sights: Sighted, weight: Weight, values: Floats, rows: Ints) -> Verdicts:
    excess, expected = weight.excess.reshape(values.shape), sights.expected
    news = np.stack([state.news.tell(some, rows[row]) for row, some in enumerate(excess)])
    is_outlier = news & (excess >= 1)
    # sums look back: a value that is usual by itself is no longer part of what they tell of
    stands = np.where(weight.usual.reshape(values.shape) & ~is_outlier, 0.0, excess)
    lasts = np.stack([state.news.lasts(some) for some in stands])
    positive = np.logical_and.accumulate(np.concatenate([state.positive[None], values >= 0]))[1:]
    state.positive[:] = positive[-1]
    reach = weight.reach.reshape(values.shape) + np.where(rows < WARMUP, np.nan, 0.0)
    lower = expected - reach
    score = excess / (1 + excess)
    return Verdicts(
        expected=np.where(rows < WARMUP, np.nan, expected),
        lower=np.where(positive & (expected >= 0), np.maximum(lower, 0.0), lower),
        upper=expected + reach,
        score=np.where(news, score, np.minimum(score, TOLD)),
        is_outlier=is_outlier,
        severity=severities(stands, lasts),
        cause=np.where(stands >= 1, weight.cause.reshape(values.shape), Cause.NONE).astype(np.int8),
    )


FINE = Engine(begin=FineState.empty, step=step, walk=walk)
