"""Answers about metrics over a period."""

from collections.abc import Sequence

from houston.agent.facts import Facts
from houston.agent.patterns.planning.of_rows import is_of_known_days
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording.figures import change, figure, plain, signed_percent
from houston.agent.patterns.wording.growth import growth
from houston.agent.patterns.wording.matrices import matrix
from houston.agent.patterns.wording.phrases import client_of, table_of, title_of, when_of
from houston.agent.patterns.wording.ratios import is_split, ratio_name, ratios
from houston.agent.patterns.wording.rows import (
    joined,
    kept,
    nothing,
    ranked,
    remarks,
    row_name,
    rows_of,
    subject,
    without_figures,
)
from houston.agent.patterns.wording.verdicts import verdict


def performance(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    read = [result for result in results if "by" in result]
    figured = [result for result in results if "by" not in result and "value" in result]
    read = read[-1:] if is_of_known_days(question) and figured else joined(read)
    if figured and is_split(question, figured):
        return [
            *ratios(question, figured, read, facts),
            *dict.fromkeys(r for one in read for r in remarks(one)),
        ]
    worked_out = [_worked_out(question, result, read, facts) for result in figured]
    if question.formula and worked_out:
        return [
            *worked_out,
            *(_short(result, facts) for result in read),
            *dict.fromkeys(r for one in read for r in remarks(one)),
        ]
    if len(read) > 1 and all(result["by"] == "total" for result in read):
        return _side_by_side(read, facts)
    if question.intent == "overview" and len(read) > 1 and all("rows" in result for result in read):
        return matrix(read, facts)
    return [*worked_out, *(part for result in read for part in _one_metric(question, result, facts))]


def _share_of(number: str, name: str) -> str:
    """`100 - 10`, of the spend: `Spend minus 10%`."""
    if "*" in number:
        return f"{number.removeprefix('100 * ')} times {name.lower()}"
    _, sign, change = number.rpartition("- ") if "-" in number else number.rpartition("+ ")
    if not sign:
        return f"{number}% of {name.lower()}"
    return f"{name} {'minus' if sign == '- ' else 'plus'} {change}%"


def _worked_out(question: Question, result: Result, read: Sequence[Result], facts: Facts) -> str:
    value = figure(result["value"], result.get("unit") or "")
    if question.formula is None:
        return _of_rows(question, value, read)
    names = [title_of(name) for name in question.formula.metrics]
    asked = {
        "ratio": ratio_name(question.formula),
        "minus": " minus ".join(names).capitalize(),
        "percent_of": _share_of(question.formula.number, names[0]) if names else "",
        "together": f"{names[0]} of {' and '.join(map(plain, question.clients or question.channels))}"
        if names
        else "",
        "per_customer": "Revenue per customer",
    }[question.formula.kind]
    when = f", {when_of(read[0]['period'], facts)}" if read and read[0].get("period") else ""
    if question.formula.kind == "together":
        return f"Together, that is **{value}**{when}."
    return f"**{asked}** for {client_of(result)}{when}: **{value}**."


def _of_rows(question: Question, value: str, read: Sequence[Result]) -> str:
    """What was worked out of the rows that are listed."""
    if question.bounds:
        return f"{question.by.capitalize()}s {question.bounds.says}: **{value}**."
    if question.weekdays:
        return f"On average **{value} a day**." if question.measure == "average" else f"In all **{value}**."
    if question.measure in ("median", "average"):
        return f"The {question.measure} of a {question.by} is **{value}**."
    return f"Together, that is **{value}**." if question.without else f"The difference is **{value}**."


def _short(result: Result, facts: Facts) -> str:
    if result.get("by") in ("channel", "client"):
        return rows_of(result, result["rows"])
    return (
        f"- {subject(result)}: {figure(result['total'], result['unit'])}"
        if "total" in result and "unit" in result
        else ""
    )


def _one_metric(question: Question, result: Result, facts: Facts) -> list[str]:
    if result["by"] == "total":
        average = _average(result) if question.measure == "average" else ""
        head = headline(result, facts)
        return [average, verdict(question, result) + head, *remarks(result)]
    rows = kept(question, result)
    if question.bounds and not rows:
        nothing_so = f"No {result['by']} was {question.bounds.says}"
        return [f"{nothing_so}: {subject(result)}, {when_of(result['period'], facts)}."]
    if not any(row["value"] is not None for row in rows):
        return [nothing(result, facts)]
    if question.rank and (len(rows) > 1 or not question.channels):
        return [ranked(question, result, rows, facts), *remarks(result)]
    if question.measure == "share" and len(question.channels) == 1 and result["by"] == "channel":
        return [_share(result, rows[0], facts), *remarks(result)]
    part = question.clients or question.without or question.bounds or question.weekdays
    whole = not part and len(question.channels) < 2
    head = headline(result, facts) if whole and result.get("total") is not None else ""
    return [
        growth(question, result),
        (verdict(question, result) if not part else "") + head
        or f"{subject(result)}, {when_of(result['period'], facts)}:",
        _extremes(question, result) if not part else "",
        rows_of(result, rows),
        *remarks(result),
    ]


def _average(result: Result) -> str:
    if result.get("average_per_day") is None:
        return ""
    return f"On average **{figure(result['average_per_day'], result['unit'])} a day**."


def _share(result: Result, row: Result, facts: Facts) -> str:
    """`**google-ads** brought 62.1% of Acme's revenue`, with both figures."""
    name = row_name(row, result["by"])
    if row.get("share_percent") is None:
        when, value = when_of(result["period"], facts), figure(row["value"], result["unit"])
        return f"{subject(result)} · {name}, {when}: **{value}**. It does not add up, so it has no share."
    return (
        f"**{name}** has **{figure(row['share_percent'], '%')}** of the "
        f"{title_of(result['metric']).lower()} for "
        f"{client_of(result)}, {when_of(result['period'], facts)}: {figure(row['value'], result['unit'])} of "
        f"{figure(result['total'], result['unit'])}."
    )


def _extremes(question: Question, result: Result) -> str:
    if (
        result["by"] not in ("day", "week", "month", "hour", "weekday")
        or not result.get("highest")
        or len(result["rows"]) < 3
    ):
        return ""
    high, low = result["highest"], result["lowest"]
    return (
        f"Highest on {row_name(high, result['by'])} ({figure(high['value'], result['unit'])}), lowest on "
        f"{row_name(low, result['by'])} ({figure(low['value'], result['unit'])})."
    )


def headline(result: Result, facts: Facts) -> str:
    """`**Revenue** for Acme, 9–15 Nov: **$1,234**, up 4.2% (+$50) on 2–8 Nov ($1,184).`"""
    when = when_of(result["period"], facts)
    if result["total"] is None:
        return nothing(result, facts)
    text = f"{subject(result)}, {when}: **{figure(result['total'], result['unit'])}**"
    compared = result.get("compared_to")
    if not compared:
        return f"{text}."
    before = when_of(compared, facts)
    if compared["total"] is None:
        return f"{text}. There are no figures for {before} to compare it with."
    moved = change(compared["difference"], compared["percent"], result["unit"])
    word = "on" if compared["difference"] else "from"
    return f"{text}, {moved} {word} {before} ({figure(compared['total'], result['unit'])})."


def _side_by_side(results: Sequence[Result], facts: Facts) -> list[str]:
    first = results[0]
    if all(result["total"] is None for result in results):
        return [without_figures(results, facts)]
    where = f" · {plain(first['channel'])}" if first["channel"] else ""
    before = first.get("compared_to")
    known = any((result.get("compared_to") or {}).get("total") is not None for result in results)
    header = ("Metric", "Value", *(("Before", "Change") if known else ()))
    rows = [
        (
            title_of(result["metric"]),
            figure(result["total"], result["unit"]),
            *(_before(result) if known else ()),
        )
        for result in results
    ]
    compared = f"_“Before” is {when_of(before, facts)}._" if before and known else ""
    if before and not known:
        compared = f"There are no figures for {when_of(before, facts)} to compare these with."
    kept = dict.fromkeys(remark for one in results for remark in remarks(one))
    return [
        f"{client_of(first)}{where}, {when_of(first['period'], facts)}:",
        table_of(header, rows),
        compared,
        *kept,
    ]


def _before(result: Result) -> tuple[str, str]:
    against = result.get("compared_to") or {}
    return figure(against.get("total"), result["unit"]), signed_percent(against.get("percent"))
