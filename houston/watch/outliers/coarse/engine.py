"""Hourly and slower series: a level that moves, the season of the week, and the dates of the month.

A row stands out by itself (VALUE), with those before it on the same side (SHIFT), or by not moving (STUCK);
each beside the largest of its kind so far.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from houston.watch.outliers.arrays import Bools, Floats, Ints
from houston.watch.outliers.coarse import sums
from houston.watch.outliers.coarse.cadence import DAILY as BY_DAY
from houston.watch.outliers.coarse.cadence import HOURLY as BY_HOUR
from houston.watch.outliers.coarse.cadence import Cadence
from houston.watch.outliers.coarse.calendar import Moment
from houston.watch.outliers.coarse.excess import Excess, is_news, wanted, weigh
from houston.watch.outliers.coarse.fitting import refit
from houston.watch.outliers.coarse.learning import learn_home, learn_level, note, settle
from houston.watch.outliers.coarse.outlook import Outlook, band, outlook, pass_time, size
from houston.watch.outliers.coarse.season import Wanted
from houston.watch.outliers.coarse.state import CoarseState, begin
from houston.watch.outliers.engine import Engine
from houston.watch.outliers.severity import Cause, severities
from houston.watch.outliers.tuning import SEASONS, Tuning
from houston.watch.outliers.verdicts import Verdicts

#: standard deviations below which no value alerts
FLOOR = 4.5
#: times the third largest sum so far
SUM_FURTHER = 1.2
#: excesses beyond are all the same
MOST = 1e6
SIDES = np.array([sums.UP, sums.DOWN])
#: the score of a row that is far out but no news, since an earlier one told of it
TOLD = 0.3
#: a series is fitted again when it has so many times as many rows as have come since
GROWN = 8


def step(state: CoarseState, times: Ints, values: Floats, tuning: Tuning, *, cadence: Cadence) -> Verdicts:
    moment = Moment.of(times, state.pace, cadence)
    go_on(state, moment, tuning, cadence)
    days = np.maximum(np.nan_to_num(moment.time - state.time), 0.0)
    pass_time(state, days)
    view = outlook(state, values, moment, days, cadence)
    sizes, side = size(state, view, values)
    sides = sizes[:, None] * (side[:, None] == SIDES)
    lines = np.maximum(FLOOR, cadence.further * state.largest.deviations[:, :, 0])
    shifted = add_up(state, view, cadence)
    excess = weigh(state, view, values, sides / lines, shifted)
    verdicts = tell(state, view, values, excess, lines, tuning, cadence)
    sums.insert(state.largest.deviations, np.minimum(sides, lines) * state.is_ready[:, None])
    learn_level(state, view, values, cadence)
    is_back = learn_home(state, view, state.is_ready & (excess.largest() >= 1), side, cadence)
    settle(state, is_back, shifted >= 1, moment, cadence)
    note(state, view, values, moment, cadence)
    return verdicts


def go_on(state: CoarseState, moment: Moment, tuning: Tuning, cadence: Cadence) -> None:
    """On to the week of this row; a series of which the weeks know nothing more begins anew."""
    lost = state.weeks.move_to(moment.week)
    state.rows[lost] = 0
    state.is_ready[lost] = False
    turn = np.flatnonzero(is_due(state, moment, cadence))
    if not turn.size:
        return
    part, season = state.take(turn), tuning.season[turn]
    seasonal = (part.pace == 0) & (season != SEASONS.index("none"))
    may_learn = Wanted(
        of_week=seasonal.astype(np.float64),
        of_day=(seasonal & (season != SEASONS.index("weekly"))).astype(np.float64),
    )
    part.fit.day[:], part.fit.rows[:] = moment.day[turn], part.rows
    refit(part, may_learn, cadence)
    state.put(turn, part)


def is_due(state: CoarseState, moment: Moment, cadence: Cadence) -> Bools:
    """A series is fitted when it has grown by an eighth, and in time regularly; on a new day only."""
    grown = state.rows - state.fit.rows >= np.minimum(state.rows // GROWN, cadence.fitting)
    due: Bools = (state.rows >= cadence.warmup) & (moment.day > state.fit.day) & (grown | ~state.is_ready)
    return due


def add_up(state: CoarseState, view: Outlook, cadence: Cadence) -> Floats:
    """[members, sides] the sums of deviations, in times their line."""
    both = np.stack([view.deviation, -view.deviation], axis=1)
    ended = state.sums.add(both, view.level, view.seen - view.offset, cadence.swiftness)
    state.sums.forget(~state.is_ready)
    lines = np.maximum(cadence.sum_floor, SUM_FURTHER * state.largest.sums[:, :, 0])
    sums.insert(state.largest.sums, np.minimum(ended, lines) * state.is_ready[:, None])
    return np.where(state.fit.is_still[:, None], 0.0, state.sums.sums / lines)


def scores(excess: Floats) -> Floats:
    """0.5 at the line; steep there, since what is just under it is usual."""
    square = np.minimum(excess, MOST) ** 2
    found: Floats = square / (1 + square)
    return found


def tell(
    state: CoarseState,
    view: Outlook,
    values: Floats,
    plain: Excess,
    lines: Floats,
    tuning: Tuning,
    cadence: Cadence,
) -> Verdicts:
    unknown = np.where(state.is_ready, 0.0, np.nan)
    expected, lower, upper = band(state, view, lines * tuning.factor[:, None])
    excess = wanted(plain, tuning, tuning.too_small(values, expected))
    news = is_news(state, excess.largest())
    excess = excess.at(tuning.factor)
    largest = excess.largest()
    state.outside[:] = np.where(largest >= 1, state.outside + 1, 0)
    score = scores(largest)
    return Verdicts(
        expected=expected + unknown,
        lower=lower + unknown,
        upper=upper + unknown,
        score=np.where(news, score, np.minimum(score, TOLD)),
        is_outlier=news & (largest >= 1),
        severity=severities(largest, state.outside > cadence.lasting),
        cause=np.where(largest >= 1, excess.cause(), Cause.NONE).astype(np.int8),
    )


DAILY = Engine(begin=partial(begin, cadence=BY_DAY), step=partial(step, cadence=BY_DAY))
HOURLY = Engine(begin=partial(begin, cadence=BY_HOUR), step=partial(step, cadence=BY_HOUR))
