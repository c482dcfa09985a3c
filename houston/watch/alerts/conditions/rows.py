"""What a query gave, now and earlier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from houston.watch.alerts.conditions.kinds import Condition, RowCount, Silence, Threshold, Wish

WEEK, DAY, HALF_DAY = timedelta(days=7), timedelta(days=1), timedelta(hours=12)


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Cells are None, bool, int, float, str, date or datetime (UTC where it has no zone); dates may be ISO
    text. `is_cut` says that there were more rows, and `count` how many, where that is known."""

    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    is_cut: bool = False
    count: int | None = None


@dataclass(frozen=True, kw_only=True)
class Baselines:
    """Earlier runs; None where there is none yet. `rows_at` is when a run last had rows, and
    `watched_since` since when anybody looks."""

    previous: Rows | None = None
    yesterday: Rows | None = None
    last_week: Rows | None = None
    same_day_last_week: Rows | None = None
    rows_at: datetime | None = None
    watched_since: datetime | None = None

    def of(self, wish: Wish) -> Rows | None:
        earlier: Rows | None = getattr(self, wish)
        return earlier


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Where the run of a wish lies: the one nearest to `ideal`, from `start` up to but not with `end`."""

    start: datetime
    end: datetime
    ideal: datetime


def wishes(condition: Condition) -> frozenset[Wish]:
    """The earlier runs that it takes to judge this one."""
    if isinstance(condition, Threshold | RowCount | Silence):
        return frozenset()
    return frozenset({condition.wish})


def stretch(wish: Wish, now: datetime, zone: ZoneInfo) -> Stretch | None:
    """Where to look for it, in the alert's time zone; None for the previous run, which is the newest."""
    if wish == "previous":
        return None
    if wish == "last_week":
        ideal = now - WEEK
        return Stretch(start=ideal - HALF_DAY, end=ideal + HALF_DAY, ideal=ideal)
    local = now.astimezone(zone)
    then = local.date() - (DAY if wish == "yesterday" else WEEK)
    ideal = datetime.combine(then, local.time(), zone)
    return Stretch(start=_midnight(then, zone), end=_midnight(then + DAY, zone), ideal=ideal)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
