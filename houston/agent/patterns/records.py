"""Answers about notes and customers."""

from collections.abc import Sequence
from datetime import date, datetime

from houston.agent.facts import Facts
from houston.agent.patterns.figures import figure, plain
from houston.agent.patterns.phrases import Result, client_of, first_upper, table_of, when_of
from houston.agent.patterns.query import Query

LONGEST_NOTE = 200
"""Characters of a note's text that a list shows."""


def notes(query: Query, results: Sequence[Result], facts: Facts) -> list[str]:
    (result,) = results
    about = f" about “{plain(query.search)}”" if query.search else ""
    status = f"{query.status.replace('_', ' ')} " if query.status else ""
    when = f", {when_of(result['period'], facts)}" if result.get("period") else ""
    listed = result["notes"]
    if not listed:
        return [f"No {status}notes{about} for {client_of(result)}{when}."]
    title = first_upper(f"{status}notes{about} for {client_of(result)}{when}:")
    counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in result["counts"].items())
    lines = "\n".join(f"- {_note(note, facts)}" for note in listed)
    return [title, lines, f"In all: {counts}."]


def _note(note: Result, facts: Facts) -> str:
    written = datetime.fromisoformat(note["created_at"]).astimezone(facts.zone)
    details = ", ".join(
        filter(None, (note["status"].replace("_", " "), plain(note["author"]), f"{written.day} {written:%b}"))
    )
    body = plain(note["body"])[:LONGEST_NOTE]
    return f"**{plain(note['title'])}** ({details})" + (f": {body}" if body else "")


def customers(query: Query, results: Sequence[Result], facts: Facts) -> list[str]:
    (result,) = results
    named = f" matching “{plain(query.search)}”" if query.search else ""
    segment = f" in {plain(query.segment)}" if query.segment else ""
    if not result["customers"]:
        return [f"No customers{named}{segment} for {client_of(result)}."]
    order = {"revenue": "by revenue", "orders": "by orders", "created_at": "newest first"}[query.order_by]
    rows = [
        (
            plain(found["name"]),
            plain(found["segment"]) or "–",
            figure(found["orders"]),
            figure(found["revenue"]),
            date.fromisoformat(found["created_at"][:10]).strftime("%d %b %Y").lstrip("0"),
        )
        for found in result["customers"]
    ]
    header = ("Customer", "Segment", "Orders", "Revenue", "Since")
    return [f"Customers{named}{segment} of {client_of(result)}, {order}:", table_of(header, rows)]


def customer_summary(query: Query, results: Sequence[Result], facts: Facts) -> list[str]:
    (result,) = results
    client = client_of(result)
    segment = next((found for found in result["by_segment"] if found["segment"] == query.segment), None)
    if segment:
        count = f"**{figure(segment['customers'])} customers** in {plain(segment['segment'])}"
        return [f"{client} has {count}, of {figure(result['total'])} in all."]
    if query.intent == "new_customers" or result.get("period"):
        when = f", {when_of(result['period'], facts)}" if result.get("period") else ""
        one = "" if result["new"] == 1 else "s"
        won = f"**{figure(result['new'])} new customer{one}**"
        head = f"{client} won {won}{when}, of {figure(result['total'])} in all."
    else:
        head = f"{client} has **{figure(result['total'])} customers**."
    rows = [
        (
            plain(found["segment"]) or "–",
            figure(found["customers"]),
            figure(found["orders"]),
            figure(found["revenue"]),
        )
        for found in result["by_segment"]
    ]
    table = table_of(("Segment", "Customers", "Orders", "Revenue"), rows) if len(rows) > 1 else ""
    return [head, "By segment, all customers:" if table else "", table]
