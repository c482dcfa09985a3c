"""Markdown from tool results: each figure is copied from a result, none is worked out."""

from collections.abc import Callable, Sequence
from datetime import date

from houston.agent.facts import Facts
from houston.agent.patterns.figures import change, figure, plain, signed_percent
from houston.agent.patterns.phrases import Result, client_of, moment, table_of, title_of, when_of
from houston.agent.patterns.query import Query
from houston.agent.patterns.records import customer_summary, customers, notes

ASSUMED = "_You named no period, so these are the last 7 full days._"


def answer(query: Query, results: Sequence[Result], facts: Facts) -> str:
    broken = [result["error"] for result in results if "error" in result]
    if broken:
        return "\n".join(f"I could not read that: {plain(error)}" for error in broken)
    parts = ANSWERS[query.intent](query, results, facts)
    if query.assumed_period and query.intent != "why":
        parts.append(ASSUMED)
    return "\n\n".join(dict.fromkeys(part for part in parts if part))


def _performance(query: Query, results: Sequence[Result], facts: Facts) -> list[str]:
    if len(results) > 1 and query.by == "total":
        return _side_by_side(results, facts)
    return [part for result in results for part in _one_metric(query, result, facts)]


def _one_metric(query: Query, result: Result, facts: Facts) -> list[str]:
    if result["by"] == "total":
        return [_headline(result, facts), *_remarks(result)]
    rows = _kept(query, result)
    if not rows:
        return [_nothing(result, facts)]
    if query.rank and result["by"] != "total":
        return [_ranked(query, result, facts), *_remarks(result)]
    headline = "" if len(query.channels) > 1 else _headline(result, facts)
    return [
        headline or f"{_subject(result)}, {when_of(result['period'], facts)}:",
        _rows(result, rows),
        *_remarks(result),
    ]


def _headline(result: Result, facts: Facts) -> str:
    """`**Revenue** for Acme, 9–15 Nov: **$1,234**, up 4.2% (+$50) on 2–8 Nov ($1,184).`"""
    when = when_of(result["period"], facts)
    if result["total"] is None:
        return _nothing(result, facts)
    text = f"{_subject(result)}, {when}: **{figure(result['total'], result['unit'])}**"
    compared = result.get("compared_to")
    if not compared:
        return f"{text}."
    before = when_of(compared, facts)
    if compared["total"] is None:
        return f"{text}. There are no figures for {before} to compare it with."
    moved = change(compared["difference"], compared["percent"], result["unit"])
    word = "on" if compared["difference"] else "from"
    return f"{text}, {moved} {word} {before} ({figure(compared['total'], result['unit'])})."


def _nothing(result: Result, facts: Facts) -> str:
    newest = result["source"].get("freshness")
    until = f" The newest are from {moment(newest, facts)}." if newest else ""
    return f"There are no figures for {_subject(result)}, {when_of(result['period'], facts)}.{until}"


def _side_by_side(results: Sequence[Result], facts: Facts) -> list[str]:
    first = results[0]
    where = f" · {plain(first['channel'])}" if first["channel"] else ""
    title = f"{client_of(first)}{where}, {when_of(first['period'], facts)}:"
    header = ("Metric", "Value", "Before", "Change")
    rows = [
        (
            title_of(result["metric"]),
            figure(result["total"], result["unit"]),
            figure((result.get("compared_to") or {}).get("total"), result["unit"]),
            signed_percent((result.get("compared_to") or {}).get("percent")),
        )
        for result in results
    ]
    before = first.get("compared_to")
    compared = f"_“Before” is {when_of(before, facts)}._" if before else ""
    return [
        title,
        table_of(header, rows),
        compared,
        *dict.fromkeys(r for one in results for r in _remarks(one)),
    ]


def _kept(query: Query, result: Result) -> list[Result]:
    rows: list[Result] = result["rows"]
    if result["by"] == "channel" and query.channels:
        return [row for row in rows if row["channel"] in query.channels]
    return rows


