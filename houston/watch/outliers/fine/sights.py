"""The ways in which a row can stand out on a series with points more often than hourly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from houston.watch.outliers.arrays import Arrays, Floats, Ints
from houston.watch.outliers.fine.novelty import Book

VALUE, SHAPE, ONE, THREE, TEN = range(5)
VIEWS = 5
#: values and shapes that are remembered
VALUES, SHAPES = 512, 256
#: what is as near as this to something known, in standard deviations, is the same
SAME_VALUE, SAME_SHAPE = 0.01, 0.05
#: rows after which something can be said to be new
ENOUGH = 30
#: deviations beyond this many standard deviations add no more to a sum
MOST = 6.0
#: the ways in which four values can differ: orthogonal, and blind to their mean
CONTRASTS = np.array([[1, 1, -1, -1], [1, -1, -1, 1], [1, -1, 1, -1]]) / 2


@dataclass(kw_only=True)
class Sights(Arrays):
    values: Book
    shapes: Book
    #: members × 4, the last values
    last: Floats
    #: members × 10, the last deviations in standard deviations
    deviations: Floats

    @staticmethod
    def empty(members: int) -> Sights:
        return Sights(
            values=Book.empty(members, 1, VALUES),
            shapes=Book.empty(members, len(CONTRASTS), SHAPES),
            last=np.zeros((members, CONTRASTS.shape[1])),
            deviations=np.zeros((members, 10)),
        )

    def see(self, deviation: Floats, values: Floats, rows: Ints, noise: Floats) -> Floats:
        """How far the rows are from what is known in each view, members × VIEWS; known from now on."""
        first = rows == 0
        if first.any():
            self.last[first] = values[first, None]
        push(self.last, values)
        push(self.deviations, np.clip(deviation, -MOST, MOST))
        sizes = np.empty((len(values), VIEWS))
        sizes[:, VALUE] = self.values.newness(values[:, None], SAME_VALUE * noise, rows)
        sizes[:, SHAPE] = self.shapes.newness(shape(self.last), SAME_SHAPE * noise, rows)
        sizes[:, :ONE] *= (rows >= ENOUGH)[:, None]
        sizes[:, ONE] = deviation
        sizes[:, THREE] = self.deviations[:, -3:].sum(axis=1) / 3**0.5
        sizes[:, TEN] = self.deviations.sum(axis=1) / 10**0.5
        return np.abs(sizes)


def push(ring: Floats, values: Floats) -> None:
    ring[:, :-1] = ring[:, 1:].copy()
    ring[:, -1] = values


def shape(last: Floats) -> Floats:
    """The last values apart from their level, in coordinates that keep distances."""
    return np.stack([(last * contrast).sum(axis=1) for contrast in CONTRASTS], axis=1)
