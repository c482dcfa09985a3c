"""How bad an outlier is, and what it is in words."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from houston.watch.outliers.numbers import readable, readable_percent, readable_range

SEVERITIES = ("none", "info", "warning", "critical")
#: times the alert line
WARNING_AT, CRITICAL_AT = 1.5, 2.5
#: from this many times the expected value on, "times" reads better than a percentage
TIMES_FROM = 3.0


class Cause(IntEnum):
    """Why a row stands out."""

    NONE = 0
    VALUE = 1  # the value is outside the band
    SHIFT = 2  # the last rows together are too far on one side
    UNSEEN = 3  # nothing like it, or like its last steps, has been seen
    STUCK = 4  # the same value for too long


def severity(excess: float, *, lasting: bool) -> int:
    """The place in SEVERITIES of a deviation that is `excess` times the alert line; worse once it lasts."""
    return int(severities(np.array([excess]), np.array([lasting]))[0])


def severities(excess: NDArray[np.float64], lasting: NDArray[np.bool_]) -> NDArray[np.int8]:
    """The same of many."""
    worse = 1 + (excess >= WARNING_AT) + (excess >= CRITICAL_AT) + lasting
    return np.where(excess >= 1, np.minimum(worse, len(SEVERITIES) - 1), 0).astype(np.int8)


def reason(*, value: float, expected: float, lower: float, upper: float, cause: Cause = Cause.VALUE) -> str:
    """Such as "41 % under the usual 9.8–11.2 k"; the bounds are those of the verdict, the cause too."""
    if cause == Cause.STUCK:
        return f"stuck at {readable(value)}"
    if value < lower or value > upper:
        return f"{distance(value, expected)} the usual {readable_range(lower, upper)}"
    if cause == Cause.SHIFT:
        return f"{distance(value, expected)} the expected {readable(expected)}, like the rows before it"
    if cause == Cause.UNSEEN:
        return f"{readable(value)}, where {readable(expected)} was expected, is like nothing before"
    return f"{readable(value)}, within the usual {readable_range(lower, upper)}"


def distance(value: float, expected: float) -> str:
    side = "over" if value > expected else "under"
    if expected == 0 or value * expected < 0:
        return f"{readable(abs(value - expected))} {side}"
    ratio = value / expected
    if ratio >= TIMES_FROM:
        return f"{readable(ratio)} times"
    return f"{readable_percent(abs(ratio - 1))} {side}"
