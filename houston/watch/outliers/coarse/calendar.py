"""Where in the week and in the month a time is (UTC)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from houston.watch.outliers.arrays import Bools, Floats, Ints
from houston.watch.outliers.coarse.cadence import DAY, Cadence

#: rows further apart than this know no weekday: each counts as a day of its own
LONGEST_DAY = 1.5 * DAY
#: the epoch was a Thursday; weeks begin on Monday
THURSDAY = 3


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Arrays [members]."""

    #: days since the epoch, and weeks since the Monday before it
    day: Ints
    week: Ints
    #: slot of the week
    cell: Ints
    #: days since the epoch, with fractions
    time: Floats

    @staticmethod
    def of(times: Ints, pace: Ints, cadence: Cadence) -> Moment:
        seconds = np.where(pace > 0, (times + pace // 2) // np.maximum(pace, 1) * DAY, times)
        day, second = np.divmod(seconds, DAY)
        cell = (day + THURSDAY) % 7 * cadence.slots + second * cadence.slots // DAY
        return Moment(day=day, week=week_of(day), cell=cell, time=seconds / DAY)


def week_of(day: Ints) -> Ints:
    return (day + THURSDAY) // 7


def paces(spacing: Floats) -> Ints:
    """Seconds that count as a day; 0 where a day is a day."""
    return np.where(spacing > LONGEST_DAY, spacing, 0).astype(np.int64)


def dates(days: Ints) -> tuple[Ints, Bools]:
    """The day of the month, and whether it is the last one."""
    day = days.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    date = (day - month.astype("datetime64[D]")).astype(np.int64) + 1
    return date, (day + 1).astype("datetime64[M]") != month
