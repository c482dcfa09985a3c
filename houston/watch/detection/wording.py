"""Why a point stands out, as a sentence: "Tuesday revenue was 41 % under the usual $9,800 – $11,200"."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from houston.watch.detection.periods import DAILY, day_of
from houston.watch.figures import SHARE, number, span
from houston.watch.outliers.severity import Cause, distance
from store.tables import Metric

MOST_OF_A_SHARE = 1.5
"""150 %: a larger share of one is rarer than a percentage."""


def unit_of(metric: Metric, usual: float = 0.0) -> str:
    """As it is shown: a ratio in percent is kept as a share of one, unless its usual value says that whoever
    sent it counts in hundredths."""
    is_share = metric.aggregate == "ratio" and metric.unit == "%" and not abs(usual) > MOST_OF_A_SHARE
    return SHARE if is_share else metric.unit


def brief(*, value: float, expected: float, lower: float, upper: float, cause: Cause, unit: str) -> str:
    """`41 % under the usual $9,800 – $11,200`. The figures are those of a verdict."""
    if cause == Cause.STUCK:
        return f"stuck at {number(value, unit)}"
    away = _away(value, expected, unit)
    if value < lower or value > upper:
        return f"{away} the usual {_span(lower, upper, unit)}"
    if cause == Cause.SHIFT:
        return f"{away} the expected {number(_about(expected), unit)}, like the points before it"
    if cause == Cause.UNSEEN:
        seen = f"{number(value, unit)}, like nothing seen before"
        return f"{seen}; {number(_about(expected), unit)} was expected"
    return f"{number(value, unit)}, within the usual {_span(lower, upper, unit)}"


def sentence(metric: Metric, at: datetime, spacing: timedelta, zone: ZoneInfo, told: str) -> str:
    """`told` is the brief: `Tuesday revenue of google-ads was …`, `Spend was … on Tuesday at 14:00.`"""
    name = " ".join(metric.name.replace("_", " ").split())
    named = f"{name} of {metric.channel}" if metric.channel else name
    if spacing >= DAILY:
        return f"{day_of(at, spacing, zone):%A} {_lower(named)} was {told}."
    local = at.astimezone(zone)
    return f"{named[:1].upper()}{named[1:]} was {told}, on {local:%A} at {local:%H:%M}."


def _span(lower: float, upper: float, unit: str) -> str:
    return span(_about(lower), _about(upper), unit)


def _about(value: float) -> float:
    """To three digits: nobody expects `$801.98`."""
    return float(f"{value:.3g}")


def _away(value: float, expected: float, unit: str) -> str:
    """As far as a percentage says it; `$3.10 under` where there is none."""
    if expected == 0 or value * expected < 0:
        return f"{number(abs(value - expected), unit)} {'over' if value > expected else 'under'}"
    return distance(value, expected)


def _lower(name: str) -> str:
    """In the middle of a sentence; what is all capitals stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
