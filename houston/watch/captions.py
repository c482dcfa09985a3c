"""What charts say in words: which stretch is shown, and when something happened."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

from houston.watch.chart import Points

DAY = timedelta(days=1)
STRETCHES = (
    (20 * DAY, 3 * 365 * DAY),
    (3 * DAY, 365 * DAY),
    (DAY / 2, 28 * DAY),
    (timedelta(minutes=20), 7 * DAY),
    (timedelta(0), DAY),
)
"""How much is shown of a series whose points are at least so far apart: what a phone has room for."""


def spacing(times: Iterable[datetime]) -> timedelta:
    """Between neighbours, usually; nothing where there is one only."""
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    return timedelta(seconds=median(gaps) if gaps else 0.0)


def stretch_for(apart: timedelta) -> timedelta:
    return next(shown for least, shown in STRETCHES if apart >= least)


def stretch(length: timedelta) -> str:
    """`last 28 days`, `last 24 hours`, `last 3 years`."""
    if length < 2 * DAY:
        hours = max(round(length / timedelta(hours=1)), 1)
        return f"last {hours} hours" if hours > 1 else "last hour"
    if length < 365 * DAY:
        return f"last {round(length / DAY)} days"
    years = round(length / (365 * DAY))
    return "last year" if years == 1 else f"last {years} years"


def shown(points: Points) -> str:
    """The stretch from the first point to the last, with what the last one stands for."""
    times = [time for time, _ in points]
    return stretch(times[-1] - times[0] + spacing(times)) if len(times) > 1 else ""


def moment(time: datetime, zone: ZoneInfo, apart: timedelta) -> str:
    """`Tue, Nov 3`, with `2:00 PM` where there are several points a day."""
    local = time.astimezone(zone)
    named = f"{local:%a}, {local:%b} {local.day}"
    return named if apart >= DAY / 2 else f"{named}, {local.hour % 12 or 12}:{local:%M %p}"


def times(amount: int) -> str:
    """`never`, `once`, `4 times`."""
    return ("never", "once")[amount] if amount < 2 else f"{amount:,} times"


def listed(found: Iterable[str], *, most: int = 3) -> str:
    """`a, b and 4 more`."""
    everything = list(found)
    rest = len(everything) - most
    return ", ".join(everything[:most]) + (f" and {rest:,} more" if rest > 0 else "")


def known(points: Points) -> Points:
    """Those with a value."""
    return tuple((time, value) for time, value in points if math.isfinite(value))
