"""Figures that need no cell: lengths of periods, years, ranks, names counted in the sentence itself."""

import re
from datetime import date

from houston.agent.grounding.asked import Asked
from houston.agent.grounding.evidence import Evidence
from houston.agent.grounding.figures import Figure, figures
from houston.agent.grounding.nouns import is_counted
from houston.agent.grounding.reading import Said
from houston.agent.grounding.subjects import SOFT
from houston.agent.grounding.text import leading, says
from houston.agent.grounding.words import spelled

DAY = 86400.0
RANK = re.compile(
    (
        r"\b(?:top|first|last|bottom|next|best|worst|previous|past|following|prior|largest"
        r"|biggest|smallest|highest|lowest)\s$"
    ),
    re.IGNORECASE,
)
ALL = re.compile(r"\b(?:the|other|these|those|all|each of the|every)\s$", re.IGNORECASE)
EVERY = re.compile(r"\b(?:all|each of the)\s$", re.IGNORECASE)
MOST_POINTED_AT = 12
AGO = re.compile(
    r"^[\s*_-]*(?:ago|earlier|later|before|after|old|in a row|running|straight|apart|since|into)\b",
    re.IGNORECASE,
)
PLACE = re.compile(r"[\s*_]*(?:#|no\.?|nr\.?|rank(?:ing)?|pos(?:ition|\.)?|place)[\s*_]*", re.IGNORECASE)
"""The head of a column that numbers its rows."""
SUM_ROW = re.compile(r"\b(?:total|sum|all|overall|altogether)\b", re.IGNORECASE)
LISTED = re.compile(r"[:—–(]")
SEPARATED = re.compile(r",\s(?:and\s)?|\sand\s|;\s|\sor\s")
MOST_LISTED = 20


def allowed(figure: Figure, said: Said, evidence: Evidence, asked: Asked, today: date) -> bool:
    """Whether the figure claims nothing that a tool would have had to return."""
    value = figure.readings[0].value
    if figure.sign and figure.kind != "plain":
        return False
    if said.line.is_row and (_numbers_rows(figure, said) or _is_all_of_it(figure, said)):
        return True
    if asked.says(figure):
        return True
    if figure.kind == "time":
        return _is_length(figure, said, evidence, asked, today)
    if figure.kind == "ordinal":
        return value <= max(evidence.rows, 3) or any(
            first.day <= value <= last.day for first, last in evidence.spans
        )
    if figure.kind == "id":
        return _is_id(figure, value, evidence)
    if figure.kind != "plain" or value != int(value):
        return False
    return (
        _is_year(figure, value, evidence, today)
        or _is_rank(figure, value, said, evidence)
        or _enumerates(figure, said)
    )


def _numbers_rows(figure: Figure, said: Said) -> bool:
    """The row's own place, in a column for it."""
    column = said.line.column(figure.start)
    is_place = column is not None and bool(PLACE.fullmatch(column.header))
    return is_place and figure.kind in ("plain", "id") and figure.readings[0].value == said.line.number


def _is_all_of_it(figure: Figure, said: Said) -> bool:
    """100 % in a row that adds up the others."""
    columns = said.line.columns
    is_sum = bool(columns) and says(SUM_ROW, said.text[columns[0].start : columns[0].end])
    return is_sum and figure.kind == "percent" and figure.readings[0].value == 100


def _is_length(figure: Figure, said: Said, evidence: Evidence, asked: Asked, today: date) -> bool:
    """`7 days`, `the last 24 hours`, `3 days ago`: of the periods that were read or asked for."""
    days = figure.readings[0].value * float(figure.unit) / DAY
    if days == 1 or (figure.readings[0].value == 1 and not figure.word):
        return True
    spans = evidence.spans | asked.spans
    if any((last - first).days + 1 == days for first, last in spans):
        return True
    ago = AGO.search(said.text[figure.end :])
    return bool(ago) and any((today - first).days == days for first, last in spans if first == last)


def _is_id(figure: Figure, value: float, evidence: Evidence) -> bool:
    digits = str(int(value)) if value == int(value) else figure.text
    known = digits in evidence.ids or any(digits in re.findall(r"\d+", name) for name in evidence.names)
    return known or (figure.text.isdigit() and 0 < value <= evidence.rows)


def _is_year(figure: Figure, value: float, evidence: Evidence, today: date) -> bool:
    years = {today.year, today.year - 1} | {day.year for span in evidence.spans for day in span}
    return len(figure.text) == 4 and figure.text.isdigit() and int(value) in years


def _is_rank(figure: Figure, value: float, said: Said, evidence: Evidence) -> bool:
    """`top 3`, `the other two`: no more than there are rows."""
    known = 0 < value <= evidence.rows
    if leading(EVERY, said.text, figure.start) and is_counted(figure, said, evidence):
        return False
    if known and value <= MOST_POINTED_AT and leading(ALL, said.text, figure.start):
        return True
    return known and bool(leading(RANK, said.text, figure.start))


def _enumerates(figure: Figure, said: Said) -> bool:
    """`Three channels: google, meta and email`, `both … two`: what it counts is listed right there."""
    value = figure.readings[0].value
    if not 1 < value <= MOST_LISTED:
        return False
    dimensions: dict[str, set[object]] = {}
    for mention in said.mentions:
        dimensions.setdefault(mention.dimension, set()).add(mention.name)
    if any(len(names) == value for dimension, names in dimensions.items() if dimension not in SOFT):
        return True
    opening = LISTED.search(said.text, figure.end)
    if not opening:
        return False
    parts = SEPARATED.split(said.text[opening.end() :].strip())
    return len(parts) == value and not all(figures(part[:1]) or spelled(part.split(" ")[0]) for part in parts)
