"""How large a deviation is usual on a series, at its largest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from houston.watch.outliers.arrays import Arrays, Floats, Ints

#: one large deviation is chance, this many are how the series is
RANK = 7
#: rows whose largest deviation counts as one: what lasts is one event
BLOCK = 25


@dataclass(kw_only=True)
class Lines(Arrays):
    """The largest deviations so far in several views.

    Bursty series have large deviations every day. Measuring against the seventh largest so far fits the line
    to each of them, where a fixed multiple of the spread would flood.
    """

    #: members × views × RANK, of the blocks that have ended, rising
    largest: Floats
    #: members × views, of the block that goes on
    current: Floats
    rows: Ints

    @staticmethod
    def empty(members: int, views: int) -> Lines:
        return Lines(
            largest=np.zeros((members, views, RANK)),
            current=np.zeros((members, views)),
            rows=np.zeros(members, np.int64),
        )

    def heights(self) -> Floats:
        """members × views: the seventh largest deviation so far; 0 where there have been fewer."""
        return np.maximum(self.largest[..., 0], np.minimum(self.current, self.largest[..., 1]))

    def learn(self, deviations: Floats) -> None:
        """Of one row, members × views, not negative."""
        np.maximum(self.current, deviations, out=self.current)
        self.rows += 1
        ended = np.flatnonzero(self.rows % BLOCK == 0)
        if ended.size:
            largest, current = self.largest[ended], self.current[ended]
            largest[..., 0] = np.maximum(largest[..., 0], current)
            largest.sort(axis=-1)
            self.largest[ended] = largest
            self.current[ended] = 0.0
