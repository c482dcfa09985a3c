"""How many times beyond the alert line a row is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from houston.watch.outliers.arrays import Bools, Floats, Ints
from houston.watch.outliers.fine.forecast import Outlook
from houston.watch.outliers.fine.sights import ONE, SHAPE, TEN, VALUE
from houston.watch.outliers.severity import Cause
from houston.watch.outliers.tuning import Tuning

#: what ten rows together count beside a new value and a new shape, and how many lines all three must be
TEN_COUNTS, NEW_AT = 0.5, 3.5
#: a ratio to a line that is larger says no more
LARGEST_RATIO = 20.0
#: standard deviations below which no deviation alerts, and the alert line beside the usual largest
FLOOR, ABOVE = 5.0, 1.3
#: standard deviations that something new must be away on a regular series, and what it is worth if not
NOTABLE, UNNOTABLE = 4.0, 0.5
#: standard deviations within which a value that is not new is usual
USUAL = 2.0
#: less than any deviation that is not none
NONE = 1e-100
CAUSES = np.array([Cause.VALUE, Cause.SHIFT, Cause.UNSEEN, Cause.STUCK])


@dataclass(frozen=True, kw_only=True)
class Weight:
    """Of one row of each member."""

    #: 1 at the alert line
    excess: Floats
    cause: Ints
    #: how far from the expected value the bounds are
    reach: Floats
    #: whether the value would be usual but for the rows before it
    usual: Bools


def weigh(outlook: Outlook, sizes: Floats, heights: Floats, still: Floats, tuning: Tuning) -> Weight:
    """By the sizes of the views and the usual largest ones, both members × VIEWS."""
    ratios = np.minimum(sizes / np.maximum(heights, NONE), LARGEST_RATIO)
    lines = ABOVE * np.maximum(heights[:, ONE:], FLOOR)
    # where no season explains the values, they wander too far from what is expected for that to mean much
    away = np.where(outlook.regular[:, None], sizes[:, ONE:] / lines, 0.0)
    views = np.empty((len(sizes), len(CAUSES)))
    views[:, 0], views[:, 1] = away[:, 0], np.maximum(away[:, 1], away[:, 2])
    views[:, 2] = newness(outlook, sizes, ratios)
    views[:, :3] /= tuning.factor[:, None]
    views[:, 3] = still
    reach = lines[:, 0] * tuning.factor
    cause = CAUSES[views.argmax(axis=1)]
    return Weight(
        excess=views.max(axis=1),
        cause=np.where((cause != Cause.STUCK) & (sizes[:, ONE] > reach), Cause.VALUE, cause),
        reach=reach * outlook.noise,
        usual=(ratios[:, VALUE] < 1) & (sizes[:, ONE] < USUAL) & (still < 1),
    )


def newness(outlook: Outlook, sizes: Floats, ratios: Floats) -> Floats:
    """How unlike anything before."""
    unlike = (ratios[:, VALUE] + ratios[:, SHAPE] + TEN_COUNTS * ratios[:, TEN]) / NEW_AT
    slight = outlook.regular & (sizes[:, ONE:].max(axis=1) < NOTABLE)
    return np.where(slight, np.minimum(unlike, UNNOTABLE), unlike)
