"""What has been seen before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from houston.watch.outliers.arrays import Arrays, Floats, Ints

#: further than all that a value or its square can be
NEVER = 1e150


@dataclass(kw_only=True)
class Book(Arrays):
    """The kinds of things that a series has shown; what has not come back for longest makes room."""

    #: members × coordinates × entries
    entries: Floats
    #: members × entries: the row at which each was last seen
    seen: NDArray[np.int32]

    @staticmethod
    def empty(members: int, coordinates: int, entries: int) -> Book:
        return Book(
            entries=np.full((members, coordinates, entries), NEVER),
            seen=np.full((members, entries), -1, np.int32),
        )

    def newness(self, things: Floats, same: Floats, rows: Ints) -> Floats:
        """The distance of each member's thing (members × coordinates) from all that it has shown before.

        It is remembered; one nearer than `same` to something known as that.
        """
        distance, nearest = self._distance(things)
        self._learn(things, nearest, distance <= same, rows)
        return distance

    def _distance(self, things: Floats) -> tuple[Floats, Ints]:
        """To each member's nearest entry, and which one that is."""
        if things.shape[1] == 1:
            away = np.abs(self.entries[:, 0] - things)
            nearest = away.argmin(axis=1)
            return away[np.arange(len(away)), nearest], nearest
        away = np.square(self.entries[:, 0] - things[:, :1])
        for i in range(1, things.shape[1]):
            away += np.square(self.entries[:, i] - things[:, i : i + 1])
        nearest = away.argmin(axis=1)
        return np.sqrt(away[np.arange(len(away)), nearest]), nearest

    def _learn(self, things: Floats, nearest: Ints, known: NDArray[np.bool_], rows: Ints) -> None:
        place = nearest.copy()
        new = np.flatnonzero(~known)
        if new.size:
            place[new] = self.seen[new].argmin(axis=1)
            self.entries[new, :, place[new]] = things[new]
        self.seen[np.arange(len(place)), place] = rows
