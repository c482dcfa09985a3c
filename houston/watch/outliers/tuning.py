"""Settings of many members as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from houston.watch.outliers.arrays import Arrays, Bools, Floats
from houston.watch.outliers.settings import SeasonChoice, Settings

SENSITIVITY = {"low": 1.4, "normal": 1.0, "high": 0.75}
#: places of SeasonChoice in Tuning.season
SEASONS = get_args(SeasonChoice)


@dataclass(kw_only=True)
class Tuning(Arrays):
    #: what alert lines are multiplied with
    factor: Floats
    #: whether deviations upwards, and downwards, matter
    up: Bools
    down: Bools
    #: place in SEASONS
    season: NDArray[np.int8]
    #: changes from the expected value that are smaller than this never alert; 0 for none
    least_change: Floats
    #: the same as a share of the expected value, 0.05 for 5 %
    least_share: Floats

    @staticmethod
    def of(settings: Sequence[Settings]) -> Tuning:
        return Tuning(
            factor=np.array([SENSITIVITY[each.sensitivity] for each in settings], np.float64),
            up=np.array([each.direction != "down" for each in settings], np.bool_),
            down=np.array([each.direction != "up" for each in settings], np.bool_),
            season=np.array([SEASONS.index(each.season) for each in settings], np.int8),
            least_change=np.array([each.minimum_change or 0.0 for each in settings], np.float64),
            least_share=np.array([each.minimum_change_percent or 0.0 for each in settings], np.float64) / 100,
        )

    def too_small(self, values: Floats, expected: Floats) -> Bools:
        """Where the change from the expected value is too small to matter."""
        least = np.maximum(self.least_change, self.least_share * np.abs(expected))
        return np.abs(values - expected) < least
