"""Counts over returned rows: only so many as there are may be said."""

from collections.abc import Mapping
from typing import Any

import pytest

from houston.agent.grounding.grounding import Grounding
from tests.agent.fakes import NOW
from tests.agent.grounding.results import CLICKS, FACTS, SOURCE, UTC

VALUES = (3810.2, 4120.55, 3660.0, 4980.4, 5210.1, 2990.75, 3905.0)
DAYS = {
    "ref": "r1",
    "metric": "revenue",
    "unit": "$",
    "by": "day",
    "period": {"start": "2026-11-09", "end": "2026-11-15"},
    "rows": [{"day": f"2026-11-{9 + at:02d}", "value": value} for at, value in enumerate(VALUES)],
    "total": 28677.0,
    "average_per_day": 4096.71,
    "days": 7,
    "source": SOURCE,
}
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven")
TOLD = [
    ("On average it was $4,096.71 a day, and {word} of the 7 days beat that.", 3),
    ("Revenue was above $4k on {} of 7 days.", 3),
    ("{} of the 7 days were above $4,000.", 3),
    ("{} days came in over $4.5k.", 2),
    ("{} of 7 days stayed below average.", 4),
    ("Days above the daily average: {} of 7.", 3),
    ("We fell short of $3,700 on {word} days.", 2),
    ("Revenue did not reach $4k on {word} of the seven days.", 4),
    ("{}/7 days beat $3.8k.", 5),
    ("Monday brought $3,810.20; {} days were better than that.", 4),
    ("It exceeded 4,900 USD on only {} days last week.", 2),
    ("{} of the 7 days were at or above $3,660.", 6),
]


def figures(text: str, *results: Mapping[str, Any]) -> tuple[str, ...]:
    made = Grounding(now=NOW, zone=UTC, question="How was revenue?", facts=FACTS, history=())
    for result in results or (DAYS,):
        made.learn(result)
    found = made.check(text + "\n")
    return found.figures if found else ()


@pytest.mark.parametrize(("text", "number"), TOLD)
def test_so_many_rows_as_satisfy_a_comparison_may_be_said(text: str, number: int) -> None:
    assert figures(text.format(number, word=WORDS[number])) == ()


@pytest.mark.parametrize(("text", "number"), TOLD)
@pytest.mark.parametrize("off", [-1, 1, 2])
def test_no_other_number_of_rows_may_be_said(text: str, number: int, off: int) -> None:
    if number + off <= len(VALUES):
        assert figures(text.format(number + off, word=WORDS[number + off]))


def test_a_bar_is_borne_out_only_with_its_count() -> None:
    assert "$4,000" in figures("Revenue was $4,000.")


def test_rows_of_another_metric_count_nothing() -> None:
    assert figures("Clicks were above 4,000 on 3 of 7 days.", DAYS, CLICKS)


def test_a_list_that_is_not_whole_bears_out_no_count() -> None:
    assert figures("3 of the 7 days were above $4,000.", {**DAYS, "left_out": 40})
