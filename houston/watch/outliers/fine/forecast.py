"""What the next value of each member should be, and how far values usually stray from that."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from houston.watch.outliers.arrays import Arrays, Bools, Floats, Ints
from houston.watch.outliers.tuning import SEASONS

DAY, HOUR = 86_400, 3_600
#: slices of a day with an expected value of their own, at the most
SLOTS = 96
#: days that a slot's expected value, and the noise, are an average of
MEMORY = 7
#: a season must leave less than this share of the misses that going without leaves
WORTH = 0.9
#: the same where the season says much
REGULAR = 0.6
#: deviations teach no more than this many times the usual one
TEACHES = 3.0
#: noise teaches up to this many times itself
NOISE_TEACHES = 4.0
#: the mean miss to the standard deviation
SPREAD = 1.25
#: rows after which the way of forecasting is thought over
THINKS = 16
#: rows from which on noise is winsorised
SETTLED = 60
#: rows of an hour after which it has noise of its own
OWN_NOISE = 20
#: what a lasting miss is forgotten by, per day
FORGET = 0.2
#: float noise is no noise
FLOAT_NOISE = 1e-6
TINIEST = 1e-9

LEVEL, OF_DAY, OF_WEEK = range(3)
ALLOWED = np.array(
    [
        {"auto": (1, 1, 1), "none": (1, 0, 0), "weekly": (1, 0, 1), "daily_weekly": (1, 1, 1)}[s]
        for s in SEASONS
    ],
    np.bool_,
)


@dataclass(kw_only=True)
class Forecast(Arrays):
    rows: Ints
    #: rows and slots of a day
    day: Ints
    slots: Ints
    level: Floats
    largest: Floats
    #: usual value by slot of the day: every day's, workdays', weekends'
    shapes: Floats
    counts: NDArray[np.int32]
    #: members × 2: how far values have been from the shapes lately, by the season of the day, of the week
    offsets: Floats
    #: mean miss of going by the level, by the day, by the week
    misses: Floats
    #: the way in use, and whether its season says much
    way: NDArray[np.intp]
    regular: Bools
    #: standard deviation by hour of the day, and of all
    hourly: Floats
    hourly_rows: NDArray[np.int32]
    noise: Floats

    @staticmethod
    def empty(spacing: Floats) -> Forecast:
        count = len(spacing)
        day = np.maximum(np.round(DAY / spacing), 1).astype(np.int64)
        return Forecast(
            rows=np.zeros(count, np.int64),
            day=day,
            slots=np.minimum(day, SLOTS),
            level=np.zeros(count),
            largest=np.zeros(count),
            shapes=np.zeros((count, 3, SLOTS)),
            counts=np.zeros((count, 3, SLOTS), np.int32),
            offsets=np.zeros((count, 2)),
            misses=np.zeros((count, 3)),
            way=np.zeros(count, np.intp),
            regular=np.zeros(count, np.bool_),
            hourly=np.zeros((count, 24)),
            hourly_rows=np.zeros((count, 24), np.int32),
            noise=np.zeros(count),
        )


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Where rows × members are in the day and the week."""

    slot: Ints
    hour: Ints
    #: rows × members × 2: places in the shapes, of all days and of such days
    shapes: Ints

    @staticmethod
    def of(times: Ints, slots: Ints) -> Calendar:
        second = times % DAY
        week = 1 + ((times // DAY + 3) % 7 >= 5)
        return Calendar(
            slot=second * slots // DAY,
            hour=second // HOUR,
            shapes=np.stack([np.zeros_like(week), week], axis=2),
        )


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """On one row of each member."""

    expected: Floats
    #: standard deviation of values around that, and how many of them the value is away
    noise: Floats
    deviation: Floats
    #: whether a season says much about this member
    regular: Bools


def follow(
    state: Forecast, values: Floats, calendar: Calendar, row: int, season: NDArray[np.int8]
) -> Outlook:
    """What was expected of a row of each member, which is then learned from."""
    members = np.arange(len(values))
    if (state.rows % THINKS == 0).any():
        think_over(state, season)
    first = state.rows == 0
    if first.any():
        state.level[first] = values[first]
    place = members[:, None], calendar.shapes[row], calendar.slot[row, :, None]
    usual, counts = state.shapes[place], state.counts[place]
    misses = np.empty((len(values), 3))
    misses[:, LEVEL] = state.level
    misses[:, OF_DAY] = np.where(counts[:, 0] > 0, usual[:, 0], state.level)
    misses[:, OF_WEEK] = np.where(counts[:, 1] > 0, usual[:, 1], misses[:, OF_DAY])
    misses[:, 1:] += state.offsets
    np.subtract(values[:, None], misses, out=misses)
    miss = misses[members, state.way]
    hourly = members, calendar.hour[row]
    noise = noise_now(state, hourly)
    outlook = Outlook(
        expected=values - miss, noise=noise, deviation=miss / noise, regular=state.regular.copy()
    )
    state.rows += 1
    np.maximum(state.largest, np.abs(values), out=state.largest)
    learn_shapes(state, values, misses, noise, place, usual, counts)
    learn_noise(state, noise, misses, miss, hourly)
    return outlook


def think_over(state: Forecast, season: NDArray[np.int8]) -> None:
    """Take the way of forecasting that has missed least, if it has been seen for long enough."""
    turn = state.rows % THINKS == 0
    allowed = ALLOWED[season]
    level, by_day, by_week = state.misses[:, 0], state.misses[:, 1], state.misses[:, 2]
    daily = allowed[:, 1] & (state.rows >= 2 * state.day) & (by_day < WORTH * level)
    best = np.where(daily, by_day, level)
    weekly = allowed[:, 2] & (state.rows >= 8 * state.day) & (by_week < WORTH * best)
    best = np.where(weekly, by_week, best)
    way = np.where(weekly, OF_WEEK, np.where(daily, OF_DAY, LEVEL))
    begun = turn & (way > LEVEL) & (state.way == LEVEL)
    # noise around the level is not that around the season
    state.hourly_rows[begun] = 0
    state.noise[begun] = SPREAD * best[begun]
    state.way[turn] = way[turn]
    state.regular[turn] = ((way > 0) & (best < REGULAR * level))[turn]


Place = tuple[NDArray[np.intp], Ints] | tuple[NDArray[np.intp], Ints, Ints]


def noise_now(state: Forecast, hourly: Place) -> Floats:
    noise = np.where(state.hourly_rows[hourly] >= OWN_NOISE, state.hourly[hourly], state.noise)
    return np.maximum(noise, FLOAT_NOISE * np.abs(state.level) + TINIEST * state.largest + TINIEST)


def learn_shapes(
    state: Forecast,
    values: Floats,
    misses: Floats,
    noise: Floats,
    place: Place,
    usual: Floats,
    counts: NDArray[np.int32],
) -> None:
    rows, day = state.rows, state.day
    most = np.where(state.noise > 0, TEACHES * state.noise, np.inf)
    state.level += clipped(misses[:, 0], most) / np.minimum(rows, day)
    most = np.where(rows <= 3 * day, np.inf, TEACHES * noise)[:, None]
    taught = clipped(misses[:, 1:], most)
    longest = (MEMORY * np.maximum(day // state.slots, 1))[:, None]
    better = usual + taught / np.minimum(counts + 1, longest)
    state.shapes[place] = np.where(counts > 0, better, values[:, None])
    state.counts[place] = counts + 1
    share = 1 / day
    state.offsets += taught * np.where(rows > day, share, 0.0)[:, None]
    state.offsets *= (1 - FORGET * share)[:, None]


def learn_noise(state: Forecast, noise: Floats, misses: Floats, miss: Floats, hourly: Place) -> None:
    weight = 1 / np.minimum(state.rows, MEMORY * state.day)
    state.misses += (np.abs(misses) - state.misses) * weight[:, None]
    spread = SPREAD * np.abs(miss)
    settled = state.rows > SETTLED
    count, usual = state.hourly_rows[hourly] + 1, state.hourly[hourly]
    longest = np.maximum(MEMORY * state.day // 24, OWN_NOISE)
    most = np.where(settled, NOISE_TEACHES * noise, np.inf)
    state.hourly[hourly] = usual + (np.minimum(spread, most) - usual) / np.minimum(count, longest)
    state.hourly_rows[hourly] = count
    most = np.where(settled, NOISE_TEACHES * state.noise + TINIEST * state.largest, np.inf)
    state.noise += (np.minimum(spread, most) - state.noise) * weight


def clipped(misses: Floats, most: Floats) -> Floats:
    return np.minimum(np.maximum(misses, -most), most)
