"""Which calls answer a question about figures: totals, a chart, a series, arithmetic."""

from dataclasses import replace

from houston.agent.facts import Facts
from houston.agent.patterns.planning.formulas import formula
from houston.agent.patterns.planning.hours import hourly
from houston.agent.patterns.planning.of_rows import worked_out
from houston.agent.patterns.planning.performance import MOST_CHARTS, chart, performance, series, spans
from houston.agent.patterns.planning.wanted import Done, Wanted
from houston.agent.patterns.understanding.question import Question


def performances(question: Question, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    if question.formula and "calculate" in done.tools:
        return formula(question, question.formula, done)
    if question.hours and question.by in ("total", "hour"):
        return hourly(question, question.hours, done, facts.zone)
    if question.chart and "draw_chart" in done.tools:
        return tuple(chart(question, metric) for metric in question.metrics[:MOST_CHARTS])
    if question.measure == "band" and "metric_series" in done.tools:
        return tuple(series(question, metric) for metric in question.metrics[:MOST_CHARTS])
    parts = [replace(question, period=span) for span in spans(question)]
    calls = tuple(performance(part, metric) for metric in question.metrics for part in parts)
    return (*calls, *worked_out(question, calls, done))
