"""What is expected of a series that is watched: the band that its definition would alert at."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from houston.watch.detection.matching import matches
from houston.watch.naming_days import Readings
from houston.watch.outliers.detector import Detector
from houston.watch.outliers.series import Series
from houston.watch.outliers.settings import Settings
from store.tables import Metric, OutlierDefinition

LEARNED = 1_000
"""Points that the band is learned from, at the most: a person waits, about a second."""

Bounds = tuple[float, float, float]
"""Expected, lower, upper."""


def watching(definitions: Sequence[OutlierDefinition], found: Sequence[Metric]) -> OutlierDefinition | None:
    """The first that watches any of these."""
    return next(
        (
            each
            for each in definitions
            if each.active
            and any(each.client_id == metric.client_id and matches(each.metrics, metric) for metric in found)
        ),
        None,
    )


def bounds_of(learned: Readings, settings: Settings) -> dict[datetime, Bounds]:
    """CPU work. By time; none where the detector knew nothing yet. Each row is judged by those before."""
    verdicts = Detector(settings).read(Series.of(learned))
    known = np.isfinite(verdicts.lower) & np.isfinite(verdicts.upper)
    return {
        learned[row][0]: (
            float(verdicts.expected[row]),
            float(verdicts.lower[row]),
            float(verdicts.upper[row]),
        )
        for row in np.flatnonzero(known).tolist()
    }


def are_points(times: Sequence[datetime], learned: Readings) -> bool:
    """Whether the rows are the very points, and not sums of several."""
    return len({at for at, _ in learned if times and times[0] <= at}) == len(times)
