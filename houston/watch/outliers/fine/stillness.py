from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from houston.watch.outliers.arrays import Arrays, Bools, Floats

#: changes of value to have seen before standing still means anything
ENOUGH_CHANGES = 30
#: what standing still for ever amounts to, so that it is told once
MOST = 2.0
#: share of rows that change the value of a series that moves
MOVES = 0.9


@dataclass(kw_only=True)
class Stillness(Arrays):
    """How long the same value has come in, beside the longest time that this has lasted before."""

    value: Floats
    run: NDArray[np.int32]
    longest: NDArray[np.int32]
    changes: NDArray[np.int32]
    rows: NDArray[np.int32]

    @staticmethod
    def empty(members: int) -> Stillness:
        run, longest, changes, rows = np.zeros((4, members), np.int32)
        return Stillness(value=np.full(members, np.nan), run=run, longest=longest, changes=changes, rows=rows)

    def excess(self, values: Floats, regular: Bools) -> Floats:
        """1 where it has lasted remarkably long, on series that move: regular ones, or at nearly all rows."""
        moves = regular | (self.changes >= MOVES * self.rows)
        lasts = (values == self.value) & (self.changes >= ENOUGH_CHANGES) & moves
        return np.where(lasts, np.minimum((self.run + 1) / (2 * self.longest + 4), MOST), 0.0)

    def learn(self, values: Floats) -> None:
        same = values == self.value
        self.longest[:] = np.where(same, self.longest, np.maximum(self.longest, self.run))
        self.changes += ~same
        self.rows += 1
        self.run[:] = np.where(same, self.run + 1, 1)
        self.value[:] = values
