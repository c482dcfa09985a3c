"""A metric's points with what was expected of them, and charts."""

from collections.abc import Sequence

from houston.agent.facts import Facts
from houston.agent.patterns.planning.hours import places
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording.figures import figure, plain
from houston.agent.patterns.wording.phrases import moment, table_of, when_of
from houston.agent.patterns.wording.rows import MOST_ROWS, nothing, remarks, subject

MOST_NAMED = 5


def series(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    """The points with what was expected of them; first what several hours come to together."""
    together = [
        f"Together these are **{figure(result['value'], str(result.get('unit') or ''))}**."
        for result in results
        if "value" in result
    ]
    series = [result for result in results if "points" in result]
    return [*together, *(part for result in series for part in _one_series(question, result, facts))]


def _one_series(question: Question, result: Result, facts: Facts) -> list[str]:
    points = result["points"]
    if question.hours:
        points = [points[place] for place in places(points, question.hours, facts.zone)]
    head = f"{subject(result)}, {when_of(result['period'], facts)}:"
    if not points:
        return [nothing(result, facts)]
    unit = result["unit"]
    rows = [
        (
            moment(point["time"], facts),
            figure(point["value"], unit),
            figure(point["expected"], unit) if point.get("expected") is not None else "–",
            " to ".join(figure(side, unit) for side in point["usual"]) if point.get("usual") else "–",
        )
        for point in points[-MOST_ROWS:]
    ]
    if len(points) == 1:
        return [_one_point(result, points[0], facts), *remarks(result)]
    expected = (
        ""
        if any(point.get("expected") is not None for point in points)
        else "_Nothing watches this series for outliers, so there is no expected band._"
    )
    if question.measure != "band":
        expected = ""
    shown = table_of(("When", "Value", "Expected", "Usual"), rows)
    return [_verdict(question, points, facts), head, shown, expected, *remarks(result)]


def _verdict(question: Question, points: Sequence[Result], facts: Facts) -> str:
    """Whether they were as usual, where that is asked and known."""
    if question.measure != "band" or not any(point.get("usual") for point in points):
        return ""
    outside = [
        moment(point["time"], facts)
        for point in points
        if point.get("usual") and not point["usual"][0] <= point["value"] <= point["usual"][1]
    ]
    if not outside:
        return "All of these were in their usual range."
    more = " and at other times" if len(outside) > MOST_NAMED else ""
    return f"Outside of the usual range: {', '.join(outside[:MOST_NAMED])}{more}."


def _one_point(result: Result, point: Result, facts: Facts) -> str:
    unit = result["unit"]
    text = f"{subject(result)}, {moment(point['time'], facts)}: **{figure(point['value'], unit)}**"
    if point.get("expected") is None:
        return f"{text}."
    usual = " to ".join(figure(side, unit) for side in point.get("usual") or ())
    return f"{text}, where {figure(point['expected'], unit)} was expected (usual: {usual})."


def charts(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    return [part for result in results for part in _one_chart(result, facts)]


def _one_chart(result: Result, facts: Facts) -> list[str]:
    drawn = result.get("drawn")
    caption = plain(str(result.get("caption") or (drawn if isinstance(drawn, str) else "")))
    note = result.get("chart_note")
    unit = result.get("unit") or ""
    totals = [
        f"- {plain(str(line['label']))}: {figure(line['total'], unit)}"
        for line in result.get("lines") or ()
        if line.get("total") is not None
    ]
    return [
        f"Here is the chart: **{caption}**." if caption else "Here is the chart.",
        "\n".join(totals),
        f"_{plain(str(note))}_" if note else "",
    ]
