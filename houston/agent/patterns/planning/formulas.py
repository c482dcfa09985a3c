"""Arithmetic is the tool `calculate`'s, over cells of the results before it."""

from dataclasses import replace

from houston.agent.patterns.planning.performance import performance
from houston.agent.patterns.planning.wanted import Done, Result, Wanted, wanted
from houston.agent.patterns.understanding.formulas import Formula
from houston.agent.patterns.understanding.question import Question

SPLIT = ("channel", "client")
MOST_SPLIT = 8
SUMMARY = wanted("customer_summary")


def formula(question: Question, asked: Formula, done: Done) -> tuple[Wanted, ...]:
    calls = _operands(question, asked)
    results = [done.result(call) for call in calls]
    if any(result is None for result in results):
        return calls
    read = [result for result in results if result is not None and "ref" in result and "error" not in result]
    if _split(question, asked) and len(read) == len(calls):
        return (*calls, *_each(question, asked, read))
    if len(read) != len(calls) or not (expression := _expression(question, asked, read)):
        return calls
    if asked.percent and read[0].get("unit") == read[-1].get("unit"):
        return (*calls, wanted("calculate", expression=f"{expression} * 100", unit="%"))
    return (*calls, wanted("calculate", expression=expression))


def _split(question: Question, asked: Formula) -> bool:
    return asked.kind == "ratio" and question.by in SPLIT


def _each(question: Question, asked: Formula, results: list[Result]) -> list[Wanted]:
    """The ratio of each channel or client that both metrics know."""
    over, under = results
    places = {row[question.by]: number for number, row in enumerate(under["rows"]) if row["value"]}
    both = [
        (number, places[row[question.by]])
        for number, row in enumerate(over["rows"])
        if row["value"] is not None and row[question.by] in places
        if not question.channels or row[question.by] in question.channels
    ]
    refs = over["ref"], under["ref"]
    hundred = " * 100" if asked.percent and over.get("unit") == under.get("unit") else asked.times
    return [
        wanted(
            "calculate",
            expression=f"{refs[0]}.rows[{first}].value / {refs[1]}.rows[{second}].value{hundred}",
            unit="%" if hundred and not asked.times else None,
        )
        for first, second in both[:MOST_SPLIT]
    ]


def _operands(question: Question, asked: Formula) -> tuple[Wanted, ...]:
    if asked.kind == "per_customer":
        return (SUMMARY,)
    parts = "client" if question.clients else "channel"
    by = parts if asked.kind == "together" else question.by if _split(question, asked) else "total"
    each = replace(question, by=by, rank=None, measure=None)
    return tuple(performance(each, metric) for metric in asked.metrics)


def _expression(question: Question, asked: Formula, results: list[Result]) -> str:
    refs = [result["ref"] for result in results]
    match asked.kind:
        case "ratio":
            return f"{refs[0]}.total / {refs[1]}.total{asked.times}"
        case "minus":
            return f"{refs[0]}.total - {refs[1]}.total"
        case "percent_of":
            part = f"({asked.number})" if " " in asked.number else asked.number
            return f"{refs[0]}.total * {part} / 100"
        case "per_customer":
            return f"{refs[0]}.revenue / {refs[0]}.total"
    names = question.clients or question.channels
    places = [number for number, row in enumerate(results[0]["rows"]) if row.get(results[0]["by"]) in names]
    return " + ".join(f"{refs[0]}.rows[{number}].value" for number in places)
