"""Several periods that are one: `Monday of last week`, `Aug Sep Oct`; and which of two comes first."""

from collections.abc import Sequence
from itertools import pairwise

from houston.agent.patterns.understanding.formulas import TOGETHER
from houston.agent.patterns.understanding.period import Period
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.reading import Reading


def joined(reading: Reading) -> bool:
    """Two periods that belong together: `on Monday of last week` is one, `last week, since Monday` too."""
    first, second = reading.found[0], reading.found[1]
    between = reading.text[first.end : second.start].strip(" ,")
    if reading.text[second.start :].startswith("over ") or _alike(first.period, second.period):
        return False
    return between in ("of", "in", "", "by") and not reading.has("compare")


def one_stretch(question: Question, reading: Reading) -> bool:
    """`monthly sales March and April`, `Aug Sep Oct`, `Saturday plus Sunday`: they touch."""
    pairs = list(pairwise(reading.found))
    betweens = [reading.text[first.end : second.start].strip(" ,") for first, second in pairs]
    touching = all((second.period.start - first.period.end).days == 1 for first, second in pairs)
    if not touching or reading.has("compare"):
        return False
    days = all(one.period.start == one.period.end for one in reading.found)
    rows = question.by in ("day", "week", "month", "time") or question.chart or len(pairs) > 1
    rows = rows or TOGETHER.search(reading.text) is not None
    return all(
        between == "plus" or (between in ("and", "") and rows) or (between == "and" and days)
        for between in betweens
    )


def _alike(first: Period, second: Period) -> bool:
    """`jan feb`: two months, two days of the month."""
    lengths = [(each.end - each.start).days + 1 for each in (first, second)]
    months = all(length in (28, 29, 30, 31) for length in lengths)
    return months and first.end < second.start


def unit_of_all(periods: Sequence[Period]) -> str:
    days = (periods[0].end - periods[0].start).days + 1
    return "day" if days == 1 else "week" if days == 7 else "month"


def from_to(reading: Reading) -> bool:
    """`changed from October to November` is about November."""
    first, second = reading.found[0], reading.found[1]
    before = reading.text[: first.start].rstrip()
    between = reading.text[first.end : second.start].strip()
    return between == "to" and (before.endswith("from") or reading.text[first.start :].startswith("from"))
