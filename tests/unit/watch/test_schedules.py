from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from houston.errors import Invalid
from houston.watch.schedules import check, next_due, period

ZURICH = ZoneInfo("Europe/Zurich")
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
"""A Wednesday."""


def due(schedule: str, count: int, after: datetime, zone: ZoneInfo = ZURICH) -> list[str]:
    found = []
    for _ in range(count):
        after = next_due(schedule, after, zone)
        found.append(f"{after.astimezone(zone):%a %d %b %H:%M}")
    return found


@pytest.mark.parametrize(
    ("schedule", "seconds"), [("90s", 90), ("15m", 900), ("1h", 3600), ("2 H", 7200), ("1d", 86400)]
)
def test_intervals(schedule: str, seconds: int) -> None:
    assert next_due(schedule, NOON, ZURICH) - NOON == timedelta(seconds=seconds)


def test_cron_has_unix_weekdays_and_local_time() -> None:
    assert due("0 9 * * 1", 2, NOON) == ["Mon 23 Nov 09:00", "Mon 30 Nov 09:00"]
    assert due("30 18 * * 5", 1, NOON) == ["Fri 20 Nov 18:30"]


def test_a_time_that_a_clock_change_skips_fires_once_that_day() -> None:
    before = datetime(2026, 3, 27, 12, tzinfo=UTC)
    assert due("30 2 * * *", 3, before) == ["Sat 28 Mar 02:30", "Sun 29 Mar 03:00", "Mon 30 Mar 02:30"]


def test_a_time_that_a_clock_change_repeats_fires_once_that_day() -> None:
    before = datetime(2026, 10, 23, 12, tzinfo=UTC)
    assert due("30 2 * * *", 3, before) == ["Sat 24 Oct 02:30", "Sun 25 Oct 02:30", "Mon 26 Oct 02:30"]


@pytest.mark.parametrize("schedule", ["", "often", "0m", "1y", "61 * * * *", "* * * *", "0 9 * * 8"])
def test_nonsense_is_refused_with_an_example(schedule: str) -> None:
    with pytest.raises(Invalid, match="write an interval like 15m or cron like") as refused:
        check(schedule)
    assert refused.value.field == "schedule"


def test_the_period_of_cron_is_the_time_between_two_runs() -> None:
    assert period("0 9 * * *", NOON, ZURICH) == timedelta(days=1)
    assert period("15m", NOON, ZURICH) == timedelta(minutes=15)
