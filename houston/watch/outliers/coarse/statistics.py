"""Statistics along the last axis of arrays with gaps (nan)."""

from __future__ import annotations

import numpy as np

from houston.watch.outliers.arrays import Floats

#: from the median of distances to the standard deviation of a normal distribution
NORMAL = 1.4826


def median(values: Floats) -> Floats:
    """nan where there is nothing."""
    ordered = np.sort(values, axis=-1)
    count = (ordered == ordered).sum(-1)
    flat, size = ordered.reshape(-1), values.shape[-1]
    first = np.arange(0, flat.size, size).reshape(count.shape)
    low, high = np.maximum((count - 1) // 2, 0), np.minimum(count // 2, size - 1)
    middle: Floats = (flat[first + low] + flat[first + high]) / 2
    return middle


def mean(values: Floats) -> tuple[Floats, Floats]:
    """The mean, 0 where there is nothing, and of how many."""
    known = values == values
    count = known.sum(-1).astype(np.float64)
    return np.where(known, values, 0.0).sum(-1) / np.maximum(count, 1), count


def spread(values: Floats) -> Floats:
    """The standard deviation of deviations from 0 that a few far ones do not move; of each first axis."""
    sizes = np.abs(values).reshape(len(values), -1)
    found: Floats = np.maximum(NORMAL * np.nan_to_num(median(sizes)), 0.6 * mean(sizes)[0])
    return found


def clipped(values: Floats, limit: Floats) -> Floats:
    """Between -limit and limit, which is one number for each first axis."""
    edge = limit.reshape(-1, *(1,) * (values.ndim - 1))
    return np.clip(values, -edge, edge)


def shrunk(offsets: Floats, count: Floats, noise: Floats) -> Floats:
    """Offsets [member, cell] less what of them is chance: means of `count` values with this noise [member].

    Where all cells are alike nothing is left, where they differ clearly all is; their mean is taken away.
    """
    known = count > 0
    cells = known.sum(1)[:, None]
    offsets = np.where(known, offsets, 0.0)
    offsets = np.where(known, offsets - offsets.sum(1)[:, None] / np.maximum(cells, 1), 0.0)
    chance = noise[:, None] ** 2 / np.maximum(count, 1)
    differ = np.where(known, offsets**2 - chance, 0.0).sum(1)[:, None] / np.maximum(cells - 1, 1)
    real = np.maximum(differ, 0.0)
    found: Floats = offsets * (real / np.maximum(real + chance, 1e-300))
    return found
