from datetime import date

import pytest

from houston.agent.patterns.understanding.future import calendar_period
from houston.agent.patterns.understanding.parts import part_ahead
from houston.agent.patterns.understanding.periods import find_periods

TODAY = date(2026, 11, 18)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("today", "2026-11-18", "2026-11-18"),
        ("yesterday", "2026-11-17", "2026-11-17"),
        ("the day before yesterday", "2026-11-16", "2026-11-16"),
        ("last week", "2026-11-09", "2026-11-15"),
        ("the week before last", "2026-11-02", "2026-11-08"),
        ("this week", "2026-11-16", "2026-11-18"),
        ("past week", "2026-11-11", "2026-11-17"),
        ("last 14 days", "2026-11-04", "2026-11-17"),
        ("over the past two weeks", "2026-11-02", "2026-11-15"),
        ("last 3 months", "2026-08-01", "2026-10-31"),
        ("3 days ago", "2026-11-15", "2026-11-15"),
        ("two weeks ago", "2026-11-02", "2026-11-08"),
        ("since monday", "2026-11-16", "2026-11-18"),
        ("since 1 november", "2026-11-01", "2026-11-18"),
        ("since october", "2026-10-01", "2026-11-18"),
        ("on monday", "2026-11-16", "2026-11-16"),
        ("last wednesday", "2026-11-11", "2026-11-11"),
        ("last weekend", "2026-11-14", "2026-11-15"),
        ("in october", "2026-10-01", "2026-10-31"),
        ("in december", "2025-12-01", "2025-12-31"),
        ("in november", "2026-11-01", "2026-11-18"),
        ("october 2025", "2025-10-01", "2025-10-31"),
        ("this month", "2026-11-01", "2026-11-18"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("month to date", "2026-11-01", "2026-11-18"),
        ("ytd", "2026-01-01", "2026-11-18"),
        ("q3", "2026-07-01", "2026-09-30"),
        ("q4", "2026-10-01", "2026-11-18"),
        ("q4 2025", "2025-10-01", "2025-12-31"),
        ("the third quarter", "2026-07-01", "2026-09-30"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("h1", "2026-01-01", "2026-06-30"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("in 2025", "2025-01-01", "2025-12-31"),
        ("1-14 nov", "2026-11-01", "2026-11-14"),
        ("nov 1–14", "2026-11-01", "2026-11-14"),
        ("between 1 and 14 november", "2026-11-01", "2026-11-14"),
        ("from 2026-11-01 to 2026-11-14", "2026-11-01", "2026-11-14"),
        ("from 20 december to 5 january", "2025-12-20", "2026-01-05"),
        ("from september to november", "2026-09-01", "2026-11-18"),
        ("november 3rd", "2026-11-03", "2026-11-03"),
        ("3rd of november", "2026-11-03", "2026-11-03"),
        ("20 december", "2025-12-20", "2025-12-20"),
        ("on the last friday of october", "2026-10-30", "2026-10-30"),
        ("the first monday in october", "2026-10-05", "2026-10-05"),
        ("the second sunday of last month", "2026-10-11", "2026-10-11"),
        ("the first monday of the year", "2026-01-05", "2026-01-05"),
        ("the second week of october", "2026-10-08", "2026-10-14"),
        ("in week 2 of november", "2026-11-08", "2026-11-14"),
        ("the last week in october", "2026-10-25", "2026-10-31"),
        ("the third week of the month", "2026-11-15", "2026-11-18"),
        ("the last 3 days of last month", "2026-10-29", "2026-10-31"),
        ("the first half of the month", "2026-11-01", "2026-11-15"),
        ("the first half of the year", "2026-01-01", "2026-06-30"),
        ("the first weekend of november", "2026-11-07", "2026-11-08"),
        ("the last weekend of october", "2026-10-24", "2026-10-25"),
        ("in early october", "2026-10-01", "2026-10-10"),
        ("mid-october", "2026-10-11", "2026-10-20"),
        ("late october", "2026-10-21", "2026-10-31"),
        ("since the 1st", "2026-11-01", "2026-11-18"),
        ("from the 1st to the 5th", "2026-11-01", "2026-11-05"),
        ("between the 20th and the 25th", "2026-10-20", "2026-10-25"),
    ],
)
def test_a_period_in_words(words: str, start: str, end: str) -> None:
    (found,) = find_periods(words, TODAY)
    assert (found.period.start.isoformat(), found.period.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    "words", ["the last friday of this month", "the last week of the month", "the last 3 days of the year"]
)
def test_a_part_that_has_not_begun_is_no_other_day_and_lies_ahead(words: str) -> None:
    ahead = part_ahead(f"revenue on {words}", TODAY)
    assert ahead is not None
    assert find_periods(f"revenue on {words}", TODAY) == []


def test_the_calendar_knows_parts_that_are_to_come() -> None:
    for words, day in (("the last friday of this month", 27), ("the fourth monday of the month", 23)):
        assert calendar_period(f"when is {words}", TODAY).start == date(2026, 11, day)


@pytest.mark.parametrize("words", ["may i see revenue", "31 february", "revenue", "12", "best channel"])
def test_what_is_no_period(words: str) -> None:
    assert find_periods(words, TODAY) == []


def test_two_periods_come_in_the_order_in_which_they_were_named() -> None:
    first, second = find_periods("q3 vs q2", TODAY)
    assert (first.period.start, second.period.start) == (date(2026, 7, 1), date(2026, 4, 1))
