from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from houston.watch.outliers.arrays import Arrays, Bools, Floats, Ints

#: a sum grows by what a deviation is above this, and no single one counts for more than the limit
DRAG, LIMIT = 1.0, 3.0
#: a row is part of a shift while it is this far off itself
PART = 0.75
#: how many of the largest are kept
RANK = 3
UP, DOWN = range(2)


@dataclass(kw_only=True)
class Largest(Arrays):
    """The largest deviations and sums of each side so far, rising: [members, sides, RANK].

    Where large ones have come before, only larger ones are news.
    """

    deviations: Floats
    sums: Floats

    @staticmethod
    def empty(count: int) -> Largest:
        return Largest(deviations=np.zeros((count, 2, RANK)), sums=np.zeros((count, 2, RANK)))


def insert(largest: Floats, new: Floats) -> None:
    """New ones [members, sides]; those that are not among the largest change nothing."""
    new = new[:, :, None]
    largest[:, :, :-1] = np.minimum(np.maximum(largest[:, :, :-1], new), largest[:, :, 1:])
    largest[:, :, -1:] = np.maximum(largest[:, :, -1:], new)


@dataclass(kw_only=True)
class Sums(Arrays):
    """Small deviations to one side add up: [members, sides]."""

    sums: Floats
    #: rows since it was 0, its largest size since then
    rows: Floats
    most: Floats
    #: the level before, and the one that the rows since then show
    before: Floats
    after: Floats

    @staticmethod
    def empty(count: int) -> Sums:
        return Sums(**{name: np.zeros((count, 2)) for name in ("sums", "rows", "most", "before", "after")})

    def add(self, deviations: Floats, level: Floats, seen: Floats, swiftness: float) -> Floats:
        """Of one row: its deviations [members, sides], the level, and the one that it shows by itself.

        The sizes of the sums that have ended with it.
        """
        sums = np.maximum(0.0, self.sums + np.clip(deviations, -LIMIT, LIMIT) - DRAG)
        begins, goes_on = (self.sums == 0) & (sums > 0), sums > 0
        ended = np.where((self.sums > 0) & ~goes_on, self.most, 0.0)
        self.rows[:] = np.where(goes_on, self.rows + 1, 0.0)
        self.before[:] = np.where(begins, level[:, None], self.before)
        share = np.maximum(1 / np.maximum(self.rows, 1), swiftness)
        self.after += np.where(begins, 1.0, share) * (seen[:, None] - self.after)
        self.most[:] = np.where(begins, sums, np.maximum(self.most, sums))
        self.sums[:] = sums
        return ended

    def forget(self, members: Bools | Ints) -> None:
        for part in (self.sums, self.rows, self.most):
            part[members] = 0.0

    def move(self, distance: Floats) -> None:
        """Levels move with the trend."""
        self.before += distance[:, None]
        self.after += distance[:, None]
