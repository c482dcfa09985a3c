"""Schedules as people type them, and when they fall due."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from houston.errors import Invalid
from houston.watch.schedules import ScheduleError, check, next_due, period, words

ZURICH = ZoneInfo("Europe/Zurich")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
NUUK = ZoneInfo("America/Nuuk")
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
"""A Wednesday."""


def due(schedule: str, count: int, after: datetime, zone: ZoneInfo = ZURICH) -> list[str]:
    found = []
    for _ in range(count):
        after = next_due(schedule, after, zone)
        found.append(f"{after.astimezone(zone):%a %d %b %H:%M}")
    return found


@pytest.mark.parametrize(
    ("schedule", "seconds", "in_words"),
    [
        ("90s", 90, "every 90 seconds"),
        ("15m", 900, "every 15 minutes"),
        ("every 15 minutes", 900, "every 15 minutes"),
        ("Every 15 min", 900, "every 15 minutes"),
        ("every minute", 60, "every minute"),
        ("1h", 3600, "hourly"),
        ("hourly", 3600, "hourly"),
        ("every hour", 3600, "hourly"),
        ("2 H", 7200, "every 2 hours"),
        ("every 2 hours", 7200, "every 2 hours"),
        ("1d", 86400, "every 24 hours"),
        ("2 weeks", 14 * 86400, "every 14 days"),
    ],
)
def test_intervals(schedule: str, seconds: int, in_words: str) -> None:
    assert next_due(schedule, NOON, ZURICH) - NOON == timedelta(seconds=seconds)
    assert words(schedule) == words(in_words) == in_words


@pytest.mark.parametrize(
    ("schedule", "in_words", "first"),
    [
        ("daily at 6 PM", "daily at 18:00", "Wed 18 Nov 18:00"),
        ("every day at 6:15 p.m.", "daily at 18:15", "Wed 18 Nov 18:15"),
        ("daily at 18:00", "daily at 18:00", "Wed 18 Nov 18:00"),
        ("daily at noon", "daily at 12:00", "Thu 19 Nov 12:00"),
        ("17.30", "daily at 17:30", "Wed 18 Nov 17:30"),
        ("weekdays at 9:00", "weekdays at 9:00", "Thu 19 Nov 09:00"),
        ("every weekday 9", "weekdays at 9:00", "Thu 19 Nov 09:00"),
        ("Mon-Fri at 9 am", "weekdays at 9:00", "Thu 19 Nov 09:00"),
        ("weekends at 10", "weekends at 10:00", "Sat 21 Nov 10:00"),
        ("mondays at 9am", "Mondays at 9:00", "Mon 23 Nov 09:00"),
        ("every Monday at 9", "Mondays at 9:00", "Mon 23 Nov 09:00"),
        ("weekly on Monday at 9", "Mondays at 9:00", "Mon 23 Nov 09:00"),
        ("at 9:00 on Tue, Thu and Sat", "Tuesdays, Thursdays and Saturdays at 9:00", "Thu 19 Nov 09:00"),
        ("friday to sunday at 8", "Fridays, Saturdays and Sundays at 8:00", "Fri 20 Nov 08:00"),
        ("monthly on the 1st at 8:00", "monthly on the 1st at 8:00", "Tue 01 Dec 08:00"),
        ("every month on the 15th and 2nd at 8", "monthly on the 2nd and 15th at 8:00", "Wed 02 Dec 08:00"),
        ("on the 22nd of each month at 8", "monthly on the 22nd at 8:00", "Sun 22 Nov 08:00"),
        ("monthly on the last day at 23:00", "monthly on the last day at 23:00", "Mon 30 Nov 23:00"),
        ("daily at 17:00 and 9:00", "daily at 9:00 and 17:00", "Wed 18 Nov 17:00"),
        ("weekdays at 9, 13 and 17", "weekdays at 9:00, 13:00 and 17:00", "Wed 18 Nov 17:00"),
        ("0 9 * * 1", "cron 0 9 * * 1", "Mon 23 Nov 09:00"),
        ("cron 30 18 * * fri", "cron 30 18 * * fri", "Fri 20 Nov 18:30"),
        ("*/20 * * * *", "cron */20 * * * *", "Wed 18 Nov 13:20"),
    ],
)
def test_times_by_the_clock(schedule: str, in_words: str, first: str) -> None:
    check(schedule)
    assert words(schedule) == words(in_words) == in_words
    assert due(schedule, 1, NOON) == [first]


def test_several_times_a_day_fall_due_one_after_the_other() -> None:
    assert due("weekdays at 9:00 and 17:00", 4, datetime(2026, 11, 20, 12, tzinfo=UTC)) == [
        "Fri 20 Nov 17:00",
        "Mon 23 Nov 09:00",
        "Mon 23 Nov 17:00",
        "Tue 24 Nov 09:00",
    ]


def test_a_day_that_a_month_does_not_have_is_its_last() -> None:
    january = datetime(2027, 1, 30, 12, tzinfo=UTC)
    assert due("monthly on the 30th and 31st at 8:00", 3, january) == [
        "Sun 31 Jan 08:00",
        "Sun 28 Feb 08:00",
        "Tue 30 Mar 08:00",
    ]


def test_cron_has_unix_weekdays_and_local_time() -> None:
    assert due("0 9 * * 1", 2, NOON) == ["Mon 23 Nov 09:00", "Mon 30 Nov 09:00"]
    assert due("30 18 * * 5", 1, NOON) == ["Fri 20 Nov 18:30"]


HALF_PAST_TWO = pytest.mark.parametrize("schedule", ["30 2 * * *", "daily at 2:30"])


@HALF_PAST_TWO
def test_a_time_that_a_clock_change_skips_fires_once_that_day(schedule: str) -> None:
    before = datetime(2026, 3, 27, 12, tzinfo=UTC)
    assert due(schedule, 3, before) == ["Sat 28 Mar 02:30", "Sun 29 Mar 03:00", "Mon 30 Mar 02:30"]
    american = datetime(2026, 3, 7, 12, tzinfo=UTC)
    assert due(schedule, 2, american, NEW_YORK) == ["Sun 08 Mar 03:00", "Mon 09 Mar 02:30"]


@HALF_PAST_TWO
def test_a_time_that_a_clock_change_repeats_fires_once_that_day(schedule: str) -> None:
    before = datetime(2026, 10, 23, 12, tzinfo=UTC)
    assert due(schedule, 3, before) == ["Sat 24 Oct 02:30", "Sun 25 Oct 02:30", "Mon 26 Oct 02:30"]
    assert next_due(schedule, datetime(2026, 10, 24, 12, tzinfo=UTC), ZURICH) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


@HALF_PAST_TWO
def test_between_the_two_it_does_not_fire_in_the_past(schedule: str) -> None:
    second = datetime(2026, 10, 25, 2, 10, tzinfo=ZURICH, fold=1)
    assert due(schedule, 1, second.astimezone(UTC)) == ["Mon 26 Oct 02:30"]


@pytest.mark.parametrize("schedule", ["10 2 * * *", "daily at 2:10"])
def test_half_an_hour_of_change_is_one_too(schedule: str) -> None:
    spring = datetime(2026, 10, 2, 20, tzinfo=UTC)
    assert due(schedule, 2, spring, LORD_HOWE) == ["Sun 04 Oct 02:30", "Mon 05 Oct 02:10"]
    assert due(
        schedule.replace("2:10", "1:45").replace("10 2", "45 1"),
        2,
        datetime(2026, 4, 4, tzinfo=UTC),
        LORD_HOWE,
    ) == [
        "Sun 05 Apr 01:45",
        "Mon 06 Apr 01:45",
    ]


def test_a_gap_before_midnight_falls_due_at_midnight_for_the_day_before() -> None:
    assert due("Saturdays at 23:30", 2, datetime(2026, 3, 26, tzinfo=UTC), NUUK) == [
        "Sun 29 Mar 00:00",
        "Sat 04 Apr 23:30",
    ]


def test_a_day_that_clocks_skip_as_a_whole_is_left_out() -> None:
    samoa = ZoneInfo("Pacific/Apia")
    found = due("daily at 9:00", 2, datetime(2011, 12, 29, 18, tzinfo=UTC), samoa)
    assert found == ["Thu 29 Dec 09:00", "Sat 31 Dec 09:00"]


@pytest.mark.parametrize(
    ("schedule", "at", "why"),
    [
        ("", 0, "Write when it is due"),
        ("often", 0, "I do not know this word"),
        ("dayly at 9", 0, "did you mean daily?"),
        ("every 15 mintes", 9, "did you mean minutes?"),
        ("every 15", 6, "Write minutes, hours or days after the number"),
        ("1y", 1, "Write minutes, hours or days after the number"),
        ("0m", 0, "a year is the longest"),
        ("99999d", 0, "a year is the longest"),
        ("daily", 5, "Write at what time"),
        ("weekly", 6, "weekly on Monday at 9:00"),
        ("monthly at 8:00", 11, "monthly on the 1st at 8:00"),
        ("monthly on the 32nd at 8", 15, "No month has this day"),
        ("last friday at 9", 5, "the last day of a month"),
        ("mondays at", 10, "Write at what time"),
        ("monday to at 9", 13, "Write the last day here"),
        ("daily at 24:00", 9, "No clock shows this time"),
        ("daily at 13pm", 9, "No clock shows this time"),
        ("every 2 hours at 9", 17, "I do not understand what begins here"),
        ("61 * * * *", 0, "Cron knows no such minute"),
        ("0 9 * * 8", 8, "Cron knows no such day-of-week"),
        ("cron 0 9 32 * *", 9, "Cron knows no such day-of-month"),
        ("0 0 31 2 *", 4, "Cron knows no such day-of-month"),
        ("* * * *", 7, "Cron has five fields"),
        ("0 0 9 * * 1", 10, "Cron has five fields"),
        ("x" * 300, 200, "Shorten this to 200 characters"),
    ],
)
def test_nonsense_is_refused_with_a_caret_and_examples(schedule: str, at: int, why: str) -> None:
    with pytest.raises(ScheduleError) as refused:
        check(schedule)
    error = refused.value
    assert why in error.why
    assert error.shown == f"{schedule[:200]}\n{' ' * at}^"
    assert error.message.startswith(
        f"The schedule cannot be read. {error.why}:\n{error.shown}\nWrite it like: "
    )
    assert isinstance(error, Invalid)
    assert error.field == "schedule"


def test_the_period_of_a_schedule_is_the_time_between_two_runs() -> None:
    assert period("0 9 * * *", NOON, ZURICH) == timedelta(days=1)
    assert period("15m", NOON, ZURICH) == timedelta(minutes=15)
    assert period("daily at 9:00 and 17:00", NOON, ZURICH) == timedelta(hours=16)
