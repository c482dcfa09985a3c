"""How a metric spreads over the days of a week, and over the hours of a day."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from houston.errors import Invalid
from houston.watch.detection.periods import DAILY
from houston.watch.performance import Row, Series, days_with_points, total

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS = tuple(f"{hour:02}:00" for hour in range(24))
NO_HOURS = "There is one figure a day of this metric, so it has no hours. Ask by weekday or by day."


def by_weekday(aggregate: str, series: Sequence[Series], zone: ZoneInfo) -> tuple[Row, ...]:
    """Monday to Sunday. Of a sum the average of such a day, of anything else its figure over all of them."""
    return _rows(WEEKDAYS, aggregate, series, zone, lambda at: at.astimezone(zone).weekday())


def by_hour(aggregate: str, series: Sequence[Series], zone: ZoneInfo) -> tuple[Row, ...]:
    """`00:00` to `23:00`, as `by_weekday`. Raises Invalid for a metric of whole days."""
    if _is_daily(series):
        raise Invalid("by", NO_HOURS)
    return _rows(HOURS, aggregate, series, zone, lambda at: at.astimezone(zone).hour)


def _rows(
    names: Sequence[str],
    aggregate: str,
    series: Sequence[Series],
    zone: ZoneInfo,
    number: Callable[[datetime], int],
) -> tuple[Row, ...]:
    parts: dict[int, set[datetime]] = {}
    for at in _times(series):
        parts.setdefault(number(at), set()).add(at)
    return tuple(
        _row(names[each], aggregate, [one.only(times.__contains__) for one in series], zone)
        for each, times in sorted(parts.items())
    )


def _row(name: str, aggregate: str, series: Sequence[Series], zone: ZoneInfo) -> Row:
    value = total(aggregate, series)
    if aggregate != "sum" or value is None:
        return Row(name=name, value=value)
    days = days_with_points(series, zone)
    return Row(name=name, value=value / days, whole=value, days=days)


def _is_daily(series: Sequence[Series]) -> bool:
    gaps = [later - earlier for earlier, later in pairwise(_times(series))]
    return not gaps or min(gaps) >= DAILY


def _times(series: Sequence[Series]) -> list[datetime]:
    return sorted({at for one in series for readings in one.sides for at, _ in readings})
