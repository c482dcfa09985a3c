"""How many times beyond the alert line a row is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from houston.watch.outliers.arrays import Bools, Floats, Ints
from houston.watch.outliers.fine.forecast import Outlook
from houston.watch.outliers.fine.sights import ONE, SHAPE, TEN, VALUE, VIEWS
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
class Sighted:
    """What was seen of rows × members, all arrays of that shape."""

    expected: Floats
    noise: Floats
    deviation: Floats
    regular: Bools
    #: × VIEWS: the sizes of the deviations, and the usual largest ones
    sizes: Floats
    heights: Floats
    still: Floats

    @staticmethod
    def empty(rows: int, members: int) -> Sighted:
        return Sighted(
            expected=np.empty((rows, members)),
            noise=np.empty((rows, members)),
            deviation=np.empty((rows, members)),
            regular=np.empty((rows, members), np.bool_),
            sizes=np.empty((rows, members, VIEWS)),
            heights=np.empty((rows, members, VIEWS)),
            still=np.empty((rows, members)),
        )

    def note(self, row: int, outlook: Outlook) -> None:
        self.expected[row], self.noise[row] = outlook.expected, outlook.noise
        self.deviation[row], self.regular[row] = outlook.deviation, outlook.regular


@dataclass(frozen=True, kw_only=True)
class Weight:
    """Of rows × members, flat."""

    #: 1 at the alert line
    excess: Floats
    cause: Ints
    #: how far from the expected value the bounds are
    reach: Floats
    #: whether the value would be usual but for the rows before it
    usual: Bools


def weigh(sighted: Sighted, values: Floats, tuning: Tuning) -> Weight:
    """By the sizes of the views beside the usual largest ones; values and settings flat."""
    sizes, heights = sighted.sizes.reshape(-1, VIEWS), sighted.heights.reshape(-1, VIEWS)
    regular, still = sighted.regular.ravel(), sighted.still.ravel()
    floors = np.maximum(heights[:, ONE:], FLOOR)
    lines = ABOVE * floors
    heights = np.where(regular[:, None], np.concatenate([heights[:, :ONE], floors], axis=1), heights)
    ratios = np.minimum(sizes / np.maximum(heights, NONE), LARGEST_RATIO)
    # where no season explains the values, they wander too far from what is expected for that to mean much
    away = np.where(regular[:, None], sizes[:, ONE:] / lines, 0.0)
    views = np.empty((len(sizes), len(CAUSES)))
    views[:, 0], views[:, 1] = away[:, 0], np.maximum(away[:, 1], away[:, 2])
    views[:, 2] = newness(regular, sizes, ratios)
    views[:, :3] /= tuning.factor[:, None]
    side = np.where(sighted.deviation.ravel() > 0, tuning.up, tuning.down)
    views[:, :3] *= (side & ~tuning.too_small(values, sighted.expected.ravel()))[:, None]
    views[:, 3] = still
    reach = lines[:, 0] * tuning.factor
    cause = CAUSES[views.argmax(axis=1)]
    return Weight(
        excess=views.max(axis=1),
        cause=np.where((cause != Cause.STUCK) & (sizes[:, ONE] > reach), Cause.VALUE, cause),
        reach=reach * sighted.noise.ravel(),
        usual=(ratios[:, VALUE] < 1) & (sizes[:, ONE] < USUAL) & (still < 1),
    )


def newness(regular: Bools, sizes: Floats, ratios: Floats) -> Floats:
    """How unlike anything before."""
    unlike = (ratios[:, VALUE] + ratios[:, SHAPE] + TEN_COUNTS * ratios[:, TEN]) / NEW_AT
    slight = regular & (sizes[:, ONE:].max(axis=1) < NOTABLE)
    return np.where(slight, np.minimum(unlike, UNNOTABLE), unlike)
