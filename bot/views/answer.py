"""What stands under an answer: the data it was made of."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.views.blocks import Block, Message, context
from bot.views.text import count, cut, escape, humanized, when, without_mentions
from houston.agent.turn import Footer

MARKDOWN = 11_900
"""Slack takes 12,000 characters of Markdown in a message."""


def whole(markdown: str, under: list[Block]) -> Message:
    """An answer that is shown all at once."""
    safe = cut(without_mentions(markdown), MARKDOWN)
    return Message(text=cut(safe, 3000), blocks=[{"type": "markdown", "text": safe}, *under])


def footer(data: Footer, zone: ZoneInfo) -> list[Block]:
    """`📊 Channel performance · Acme · Nov 1 – Nov 14, 2026 · 14 rows · data until …`."""
    if not data.tools:
        return []
    parts = [", ".join(humanized(tool) for tool in data.tools), ", ".join(data.clients)]
    if data.start and data.end:
        parts.append(_period(data.start, data.end))
    if data.rows:
        parts.append(count(data.rows, "row"))
    if data.freshness:
        parts.append(f"data until {when(data.freshness, zone)}")
    return [context("📊 " + escape(" · ".join(part for part in parts if part), 1900))]


def _period(start: date, end: date) -> str:
    if start == end:
        return f"{start:%b} {start.day}, {start.year}"
    first = f"{start:%b} {start.day}" + ("" if start.year == end.year else f", {start.year}")
    return f"{first} – {end:%b} {end.day}, {end.year}"
