"""Dates of the month on which the values are always different: payday, the last day."""

from __future__ import annotations

import numpy as np

from houston.watch.outliers.arrays import Bools, Floats, Ints
from houston.watch.outliers.coarse.calendar import THURSDAY, dates
from houston.watch.outliers.coarse.statistics import median, spread

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
    offsets = np.zeros((members, DATES))
    for each in np.unique(date[np.abs(left) > far]).tolist():
        offsets[:, each] = offset_of(left, (date == each) & ~last, far)
    offsets[:, LAST] = offset_of(left, last, far)
    return offsets


def offset_of(left: Floats, chosen: Bools, far: Floats) -> Floats:
    some = np.where(chosen, left, np.nan)
    needed = np.maximum(MONTHS, SHARE * (some == some).sum(1))
    is_special = ((some > far).sum(1) >= needed) | ((some < -far).sum(1) >= needed)
    return np.where(is_special, np.nan_to_num(median(some)), 0.0)


def date_offset(offsets: Floats, day: Ints) -> Floats:
    """[members] on these days."""
    date, last = dates(day)
    everyone = np.arange(len(day))
    return np.where(last, offsets[everyone, LAST], offsets[everyone, date])
