"""A week's stretches of quiet, by the wall clock: which days, from when to when."""

from collections.abc import Sequence
from dataclasses import dataclass

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY, WEEK = 24 * 60, 7 * 24 * 60

NAMED = {
    tuple(range(7)): "daily",
    (0, 1, 2, 3, 4): "weekdays",
    (5, 6): "weekends",
}
"""The sets of days that have a name."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """One stretch on each of `days` (0 is Monday), in minutes after midnight.

    An `end` beyond 1440 lies on the day after: a night belongs to the day on which it begins.
    """

    days: tuple[int, ...]
    start: int = 0
    end: int = DAY

    @property
    def is_whole_day(self) -> bool:
        return (self.start, self.end) == (0, DAY)

    def __str__(self) -> str:
        """As it is typed: `weekdays 18:00-08:00`."""
        if self.is_whole_day:
            return _days(self.days)
        return f"{_days(self.days)} {_time(self.start)}-{_time(self.end)}"


def is_always(spans: Sequence[Span]) -> bool:
    """Whether they leave no minute of the week."""
    quiet = {
        minute % WEEK
        for span in spans
        for day in span.days
        for minute in range(day * DAY + span.start, day * DAY + span.end)
    }
    return len(quiet) == WEEK


def _days(days: tuple[int, ...]) -> str:
    if days in NAMED:
        return NAMED[days]
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return " and ".join(_run(run) for run in runs)


def _run(run: list[int]) -> str:
    if len(run) < 3:
        return " and ".join(DAYS[day] for day in run)
    return f"{DAYS[run[0]]}-{DAYS[run[-1]]}"


def _time(minute: int) -> str:
    """The midnight that ends a day is 24:00."""
    minute = minute if minute <= DAY else minute - DAY
    return f"{minute // 60:02}:{minute % 60:02}"
