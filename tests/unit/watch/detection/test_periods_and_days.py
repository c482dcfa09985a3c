"""What a point stands for, whether that is over, and which days are left out."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from houston.errors import Invalid
from houston.watch.detection.ages import age
from houston.watch.detection.calendar import Calendar
from houston.watch.detection.periods import day_of, ends

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
UTC_ZONE, ZURICH, NEW_YORK = ZoneInfo("UTC"), ZoneInfo("Europe/Zurich"), ZoneInfo("America/New_York")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("stamp", "spacing", "aggregate", "zone", "end"),
    [
        ("2026-11-14T00:00", DAY, "", UTC_ZONE, "2026-11-15T00:00"),
        ("2026-11-14T00:00", DAY, "sum", ZURICH, "2026-11-15T00:00"),
        ("2026-11-14T00:00", DAY, "sum", NEW_YORK, "2026-11-15T05:00"),
        ("2026-11-13T23:00", DAY, "sum", ZURICH, "2026-11-14T23:00"),
        ("2026-11-14T06:00", DAY, "sum", ZURICH, "2026-11-14T06:00"),
        ("2026-03-28T23:00", DAY, "sum", ZURICH, "2026-03-29T22:00"),
        ("2026-10-24T22:00", DAY, "sum", ZURICH, "2026-10-25T23:00"),
        ("2026-11-02T00:00", 7 * DAY, "sum", UTC_ZONE, "2026-11-09T00:00"),
        ("2026-02-01T00:00", 31 * DAY, "sum", UTC_ZONE, "2026-03-01T00:00"),
        ("2026-11-14T13:00", HOUR, "sum", UTC_ZONE, "2026-11-14T14:00"),
        ("2026-11-14T13:00", HOUR, "ratio", UTC_ZONE, "2026-11-14T14:00"),
        ("2026-11-14T13:00", HOUR, "mean", UTC_ZONE, "2026-11-14T13:00"),
        ("2026-11-14T13:00", HOUR, "", UTC_ZONE, "2026-11-14T13:00"),
    ],
)
def test_a_point_is_final_once_its_period_is_over(
    stamp: str, spacing: timedelta, aggregate: str, zone: ZoneInfo, end: str
) -> None:
    assert ends(at(stamp), spacing, aggregate, zone) == at(end)


@pytest.mark.parametrize(
    ("stamp", "spacing", "zone", "day"),
    [
        ("2026-12-25T00:00", DAY, NEW_YORK, date(2026, 12, 25)),
        ("2026-12-25T00:00", HOUR, NEW_YORK, date(2026, 12, 24)),
        ("2026-12-24T23:00", DAY, ZURICH, date(2026, 12, 25)),
        ("2026-12-24T23:30", HOUR, ZURICH, date(2026, 12, 25)),
    ],
)
def test_a_point_belongs_to_a_day_of_the_workspace(
    stamp: str, spacing: timedelta, zone: ZoneInfo, day: date
) -> None:
    assert day_of(at(stamp), spacing, zone) == day


@pytest.mark.parametrize(
    ("country", "excluded", "day", "is_out"),
    [
        ("", (), date(2026, 12, 25), False),
        ("de", (), date(2026, 12, 25), True),
        ("DE", (), date(2026, 1, 6), False),
        ("DE-BY", (), date(2026, 1, 6), True),
        ("", ("2026-11-27",), date(2026, 11, 27), True),
        ("", ("2026-11-27",), date(2026, 11, 28), False),
        ("", ("2026-12-24..2027-01-02",), date(2027, 1, 2), True),
        ("", (" 2026-12-24 to 2027-01-02 ",), date(2027, 1, 3), False),
    ],
)
def test_holidays_and_days_of_ones_own_are_left_out(
    country: str, excluded: tuple[str, ...], day: date, is_out: bool
) -> None:
    assert Calendar.of(country, excluded).leaves_out(day) is is_out


def test_days_are_kept_in_one_form() -> None:
    assert Calendar.of("", ("2026-12-24 – 2026-12-26", "2026-11-27")).texts() == (
        "2026-12-24..2026-12-26",
        "2026-11-27",
    )


@pytest.mark.parametrize(
    ("country", "excluded", "field", "said"),
    [
        ("Germany", (), "country", "write a code such as"),
        ("XX", (), "country", "I know no holidays of XX"),
        ("DE-ZZ", (), "country", "no part ZZ of DE"),
        ("", ("24.12.2026",), "excluded", "is no day"),
        ("", ("2026-02-30",), "excluded", "is no day"),
        ("", ("2027-01-02..2026-12-24",), "excluded", "ends before it begins"),
    ],
)
def test_a_bad_day_or_country_says_what_to_write(
    country: str, excluded: tuple[str, ...], field: str, said: str
) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        Calendar.of(country, excluded)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("text", "length"),
    [("90m", timedelta(minutes=90)), ("3h", 3 * HOUR), ("2 days", 2 * DAY), ("1 Week", 7 * DAY)],
)
def test_an_age_reads_as_people_write_it(text: str, length: timedelta) -> None:
    assert age(text) == length


@pytest.mark.parametrize("text", ["", "0h", "3", "soon", "-1h", "3 months"])
def test_a_bad_age_says_what_to_write(text: str) -> None:
    with pytest.raises(Invalid, match="like 3h or 2d"):
        age(text)
