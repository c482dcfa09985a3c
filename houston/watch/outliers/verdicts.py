from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class Verdicts:
    """One entry per row of the series that was read; a step of an engine gives one entry per member."""

    #: nan while warming up, like the bounds; a value outside the bounds is beyond the alert line
    expected: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    #: 0 to 1; 0.5 is the alert line on every series
    score: NDArray[np.float64]
    #: this row would alert: it is beyond the line, and further than the rows before it
    is_outlier: NDArray[np.bool_]
    #: place in SEVERITIES of the state at this row, also where an earlier row has alerted
    severity: NDArray[np.int8]
    #: Cause, of the same
    cause: NDArray[np.int8]

    @staticmethod
    def silent(*shape: int) -> Verdicts:
        """Those of warm-up."""
        unknown = np.full((3, *shape), np.nan)
        return Verdicts(
            expected=unknown[0],
            lower=unknown[1],
            upper=unknown[2],
            score=np.zeros(shape),
            is_outlier=np.zeros(shape, np.bool_),
            severity=np.zeros(shape, np.int8),
            cause=np.zeros(shape, np.int8),
        )

    def __len__(self) -> int:
        return len(self.score)

    @staticmethod
    def joined(parts: Sequence[Verdicts]) -> Verdicts:
        return Verdicts(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in COLUMNS})

    def of(self, member: int, rows: int) -> Verdicts:
        """One member's, of a table of rows by members."""
        return Verdicts(**{name: getattr(self, name)[:rows, member] for name in COLUMNS})

    def last(self, rows: int) -> Verdicts:
        start = len(self) - rows
        return Verdicts(**{name: getattr(self, name)[start:] for name in COLUMNS})

    def flat(self) -> Verdicts:
        """Of one row of many members, those of the members."""
        return Verdicts(**{name: getattr(self, name)[0] for name in COLUMNS})

    def columns(self) -> tuple[NDArray[np.generic], ...]:
        return tuple(getattr(self, name) for name in COLUMNS)


COLUMNS = tuple(field.name for field in fields(Verdicts))
