"""What is usual at a time of the week, beside a level that moves from week to week."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from houston.watch.outliers.arrays import Bools, Floats, Ints
from houston.watch.outliers.coarse.cadence import Cadence
from houston.watch.outliers.coarse.statistics import clipped, mean, median, shrunk, spread
from houston.watch.outliers.coarse.trend import trend

MIDWEEK = np.arange(7) - 3
#: known days whose median is the level that a series begins with
FIRST_DAYS = 7
#: a day with less than this share of the values of the fullest one has no level
FULL = 0.25
WORKDAYS, WEEKEND = slice(0, 5), slice(5, 7)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What of a season may be learned; arrays [members] of 1 and 0."""

    of_week: Floats
    of_day: Floats

    def only(self, members: Bools) -> Wanted:
        return Wanted(of_week=self.of_week * members, of_day=self.of_day * members)


@dataclass(frozen=True, kw_only=True)
class Season:
    #: usual distance from the level, [members, cells]
    offsets: Floats
    #: of the level, per day, [members]
    trend: Floats
    #: [members, weeks, cells] as it would be without noise
    fitted: Floats
    #: [members] of the last days
    level: Floats


@dataclass(frozen=True, kw_only=True)
class Past:
    """Weeks in which the level jumped, [members, weeks], and the trend so far."""

    broken: Bools
    trend: Floats


def fit_season(values: Floats, past: Past, wanted: Wanted, cadence: Cadence) -> Season:
    """Of values [members, weeks, cells], with gaps."""
    if cadence.slots == 1:
        offsets, levels, growth = weekdays(values, past, wanted.of_week, cadence.trend)
        fitted = levels[:, :, None] + offsets[:, None] + growth[:, None, None] * MIDWEEK
        level = level_of(values - offsets[:, None])
        return Season(offsets=offsets, trend=growth, fitted=fitted, level=level)
    members, weeks, _ = values.shape
    by_day = values.reshape(members, weeks * 7, cadence.slots)
    hours, noise = hours_of(by_day, wanted.of_day)
    days = day_levels(by_day - hours[:, None], noise).reshape(members, weeks, 7)
    offsets, levels, growth = weekdays(days, past, wanted.of_week, cadence.trend)
    days = np.where(days == days, days, levels[:, :, None] + offsets[:, None])
    rest = values.reshape(members, weeks, 7, -1) - days[..., None] - hours[:, None, None]
    both = wanted.of_day * wanted.of_week
    extra = shapes_of_days(clipped(rest, 3 * noise), noise) * both[:, None, None]
    cells = (offsets[:, :, None] + hours[:, None] + extra).reshape(members, -1)
    return over_days(values, cells, growth, cadence)


def over_days(values: Floats, cells: Floats, growth: Floats, cadence: Cadence) -> Season:
    members, weeks, _ = values.shape
    rest = (values - cells[:, None]).reshape(members, weeks * 7, cadence.slots)
    level = median(rest)
    fitted = np.repeat(level, cadence.slots, axis=1).reshape(values.shape) + cells[:, None]
    known = np.where(is_full(rest), level, np.nan)
    return Season(offsets=cells, trend=growth, fitted=fitted, level=level_of(known[:, None]))


def weekdays(days: Floats, past: Past, wanted: Floats, weeks: int) -> tuple[Floats, Floats, Floats]:
    """Offsets of weekdays [members, 7], levels of weeks [members, weeks], trend; of [members, weeks, 7]."""
    offsets, growth = np.zeros((len(days), 7)), past.trend
    for _ in range(2):
        levels = median(days - offsets[:, None] - growth[:, None, None] * MIDWEEK)
        rest = days - levels[:, :, None] - growth[:, None, None] * MIDWEEK
        offsets = np.nan_to_num(median(rest.transpose(0, 2, 1)))
        offsets -= median(offsets)[:, None]
        last = slice(-weeks - 1, None)
        growth = trend(levels[:, last], past.broken[:, last], past.trend, rest)
    rest = days - levels[:, :, None] - offsets[:, None] - growth[:, None, None] * MIDWEEK
    noise = spread(rest)
    more, count = mean(clipped(rest, 2 * noise).transpose(0, 2, 1))
    offsets = shrunk(offsets + more, count, noise) * wanted[:, None]
    return offsets, median(days - offsets[:, None] - growth[:, None, None] * MIDWEEK), growth


def hours_of(by_day: Floats, wanted: Floats) -> tuple[Floats, Floats]:
    """Offsets of hours of the day [members, slots] and noise around them, of [members, days, slots]."""
    hours = np.zeros((len(by_day), by_day.shape[2]))
    for _ in range(2):
        rest = by_day - median(by_day - hours[:, None])[:, :, None]
        hours = np.nan_to_num(median(rest.transpose(0, 2, 1)))
    rest = rest - hours[:, None]
    noise = spread(rest)
    more, count = mean(clipped(rest, 2 * noise).transpose(0, 2, 1))
    return shrunk(hours + more, count, noise) * wanted[:, None], noise


def day_levels(rest: Floats, noise: Floats) -> Floats:
    """[members, days]; nan for days with few values."""
    middle = median(rest)
    levels = middle + mean(clipped(rest - middle[:, :, None], 2 * noise))[0]
    return np.where(is_full(rest), levels, np.nan)


def is_full(rest: Floats) -> Bools:
    count: Ints = (rest == rest).sum(-1)
    full: Bools = (count > 0) & (count >= FULL * count.max(axis=1)[:, None])
    return full


def shapes_of_days(rest: Floats, noise: Floats) -> Floats:
    """How workdays, weekends and single weekdays differ from the usual day: [members, 7, slots]."""
    extra = np.zeros((len(rest), 7, rest.shape[3]))
    for days in (WORKDAYS, WEEKEND):
        some = rest[:, :, days].reshape(len(rest), -1, rest.shape[3]).transpose(0, 2, 1)
        extra[:, days] = shrunk(*mean(some), noise)[:, None]
    left = (rest - extra[:, None]).transpose(0, 2, 3, 1).reshape(len(rest), -1, rest.shape[1])
    return extra + shrunk(*mean(left), noise).reshape(extra.shape)


def level_of(days: Floats) -> Floats:
    """[members] the median of the last known days, of [members, weeks, days]."""
    flat = days.reshape(len(days), -1)
    known = flat == flat
    rank = np.cumsum(known[:, ::-1], axis=1)[:, ::-1]
    return np.nan_to_num(median(np.where(known & (rank <= FIRST_DAYS), flat, np.nan)))
