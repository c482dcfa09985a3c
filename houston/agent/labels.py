"""What a person reads while a tool runs, and dates as people write them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from houston.agent.tool import Tool, ToolContext

LONGEST = 120


class _Blanks(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def label(tool: Tool, context: ToolContext, arguments: Mapping[str, Any]) -> str:
    """`Reading revenue for Acme, 1–14 Nov`, from the tool's own template."""
    words = _Blanks({name: str(value) for name, value in arguments.items() if value is not None})
    words["client"] = f" for {context.client.name}" if context.client else ""
    words["period"] = _period(arguments, context.today)
    return " ".join(tool.label.format_map(words).split())[:LONGEST]


def _period(arguments: Mapping[str, Any], today: date) -> str:
    start, end = arguments.get("start"), arguments.get("end")
    if isinstance(start, date) and isinstance(end, date):
        return f", {say_period(start, end, today=today)}"
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
