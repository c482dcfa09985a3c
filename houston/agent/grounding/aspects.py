"""What is called an average, or usual, must be one."""

import re
from dataclasses import dataclass

from houston.agent.grounding.cell import Cell
from houston.agent.grounding.evidence import Evidence
from houston.agent.grounding.figures import Figure
from houston.agent.grounding.reading import Said

AVERAGE = re.compile(
    r"\b(?:averag\w*|mean|avg\.?|median)\b[\s*_:(]*(?:\w+\s){0,3}?"
    r"(?:was|is|of|at|were|:|about|around)?[\s*_:~$€£]*$",
    re.IGNORECASE,
)
AVERAGED = re.compile(
    r"^[\s*_)]*(?:on average|(?:daily |weekly |monthly |hourly )?(?:average|mean)\b|/\s?day"
    r"|(?:per|a|each|every) (?:day|week|month|hour)\b(?!\s(?:earlier|ago|before|later|after|prior)))",
    re.IGNORECASE,
)
AVERAGES = re.compile(r"average|mean|median|per_|avg")
EXPECTED = re.compile(
    r"\b(?<!\bto )(?:expected|expectation|forecast|usually|the usual|normally|normal)[\s*_:(]*"
    r"(?:was|is|of|at|were|about|around|value|range|band|be|between|level|would be|would have been)?"
    r"[\s*_:~$€£]*$",
    re.IGNORECASE,
)
AS_EXPECTED = re.compile(
    r"^[\s*_)]*(?:(?:was|were|that was|is|as|was to be|would be|would have been|would count as|is considered"
    r"|were to be|had been|to be)\s)?(?:what (?:was|is)\s)?(?:expected|usual|normal)\b(?!\s*:)",
    re.IGNORECASE,
)
HELD_AGAINST = re.compile(r"[\s*_]*(?:instead|rather|versus|vs|against|compared|where)\b", re.IGNORECASE)
"""After `above what was expected (5`: the 5 was measured."""
EXPECTATIONS = frozenset(["expected", "usual", "lower", "upper", "band", "median"])
BASE = re.compile(
    r"expect|usual|normal|instead|against|\bvs\b|versus|rather|baseline|\bthan\b"
    r"|\b(?:over|above|below|under)\b|forecast"
    r"|typical|should|predict|model|\bfrom\b|compar|would|median|→",
    re.IGNORECASE,
)
"""Words beside a figure that is no reading, but what one is held against."""
TOTALLED = re.compile(
    r"\b(?:together|in total|in all|altogether|totall?ed|sum(?:s|med)? up to|add(?:s|ed)? up to|comes? to"
    r"|came to)\b[\s*_:(]*(?:\w+\s){0,2}[\s*_:~$€£]*$",
    re.IGNORECASE,
)
CALCULATED = "calculated"


@dataclass(frozen=True, slots=True)
class Aspect:
    """What the words around a figure say that it is."""

    average: bool
    total: bool
    expected: bool
    based: bool
    """It may be what another one is held against."""

    @classmethod
    def of(cls, figure: Figure, said: Said) -> "Aspect":
        before = said.text[max(0, figure.start - 48) : figure.start]
        return cls(
            average=is_called_average(figure, said),
            total=bool(TOTALLED.search(before)),
            expected=_is_expected(figure, said),
            based=said.line.column(figure.start) is not None or _is_near(BASE, figure, said),
        )


def is_called_average(figure: Figure, said: Said) -> bool:
    if AVERAGE.search(said.text[max(0, figure.start - 48) : figure.start]):
        return True
    after = said.text[figure.end : figure.end + 24]
    return figure.kind != "percent" and bool(AVERAGED.match(after))


def is_said_of(figure: Figure, cell: Cell, aspect: Aspect, evidence: Evidence) -> bool:
    """What is called an average, or expected, must be one."""
    if cell.role in ("text", "change") or figure.kind in ("time", "times"):
        return True
    if aspect.total and AVERAGES.search(cell.key):
        return False
    if aspect.average:
        return _is_average(cell)
    if cell.key == "expected" and not aspect.based:
        return False
    if aspect.expected and evidence.aspects & EXPECTATIONS:
        return cell.key in EXPECTATIONS or cell.key == CALCULATED
    return True


def _is_near(words: "re.Pattern[str]", figure: Figure, said: Said) -> bool:
    text = said.text
    before, after = text[max(0, figure.start - 60) : figure.start], text[figure.end : figure.end + 30]
    return bool(words.search(f"{before}|{after}"))


def _is_expected(figure: Figure, said: Said) -> bool:
    column = said.line.column(figure.start)
    if column:
        return bool(EXPECTED.search(column.header))
    if EXPECTED.search(said.text[max(0, figure.start - 48) : figure.start]):
        return not HELD_AGAINST.match(said.text[figure.end :])
    return bool(AS_EXPECTED.match(said.text[figure.end :]))


def _is_average(cell: Cell) -> bool:
    metric = " ".join(cell.names.get("metric", ()))
    periodic = bool({"weekday", "hour"} & cell.names.keys())
    daily = cell.span is not None and cell.span[0] == cell.span[1]
    return (
        bool(AVERAGES.search(cell.key) or AVERAGES.search(metric))
        or periodic
        or daily
        or cell.key == CALCULATED
    )
