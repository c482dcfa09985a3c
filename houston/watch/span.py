"""Periods of whole days, and those that they are compared with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

CompareTo = Literal[
    "previous_period", "same_period_last_week", "same_period_last_month", "same_period_last_year"
]


@dataclass(frozen=True, kw_only=True)
class Span:
    """Whole days in one time zone, the last one included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The first moment in it, and the first one after it."""
        return _midnight(self.start, zone), _midnight(self.end + timedelta(days=1), zone)


def compared_span(span: Span, to: CompareTo) -> Span:
    match to:
        case "same_period_last_week":
            return Span(start=span.start - timedelta(days=7), end=span.end - timedelta(days=7))
        case "same_period_last_month":
            return Span(start=_months_on(span.start, -1), end=_months_on(span.end, -1))
        case "same_period_last_year":
            return Span(start=_months_on(span.start, -12), end=_months_on(span.end, -12))
        case "previous_period":
            return _before(span)


def cut_off(span: Span, against: Span, covered: datetime, zone: ZoneInfo) -> datetime:
    """As far into `against` as the points reach into `span`, so that like is held against like."""
    start, end = against.bounds(zone)
    if covered >= span.bounds(zone)[1]:
        return end
    elapsed = covered.astimezone(zone).replace(tzinfo=None) - datetime.combine(span.start, time())
    reached = (datetime.combine(against.start, time()) + elapsed).replace(tzinfo=zone)
    return max(start, min(end, reached.astimezone(UTC)))


def _before(span: Span) -> Span:
    """The same number of days before it; for whole months, as many whole months."""
    next_day = span.end + timedelta(days=1)
    if span.start.day == 1 and next_day.day == 1:
        months = (next_day.year - span.start.year) * 12 + next_day.month - span.start.month
        return Span(start=_months_on(span.start, -months), end=span.start - timedelta(days=1))
    return Span(start=span.start - timedelta(days=span.days), end=span.start - timedelta(days=1))


def _months_on(day: date, months: int) -> date:
    """The same day of another month, or that month's last day."""
    number = day.year * 12 + day.month - 1 + months
    first = date(number // 12, number % 12 + 1, 1)
    after = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), after - timedelta(days=1))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
