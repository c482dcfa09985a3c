from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.datetime64]
Values = NDArray[np.float64]


#: no metric is larger, and squares of it are still finite
LARGEST = 1e100


class SeriesError(ValueError):
    """These points are not a series; the message names the point and the fix."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """Points of one metric: times (UTC) strictly rising, values finite."""

    times: Times
    values: Values

    def __post_init__(self) -> None:
        if self.times.shape != self.values.shape or self.times.ndim != 1:
            raise SeriesError(
                f"{len(self.times)} times but {len(self.values)} values: give one value per time"
            )
        self._refuse(~np.isfinite(self.values), "is not a finite number; leave the point out")
        self._refuse(np.abs(self.values) > LARGEST, f"is larger than {LARGEST:g}; leave the point out")
        self._refuse(np.isnat(self.times), "has no time; give each value its time")
        late = np.append(False, self.times[1:] <= self.times[:-1])
        self._refuse(late, "is not after the point before it; sort by time, one value per time")

    def _refuse(self, bad: NDArray[np.bool_], why: str) -> None:
        if bad.any():
            i = int(np.argmax(bad))
            raise SeriesError(f"point {i + 1} ({self.times[i]}, value {self.values[i]}) {why}")

    def __len__(self) -> int:
        return len(self.times)

    @staticmethod
    def of(points: Iterable[tuple[datetime, float]]) -> Series:
        pairs = list(points)
        times = np.array([seconds(time) for time, _ in pairs], dtype=np.int64).astype("datetime64[s]")
        return Series(times=times, values=np.array([value for _, value in pairs], dtype=np.float64))


def seconds(time: datetime) -> int:
    if time.tzinfo is None:
        raise SeriesError(f"{time} has no time zone; give times in UTC")
    return int(time.timestamp())
