"""Answers about customers."""

import re
from collections.abc import Sequence
from datetime import date

from houston.agent.facts import Facts
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording.figures import column, figure, plain
from houston.agent.patterns.wording.phrases import client_of, table_of, when_of

USUAL_ROWS = 10
LIFETIME = "_Orders and revenue are a customer's of all time: the data has no dates of single orders._"


def customers(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    result = results[0]
    named = f" matching “{plain(question.search)}”" if question.search else ""
    segment = f" in the segment “{plain(question.segment)}”" if question.segment else ""
    if not result["customers"]:
        return [f"No customers{named}{segment} for {client_of(result)}."]
    if (question.picked or question.search) and len(result["customers"]) == 1:
        return [_person(question, result["customers"][0], result)]
    rows, left = _chosen(question, result)
    order = _order(question)
    if not rows and not left and question.condition:
        return [f"No customers{named}{segment} {question.condition.says} for {client_of(result)}."]
    segments = not question.segment
    revenues = _revenues(rows)
    lines = [
        (
            plain(found["name"]),
            *((plain(found["segment"]) or "–",) if segments else ()),
            figure(found["orders"]),
            revenue,
            date.fromisoformat(found["created_at"][:10]).strftime("%d %b %Y").lstrip("0"),
        )
        for found, revenue in zip(rows, revenues, strict=True)
    ]
    header = ("Customer", *(("Segment",) if segments else ()), "Orders", "Revenue", "Since")
    title = f"Customers{named}{segment} of {client_of(result)}, {order}:"
    whole = _in_all(result, segment) if not question.condition else _how_many(question, results)
    dated = question.period is not None and not question.assumed_period
    return [
        *whole,
        title,
        table_of(header, lines),
        left,
        LIFETIME if dated else "",
        *_addresses(question, rows),
    ]


def _chosen(question: Question, result: Result) -> tuple[list[Result], str]:
    """The rows that are asked for; where the tool could not list them all, what that means for these."""
    rows = [row for row in result["customers"] if not question.condition or question.condition.holds(row)]
    if question.rank == "bottom":
        rows = rows[::-1]
    chosen = question.condition or question.rank == "bottom"
    rows = rows if question.condition else rows[: question.limit or USUAL_ROWS]
    left = chosen and result.get("left_out")
    return (
        rows,
        f"_Only {figure(len(result['customers']))} could be looked through; the others are left out._"
        if left
        else "",
    )


def _order(question: Question) -> str:
    if question.rank == "bottom":
        return {
            "revenue": "lowest revenue first",
            "orders": "fewest orders first",
            "created_at": "oldest first",
        }[question.order_by]
    return {"revenue": "by revenue", "orders": "by orders", "created_at": "newest first"}[question.order_by]


def _how_many(question: Question, results: Sequence[Result]) -> list[str]:
    """Counted where the tool counts these; else all that is said is of how many they are."""
    condition, whole = question.condition, results[0]
    assert condition is not None
    count = results[-1].get(condition.counted) if condition.counted and not question.segment else None
    if count is None:
        return [f"Of {figure(whole['count'])} customers, these are the ones {condition.says}."]
    return [f"{condition.counted.replace('_', ' ').capitalize()}: **{figure(count)}**."]


def _person(question: Question, found: Result, result: Result) -> str:
    since = date.fromisoformat(found["created_at"][:10]).strftime("%d %b %Y").lstrip("0")
    segment = f" ({plain(found['segment'])})" if found.get("segment") else ""
    revenue, each = column([found["revenue"], found.get("average_order")], _unit(found))
    wanted = re.search(
        r"\b(?:averages?|mean|per (?:order|purchase)|typical\w*)\b", question.raw, re.IGNORECASE
    )
    average = f", on average {each}" if wanted and found.get("average_order") is not None else ""
    mail = f" E-mail: {plain(found['email'])}." if found.get("email") else ""
    return (
        f"**{plain(found['name'])}**{segment}, customer of {client_of(result)} since {since}: "
        f"**{figure(found['orders'])} order{'' if found['orders'] == 1 else 's'}** with {revenue} of"
        f" revenue{average}.{mail}"
    )


def _in_all(result: Result, segment: str) -> list[str]:
    """What all that fit come to, where the tool says so and more than one does."""
    matching, count = result.get("matching"), result.get("count")
    if not matching or not count or count == 1:
        return []
    return [f"**{figure(count)} customers**{segment}, with {_bought(matching, _unit(matching))} in all."]


def _bought(found: Result, unit: str) -> str:
    return f"{figure(found['orders'])} orders and {figure(found['revenue'], unit)} of revenue"


def _revenues(rows: Sequence[Result]) -> list[str]:
    """Aligned where all are in one currency."""
    units = {_unit(found) for found in rows}
    if len(units) == 1:
        return column([found["revenue"] for found in rows], units.pop())
    return [figure(found["revenue"], _unit(found)) for found in rows]


def _unit(found: Result) -> str:
    return str(found.get("unit") or "")


def _addresses(question: Question, rows: Sequence[Result]) -> list[str]:
    if not re.search(r"\be-?mail|address\b", question.raw, re.IGNORECASE):
        return []
    return [f"{plain(found['name'])}: {plain(found['email'] or '–')}" for found in rows[:5]]


def customer_summary(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    (result,) = results
    client = client_of(result)
    segment = next((found for found in result["by_segment"] if found["segment"] == question.segment), None)
    if segment:
        count = f"**{figure(segment['customers'])} customers** in the segment “{plain(segment['segment'])}”"
        bought = _bought(segment, _unit(result))
        if question.intent == "new_customers" and result.get("period"):
            won = f"**{figure(segment['new'])} new customer{'' if segment['new'] == 1 else 's'}**"
            when = when_of(result["period"], facts)
            return [
                f"{client} won {won} in the segment “{plain(segment['segment'])}”, {when}.",
                f"In all it has **{figure(segment['customers'])} customers** there.",
            ]
        return [f"{client} has {count}, of {figure(result['total'])} in all. They come to {bought}."]
    if question.intent == "returning" and "returning" in result:
        meaning = plain(str((result.get("meaning") or {}).get("returning", "")))
        count = f"**{figure(result['returning'])} returning customers**"
        head = f"{client} has {count}, of {figure(result['total'])} in all."
        return [head, f"_Returning: {meaning}_" if meaning else ""]
    if question.intent == "new_customers" or (result.get("period") and question.intent != "customer_count"):
        when = f", {when_of(result['period'], facts)}" if result.get("period") else ""
        one = "" if result["new"] == 1 else "s"
        won = f"**{figure(result['new'])} new customer{one}**"
        head = f"{client} won {won}{when}, of {figure(result['total'])} in all."
    else:
        came_to = _bought(result, _unit(result))
        head = f"{client} has **{figure(result['total'])} customers**, with {came_to} in all."
    revenues = column([found["revenue"] for found in result["by_segment"]], _unit(result))
    rows = [
        (plain(found["segment"]) or "–", figure(found["customers"]), figure(found["orders"]), revenue)
        for found, revenue in zip(result["by_segment"], revenues, strict=True)
    ]
    table = table_of(("Segment", "Customers", "Orders", "Revenue"), rows) if len(rows) > 1 else ""
    return [head, "By segment, all customers:" if table else "", table]
