"""What is worked out of the rows of one result: their median, how many are in bounds, two of them apart."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from houston.agent.patterns.planning.performance import performance
from houston.agent.patterns.planning.wanted import Done, Result, Wanted, wanted
from houston.agent.patterns.understanding.period import Period, Unit, unit_start
from houston.agent.patterns.understanding.question import Question

STATISTICS = {"average": "mean", "median": "median"}
LONGEST = 300
"""Characters of an expression."""


def worked_out(question: Question, calls: tuple[Wanted, ...], done: Done) -> tuple[Wanted, ...]:
    """By the tool that may."""
    result = done.result(calls[0]) if len(calls) == 1 and "calculate" in done.tools else None
    if not result or "rows" not in result or "ref" not in result:
        return ()
    if is_of_known_days(question) and (known := _known(question, result)):
        return (known, *worked_out(replace(question, period=None), (known,), done))
    expression = _expression(question, result)
    if not 0 < len(expression) <= LONGEST:
        return ()
    unit = None if question.bounds or question.weekdays else result["unit"] or None
    return (wanted("calculate", expression=expression, unit=unit),)


def _expression(question: Question, result: Result) -> str:
    ref, rows = str(result["ref"]), result["rows"]
    if question.bounds:
        inside = [place for place, row in enumerate(rows) if question.bounds.holds(row["value"])]
        return _over(ref, "count", inside, len(rows))
    if question.weekdays:
        return _of_weekdays(question, ref, rows)
    if question.measure == "difference":
        return _apart(question, ref, result)
    if question.measure == "median" or _is_mean_of_whole(question, result):
        return f"{STATISTICS[question.measure or '']}({ref}.rows.value)"
    by = result["by"]
    if question.without and by in ("channel", "client") and result["totalled_by"] == "sum":
        left = [place for place, row in enumerate(rows) if row[by] not in question.without]
        return _over(ref, "sum", left, 0)
    return ""


def is_of_known_days(question: Question) -> bool:
    return question.by == "day" and (question.measure == "median" or question.bounds is not None)


def _known(question: Question, result: Result) -> Wanted | None:
    """The days that have figures, where others have none: the middle is that of what is known."""
    days = [date.fromisoformat(row["day"]) for row in result["rows"] if row["value"] is not None]
    if not days or not question.period or len(days) == len(result["rows"]):
        return None
    return performance(replace(question, period=Period(start=days[0], end=days[-1])), result["metric"])


def _is_mean_of_whole(question: Question, result: Result) -> bool:
    """`on average a week`, of weeks that are whole; a mean of ratios says nothing."""
    if question.measure != "average" or question.by not in ("week", "month") or not question.period:
        return False
    first, last = question.period.start, question.period.end + timedelta(days=1)
    unit: Unit = "week" if question.by == "week" else "month"
    whole = unit_start(first, unit) == first and unit_start(last, unit) == last
    return whole and result["totalled_by"] == "sum" and not result["remarks"]


def _over(ref: str, function: str, places: Sequence[int], count: int) -> str:
    """Of more than the half, what the others leave is shorter."""
    cells = ", ".join(f"{ref}.rows[{place}].value" for place in places)
    others = [place for place in range(count) if place not in places]
    if function == "count" and len(cells) + len("count()") > LONGEST:
        return (
            f"count({ref}.rows.value) - {_over(ref, function, others, 0)}"
            if others
            else f"count({ref}.rows.value)"
        )
    return f"{function}({cells})" if cells else ""


def _of_weekdays(question: Question, ref: str, rows: Sequence[Result]) -> str:
    """All of these days together, or on average; '' of what does not add up."""
    places = [place for place, row in enumerate(rows) if str(row["weekday"]).casefold() in question.weekdays]
    if not places or any(rows[place].get("total") is None for place in places):
        return ""
    sums, days = (" + ".join(f"{ref}.rows[{place}].{cell}" for place in places) for cell in ("total", "days"))
    return f"({sums}) / ({days})" if question.measure == "average" else sums


def _apart(question: Question, ref: str, result: Result) -> str:
    """`how much more did google spend than meta`"""
    names = question.clients or question.channels
    places = [
        number
        for number, row in enumerate(result["rows"])
        if row.get(result["by"]) in names and row["value"] is not None
    ]
    if len(places) != 2:
        return ""
    return f"{ref}.rows[{places[0]}].value - {ref}.rows[{places[1]}].value"
