"""The members of a bank that one engine judges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic

import numpy as np
from numpy.typing import NDArray

from houston.watch.outliers.arrays import Floats, Ints, Members
from houston.watch.outliers.engine import Engine, State
from houston.watch.outliers.tuning import Tuning
from houston.watch.outliers.verdicts import Verdicts

#: rows that are judged in one go
STRETCH = 128

Rows = tuple[Ints, Floats]
"""Times (seconds since 1970) and values."""


class Group(Generic[State]):
    def __init__(self, engine: Engine[State]) -> None:
        self._engine = engine
        self._state: State | None = None
        self._tuning = Tuning.of([])
        self._free: list[int] = []

    def join(self, spacing: Floats, tuning: Tuning) -> list[int]:
        """Takes new members in, by the seconds between their rows; returns their places."""
        return self.take_in(self._engine.begin(spacing), tuning)

    def take_in(self, new: State, tuning: Tuning) -> list[int]:
        """Members as they are, at places that others have left, then at new ones."""
        wanted = len(tuning.factor)
        reused, self._free = self._free[:wanted], self._free[wanted:]
        if reused:
            assert self._state is not None
            self._state.put(np.array(reused), new.take(slice(len(reused))))
            self._tuning.put(np.array(reused), tuning.take(slice(len(reused))))
        rest, first = np.arange(len(reused), wanted), len(self._tuning.factor)
        if len(reused) < wanted:
            more = new.take(rest)
            self._state = more if self._state is None else self._state.with_more(more)
            self._tuning = self._tuning.with_more(tuning.take(rest))
        return [*reused, *range(first, first + wanted - len(reused))]

    def free(self, place: int) -> None:
        """A place that the next member may have."""
        self._free.append(place)

    def copy(self, place: int) -> State:
        """What the member at this place has learned."""
        assert self._state is not None
        return self._state.take(np.array([place]))

    def read(self, places: Sequence[int], rows: Sequence[Rows]) -> list[Verdicts]:
        """Verdicts on new rows of distinct members, which go in step; learns from them."""
        assert self._state is not None
        counts = np.array([len(times) for times, _ in rows])
        # longest first: those that have a row left are then always a slice, which needs no copies
        order = np.argsort(-counts, kind="stable")
        chosen = self._members(np.asarray(places, np.intp)[order])
        state, tuning = self._state.take(chosen), self._tuning.take(chosen)
        found = self._walk(state, tuning, [rows[i] for i in order], counts[order])
        self._state.put(chosen, state)
        at = np.argsort(order, kind="stable")
        return [found.of(int(at[i]), int(counts[i])) for i in range(len(rows))]

    def judge(self, place: int, rows: Rows) -> Verdicts:
        """Verdicts on rows of one member, each as if it came next; learns nothing."""
        assert self._state is not None
        copies = np.full(len(rows[0]), place)
        return self._engine.step(self._state.take(copies), *rows, self._tuning.take(copies))

    def _members(self, places: NDArray[np.intp]) -> Members:
        everyone = np.array_equal(places, np.arange(len(self._tuning.factor)))
        return slice(None) if everyone else places

    def _walk(self, state: State, tuning: Tuning, rows: Sequence[Rows], counts: Ints) -> Verdicts:
        times, values = np.zeros((counts[0], len(rows)), np.int64), np.zeros((counts[0], len(rows)))
        for i, (some_times, some_values) in enumerate(rows):
            times[: counts[i], i], values[: counts[i], i] = some_times, some_values
        found = Verdicts.silent(*times.shape)
        for start, end, count in stretches(counts):
            some = slice(start, end), slice(count)
            verdicts = self._stretch(
                state.take(slice(count)), times[some], values[some], tuning.take(slice(count))
            )
            for column, new in zip(found.columns(), verdicts.columns(), strict=True):
                column[some] = new
        return found

    def _stretch(self, state: State, times: Ints, values: Floats, tuning: Tuning) -> Verdicts:
        if self._engine.walk is not None:
            return self._engine.walk(state, times, values, tuning)
        found = Verdicts.silent(*times.shape)
        for row, (time, value) in enumerate(zip(times, values, strict=True)):
            verdicts = self._engine.step(state, time, value, tuning)
            for column, new in zip(found.columns(), verdicts.columns(), strict=True):
                column[row] = new
        return found


def stretches(counts: Ints) -> Iterator[tuple[int, int, int]]:
    """Rows from one to another that the same members have, and how many these are; falling counts."""
    start = 0
    for end in np.unique(counts).tolist():
        members = int((counts >= end).sum())
        for some in range(start, end, STRETCH):
            yield some, min(some + STRETCH, end), members
        start = end
