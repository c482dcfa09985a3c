"""Which period a question is about, and which one it is held against."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from houston.agent.patterns.understanding.cues import Cue
from houston.agent.patterns.understanding.earlier import period_before, so_far_said
from houston.agent.patterns.understanding.period import Period, ago, so_far, unit_start, whole
from houston.agent.patterns.understanding.periods import BARE_HALF, half_of
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.reading import Reading
from houston.agent.patterns.understanding.stretches import from_to, joined, one_stretch, unit_of_all

FULL_DAYS = ("performance", "overview", "why")
"""Without a period, they are about the last full days; what is listed is about the newest, today included."""
HELD_AGAINST = re.compile(r"(?:^| )(?:with|to|against|from|than|vs|on)$")
"""A cue that ends so is followed by what is held against; `change` and `compare` by what is compared."""
SMALL = frozenset([
    "the", "all", "just", "it", "was", "were", "in", "what", "we", "had", "did", "that", "of", "they",
    "is",
])  # fmt: skip
WEEKLY = re.compile(r"\bweek[- ](?:on|over|to)[- ]week")
WHOLE_UNITS: tuple[Literal["week", "month", "year"], ...] = ("week", "month", "year")
ROLLING = re.compile(r"\b(?:last|past|recent|latest|previous) (?:\w+ )?(?:days?|weeks?)\b|\b\d+d\b")
LISTED = ("outliers", "tasks")
LONG = ("new_customers", "returning")


def with_period(question: Question, reading: Reading, today: date) -> Question:
    periods = reading.periods
    compare = next((cue.value for cue in reading.cues if cue.slot == "compare" and cue.value), None)
    if not periods and (passed := so_far_said(reading, today)):
        return replace(question, period=passed, assumed_period=False, compare=compare, against=None)
    if len(periods) > 1 and one_stretch(question, reading):
        stretch = Period(start=periods[0].start, end=periods[-1].end)
        question = replace(question, by=unit_of_all(periods)) if len(periods) > 2 else question
        return replace(question, period=stretch, assumed_period=False, compare=compare, against=None)
    if len(periods) >= 2 and not joined(reading):
        first, second = (periods[1], periods[0]) if from_to(reading) else (periods[0], periods[1])
        return _compared(replace(question, compare=None), first, second)

    if len(periods) == 1 and _compared_with(reading):
        unit = _unit_before(periods[0], today) or (
            _unit_like(periods[0]) if question.period is None else None
        )
        if unit and (question.period is None or question.assumed_period or reading.named("metric")):
            return _compared(question, so_far(today, unit), periods[0])
        if question.period is not None:
            return _compared(question, question.period, periods[0])
    if not periods and question.follows and question.earlier and question.period and _both(reading):
        older, newer = sorted((question.earlier, question.period), key=lambda period: period.start)
        return replace(_compared(question, newer, older), measure=None)
    half = BARE_HALF.search(reading.text) if question.follows and not periods else None
    if half and question.period and (period := half_of(half, question.period, today)):
        return replace(question, period=period, earlier=question.period, compare=None, against=None)
    if periods:
        before = question.period if question.follows else None
        question = replace(
            question, period=_with_today(question, reading, today), earlier=before, assumed_period=False,
            compare=None, against=None,
        )  # fmt: skip
    moved = compare and (reading.follows_up or question.follows) and question.period and not periods
    if moved and compare == "previous_period" and not reading.has("compare", ""):
        assert question.period is not None
        moved_to = period_before(question.period, reading)
        return replace(question, period=moved_to, earlier=question.period, against=None, compare=None)
    if compare:
        question = replace(question, compare=compare, against=None)
    return _assumed(question, reading, today) if question.period is None else question


def _with_today(question: Question, reading: Reading, today: date) -> Period:
    """What is listed of `the last 10 days` is listed up to now: what is newest matters most."""
    one = reading.found[0]
    rolling = ROLLING.search(reading.text[one.start : one.end])
    if question.intent not in LISTED or not rolling or rolling[0] == "last week":
        return one.period
    if weeks := re.search(r" weeks$", rolling[0]):
        days = (one.period.end - one.period.start).days + bool(weeks)
        return Period(start=today - timedelta(days=days), end=today)
    lasts = one.period.end == today - timedelta(days=1) and one.period.start < one.period.end
    return replace(one.period, end=today) if lasts else one.period


def _both(reading: Reading) -> bool:
    """`the difference?`, `compare the two`: of the two periods that were talked of."""
    plain = any(cue.slot == "compare" and not cue.value for cue in reading.cues)
    return plain or reading.has("measure", "difference")


def _assumed(question: Question, reading: Reading, today: date) -> Question:
    if question.intent in FULL_DAYS or question.chart:
        compare = question.compare or ""
        if any(cue.slot == "compare" and WEEKLY.search(cue.words) for cue in reading.cues):
            return replace(
                question, period=ago(today, "week", 1), compare="previous_period", assumed_period=False
            )
        days = 28 if question.by in ("week", "weekday", "month") else 7
        period = Period.last_days(days, today)
        if compare.startswith("same_period_last_") and compare != "same_period_last_week":
            period = so_far(today, "month")
        return replace(question, period=period, assumed_period=True)
    if question.intent in LISTED:
        days = 29 if reading.has("order", "created_at") or question.rank else 6
        return replace(
            question, period=Period(start=today - timedelta(days=days), end=today), assumed_period=True
        )
    if question.intent in LONG:
        return replace(
            question, period=Period(start=today - timedelta(days=29), end=today), assumed_period=True
        )
    return question


def _compared(question: Question, period: Period, against: Period) -> Question:
    """A unit still under way is compared with as much of the one before, not with the whole of it."""
    question = replace(question, period=period, assumed_period=False)
    if period.so_far in ("week", "month", "year") and against.end < period.start:
        just_before = unit_start(against.end, period.so_far) == against.start
        if just_before and (period.start - against.end).days == 1:
            return replace(question, compare=f"same_period_last_{period.so_far}", against=None)
    return replace(question, compare=None, against=against)


def _compared_with(reading: Reading) -> bool:
    """`… than last week`, `compared it with October`: the period is what it is held against."""
    start = reading.found[0].start
    said = [cue for cue in reading.cues if cue.slot == "compare" and not cue.value and cue.span[1] <= start]
    return any(_held(cue, reading, start) for cue in said)


def _held(cue: Cue, reading: Reading, start: int) -> bool:
    """The linking word is the cue's own last one, right before; or stands at most five words behind it."""
    between = reading.text[cue.span[1] : start]
    words = [word for word in between.split() if word not in SMALL]
    if not words:
        return HELD_AGAINST.search(cue.words) is not None
    return len(words) <= 5 and HELD_AGAINST.fullmatch(words[-1]) is not None and words[-1] != "on"


def _unit_like(period: Period) -> Literal["week", "month", "year"] | None:
    """`better than in January`, said in March: this month."""
    for unit in WHOLE_UNITS:
        if whole(period.start, unit) == Period(start=period.start, end=period.end):
            return unit
    return None


def _unit_before(period: Period, today: date) -> Literal["day", "week", "month", "year"] | None:
    for unit in ("day", "week", "month", "year"):
        start = unit_start(today, unit)
        if (start - period.end).days == 1 and unit_start(period.end, unit) == period.start:
            return unit
    return None
