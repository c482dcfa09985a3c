"""How far values stray from what is expected."""

from __future__ import annotations

import numpy as np

from houston.watch.outliers.arrays import Bools, Floats, Ints
from houston.watch.outliers.coarse.cadence import Cadence
from houston.watch.outliers.coarse.scale import LINEAR, LOGARITHM, ROOT
from houston.watch.outliers.coarse.statistics import NORMAL, mean, median, spread

#: weeks of misses that the noise is learned from
RECENT = 8
#: what a fit leaves is smaller than what it will miss by
FITTED = 1.1
#: sizes count up to this many standard deviations, which leaves this share of normal variance
LIMIT, LEFT = 2.0, 0.92
#: on a line that does not move, a standard deviation is this share of the level: 5 % is an outlier
DEAD_FLAT = 0.0112
#: float noise is no noise
FLOAT_NOISE, TINIEST = 1e-6, 1e-9
#: how many values the same noise everywhere counts for, and the limits of what is learned
PRIOR, QUIETEST, LOUDEST = 12.0, 0.4, 2.5


def noise_of(
    rest: Floats, misses: Floats, level: Floats, scale: Ints, is_still: Bools, cadence: Cadence
) -> tuple[Floats, Floats]:
    """[members] the standard deviation, and the sizes it is learned from."""
    sizes = np.abs(np.where(misses == misses, misses, fitted_share(rest, cadence) * rest))
    sizes[:, :-RECENT] = np.nan
    flat = sizes.reshape(len(sizes), -1)
    tiny = np.where(scale == LOGARITHM, FLOAT_NOISE, np.maximum(FLOAT_NOISE * np.abs(level), TINIEST))
    whole = {LINEAR: np.abs(level), ROOT: np.abs(level) / 2, LOGARITHM: np.ones_like(level)}
    dead = np.maximum(DEAD_FLAT * np.choose(scale, [whole[LINEAR], whole[ROOT], whole[LOGARITHM]]), tiny)
    usual = np.maximum(spread(flat), tiny)
    squares = mean(np.minimum(flat, LIMIT * usual[:, None]) ** 2)[0] / LEFT
    is_dead = is_still | (NORMAL * np.nan_to_num(median(flat)) <= tiny)
    return np.maximum(np.sqrt(squares), np.where(is_dead, dead, tiny)), sizes


def fitted_share(rest: Floats, cadence: Cadence) -> Floats:
    """How much larger than the rest of a fit misses are; of daily series by how many weeks it knows."""
    if cadence.slots > 1:
        return np.full((len(rest), 1, 1), FITTED)
    weeks = (rest == rest).sum((1, 2)) / cadence.cells
    share: Floats = FITTED * np.sqrt(1 + 1 / np.maximum(weeks - 1, 0.5))
    return share[:, None, None]


def unevenness_of(sizes: Floats, cadence: Cadence) -> Floats:
    """[members, cells] beside 1, by weekday, or by hour where there are some; of [members, weeks, cells]."""
    members, weeks, _ = sizes.shape
    squares = np.minimum(sizes, 3.0) ** 2
    if cadence.slots == 1:
        cells = squares.transpose(0, 2, 1)
    else:
        hours = squares.reshape(members, weeks * 7, cadence.slots).transpose(0, 2, 1)
        cells = np.concatenate([np.roll(hours, 1, axis=1), hours, np.roll(hours, -1, axis=1)], axis=2)
    square, count = mean(cells)
    found = np.clip(np.sqrt((square * count + PRIOR) / (count + PRIOR)), QUIETEST, LOUDEST)
    return found if cadence.slots == 1 else np.tile(found, (1, 7))
