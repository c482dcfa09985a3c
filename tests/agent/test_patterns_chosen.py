"""A statistic or a choice is the one that was asked for, or is asked back: never another figure."""

from collections.abc import Mapping
from typing import Any

import pytest

from houston.agent.patterns.understanding.chosen import bounds_in
from houston.agent.patterns.understanding.drafts import without_client
from houston.agent.patterns.understanding.reckoned import hours_of
from tests.agent.test_patterns_paraphrases import understood
from tests.agent.test_patterns_trades import asked_of

NOT_HELD = (
    ("hotel", "standard deviation of bookings last month"),
    ("hotel", "90th percentile of bookings in february"),
    ("hotel", "7-day moving average of clicks"),
    ("hotel", "which channel has the most stable bookings"),
    ("hotel", "bookings last month, without last week"),
    ("software", "cumulative signups by day last week"),
    ("software", "how many days in a row did signups fall"),
    ("software", "signups by more than 10% last week"),
    ("software", "every second day of signups last week"),
    ("charity", "half the donations of last week"),
    ("charity", "twice our donations of last week"),
)
MEANT: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("hotel", "median bookings a day last month", {"by": "day"}),
    ("hotel", "bookings on mondays last month", {"by": "weekday"}),
    ("software", "signups last month excluding weekends", {"by": "weekday"}),
    ("software", "on which days were signups above 40 last month", {"by": "day"}),
    ("charity", "how many days did donations exceed 2,000 in february", {"by": "day", "end": "2026-02-28"}),
    ("charity", "third best day for donations in february", {"by": "day"}),
    ("grocer", "which channels brought revenue of at least 2000 last week", {"by": "channel"}),
)


@pytest.mark.parametrize(("trade", "said"), NOT_HELD)
def test_what_nothing_here_works_out_is_never_answered_with_another_figure(trade: str, said: str) -> None:
    tool, _ = asked_of(trade, said)

    assert tool != "channel_performance"


@pytest.mark.parametrize(("trade", "said", "arguments"), MEANT)
def test_the_rows_that_the_choice_is_made_of_are_read(
    trade: str, said: str, arguments: Mapping[str, Any]
) -> None:
    tool, made = asked_of(trade, said)

    assert (tool, {name: made.get(name) for name in arguments}) == ("channel_performance", dict(arguments))


def test_a_choice_of_rows_stands_in_the_question() -> None:
    assert understood("revenue on weekends last month").weekdays == ("saturday", "sunday")
    assert understood("revenue last month except on weekends").weekdays[-1] == "friday"
    assert understood("weekdays vs weekends revenue last month").weekdays == ()
    assert understood("second best channel by revenue last week").place == 2
    assert understood("the three best days for revenue last month").limit == 3
    assert understood("median revenue last week").measure == "median"


def test_a_question_that_goes_on_keeps_what_it_was_about() -> None:
    question = understood("conversions in the first half of october", "and the second half?")

    assert question.period is not None
    assert question.period.start.day == 16


@pytest.mark.parametrize(
    ("said", "inside", "outside"),
    [
        ("above 3,000", 3000.01, 3000), ("at least $2k", 2000, 1999.9), ("less than 500", 499, 500),
        ("no more than 10", 10, 10.1), ("exceeded 1.5k", 1501, 1500),
    ],
)  # fmt: skip
def test_bounds_are_read_with_or_without_the_bound_itself(said: str, inside: float, outside: float) -> None:
    bounds = bounds_in(f"days with revenue {said} last month")

    assert bounds is not None
    assert [bounds.holds(value) for value in (inside, outside, None)] == [True, False, False]


@pytest.mark.parametrize("said", ["more than 5 days", "up 10% over last week", "above average", "top 3"])
def test_what_is_no_amount_is_no_bound(said: str) -> None:
    assert bounds_in(f"revenue {said}") is None


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("spend before 12:00 yesterday", (0, 11)), ("spend after 6pm yesterday", (18, 23)),
        ("spend yesterday morning", (0, 11)), ("good morning, spend yesterday", None),
    ],
)  # fmt: skip
def test_hours_up_to_a_time_and_from_it_on_are_read(said: str, hours: tuple[int, int] | None) -> None:
    assert hours_of(said) == hours


def test_whose_note_it_is_is_no_part_of_what_it_is_called() -> None:
    names = ("Velo Verde", "velo-verde", "Velo")

    assert without_client("Black Friday at Velo Verde", names) == "Black Friday"
    assert without_client("velo's tracking", names) == "tracking"
    assert without_client("velodrome", names) == "velodrome"
