from __future__ import annotations

from numpy import empty, float64
from numpy.typing import NDArray


class History:
    """The last rows of a table of numbers, in memory that does not grow with what went by."""

    def __init__(self, *, columns: int) -> None:
        self._table = empty((columns, 64))
        self._start = self._end = 0

    def __len__(self) -> int:
        return self._end - self._start

    def append(self, *row: float) -> None:
        if self._end == self._table.shape[1]:
            self._make_room()
        self._table[:, self._end] = row
        self._end += 1

    def last(self, rows: int) -> NDArray[float64]:
        """The columns of the last rows; writing to them changes the history."""
        return self._table[:, max(self._start, self._end - rows) : self._end]

    def forget(self, *, keep: int) -> None:
        self._start = max(self._start, self._end - keep)

    def _make_room(self) -> None:
        kept = self.last(len(self))
        self._table = empty((len(kept), 2 * kept.shape[1] + 64))
        self._table[:, : kept.shape[1]] = kept
        self._start, self._end = 0, kept.shape[1]
