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
#: rows of an hour after which it has noise of its own
OWN_NOISE = 20
#: what a lasting miss is forgotten by, per day
FORGET = 0.2
#: float noise is no noise
FLOAT_NOISE = 1e-6
TINIEST = 1e-9

LEVEL, OF_DAY, OF_WEEK = range(3)
ALLOWED = np.array(
    [{"auto": (1, 1, 1), "none": (1, 0, 0), "weekly": (1, 0, 1), "daily_weekly": (1, 1, 1)}[s] for s in SEASONS],
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
    #: members × 2: how far values have been from the shapes lately, for the season of the day, of the week
    offsets: Floats
    #: mean miss of going by the level, by the day, by the week
    misses: Floats
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
            hourly=np.zeros((count, 24)),
            hourly_rows=np.zeros((count, 24), np.int32),
            noise=np.zeros(count),
        )


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """Of one row of each member."""

    members: NDArray[np.intp]
    slot: Ints
    hour: Ints
    #: place in the shapes of this day of the week
    week: Ints
    #: members × 3: by the level, by the day, by the week
    ways: Floats
    way: NDArray[np.intp]
    expected: Floats
    #: standard deviation of values around the expected one, and how many of them this value is away
    noise: Floats
    deviation: Floats
    #: whether a season says much about this member
    regular: Bools


def look(state: Forecast, times: Ints, values: Floats, season: NDArray[np.int8]) -> Outlook:
    members = np.arange(len(times))
    second = times % DAY
    slot = second * state.slots // DAY
    hour = second // HOUR
    week = 1 + ((times // DAY + 3) % 7 >= 5)
    shaped = state.shapes[members, 0, slot]
    of_day = np.where(state.counts[members, 0, slot] > 0, shaped, state.level)
    known = state.counts[members, week, slot] > 0
    of_week = np.where(known, state.shapes[members, week, slot], of_day)
    ways = np.stack([state.level, of_day + state.offsets[:, 0], of_week + state.offsets[:, 1]], axis=1)
    way = chosen(state, season)
    expected = np.where(state.rows == 0, values, ways[members, way])
    noise = np.where(state.hourly_rows[members, hour] >= OWN_NOISE, state.hourly[members, hour], state.noise)
    noise = np.maximum(noise, FLOAT_NOISE * np.abs(state.level) + TINIEST * state.largest + TINIEST)
    regular = (way > 0) & (state.misses[members, way] < REGULAR * state.misses[:, 0])
    return Outlook(
        members=members,
        slot=slot,
        hour=hour,
        week=week,
        ways=ways,
        way=way,
        expected=expected,
        noise=noise,
        deviation=(values - expected) / noise,
        regular=regular,
    )


def chosen(state: Forecast, season: NDArray[np.int8]) -> NDArray[np.intp]:
    """The way of forecasting that has missed least, if it has been seen for long enough."""
    allowed = ALLOWED[season]
    level, by_day, by_week = state.misses[:, 0], state.misses[:, 1], state.misses[:, 2]
    way = np.zeros(len(level), np.intp)
    daily = allowed[:, 1] & (state.rows >= 2 * state.day) & (by_day < WORTH * level)
    way[daily] = OF_DAY
    best = np.where(daily, by_day, level)
    way[allowed[:, 2] & (state.rows >= 8 * state.day) & (by_week < WORTH * best)] = OF_WEEK
    return way


def learn(state: Forecast, outlook: Outlook, values: Floats) -> None:
    first = state.rows == 0
    state.level[first] = values[first]
    state.rows += 1
    np.maximum(state.largest, np.abs(values), out=state.largest)
    misses = np.where(first[:, None], 0.0, values[:, None] - outlook.ways)
    learn_ways(state, outlook, values, misses)
    weight = 1 / np.minimum(state.rows, MEMORY * state.day)
    state.misses += (np.abs(misses) - state.misses) * weight[:, None]
    learn_noise(state, outlook, np.abs(misses[outlook.members, outlook.way]) * SPREAD, weight)


def learn_ways(state: Forecast, outlook: Outlook, values: Floats, misses: Floats) -> None:
    members, rows, day = outlook.members, state.rows, state.day
    most = np.where(state.noise > 0, TEACHES * state.noise, np.inf)
    state.level += np.clip(misses[:, 0], -most, most) / np.minimum(rows, day)
    most = np.where(rows < 3 * day, np.inf, TEACHES * outlook.noise)
    taught = np.clip(misses[:, 1:], -most[:, None], most[:, None])
    longest = MEMORY * np.maximum(day // state.slots, 1)
    for shape, miss in ((0, taught[:, 0]), (outlook.week, taught[:, 1])):
        before = state.counts[members, shape, outlook.slot]
        usual = state.shapes[members, shape, outlook.slot]
        better = usual + miss / np.minimum(before + 1, longest)
        state.shapes[members, shape, outlook.slot] = np.where(before > 0, better, values)
        state.counts[members, shape, outlook.slot] = before + 1
    aged = (rows > day)[:, None]
    day_share = 1 / day[:, None]
    state.offsets += np.where(aged, taught * day_share, 0.0)
    state.offsets *= 1 - FORGET * day_share


def learn_noise(state: Forecast, outlook: Outlook, spread: Floats, weight: Floats) -> None:
    members, settled = outlook.members, state.rows > 60
    most = np.where(settled, NOISE_TEACHES * outlook.noise, np.inf)
    count = state.hourly_rows[members, outlook.hour] + 1
    usual = state.hourly[members, outlook.hour]
    longest = np.maximum(MEMORY * state.day // 24, OWN_NOISE)
    usual += (np.minimum(spread, most) - usual) / np.minimum(count, longest)
    state.hourly[members, outlook.hour] = usual
    state.hourly_rows[members, outlook.hour] = count
    most = np.where(settled, NOISE_TEACHES * state.noise + TINIEST * state.largest, np.inf)
    state.noise += (np.minimum(spread, most) - state.noise) * weight
