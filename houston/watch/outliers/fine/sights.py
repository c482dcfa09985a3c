"""The ways in which a row can stand out on a series with points more often than hourly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from houston.watch.outliers.arrays import Arrays, Bools, Floats, Ints
from houston.watch.outliers.fine.novelty import Book

VALUE, SHAPE, ONE, THREE, TEN = range(5)
VIEWS = 5
#: values and shapes that are remembered
VALUES, SHAPES = 512, 256
#: what is as near as this to something known, in standard deviations, is the same
SAME_VALUE, SAME_SHAPE = 0.01, 0.05
#: deviations beyond this many standard deviations add no more to a sum
MOST = 6.0
#: the ways in which four values can differ: orthogonal, and blind to their mean
CONTRASTS = np.array([[1, 1, -1, -1], [1, -1, -1, 1], [1, -1, 1, -1]]) / 2


@dataclass(kw_only=True)
class Sights(Arrays):
    values: Book
    shapes: Book
    #: members × 3, the last values
    last: Floats
    #: members × 9, the last deviations in standard deviations
    deviations: Floats

    @staticmethod
    def empty(members: int) -> Sights:
        return Sights(
            values=Book.empty(members, 1, VALUES),
            shapes=Book.empty(members, len(CONTRASTS), SHAPES),
            last=np.zeros((members, CONTRASTS.shape[1] - 1)),
            deviations=np.zeros((members, 9)),
        )

    def newness(self, things: Floats, values: Floats, noise: Floats, rows: Ints) -> Floats:
        """How far the values and shapes of a row are from all before, members × 2; known from now on."""
        found = np.empty((len(values), 2))
        found[:, VALUE] = self.values.newness(values[:, None], SAME_VALUE * noise, rows)
        found[:, SHAPE] = self.shapes.newness(things, SAME_SHAPE * noise, rows)
        return found

    def begin(self, first: Bools, values: Floats) -> None:
        """Members that have read nothing have had their first value all along."""
        self.last[first] = values[first, None]

    def shapes_of(self, values: Floats) -> Floats:
        """Of each of some rows with the three before it, apart from their level, in coordinates that keep
        distances: rows × members × 3."""
        window = np.concatenate([self.last.T, values])
        found = np.zeros((*values.shape, len(CONTRASTS)))
        for i, contrast in enumerate(CONTRASTS):
            for back, weight in enumerate(contrast):
                found[:, :, i] += weight * window[back : back + len(values)]
        self.last[:] = window[len(values) :].T
        return found

    def sums_of(self, deviations: Floats) -> tuple[Floats, Floats]:
        """The sums of the last three and ten deviations, in their standard deviations, by rows × members."""
        window = np.concatenate([self.deviations.T, np.minimum(np.maximum(deviations, -MOST), MOST)])
        rows, before = len(deviations), self.deviations.shape[1]
        three, ten = np.zeros_like(deviations), np.zeros_like(deviations)
        for back in range(before + 1):
            ten += window[back : back + rows]
            if back >= before - 2:
                three += window[back : back + rows]
        self.deviations[:] = window[rows:].T
        return three / 3**0.5, ten / 10**0.5
