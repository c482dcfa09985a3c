"""`And the day before?`: the unit that is said, counted from the period that was last talked of."""

import re
from dataclasses import replace
from datetime import date, timedelta

from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.future import back
from houston.agent.patterns.understanding.lexicon import POINT
from houston.agent.patterns.understanding.period import Period, Unit, ago, so_far, unit_start
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.reading import Reading
from houston.agent.patterns.understanding.units import number, unit_of
from houston.watch.span import Span, compared_span

PASSED = re.compile(rf"\b{POINT}\b|\bsame (?:time|point) yesterday")
AGO = re.compile(r"(?P<count>\d+|a|one|two|three|four|five|six) (?P<unit>week|month|year)s? (?:ago|back)")


def at_that_day(question: Question, reading: Reading, catalogue: Catalogue, today: date) -> Question:
    """`subscribers a week ago`: what has a value at each time had it on that day, not in a whole week."""
    said = [AGO.search(reading.text[one.start : one.end]) for one in reading.found]
    kept = question.metrics and all(catalogue.metric(name).totalled_by == "last" for name in question.metrics)
    if len(said) != 1 or said[0] is None or not kept or question.by != "total":
        return question
    return replace(
        question, period=Period.day(back(number(said[0]["count"]), unit_of(said[0]["unit"]), today))
    )


def so_far_said(reading: Reading, today: date) -> Period | None:
    """`are we ahead of last week at this point?` is about this week, as far as it has come."""
    said = next((cue.words for cue in reading.cues if cue.slot == "compare" and PASSED.search(cue.words)), "")
    named: list[Unit] = [unit for unit in UNITS if re.search(rf"\b{unit}\b", said)]
    unit: Unit = named[0] if named else "day"
    around = unit == "year" and said.startswith("this time")
    return so_far(today, unit) if said and not around else None


UNITS: tuple[Unit, ...] = ("day", "week", "month", "quarter", "year")


def period_before(period: Period, reading: Reading) -> Period:
    """The unit that is said, counted from the period last talked of: `the day before` a week is one day."""
    words = " ".join(cue.words for cue in reading.cues if cue.slot == "compare")
    unit = next((unit for unit in UNITS if re.search(rf"\b{unit}\b", words)), None)
    whole_unit = unit and unit_start(period.start, unit) == period.start
    if unit is None or (unit == "week" and (period.end - period.start).days == 6):
        earlier = compared_span(Span(start=period.start, end=period.end), "previous_period")
        return Period(start=earlier.start, end=earlier.end)
    if unit == "day":
        return Period.day(period.start - timedelta(days=1))
    if unit == "week" and not whole_unit:
        return Period(start=period.start - timedelta(days=7), end=period.start - timedelta(days=1))
    return ago(period.start, unit, 1)
