"""What is news: further out than the rows before it, which told of what is going on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from houston.watch.outliers.arrays import Arrays, Bools, Floats, Ints

#: rows that a deviation must rise above to be news, and for which an alert stands for what goes on
QUIET = 100
#: times further out than what was told, that what goes on must be to be told again
WORSE = 2.5
#: rows after which being beyond the line makes it more severe
LASTING = 12


@dataclass(kw_only=True)
class News(Arrays):
    #: excess of the last rows, in a ring
    recent: Floats
    #: excess and row of the last alert
    told: Floats
    told_at: Ints
    #: how many rows in a row have been beyond the line
    outside: NDArray[np.int32]

    @staticmethod
    def empty(members: int) -> News:
        return News(
            recent=np.zeros((members, QUIET)),
            told=np.zeros(members),
            told_at=np.full(members, -QUIET, np.int64),
            outside=np.zeros(members, np.int32),
        )

    def tell(self, excess: Floats, rows: Ints) -> Bools:
        """Whether each member's row is news; those beyond the line are told from now on."""
        known = (rows - self.told_at < QUIET) & (excess >= 1) & (excess < WORSE * self.told)
        news: Bools = (excess > self.recent.max(axis=1)) & ~known
        self.recent[np.arange(len(rows)), rows % QUIET] = excess
        alert: Bools = news & (excess >= 1)
        self.told[alert], self.told_at[alert] = excess[alert], rows[alert]
        return news

    def lasts(self, excess: Floats) -> Bools:
        self.outside[:] = np.where(excess >= 1, self.outside + 1, 0)
        return np.greater(self.outside, LASTING)
