"""Dates of the month on which the values are always different: payday, the last day."""

from __future__ import annotations

import numpy as np

from houston.watch.outliers.arrays import Bools, Floats, Ints
from houston.watch.outliers.coarse.calendar import THURSDAY, dates
from houston.watch.outliers.coarse.statistics import spread

#: dates 1 to 31, and the last of the month
DATES, LAST = 33, 32
#: standard deviations off in as many months, which are this share of all
SPECIAL, MONTHS, SHARE = 2.5, 2, 0.6


def special_dates(rest: Floats, least: Floats, week: Ints) -> Floats:
    """Offsets of dates [members, DATES], of what the season leaves [members, weeks, 7], last week last.

    No noise is under the `least` [members]."""
    members, weeks, _ = rest.shape
    day = (week[:, None] + np.arange(1 - weeks, 1))[:, :, None] * 7 - THURSDAY + np.arange(7)
    date, last = dates(day.reshape(members, -1))
    left = rest.reshape(members, -1)
    far = np.maximum(spread(left), least)[:, None] * SPECIAL
    key = np.where(last, LAST, date) + DATES * np.arange(members)[:, None]
    seen, over, under = (counts(key, some) for some in (left == left, left > far, left < -far))
    needed = np.maximum(MONTHS, SHARE * seen)
    offsets = np.zeros(seen.shape)
    for member, each in np.argwhere((over >= needed) | (under >= needed)):
        chosen = key[member] == member * DATES + each
        offsets[member, each] = np.nanmedian(left[member, chosen])
    return offsets


def counts(key: Ints, chosen: Bools) -> Ints:
    """[members, DATES]"""
    return np.bincount(key[chosen], minlength=len(key) * DATES).reshape(-1, DATES)


def date_offset(offsets: Floats, day: Ints) -> Floats:
    """[members] on these days."""
    date, last = dates(day)
    everyone = np.arange(len(day))
    return np.where(last, offsets[everyone, LAST], offsets[everyone, date])