def _rows(result: Result, rows: Sequence[Result]) -> str:
    by, unit = result["by"], result["unit"]
    compared = any(row.get("percent") is not None for row in rows)
    shared = any(row.get("share_percent") is not None for row in rows)
    header = [by.capitalize(), title_of(result["metric"])] + ["Share"] * shared + ["Change"] * compared
    lines = [
        [_row_name(row, by), figure(row["value"], unit)]
        + [signed_percent(row.get("share_percent")).lstrip("+")] * shared
        + [signed_percent(row.get("percent"))] * compared
        for row in rows
    ]
    return table_of(header, lines)


def _ranked(query: Query, result: Result, facts: Facts) -> str:
    worst = query.rank == "bottom"
    rows = sorted(
        (row for row in result["rows"] if row["value"] is not None),
        key=lambda row: row["value"],
        reverse=not worst,
    )[: query.limit or 1]
    when, word = when_of(result["period"], facts), "lowest" if worst else "highest"
    if len(rows) > 1:
        return f"{_subject(result)}, {when}, the {word} first:\n\n{_rows(result, rows)}"
    best = rows[0]
    share = (
        f", {figure(best['share_percent'], '%')} of the total"
        if best.get("share_percent") is not None
        else ""
    )
    return (
        f"The {word} {title_of(result['metric']).lower()} for {client_of(result)}, {when}: "
        f"**{_row_name(best, result['by'])}** with **{figure(best['value'], result['unit'])}**{share}."
    )


def _why(query: Query, results: Sequence[Result], facts: Facts) -> list[str]:
    outliers, *performances = results
    parts = [_what_was_alerted(facts)] if facts.alert else []
    parts += _outliers(query, [outliers], facts)
    for result in performances:
        where = f", {plain(result['channel'])}" if result["channel"] else ""
        lead = _headline(result, facts) if result["by"] == "channel" else f"Day by day{where}:"
        rows = _rows(result, result["rows"]) if len(result["rows"]) > 1 else ""
        parts += [lead, rows, *_remarks(result)] if rows or result["by"] == "channel" else []
    parts.append("_These are the figures around it; the cause itself is not in the data._")
    return parts


def _what_was_alerted(facts: Facts) -> str:
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


def _outliers(query: Query, results: Sequence[Result], facts: Facts) -> list[str]:
    (result,) = results
    when, client = when_of(result["period"], facts), client_of(result)
    about = f" in {title_of(query.metrics[0]).lower()}" if len(query.metrics) == 1 else ""
    severity = f"{query.severity} " if query.severity else ""
    if not result["outliers"]:
        return [f"No {severity}outliers{about} for {client}, {when}."]
    one = result["count"] == 1
    title = f"**{result['count']} {severity}outlier{'' if one else 's'}**{about} for {client}, {when}:"
    rows = [
        (
            moment(found["time"], facts),
            title_of(found["metric"]) + (f" · {plain(found['channel'])}" if found["channel"] else ""),
            figure(found["value"], found["unit"]),
            figure(found["expected"], found["unit"]),
            signed_percent(found["percent"]),
            found["severity"],
        )
        for found in result["outliers"]
    ]
    return [title, table_of(("When", "Metric", "Value", "Expected", "Off by", "Severity"), rows)]


ANSWERS: dict[str, Callable[[Query, Sequence[Result], Facts], list[str]]] = {
    "performance": _performance,
    "overview": _performance,
    "why": _why,
    "outliers": _outliers,
    "notes": notes,
    "customers": customers,
    "customer_count": customer_summary,
    "new_customers": customer_summary,
}


def _subject(result: Result) -> str:
    where = f" · {plain(result['channel'])}" if result.get("channel") else ""
    return f"**{title_of(result['metric'])}{where}** for {client_of(result)}"


def _row_name(row: Result, by: str) -> str:
    if by == "channel":
        return plain(row["channel"]) or "(no channel)"
    day = date.fromisoformat(row[by])
    return f"{day:%a} {day.day} {day:%b}" if by == "day" else f"Week of {day.day} {day:%b}"


def _remarks(result: Result) -> list[str]:
    return [f"_{plain(remark)}_" for remark in result.get("remarks", ())]
