"""What stands under an answer: the data it was made of."""

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.views import choices, feedback
from bot.views.blocks import Block, Message, context, section
from bot.views.cards import in_a_line
from bot.views.text import count, cut, escape, humanized, when, without_mentions
from houston.agent.turn import CardChanged, Footer

NAMES = {
    "calculate": "Calculation",
    "draw_chart": "Chart",
    "explain_outlier": "Outlier explained",
    "list_clients": "Clients",
    "list_metrics": "Metrics",
    "outlier_occurrences": "Outliers",
    "read_note": "Notes",
    "report_rows": "Reports",
    "run_report": "Reports",
}
"""What people call the data of tools whose names are no such thing."""

MARKDOWN = 11_900
"""Slack takes 12,000 characters of Markdown in a message."""


def whole(markdown: str, under: Sequence[Block], *, cards: Sequence[CardChanged] = ()) -> Message:
    """An answer that is shown all at once."""
    safe = cut(without_mentions(markdown), MARKDOWN)
    said: Block = {"type": "markdown", "text": safe}
    return Message(text=cut(safe, 3000), blocks=[*in_a_line(cards), said, *under])


def under(
    data: Footer, zone: ZoneInfo, *, options: Sequence[str] = (), turn_id: int | None, plainly: bool = False
) -> tuple[list[Block], ...]:
    """What stands under a finished answer, the best first, for Slack may refuse some of it."""
    above = footer(data, zone)
    if turn_id is None:
        return above, []
    above = [*choices.offered(options, turn_id), *above]
    plain = [*above, feedback.asked(turn_id, plainly=True)]
    best = [] if plainly else [[*above, feedback.asked(turn_id)]]
    return *best, plain, above, []


def without_charts(missing: int) -> str:
    """Said at the end where the picture that belongs to it is not there."""
    if not missing:
        return ""
    what = "The chart" if missing == 1 else f"{missing} charts"
    return f"_({what} could not be shown here: Slack did not take the picture.)_"


def for_admin(cause: str) -> Message:
    """Why there is no answer, for who can mend it."""
    said = f"🔧 You are an admin of Houston, so this is for you alone: {escape(cause, 2000)}"
    return Message(text=cut(said, 3000), blocks=[section(said)])


def footer(data: Footer, zone: ZoneInfo) -> list[Block]:
    """What the answer is made of, for whom it is, and how far it is to be trusted."""
    lines = [_sources(data, zone), *_remarks(data)]
    return [context("\n".join(line for line in lines if line))] if any(lines) else []


def _remarks(data: Footer) -> Iterator[str]:
    if data.client and data.clients != (data.client,):
        yield f"👤 About {escape(data.client, 100)}"
    if data.model_note:
        yield f"🧮 {escape(data.model_note[:1].upper() + data.model_note[1:], 300)}"
    if data.marked:
        figures = "sentence has a figure" if data.marked == 1 else "sentences have a figure"
        yield f"⚠️ {data.marked} {figures} that I found in no data"


def _sources(data: Footer, zone: ZoneInfo) -> str:
    """`📊 Channel performance · Acme · Nov 1 – Nov 14, 2026 · 14 rows · data until …`."""
    if not data.tools:
        return ""
    parts = [", ".join(dict.fromkeys(_named(tool) for tool in data.tools)), ", ".join(data.clients)]
    if data.start and data.end:
        parts.append(_period(data.start, data.end))
    if data.rows:
        parts.append(count(data.rows, "row"))
    if data.freshness:
        parts.append(f"data until {when(data.freshness, zone)}")
    return "📊 " + escape(" · ".join(part for part in parts if part), 1900)


def _named(tool: str) -> str:
    return NAMES.get(tool) or humanized(tool)


def _period(start: date, end: date) -> str:
    if start == end:
        return f"{start:%b} {start.day}, {start.year}"
    first = f"{start:%b} {start.day}" + ("" if start.year == end.year else f", {start.year}")
    return f"{first} – {end:%b} {end.day}, {end.year}"
