"""What judges series of one kind of spacing: many members in step, one row of each at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from houston.watch.outliers.arrays import Arrays, Floats, Ints
from houston.watch.outliers.tuning import Tuning
from houston.watch.outliers.verdicts import Verdicts

State = TypeVar("State", bound=Arrays)


@dataclass(frozen=True, kw_only=True)
class Engine(Generic[State]):
    #: the state of members that have read nothing, by the seconds between their rows
    begin: Callable[[Floats], State]
    #: reads one row of each member of the state: times (seconds since 1970), values, settings → verdicts, all
    #: arrays over the members; changes the arrays of the state in place
    step: Callable[[State, Ints, Floats, Tuning], Verdicts]
    #: the same for some rows of each member, rows × members, where that is faster than step by step
    walk: Callable[[State, Ints, Floats, Tuning], Verdicts] | None = None
