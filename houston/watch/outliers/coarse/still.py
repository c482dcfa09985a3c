from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from houston.watch.outliers.arrays import Arrays, Floats, Ints

#: changes of value to have seen before standing still means anything
ENOUGH = 20
#: a run that is less likely than this by how often values repeat is remarkable
CHANCE = 1e-7
#: and so is no run that is not this much longer than the longest one
LONGER, ROWS_LONGER = 1.5, 3


@dataclass(kw_only=True)
class Stillness(Arrays):
    """How long the same value has come in, beside how often and how long it has before."""

    value: Floats
    run: Ints
    longest: Ints
    changes: Ints
    repeats: Ints

    @staticmethod
    def empty(count: int) -> Stillness:
        numbers = np.zeros((4, count), np.int64)
        return Stillness(
            value=np.full(count, np.nan),
            run=numbers[0],
            longest=numbers[1],
            changes=numbers[2],
            repeats=numbers[3],
        )

    def excess(self, values: Floats) -> Floats:
        """1 where it has lasted remarkably long."""
        often = (self.repeats + 1) / (self.repeats + self.changes + 2)
        needed = np.maximum(np.log(CHANCE) / np.log(often), LONGER * self.longest + ROWS_LONGER)
        counts = (values == self.value) & (self.changes >= ENOUGH)
        return np.where(counts, (self.run + 1) / needed, 0.0)

    def learn(self, values: Floats) -> None:
        same = values == self.value
        np.maximum(self.longest, np.where(same, 0, self.run), out=self.longest)
        self.repeats += same
        self.changes += ~same
        self.run[:] = np.where(same, self.run + 1, 1)
        self.value[:] = values
