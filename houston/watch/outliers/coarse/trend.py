"""Growth per day."""

from __future__ import annotations

import numpy as np

from houston.watch.outliers.arrays import Bools, Floats
from houston.watch.outliers.coarse.statistics import NORMAL, mean, median


def trend(levels: Floats, broken: Bools, before: Floats, rest: Floats) -> Floats:
    """From the levels of weeks [members, weeks]; the trend `before` where they do not say.

    Weeks in which the level jumped are left out as long as others remain: a jump is no growth. What may be
    chance, by the noise in the rest [members, …], is taken off.
    """
    found, open_ = before.copy(), np.ones(len(levels), np.bool_)
    noise = NORMAL * np.nan_to_num(median(np.abs(rest).reshape(len(rest), -1)))
    for gap, clean, least in ((max(1, levels.shape[1] // 2), True, 2), (1, True, 3), (1, False, 1)):
        steps = differences(levels, broken if clean else np.zeros_like(broken), gap)
        growth, said = growth_of(steps, noise / gap, least)
        found = np.where(open_ & said, growth, found)
        open_ &= ~said
    return found


def differences(levels: Floats, broken: Bools, gap: int) -> Floats:
    """Per week, between weeks that are `gap` apart and have no broken one from the one to the other."""
    jumps = np.cumsum(broken, axis=1)
    whole = (jumps[:, gap:] == jumps[:, :-gap]) & ~broken[:, :-gap]
    return np.where(whole, (levels[:, gap:] - levels[:, :-gap]) / gap, np.nan)


def growth_of(steps: Floats, noise: Floats, least: int) -> tuple[Floats, Bools]:
    middle, (_, count) = median(steps), mean(steps)
    strays = 1.25 * NORMAL * median(np.abs(steps - middle[:, None]))
    error = np.maximum(strays, noise / 2) / np.sqrt(np.maximum(count, 1))
    certainty = np.abs(middle) / np.maximum(error, 1e-12 * np.abs(middle) + 1e-300)
    growth = middle / 7 * np.clip(1 - 1 / np.maximum(certainty, 1e-9) ** 2, 0, 1)
    return np.where(count >= least, np.nan_to_num(growth), 0.0), count >= least
