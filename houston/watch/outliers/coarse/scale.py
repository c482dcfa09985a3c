"""Scales on which the noise does not depend on the level."""

from __future__ import annotations

import numpy as np

from houston.watch.outliers.arrays import Bools, Floats, Ints
from houston.watch.outliers.coarse.statistics import median

LINEAR, ROOT, LOGARITHM = range(3)
SCALES = (LINEAR, ROOT, LOGARITHM)
#: below this share of the median size the logarithm goes no further: zeros come in
LEAST_SHARE = 0.02
#: values beyond a scale's reach are tolerated up to this share of all
FEW = 0.02
#: the logarithm of the largest number that comes out
LARGEST = 300.0


def onto(scale: Ints, least: Floats, values: Floats) -> Floats:
    """Values on the scales; all shapes go together."""
    root = np.sign(values) * np.sqrt(np.abs(values))
    logarithm = np.log(np.maximum(values, least))
    return np.where(scale == LINEAR, values, np.where(scale == ROOT, root, logarithm))


def back(scale: Ints, scaled: Floats) -> Floats:
    power = np.exp(np.minimum(scaled, LARGEST))
    return np.where(scale == LINEAR, scaled, np.where(scale == ROOT, np.sign(scaled) * scaled**2, power))


def slope(scale: Ints, scaled: Floats, deviation: Floats) -> Floats:
    """How many units of value one unit of the scale is there."""
    root = 2 * np.maximum(np.abs(scaled), deviation)
    power = np.exp(np.minimum(scaled, LARGEST))
    return np.where(scale == LINEAR, 1.0, np.where(scale == ROOT, root, power))


def least_of(values: Floats) -> Floats:
    """[members] from where on the logarithm is taken, of values [members, …]."""
    return np.maximum(LEAST_SHARE * median(np.abs(values).reshape(len(values), -1)), 1e-300)


def impossible(values: Floats, least: Floats) -> Bools:
    """[members, scales] that too many of the values [members, …] are out of reach of."""
    flat = values.reshape(len(values), -1)
    few = FEW * (flat == flat).sum(1)
    negative = (flat < 0).sum(1) > few
    tiny = (flat <= least[:, None]).sum(1) > few
    return np.stack([np.zeros_like(negative), negative, negative | tiny], axis=1)
