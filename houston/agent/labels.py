"""What a person reads while a tool runs, and dates as people write them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from houston.agent.tool import Tool, ToolContext

LONGEST = 120

LOOKING = re.compile(r"(?:Looking (?:up|at|for)|Reading|Counting|Running) (?:the )?")
SERIES = ", point by point"
SUBJECTS = {"Calculating": "calculations"}
"""Of labels that name no thing."""


@dataclass(frozen=True, kw_only=True)
class Label:
    """`Reading revenue for Acme, 1–14 Nov`, and what of that is looked at, whose and of when.

    The subject is '' of what is no look-up.
    """

    title: str
    subject: str = ""
    client: str = ""
    period: str = ""


class _Blanks(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def label(tool: Tool, context: ToolContext, arguments: Mapping[str, Any]) -> Label:
    """From the tool's own template."""
    words = _Blanks({name: str(value) for name, value in arguments.items() if value is not None})
    client = context.client.name if context.client and "{client}" in tool.label else ""
    period = _period(arguments, context.today) if "{period}" in tool.label else ""
    whose = {"client": f" for {client}" if client else "", "period": f", {period}" if period else ""}
    title = tool.label.format_map(_Blanks(words | whose))
    subject = tool.label.format_map(_Blanks(words | {"client": "", "period": ""}))
    return Label(title=_fitting(title), subject=_fitting(_subject(subject)), client=client, period=period)


def _fitting(text: str) -> str:
    return " ".join(text.split())[:LONGEST]


def _subject(label: str) -> str:
    """`revenue` of `Reading revenue, point by point`; '' of `Preparing a note`."""
    found = LOOKING.match(label)
    return label[found.end() :].removesuffix(SERIES) if found else SUBJECTS.get(label, "")


def _period(arguments: Mapping[str, Any], today: date) -> str:
    start, end = arguments.get("start"), arguments.get("end")
    if isinstance(start, date) and isinstance(end, date):
        return say_period(start, end, today=today)
    return ""


def say_period(start: date, end: date, *, today: date) -> str:
    """`1–14 Nov`, `28 Oct – 3 Nov`; the year only where it is not this one."""
    year = "" if start.year == end.year == today.year else f" {end.year}"
    if start == end:
        return f"{end.day} {end:%b}{year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {end:%b}{year}"
    first_year = f" {start.year}" if start.year != end.year else ""
    return f"{start.day} {start:%b}{first_year} – {end.day} {end:%b}{year}"
