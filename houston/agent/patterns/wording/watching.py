"""Answers about outliers, and why something moved."""

from collections.abc import Sequence

from houston.agent.facts import Facts
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording.figures import figure, plain, signed_percent
from houston.agent.patterns.wording.lately import earlier, now
from houston.agent.patterns.wording.performance import headline
from houston.agent.patterns.wording.phrases import client_of, moment, table_of, title_of, when_of
from houston.agent.patterns.wording.rows import remarks, rows_of

NO_CAUSE = "_These are the figures around it; the cause itself is not in the data._"


def whys(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    others = [result for result in results if "outliers" not in result or "by" in result]
    explained = [result for result in others if "outlier" in result]
    if question.measure == "now" and explained and explained[0].get("now"):
        return [now(explained[0], facts)]
    if question.measure == "earlier" and explained:
        return earlier(explained[0], facts)
    if question.measure == "brief" and explained:
        return [f"{_head(explained[0], facts)} {_band(facts)}".strip(), _state(explained[0])]
    if question.measure == "channels" and explained:
        found = explained[0]
        return [_head(found, facts), _channels(found, found["outlier"].get("unit") or ""), _state(found)]
    parts = [] if explained else ([_alerted(facts)] if facts.alert else [])
    parts += [part for result in explained for part in _explanation(result, facts)]
    if not explained:
        parts += listed(question, results[:1], facts)
    for result in others:
        if "by" in result:
            parts += _around(result, facts)
    return [*parts, NO_CAUSE] if len(parts) else parts


def _around(result: Result, facts: Facts) -> list[str]:
    where = f", {plain(result['channel'])}" if result["channel"] else ""
    lead = headline(result, facts) if result["by"] == "channel" else f"Day by day{where}:"
    rows = rows_of(result, result["rows"]) if len(result["rows"]) > 1 else ""
    return [lead, rows, *remarks(result)] if rows or result["by"] == "channel" else []


def _band(facts: Facts) -> str:
    """What is usual for the alert that the thread is about."""
    alert = facts.alert
    if alert is None:
        return ""
    return f"Usual there is {figure(alert.lower, alert.unit)} to {figure(alert.upper, alert.unit)}."


def _head(result: Result, facts: Facts) -> str:
    found = result["outlier"]
    unit = found.get("unit") or ""
    return (
        f"**{_place(found)}** for {client_of(result)} was "
        f"**{figure(found['value'], unit)}** on {moment(found['time'], facts)}, where "
        f"{figure(found['expected'], unit)} was "
        f"expected ({signed_percent(found.get('percent'))})."
    )


def _explanation(result: Result, facts: Facts) -> list[str]:
    unit = result["outlier"].get("unit") or ""
    parts = (_head(result, facts), _channels(result, unit), _moved(result), *_around_it(result, facts))
    return [part for part in parts if part]


USUAL = "what is usual at this time of the week"
"""The detector expects something else at times, since it knows trends and holidays."""


def _channels(result: Result, unit: str) -> str:
    rows = [
        (
            plain(row["channel"]) or "(no channel)",
            figure(row["value"], unit),
            figure(row.get("usual"), unit),
            signed_percent(row.get("percent")),
        )
        for row in result.get("by_channel") or ()
    ]
    if not rows:
        return ""
    return f"By channel, beside {USUAL}:\n\n" + table_of(("Channel", "Value", "Usual", "Change"), rows)


def _moved(result: Result) -> str:
    rows = [
        (
            _place(row),
            figure(row["value"], row.get("unit") or ""),
            figure(row.get("usual"), row.get("unit") or ""),
            signed_percent(row.get("percent")),
        )
        for row in result.get("moved_with") or ()
    ]
    if rows:
        return "What moved with it:\n\n" + table_of(("Metric", "Value", "Usual", "Change"), rows)
    unmoved = ", ".join(plain(title_of(name)) for name in result.get("unmoved") or ())
    return f"No other metric moved with it: {unmoved} were as usual." if unmoved else ""


def _around_it(result: Result, facts: Facts) -> list[str]:
    lines = [
        f"- Note: **{plain(note['title'])}** ({note['status'].replace('_', ' ')})"
        for note in result.get("notes") or ()
    ]
    lines += [
        f"- Failed task: **{plain(run['job'])}**, {moment(run['occurred_at'], facts)}"
        for run in result.get("failed_tasks") or ()
    ]
    return [_state(result), "Around that time:\n" + "\n".join(lines) if lines else ""]


def _state(result: Result) -> str:
    usual = (result.get("now") or {}).get("is_usual")
    if usual is None:
        return ""
    return f"By now it is {'back to usual' if usual else 'still unusual'}."


def _alerted(facts: Facts) -> str:
    alert = facts.alert
    assert alert is not None
    where = f"{title_of(alert.metric)} ({plain(alert.channel)})" if alert.channel else title_of(alert.metric)
    local = alert.time.astimezone(facts.zone)
    return (
        f"**{where}** for {plain(alert.client.name)} was **{figure(alert.value, alert.unit)}** on "
        f"{local:%A} {local.day} {local:%B} at {local:%H:%M}, "
        f"where {figure(alert.expected, alert.unit)} was expected "
        f"(usual: {figure(alert.lower, alert.unit)} to {figure(alert.upper, alert.unit)})."
    )


def listed(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    (result,) = results
    when, client = when_of(result["period"], facts), client_of(result)
    about = f" in {title_of(question.metrics[0]).lower()}" if len(question.metrics) == 1 else ""
    severity = f"{question.severity} " if question.severity else ""
    found = [
        one for one in result["outliers"] if not question.channels or one["channel"] in question.channels
    ]
    if not found:
        where = f" · {', '.join(map(plain, question.channels))}" if question.channels else ""
        return [f"No {severity}outliers{about}{where} for {client}, {when}."]
    one = result["count"] == 1
    count = "" if question.channels else f"{result['count']} "
    title = f"**{count}{severity}outlier{'' if one else 's'}**{about} for {client}, {when}:"
    clients = len({row.get("client") for row in found}) > 1
    header = ("When", *(("Client",) if clients else ()), "Metric", "Value", "Expected", "Off by", "Severity")
    rows = [
        (
            moment(row["time"], facts),
            *((plain(row["client"]),) if clients else ()),
            _place(row),
            figure(row["value"], row["unit"]),
            figure(row["expected"], row["unit"]),
            signed_percent(row["percent"]),
            row["severity"],
        )
        for row in found
    ]
    return [title, table_of(header, rows), _left_out(result)]


def _left_out(result: Result) -> str:
    return f"_{result['left_out']} more are not listed._" if result.get("left_out") else ""


def _place(found: Result) -> str:
    return title_of(found["metric"]) + (f" · {plain(found['channel'])}" if found.get("channel") else "")
