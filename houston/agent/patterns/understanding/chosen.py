"""Which rows of a figure are meant: `on Mondays`, `days above 3,000`, `the second best`."""

import re
from collections.abc import Mapping
from dataclasses import replace

from houston.agent.patterns.understanding.conditions import Bounds
from houston.agent.patterns.understanding.dates import WEEKDAYS
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.reading import Reading

OVER = (
    r"(?:more|higher|greater|better|bigger|larger) than|(?:go(?:es)? |went |rise[ns]? |"
    r"rose )?(?:above|over)|exceed\w*|beat|pass(?:ed)?|cross(?:ed)?"
)
UNDER = (
    r"(?:less|lower|fewer|smaller|worse) than|(?:go(?:es)? |went |f[ae]ll(?:en)? |"
    r"drop(?:ped)? )?(?:below|under)"
)
LEAST, MOST = r"at least|reach(?:ed)?|hit|minimum(?: of)?", r"at most|up to|maximum(?: of)?|no more than"
LIMIT = re.compile(
    rf"\b(?:(?P<over>{OVER})|(?P<under>{UNDER})|(?P<least>{LEAST})|(?P<most>{MOST})) "
    r"(?:[a-z]{3} )?[$€£]?(?P<value>\d[\d.,]*)(?P<times>k|m)?(?![\w%]| (?:percent|days?|weeks?|"
    r"months?|times)\b)"
)
ASKS_WHETHER = re.compile(r"(?:and |so |but |hey |hi )*(?:did|do|does|is|are|was|were|has|have)\b")
TIMES = {"k": 1e3, "m": 1e6, None: 1.0}
UNIT = re.compile(
    r"\b(?:how many|number of|count of|which|what|any|all|many|the (?:first|last)) (?:\w+ )?(?P<unit>day|"
    r"week|month|channel|client)s?\b|\b(?P<day>how often|when)\b"
)
WORKDAYS, WEEKEND = WEEKDAYS[:5], WEEKDAYS[5:]
ON_WEEKDAYS = re.compile(
    rf"\b(?:{'|'.join(WEEKDAYS)})s\b|\bweekends\b|\b(?:weekdays|(?:work(?:ing)?|business) days)\b"
)
LEFT_OUT = re.compile(
    r"\b(?:except|without|excluding|exclude|not (?:including|counting|on)|ignor(?:e|ing)|"
    r"skip(?:ping)?|omit(?:ting)?|"
    r"leav(?:e|ing) out|apart from|other than|but not)\b(?: for| on)?(?: the| all| any| our)* $"
)
PLACES = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "next": 2}
PLACE = re.compile(
    rf"\b(?P<place>{'|'.join(PLACES)})[ -](?:best|worst|highest|lowest|biggest|largest|smallest|most|least|"
    r"strongest|weakest|busiest|quietest|cheapest)\b"
)


def with_chosen(question: Question, reading: Reading) -> Question:
    if question.intent != "performance":
        return question
    if question.rank and (found := PLACE.search(reading.raw.casefold())):
        question = replace(question, place=PLACES[found["place"]], limit=None)
    if days := _weekdays(reading):
        return replace(question, by="weekday", weekdays=days)
    bounds, unit = bounds_in(reading.text), UNIT.search(reading.text)
    if bounds is None or question.formula:
        return question
    if unit is None and question.by != "total":
        return replace(question, bounds=bounds, rank=None, limit=None, measure=None, compare=None)
    if unit is None:
        yes_or_no = ASKS_WHETHER.match(reading.text) and question.by == "total"
        return replace(question, bounds=bounds, rank=None) if yes_or_no else question
    return replace(
        question, bounds=bounds, by=unit["unit"] or "day", rank=None, limit=None, measure=None, compare=None
    )


def bounds_in(text: str) -> Bounds | None:
    found = LIMIT.search(text)
    if found is None:
        return None
    value = float(found["value"].replace(",", "").rstrip(".")) * TIMES[found["times"]]
    says = f"{_words(found)} {value:,.10g}"
    if found["over"] or found["least"]:
        return Bounds(least=value, strict=bool(found["over"]), says=says)
    return Bounds(most=value, strict=bool(found["under"]), says=says)


def _words(found: re.Match[str]) -> str:
    return next(word for kind, word in SAYS.items() if found[kind])


SAYS: Mapping[str, str] = {"over": "above", "under": "below", "least": "of at least", "most": "of at most"}


def _weekdays(reading: Reading) -> tuple[str, ...]:
    """In the order of the week; none where they are held against each other, or each of them is meant."""
    said = list(ON_WEEKDAYS.finditer(reading.text))
    kinds = {match[0] in ("weekends",) or match[0].rstrip("s") in WEEKDAYS for match in said}
    if not said or len(kinds) > 1 or reading.has("compare") or reading.has("rank"):
        return ()
    meant = {day for match in said for day in _days(match[0])}
    if LEFT_OUT.search(reading.text[: said[0].start()]):
        meant = set(WEEKDAYS) - meant
    return tuple(day for day in WEEKDAYS if day in meant)


def _days(word: str) -> tuple[str, ...]:
    if word == "weekends":
        return WEEKEND
    return (word.rstrip("s"),) if word.rstrip("s") in WEEKDAYS else WORKDAYS
