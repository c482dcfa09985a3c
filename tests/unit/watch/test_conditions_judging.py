"""What conditions make of rows, by the table."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from math import nan
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from houston.watch.alerts.conditions import (
    Baselines,
    Judgement,
    Rows,
    Rule,
    judge,
    read,
    seen,
    stretch,
    wishes,
)

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
ZURICH = ZoneInfo("Europe/Zurich")
COLUMNS = ("Client", "Revenue", "Active", "Day", "At")
EMPTY = Rows(columns=COLUMNS, rows=[])


def revenue(*cells: object, is_cut: bool = False) -> Rows:
    return Rows(columns=["Revenue"], rows=[[cell] for cell in cells], is_cut=is_cut)


def named(**cells: object) -> Rows:
    return Rows(
        columns=["Client", "Day", "Revenue"],
        rows=[[name, "2026-11-18", cell] for name, cell in cells.items()],
    )


def at(hours: float, zone: ZoneInfo | None = None) -> datetime:
    return (NOW - timedelta(hours=hours)).astimezone(zone or UTC)


def judged(
    texts: str | Sequence[str],
    rows: Rows,
    match: Literal["any", "all"] = "any",
    baselines: Baselines = Baselines(),
    zone: ZoneInfo = ZURICH,
) -> Judgement:
    rules = [Rule(condition=read(text)) for text in ([texts] if isinstance(texts, str) else texts)]
    return judge(rules, match, rows, baselines, NOW, zone)


@pytest.mark.parametrize(
    ("text", "rows", "verdict", "current"),
    [
        ("Revenue < 10000", revenue(8750), "breach", "8,750"),
        ("Revenue < 10000", revenue(10_000), "ok", "10,000"),
        ("Revenue < 10000", revenue(12_000, 8750, 9000.5, 11_000), "breach", "8,750 (and 1 more)"),
        ("Revenue < 10000", revenue(12_000, None, nan, 11_000), "ok", "11,000"),
        ("Revenue > 100", revenue(99, 250, 101), "breach", "250 (and 1 more)"),
        ("Revenue > $100", revenue(-5, 1250.5), "breach", "$1,250"),
        ("Revenue > 2000ms", revenue(2312.25), "breach", "2,312ms"),
        ("Revenue < 2.5%", revenue(2.4999), "breach", "2.4999%"),
        ("Revenue < $0", revenue(-8), "breach", "-$8"),
        ("Revenue < 0.05", revenue(0.045678), "breach", "0.0457"),
        ("all Revenue < 10", revenue(3, None, 4), "breach", "3 (and 1 more)"),
        ("all Revenue < 10", revenue(3, 14), "ok", "3"),
        ("first Revenue < 10", revenue(14, 3), "ok", "14"),
        ("first Revenue < 10", revenue(4, 3), "breach", "4"),
        ("first Revenue < 10", revenue(None, 3), "no_data", ""),
        ("Revenue < 10", revenue(None, None), "no_data", ""),
        ("Revenue < 10", revenue(), "no_data", ""),
        ("Revenue = 5", revenue(4, 5, 5), "breach", "5 (and 1 more)"),
        ("Revenue != 5", revenue(5, 6), "breach", "6"),
        ('Revenue = "Failed"', revenue("ok", " failed "), "breach", '"failed"'),
        ('Revenue contains "FAIL"', revenue("it failed"), "breach", '"it failed"'),
        ('Revenue != "ok"', revenue("ok", None), "ok", '"ok"'),
        ("Revenue = true", revenue(1), "breach", "1"),
        ("Revenue = true", revenue(False), "ok", "false"),
        ("Revenue < 2026-11-18", revenue(date(2026, 11, 17)), "breach", "2026-11-17"),
        ("Revenue < 2026-11-18", revenue("2026-11-18"), "ok", '"2026-11-18"'),
        ("Revenue = 2026-11-18", revenue("2026-11-17T23:30:00Z"), "breach", '"2026-11-17T23:30:00Z"'),
        ('Revenue = "2026-11-18"', revenue(datetime(2026, 11, 17, 23, 30)), "breach", "2026-11-17 23:30"),  # noqa: DTZ001
        (
            "Revenue < 2026-11-18 9:00",
            revenue(datetime(2026, 11, 18, 7, 59, tzinfo=UTC)),
            "breach",
            "2026-11-18 08:59",
        ),
        ("rows > 0", revenue(1, 2), "breach", "2"),
        ("rows > 0", revenue(), "ok", "0"),
        ("no rows", revenue(), "breach", "0"),
        ("rows < 1,000", Rows(columns=["x"], rows=[[1]], is_cut=True, count=1200), "ok", "1,200"),
    ],
)
def test_values_are_judged_and_the_worst_is_shown(text: str, rows: Rows, verdict: str, current: str) -> None:
    found = judged(text, rows)
    assert (found.verdict, found.findings[0].current) == (verdict, current)
    assert bool(found.error) == (verdict == "no_data")


@pytest.mark.parametrize(
    ("text", "rows", "error"),
    [
        ("Reveneu < 5", revenue(1), "The result has no column Reveneu; did you mean Revenue?"),
        ("Revenue < 5", revenue(1, "n/a"), 'Revenue holds text ("n/a"), which cannot be compared with 5'),
        ("Revenue < 5", revenue(True), "Revenue holds true or false (true), which cannot be compared with 5"),
        ('Revenue = "x"', revenue(8750), 'Revenue holds a number (8,750), which cannot be compared with "x"'),
        ("Revenue = true", revenue(2), "Revenue holds a number (2), which cannot be compared with true"),
        ("Revenue < 2026-01-01", revenue("soon"), 'Revenue holds text ("soon"), which cannot be compared'),
        ("Revenue < 2026-01-01", revenue(20260101), "Revenue holds a number (20,260,101)"),
        ("Revenue drops 5%", revenue("x"), 'Revenue holds text ("x"), which cannot drop or rise'),
        ("no data in Revenue for 3h", revenue(7), "Revenue holds a number (7), which is no time"),
        ("no data in Revenue for 3h", revenue(at(1), 0), "Revenue holds a number (0), which is no time"),
        ("Revenue < 5", revenue(7, is_cut=True), "more rows than were read"),
        ("all Revenue < 5", revenue(3, is_cut=True), "more rows than were read"),
        ("rows < 5", revenue(3, is_cut=True), "more rows than were read"),
        ("rows = 1", revenue(3, is_cut=True), "more rows than were read"),
    ],
)
def test_what_cannot_be_judged_is_an_error_and_never_ok(text: str, rows: Rows, error: str) -> None:
    earlier = Baselines(previous=rows)
    if "more rows" not in error and error.endswith("x"):
        earlier = Baselines(previous=revenue(1))
    found = judged(text, rows, baselines=earlier)
    assert found.verdict == "error"
    assert error in found.error


@pytest.mark.parametrize(
    ("text", "rows", "current"),
    [
        ("Revenue < 5", revenue(3, 4, is_cut=True), "3 (and at least 1 more)"),
        ("rows > 1", revenue(3, 4, is_cut=True), "at least 2"),
    ],
)
def test_what_more_rows_could_not_turn_is_judged_though_they_were_cut(
    text: str, rows: Rows, current: str
) -> None:
    found = judged(text, rows)
    assert (found.verdict, found.findings[0].current) == ("breach", current)


WEEK_AGO = Baselines(
    last_week=revenue(10_000), same_day_last_week=revenue(9000), previous=revenue(8000), yesterday=revenue(0)
)


@pytest.mark.parametrize(
    ("text", "rows", "verdict", "current"),
    [
        ("Revenue drops 20% vs last week", revenue(8000), "breach", "8,000, 20% below 10,000"),
        ("Revenue drops 20% vs last week", revenue(8001), "ok", "8,001, 19.99% below 10,000"),
        ("Revenue drops by 1k vs last week", revenue(9000), "breach", "9,000, 10% below 10,000"),
        ("Revenue drops 20% vs last week", revenue(10_000), "ok", "10,000, unchanged"),
        ("Revenue rises 20% vs same day last week", revenue(12_000), "breach", "12,000, 33.33% above 9,000"),
        ("Revenue rises 20% vs previous run", revenue(7000), "ok", "7,000, 12.5% below 8,000"),
        ("Revenue rises 20% vs yesterday", revenue(1), "breach", "1, above 0"),
        ("Revenue drops 20% vs yesterday", revenue(1), "ok", "1, above 0"),
        ("Revenue changes by $500", revenue(7400), "breach", "$7,400, 7.5% below $8,000"),
        ("Revenue changed", revenue(8000), "ok", "8,000, unchanged"),
        ("Revenue changed", revenue(8000 + 1e-9), "ok", "8,000, unchanged"),
        ("Revenue changed", revenue(8750), "breach", "8,750, was 8,000"),
        ("Revenue changed", revenue(None), "no_data", ""),
        ("Revenue changed", revenue(), "no_data", ""),
    ],
)
def test_values_are_compared_with_earlier_runs(text: str, rows: Rows, verdict: str, current: str) -> None:
    found = judged(text, rows, baselines=WEEK_AGO)
    assert (found.verdict, found.findings[0].current) == (verdict, current)


@pytest.mark.parametrize("earlier", [None, revenue(), revenue(None), Rows(columns=["Other"], rows=[[1]])])
def test_without_a_baseline_it_is_said_and_nothing_fires(earlier: Rows | None) -> None:
    found = judged("Revenue drops 20% vs last week", revenue(5), baselines=Baselines(last_week=earlier))
    assert (found.verdict, found.error) == ("ok", "")
    assert found.notes[0].startswith("No baseline yet: ")
    assert found.notes[0].endswith(" a week ago")


def test_rows_are_compared_with_those_of_the_same_name() -> None:
    earlier = Baselines(
        previous=Rows(
            columns=["Day", "Client", "Revenue"], rows=[["2026-11-11", "b", 50], ["2026-11-11", "a", 100]]
        )
    )
    found = judged("Revenue drops 20%", named(a=70, b=50, c=1), baselines=earlier)
    assert found.findings[0].current == "70, 30% below 100"
    assert found.findings[0].row == 0


def test_rows_without_names_are_compared_by_their_place() -> None:
    assert (
        judged("Revenue drops 20%", revenue(100, 7), baselines=Baselines(previous=revenue(100, 10))).verdict
        == "breach"
    )
    unlike = judged("Revenue drops 20%", revenue(100, 7), baselines=Baselines(previous=revenue(100)))
    assert (unlike.verdict, "a name of its own" in unlike.error) == ("error", True)


@pytest.mark.parametrize(
    ("rows", "baselines", "verdict", "current"),
    [
        (revenue(at(5), at(2)), Baselines(), "ok", "newest 2026-11-18 11:00"),
        (revenue(at(5), at(4)), Baselines(), "breach", "newest 2026-11-18 09:00"),
        (revenue("2026-11-18T08:59:00"), Baselines(), "breach", "newest 2026-11-18 09:59"),
        (revenue(at(-5)), Baselines(), "ok", "newest 2026-11-18 18:00"),
        (revenue(date(2026, 11, 18)), Baselines(), "ok", "newest 2026-11-18 13:00"),
        (revenue("2026-11-17"), Baselines(), "breach", "newest 2026-11-18 00:00"),
        (revenue(5), Baselines(), "ok", "1 row"),
        (revenue(), Baselines(rows_at=at(2)), "ok", "no rows since 2026-11-18 11:00"),
        (
            revenue(),
            Baselines(rows_at=at(4), watched_since=at(90)),
            "breach",
            "no rows since 2026-11-18 09:00",
        ),
        (revenue(), Baselines(watched_since=at(90)), "breach", "no rows since 2026-11-14 19:00"),
        (revenue(), Baselines(), "no_data", ""),
    ],
)
def test_silence_is_measured_from_the_newest_time(
    rows: Rows, baselines: Baselines, verdict: str, current: str
) -> None:
    found = judged("no data for 3h", rows, baselines=baselines)
    assert (found.verdict, found.findings[0].current) == (verdict, current)


def test_silence_without_a_column_of_times_says_what_it_watches() -> None:
    assert "no column of times" in judged("no data for 3h", revenue(5)).notes[0]


@pytest.mark.parametrize(
    ("cell", "verdict", "is_recovered"),
    [(9000, "breach", False), (11_000, "ok", False), (12_000, "ok", False), (12_001, "ok", True)],
)
def test_a_condition_with_until_recovers_only_beyond_it(cell: int, verdict: str, is_recovered: bool) -> None:
    found = judged("Revenue < 10000 until > 12000", revenue(cell))
    assert (found.verdict, found.is_recovered) == (verdict, is_recovered)


@pytest.mark.parametrize(
    ("match", "texts", "verdict"),
    [
        ("any", ["Revenue < 5", "Revenue > 5"], "breach"),
        ("all", ["Revenue < 5", "Revenue > 5"], "ok"),
        ("all", ["Revenue < 5", "rows > 0"], "breach"),
        ("any", ["Revenue < 5", "Margin < 5"], "breach"),
        ("any", ["Revenue > 5", "Margin < 5"], "error"),
        ("all", ["Revenue > 5", "Margin < 5"], "error"),
        ("any", ["Revenue > 5", "Cost < 5"], "no_data"),
        ("all", ["Revenue > 5", "Cost < 5"], "ok"),
        ("all", ["Revenue < 5", "Cost < 5"], "no_data"),
        ("any", ["Revenue < 5", "Cost < 5"], "breach"),
    ],
)
def test_any_and_all(match: Literal["any", "all"], texts: list[str], verdict: str) -> None:
    rows = Rows(columns=["Revenue", "Cost"], rows=[[3, None]])
    assert judged(texts, rows, match).verdict == verdict


def test_the_severity_is_that_of_the_worst_condition_that_breaches() -> None:
    rules = [
        Rule(condition=read("Revenue < 10"), severity="info"),
        Rule(condition=read("Revenue < 5"), severity="critical"),
    ]
    severities = [judge(rules, "any", revenue(cell), Baselines(), NOW).severity for cell in (7, 3)]
    assert severities == ["info", "critical"]


def test_no_condition_at_all_is_an_error() -> None:
    assert judge([], "all", revenue(1), Baselines(), NOW).verdict == "error"


def test_a_message_lists_what_is_broken_and_later_how_it_is_now() -> None:
    rows = Rows(columns=["Revenue", "New Customers"], rows=[[8750, 60]])
    texts = ["Revenue < 10000", "New Customers < 50"]
    assert seen(judged(texts, rows)) == [{"text": "Revenue < 10000", "current": "8,750"}]
    well = Rows(columns=rows.columns, rows=[[12_000, 60]])
    assert seen(judged(texts, well)) == [
        {"text": "Revenue < 10000", "current": "12,000"},
        {"text": "New Customers < 50", "current": "60"},
    ]
    assert seen(judged(texts, EMPTY)) == []


def test_a_column_that_begins_with_all_is_found_by_its_whole_name() -> None:
    rows = Rows(columns=["All Users"], rows=[[3], [9]])
    assert judged("all users < 5", rows).findings[0].current == "3"
    assert judged("all users < 5", Rows(columns=["Users"], rows=[[3], [9]])).verdict == "ok"


def test_baselines_lie_where_the_wall_clock_says() -> None:
    """On the Sunday after the clocks went back, the same time a week ago is 25 hours more by the sun."""
    now = datetime(2026, 10, 26, 23, 30, tzinfo=UTC)
    same_day, week = (stretch(wish, now, ZURICH) for wish in ("same_day_last_week", "last_week"))
    assert same_day
    assert week
    assert same_day.ideal == datetime(2026, 10, 19, 22, 30, tzinfo=UTC)
    assert (same_day.start, same_day.end) == (
        datetime(2026, 10, 19, 22, tzinfo=UTC),
        datetime(2026, 10, 20, 22, tzinfo=UTC),
    )
    assert week.ideal == datetime(2026, 10, 19, 23, 30, tzinfo=UTC)
    assert stretch("previous", now, ZURICH) is None
    assert wishes(read("Revenue drops 5% vs yesterday")) == {"yesterday"}
    assert wishes(read("Revenue < 5")) == frozenset()
