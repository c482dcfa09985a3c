"""How large a deviation is usual on a series, at its largest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from houston.watch.outliers.arrays import Arrays, Floats, Ints, Members

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
        """members × views: the seventh largest deviation so far, or on young series the third or so."""
        place = RANK - np.minimum(RANK, 2 + self.rows // (4 * BLOCK))
        members = np.arange(len(place))
        lower, upper = self.largest[members, :, place], self.largest[members, :, place + 1]
        return np.maximum(lower, np.minimum(self.current, upper))

    def forget(self, members: Members, views: slice) -> None:
        self.largest[members, views] = 0.0
        self.current[members, views] = 0.0

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
