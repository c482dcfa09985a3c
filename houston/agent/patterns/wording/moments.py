"""One moment of one series, against what was expected: for another client, or the day before."""

from collections.abc import Sequence
from datetime import datetime

from houston.agent.facts import Facts
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording.figures import figure, plain, signed_percent
from houston.agent.patterns.wording.phrases import client_of, table_of, title_of
from houston.agent.patterns.wording.phrases import moment as said_moment

MOST = 5


def moment(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    explained = next((result for result in results if "moved_with" in result), None)
    parts = [_there(question, series, explained, facts) for series in results if "points" in series]
    others = [result for result in results if "outliers" in result and "by_severity" in result]
    return [
        *parts,
        *(part for found in others if len(others) == 1 for part in _around(question, found, facts)),
    ]


def _there(question: Question, series: Result, explained: Result | None, facts: Facts) -> str:
    place = f"**{_place(series)}** for {client_of(series)}"
    assert question.moment is not None
    when = said_moment(question.moment.isoformat(), facts)
    point = _point(series, question.moment)
    if point is None:
        return f"There is no figure of {place} for that hour."
    unit = series["unit"]
    text = f"{place} was **{figure(point['value'], unit)}** on {when}"
    if point.get("expected") is None:
        return f"{text}{_moved(series, explained)}"
    low, high = point["usual"]
    usual = f"usual: {figure(low, unit)} to {figure(high, unit)}"
    band = f"where {figure(point['expected'], unit)} was expected ({usual})"
    return f"{_verdict(question, bool(point.get('is_outlier')))} {text}, {band}."


def _moved(series: Result, explained: Result | None) -> str:
    """Whether a metric that nobody watches left its usual together with the outlier of the thread."""
    name = series["metric"]
    rows = [row for row in (explained or {}).get("moved_with", ()) if row["metric"] == name]
    if rows and rows[0].get("usual") is not None:
        usual = figure(rows[0]["usual"], series["unit"])
        return f", where {usual} is usual ({signed_percent(rows[0].get('percent'))}): it moved as well."
    if explained and name in (explained.get("unmoved") or ()):
        return ", which is about as usual: it did not move with it."
    return ". Nobody watches it for outliers there, so what was to be expected is not known."


def _verdict(question: Question, off: bool) -> str:
    if question.elsewhere:
        return "Yes, it was out of line there too:" if off else "No, there it was as usual:"
    return "It was out of line then too:" if off else "It was as usual then:"


def _point(series: Result, at: datetime) -> Result | None:
    points: list[Result] = list(series["points"])
    same = [point for point in points if datetime.fromisoformat(point["time"]) == at]
    return same[0] if same else points[0] if len(points) == 1 else None


def _around(question: Question, found: Result, facts: Facts) -> list[str]:
    """Other outliers of this metric within some days, at another time."""
    rows = [
        row
        for row in found["outliers"]
        if datetime.fromisoformat(row["time"]) != question.moment and not _is_alert(row, facts)
    ]
    if not rows:
        return []
    lines = [
        (
            said_moment(row["time"], facts),
            _place(row),
            figure(row["value"], row["unit"]),
            figure(row["expected"], row["unit"]),
            signed_percent(row["percent"]),
        )
        for row in rows[:MOST]
    ]
    title = f"Other outliers of {title_of(question.metrics[0]).lower()} there around that day:"
    return [title, table_of(("When", "Metric", "Value", "Expected", "Off by"), lines)]


def _is_alert(row: Result, facts: Facts) -> bool:
    """The one that the thread is about is known."""
    alert = facts.alert
    return bool(alert and alert.metric == row["metric"] and alert.time == datetime.fromisoformat(row["time"]))


def _place(found: Result) -> str:
    return title_of(found["metric"]) + (f" · {plain(found['channel'])}" if found.get("channel") else "")
