"""The rows of a metric's figures, ranked or in a table, and what each is called."""

from collections.abc import Sequence
from datetime import date

from houston.agent.facts import Facts
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording.figures import aligned, figure, plain, signed_percent
from houston.agent.patterns.wording.phrases import client_of, moment, table_of, title_of, when_of

WEEKDAYS = {1: "Monday", 2: "Tuesday", 3: "Wednesday", 4: "Thursday", 5: "Friday", 6: "Saturday", 7: "Sunday"}

MOST_ROWS = 31
PLACES = ("", "", "second ", "third ", "fourth ", "fifth ")


def joined(results: Sequence[Result]) -> list[Result]:
    """The days of one metric that were read in several parts, as one."""
    whole: list[Result] = []
    for result in results:
        last = whole[-1] if whole else {}
        if result["by"] == "day" and last.get("by") == "day" and last.get("metric") == result["metric"]:
            period = {**last["period"], "end": result["period"]["end"]}
            rows = [*last["rows"], *result["rows"]]
            whole[-1] = {**result, "rows": rows, "period": period, "remarks": result.get("remarks") or ()}
        else:
            whole.append(result)
    return whole


def nothing(result: Result, facts: Facts) -> str:
    newest = (result.get("source") or {}).get("freshness")
    until = f" The newest are from {moment(newest, facts)}." if newest else ""
    return f"There are no figures for {subject(result)}, {when_of(result['period'], facts)}.{until}"


def without_figures(results: Sequence[Result], facts: Facts) -> str:
    """Of several metrics, none of which has any."""
    newest = max(((result.get("source") or {}).get("freshness") or "" for result in results), default="")
    until = f" The newest are from {moment(newest, facts)}." if newest else ""
    first = results[0]
    whose = "all clients" if first["by"] == "client" else client_of(first)
    return f"There are no figures for {whose}, {when_of(first['period'], facts)}.{until}"


def kept(question: Question, result: Result) -> list[Result]:
    rows: list[Result] = result["rows"]
    if question.bounds:
        rows = [row for row in rows if question.bounds.holds(row["value"])]
    if result["by"] == "weekday" and question.weekdays:
        rows = [row for row in rows if str(row["weekday"]).casefold() in question.weekdays]
    if result["by"] == "channel":
        rows = [row for row in rows if row["channel"] not in question.without]
        return [row for row in rows if row["channel"] in question.channels] if question.channels else rows
    if result["by"] == "client":
        clients = question.clients or [row["client"] for row in rows]
        return [row for row in rows if row["client"] in clients and row["client"] not in question.without]
    return rows


def rows_of(result: Result, rows: Sequence[Result]) -> str:
    by, unit = result["by"], result["unit"]
    compared = any(row.get("percent") is not None for row in rows)
    shared = any(row.get("share_percent") is not None for row in rows)
    value = title_of(result["metric"]) + (f" (average per {by})" if by in ("hour", "weekday") else "")
    header = [by.capitalize(), value] + ["Share"] * shared + ["Before", "Change"] * compared
    shown = rows[:MOST_ROWS]
    values = aligned([row["value"] for row in shown], unit)
    before = aligned([row.get("compared_value") for row in shown], unit)
    lines = [
        [row_name(row, by), figure(row["value"], row["unit"]) if "unit" in row else value]
        + [figure(row.get("share_percent"), "%")] * shared
        + [earlier, signed_percent(row.get("percent"))] * compared
        for row, value, earlier in zip(shown, values, before, strict=True)
    ]
    return table_of(header, lines)


def ranked(question: Question, result: Result, kept: Sequence[Result], facts: Facts) -> str:
    worst = question.rank == "bottom"
    rows = sorted(
        (row for row in kept if row["value"] is not None),
        key=lambda row: float(row["value"]),
        reverse=not worst,
    )[question.place - 1 :][: question.limit or 1]
    when, word = when_of(result["period"], facts), "lowest" if worst else "highest"
    word = f"{PLACES[question.place]}{word}"
    if not rows:
        return nothing(result, facts)
    if len(rows) > 1:
        return f"{subject(result)}, {when}, the {word} first:\n\n{rows_of(result, rows)}"
    best = rows[0]
    of_all = best.get("share_percent")
    share = f", {figure(of_all, '%')} of the total" if of_all is not None else ""
    whose = "" if result["by"] == "client" else f" for {client_of(result)}"
    table = f"\n\n{rows_of(result, kept)}" if 1 < len(kept) <= 6 else ""
    return (
        f"The {word} {title_of(result['metric']).lower()}{_channel(result)}{whose}, {when}: "
        f"**{row_name(best, result['by'])}** with "
        f"**{figure(best['value'], best.get('unit', result['unit']))}**{share}.{table}"
    )


def _channel(result: Result) -> str:
    return f" ({plain(result['channel'])})" if result.get("channel") else ""


def subject(result: Result) -> str:
    where = f" · {plain(result['channel'])}" if result.get("channel") else ""
    whose = " by client" if result.get("by") == "client" else f" for {client_of(result)}"
    return f"**{title_of(result['metric'])}{where}**{whose}"


def row_name(row: Result, by: str) -> str:
    name = row[by]
    if by in ("channel", "client"):
        return plain(str(name)) or "(no channel)"
    if by in ("hour", "weekday"):
        return (
            WEEKDAYS.get(name, str(name))
            if isinstance(name, int) and by == "weekday"
            else f"{name}:00"
            if str(name).isdigit()
            else plain(str(name))
        )
    day = date.fromisoformat(f"{name}-01" if len(str(name)) == 7 else str(name)[:10])
    if by == "month":
        return f"{day:%b %Y}"
    return f"{day:%a} {day.day} {day:%b}" if by == "day" else f"Week of {day.day} {day:%b}"


def remarks(result: Result) -> list[str]:
    return [f"_{plain(remark)}_" for remark in result.get("remarks") or ()]
