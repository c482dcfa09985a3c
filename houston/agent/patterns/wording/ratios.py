"""A ratio of two metrics for each channel or client, as `calculate` worked it out."""

from collections.abc import Sequence

from houston.agent.facts import Facts
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.formulas import Formula
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording.figures import figure, plain
from houston.agent.patterns.wording.phrases import client_of, table_of, title_of, when_of


def is_split(question: Question, worked_out: Sequence[Result]) -> bool:
    ratio = question.formula is not None and question.formula.kind == "ratio"
    return ratio and question.by in ("channel", "client") and all(_name(each) for each in worked_out)


def ratios(
    question: Question, worked_out: Sequence[Result], read: Sequence[Result], facts: Facts
) -> list[str]:
    """The first by rank, then all of them, the highest first."""
    assert question.formula is not None
    what = ratio_name(question.formula)
    rows = sorted(worked_out, key=lambda row: row["value"], reverse=question.rank != "bottom")
    when = when_of(read[0]["period"], facts)
    of = "" if question.by == "client" else f" for {client_of(read[0])}"
    head = f"**{what}**{of}, {when}:"
    if question.rank:
        word = "lowest" if question.rank == "bottom" else "highest"
        head = f"The {word} {what.lower()}{of}, {when}: **{_name(rows[0])}** with **{_said(rows[0])}**."
    table = table_of((question.by.capitalize(), what), [(_name(row), _said(row)) for row in rows])
    return [head, table]


def ratio_name(formula: Formula) -> str:
    """`Bikes sold per 100 ad clicks`"""
    over, *under = [title_of(name) for name in formula.metrics] or [""]
    return " per ".join([over, *(f"{formula.number} {name}".strip() for name in under)]).capitalize()


def _name(row: Result) -> str:
    return plain(str(row.get("channel") or row.get("client") or ""))


def _said(row: Result) -> str:
    return figure(row["value"], row.get("unit") or "")
