"""How far beyond the alert lines a row is, why, and whether that is news."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from houston.watch.outliers.arrays import Bools, Floats, Ints
from houston.watch.outliers.coarse import sums
from houston.watch.outliers.coarse.outlook import Outlook
from houston.watch.outliers.coarse.state import CoarseState
from houston.watch.outliers.severity import Cause
from houston.watch.outliers.tuning import Tuning

#: an outlier that goes on is news again when it is so many times worse
WORSE = 1.25


@dataclass(frozen=True, kw_only=True)
class Excess:
    """How many times beyond its alert line each row is."""

    #: [members, sides]
    value: Floats
    shift: Floats
    #: [members]
    still: Floats

    def largest(self) -> Floats:
        deviates: Floats = np.maximum(self.value, self.shift).max(1)
        return np.maximum(deviates, self.still)

    def at(self, factor: Floats) -> Excess:
        """With lines that are `factor` [members] times as far."""
        return Excess(
            value=self.value / factor[:, None], shift=self.shift / factor[:, None], still=self.still
        )

    def cause(self) -> Ints:
        value, shift = self.value.max(1), self.shift.max(1)
        deviates = np.where(shift > value, Cause.SHIFT, Cause.VALUE)
        return np.where(self.still >= np.maximum(value, shift), Cause.STUCK, deviates)


def weigh(state: CoarseState, view: Outlook, values: Floats, value: Floats, shifted: Floats) -> Excess:
    """Nothing while warming up; a value that is usual by itself is part of no shift."""
    ready = state.is_ready[:, None]
    both = np.stack([view.deviation, -view.deviation], axis=1)
    goes_on = (both > sums.PART) & (state.sums.rows > 1)
    return Excess(
        value=value * ready,
        shift=np.where(goes_on & ready, shifted, 0.0),
        still=state.still.excess(values) * state.is_ready,
    )


def wanted(excess: Excess, tuning: Tuning, is_small: Bools) -> Excess:
    """What of it matters to the settings."""
    share = np.stack([tuning.up, tuning.down], axis=1) & ~is_small[:, None]
    return Excess(value=excess.value * share, shift=excess.shift * share, still=excess.still)


def is_news(state: CoarseState, largest: Floats) -> Bools:
    """Further out than the rows just before, which told of what is going on; whatever the sensitivity."""
    before = state.recent.max(1)
    state.recent[:, :-1] = state.recent[:, 1:]
    state.recent[:, -1] = largest
    news: Bools = largest > np.where(before >= 1, WORSE, 1.0) * before
    return news
