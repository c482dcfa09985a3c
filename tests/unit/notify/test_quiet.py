"""Quiet hours as people type them, and when they end."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from houston.errors import Invalid
from houston.notify.quiet.hours import QuietHours
from houston.notify.quiet.spans import DAY, Span, is_always

ZURICH = ZoneInfo("Europe/Zurich")
ZONES = ("UTC", "Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "America/Havana")

DAY_SETS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))


@st.composite
def a_span(draw: st.DrawFn) -> Span:
    days, start, end = draw(DAY_SETS), draw(st.integers(0, DAY - 1)), draw(st.integers(1, DAY))
    assume(start != end)
    return Span(days=days, start=start, end=end if end > start else end + DAY)


SCHEDULES = st.lists(
    a_span() | DAY_SETS.map(lambda days: Span(days=days)), min_size=1, max_size=4, unique=True
)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 365 * DAY).map(lambda minute: NEW_YEAR + timedelta(minutes=minute, seconds=7))


def hours(text: str, zone: str = "Europe/Zurich") -> QuietHours:
    return QuietHours.parse(text, zone)


def zurich(month: int, day: int, hour: int, minute: int = 0, *, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZURICH, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("weekdays 18:00-08:00, weekends", "weekdays 18:00–08:00, weekends"),
        ("Mon-Fri 20:00-07:30, Sat, Sun", "weekdays 20:00–07:30, Sat, Sun"),
        ("daily 22:00-06:00", "daily 22:00–06:00"),
        ("22-6", "daily 22:00–06:00"),
        ("every night", "daily 22:00–06:00"),
        ("every night from 23:00 until 7:15", "daily 23:00–07:15"),
        ("Every day 10pm – 6:30 am", "daily 22:00–06:30"),
        ("Sat and Sun noon to midnight", "weekends 12:00–24:00"),
        ("Fri-Mon; Wednesdays 09.00-10.00", "Mon and Fri–Sun, Wed 09:00–10:00"),
        (
            "weekdays 12:00-13:00 and 18:00-08:00 and weekends",
            "weekdays 12:00–13:00, weekdays 18:00–08:00, weekends",
        ),
    ],
)
def test_what_people_type_is_read_back_to_them(typed: str, read: str) -> None:
    assert hours(typed).text() == read


def test_a_time_zone_at_the_end_replaces_the_given_one() -> None:
    assert hours("22-6").timezone == "Europe/Zurich"
    assert hours("22-6 america/new_york").timezone == "America/New_York"
    assert hours("22-6 UTC").timezone == "UTC"


@pytest.mark.parametrize(
    ("typed", "from_there"),
    [
        ("weekdays 18:00-08:0", "08:0"),
        ("weekdays 25:00-08:00", "25:00-08:00"),
        ("weekdays 18:00-08:00 maybe", "maybe"),
        ("Mon, Blursday", "Blursday"),
        ("Mon-", ""),
        ("weekdays 18:00", ""),
        ("weekdays 18:00-", ""),
        ("24:00-06:00", "24:00-06:00"),
        ("Mon 18:00-18:00", "18:00"),
        ("Mon Atlantis/City", "Atlantis/City"),
        ("Mon UTC, Tue", ", Tue"),
        ("", ""),
        ("<!channel>", "<!channel>"),
    ],
)
def test_an_error_points_at_the_spot_and_gives_an_example(typed: str, from_there: str) -> None:
    with pytest.raises(Invalid) as caught:
        hours(typed)
    assert caught.value.field == "quiet_hours"
    _, quoted, caret, example = caught.value.message.split("\n")
    assert quoted == typed
    assert typed[caret.index("^") :] == from_there
    assert example == "Write it like: weekdays 18:00-08:00, weekends"


@pytest.mark.parametrize("typed", ["daily", "weekdays, weekends", "00:00-12:00 and 12:00-24:00"])
def test_a_schedule_that_is_always_quiet_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="nothing would ever come"):
        hours(typed)


def test_a_long_text_is_refused() -> None:
    with pytest.raises(Invalid, match="Shorten this"):
        hours("Mon, " * 100)


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    friday = hours("Fri 22:00-06:00")
    assert friday.end(zurich(6, 5, 23)) == zurich(6, 6, 6)
    assert friday.end(zurich(6, 6, 5)) == zurich(6, 6, 6)
    assert friday.end(zurich(6, 5, 5)) is None


def test_stretches_that_follow_on_each_other_end_together() -> None:
    week = hours("weekdays 18:00-08:00, weekends")
    assert week.end(zurich(6, 5, 19)) == zurich(6, 8, 0)
    assert week.end(zurich(6, 4, 19)) == zurich(6, 5, 8)
    assert week.end(zurich(6, 8, 7)) is None
    assert hours("Fri 18:00-24:00, weekends, Mon 00:00-08:00").end(zurich(6, 5, 19)) == zurich(6, 8, 8)


def test_the_end_itself_is_not_quiet() -> None:
    night = hours("22:00-06:00")
    assert night.covers(zurich(6, 5, 22))
    assert not night.covers(zurich(6, 5, 6))


def test_a_night_is_an_hour_shorter_when_clocks_go_forward() -> None:
    night = hours("22:00-06:00")
    start = zurich(3, 28, 22)
    assert night.end(start) == zurich(3, 29, 6) == start + timedelta(hours=7)


def test_an_hour_that_clocks_skip_ends_where_they_jump_to() -> None:
    assert hours("22:00-02:30").end(zurich(3, 28, 23)) == zurich(3, 29, 3)
    assert hours("02:30-05:00").covers(zurich(3, 29, 3))
    assert not hours("02:10-02:50").covers(zurich(3, 29, 3))


def test_a_night_is_an_hour_longer_when_clocks_go_back() -> None:
    night = hours("22:00-06:00")
    start = zurich(10, 24, 22)
    assert night.end(start) == zurich(10, 25, 6) == start + timedelta(hours=9)


def test_an_edge_within_the_hour_that_comes_twice_leaves_no_gap() -> None:
    until_half_past = hours("22:00-02:30")
    assert until_half_past.end(zurich(10, 25, 1)) == zurich(10, 25, 2, 30, fold=1)
    assert hours("02:30-05:00").covers(zurich(10, 25, 2, 45))
    assert hours("02:30-05:00").covers(zurich(10, 25, 2, 15, fold=1))


def test_what_is_kept_comes_back() -> None:
    quiet = QuietHours.parse("weekdays 18-8", "Europe/Zurich", critical_passes=True)
    kept = {"text": "weekdays 18:00-08:00", "timezone": "Europe/Zurich", "critical_passes": True}
    assert quiet.as_dict() == kept
    assert QuietHours.from_dict(kept) == quiet


@settings(max_examples=50)
@given(SCHEDULES)
def test_every_schedule_is_read_back_as_it_was(spans: list[Span]) -> None:
    assume(not is_always(spans))
    quiet = QuietHours(spans=tuple(spans), timezone="UTC")
    typed = QuietHours.parse(quiet.typed, "UTC")
    assert typed == QuietHours.parse(quiet.text(), "UTC") == quiet


@given(SCHEDULES, MOMENTS, st.sampled_from(ZONES))
@example([Span(days=(6,), start=150, end=300)], datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "Europe/Zurich")
def test_it_is_quiet_until_the_end_and_not_at_it(spans: list[Span], moment: datetime, zone: str) -> None:
    assume(not is_always(spans))
    quiet = QuietHours(spans=tuple(spans), timezone=zone)
    end = quiet.end(moment)
    assert (end is not None) == quiet.covers(moment)
    if end is not None:
        assert end.tzinfo is UTC
        assert not quiet.covers(end)
        for part in range(20):
            between = moment + (end - moment) * part / 20
            assert quiet.end(between) == end


@settings(max_examples=50)
@given(SCHEDULES, MOMENTS)
def test_without_clock_changes_it_follows_the_minutes_of_the_week(
    spans: list[Span], moment: datetime
) -> None:
    assume(not is_always(spans))
    minute = moment.weekday() * DAY + moment.hour * 60 + moment.minute
    expected = any(
        (minute - day * DAY - span.start) % (7 * DAY) < span.end - span.start
        for span in spans
        for day in span.days
    )
    assert QuietHours(spans=tuple(spans), timezone="UTC").covers(moment) == expected


PIECES = ("mon-fri", "weekdays", "18:00", "8", "-", "and", ",", "pm", "UTC", "night", "to", "every day")


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    quiet, complaint = _tried(text)
    if quiet:
        assert QuietHours.parse(quiet.typed, quiet.timezone) == quiet
    else:
        assert complaint.endswith("weekdays 18:00-08:00, weekends")


def _tried(text: str) -> tuple[QuietHours | None, str]:
    try:
        return QuietHours.parse(text, "UTC"), ""
    except Invalid as invalid:
        return None, invalid.message
