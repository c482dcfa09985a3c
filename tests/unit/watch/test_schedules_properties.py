"""What holds for every schedule, zone and time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from houston.watch.schedules import ScheduleError, next_due, words
from houston.watch.schedules.clock import Monthly, Weekly
from houston.watch.schedules.grammar import read
from houston.watch.schedules.intervals import Every
from houston.watch.schedules.vocabulary import KNOWN
from houston.watch.schedules.wording import Schedule, in_words

ZONES = st.sampled_from(
    ["UTC", "Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "America/Havana", "America/Nuuk"]
).map(ZoneInfo)
MINUTES = st.lists(st.integers(0, 24 * 60 - 1), min_size=1, max_size=3, unique=True).map(
    lambda each: tuple(sorted(each))
)
SCHEDULES: st.SearchStrategy[Schedule] = (
    st.builds(Every, length=st.integers(1, 366 * 86_400).map(lambda seconds: timedelta(seconds=seconds)))
    | st.builds(
        Weekly,
        days=st.sets(st.integers(0, 6), min_size=1).map(lambda each: tuple(sorted(each))),
        minutes=MINUTES,
    )
    | st.builds(
        Monthly,
        days=st.sets(st.integers(1, 31), min_size=1, max_size=3).map(lambda each: tuple(sorted(each))),
        minutes=MINUTES,
    )
)
SPOKEN = st.lists(
    st.sampled_from(
        [*KNOWN, "15", "9:00", "6 PM", "1st", "31st", "at", "on", "*", "*/5", "1-5", "to", "-", "hours"]
    )
    | st.text(max_size=4),
    max_size=7,
).map(" ".join)
MOMENTS = st.integers(0, 2 * 366 * 24 * 60).map(
    lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute, seconds=7)
)


@given(SCHEDULES)
def test_a_schedule_reads_back_as_itself(schedule: Schedule) -> None:
    assert read(in_words(schedule)) == schedule


def refusal(text: str) -> ScheduleError | None:
    try:
        kept = words(text)
    except ScheduleError as refused:
        return refused
    assert words(kept) == kept
    assert next_due(kept, datetime(2026, 3, 28, tzinfo=UTC), ZoneInfo("Europe/Zurich"))
    return None


@settings(max_examples=120)
@given(SPOKEN | st.text())
def test_any_text_is_read_or_refused_with_a_caret_inside_it(text: str) -> None:
    if refused := refusal(text):
        assert 0 <= refused.at <= len(refused.text)
        assert refused.shown.split("\n")[0] == refused.text
        assert refused.shown.endswith("^")


@given(SCHEDULES, MOMENTS, ZONES)
def test_the_next_time_is_later_and_none_lies_between(
    schedule: Schedule, after: datetime, zone: ZoneInfo
) -> None:
    text = in_words(schedule)
    first = next_due(text, after, zone)
    assert first > after
    assert first.tzinfo is UTC
    if not isinstance(schedule, Every):
        between = after + (first - after) / 2
        assert next_due(text, between, zone) == first


CHANGES = {
    "Europe/Zurich": (datetime(2026, 3, 29), datetime(2026, 10, 25)),  # noqa: DTZ001
    "America/New_York": (datetime(2026, 3, 8), datetime(2026, 11, 1)),  # noqa: DTZ001
    "Australia/Lord_Howe": (datetime(2026, 4, 5), datetime(2026, 10, 4)),  # noqa: DTZ001
    "America/Havana": (datetime(2026, 3, 8), datetime(2026, 11, 1)),  # noqa: DTZ001
}


@given(
    st.sampled_from([(ZoneInfo(zone), day) for zone, days in CHANGES.items() for day in days]),
    st.integers(0, 4 * 60),
    st.booleans(),
)
def test_each_local_date_has_it_once_over_both_changes(
    change: tuple[ZoneInfo, datetime], minute: int, is_cron: bool
) -> None:
    zone, day = change
    hour, minute = divmod(minute, 60)
    text = f"{minute} {hour} * * *" if is_cron else f"daily at {hour}:{minute:02}"
    due = (day - timedelta(days=2)).replace(hour=12, tzinfo=zone).astimezone(UTC)
    dates = []
    for _ in range(4):
        due = next_due(text, due, zone)
        dates.append(due.astimezone(zone).date())
    assert dates == [(day + timedelta(days=step)).date() for step in (-1, 0, 1, 2)]
