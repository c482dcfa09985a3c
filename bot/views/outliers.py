"""The list of what was unusual."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.views import severity
from bot.views.blocks import Message, context, section
from bot.views.text import count, escape, humanized, number, span, when
from houston.watch.occurrences import OccurrenceSeen

SHOWN = 15


def listed(occurrences: Sequence[OccurrenceSeen], zone: ZoneInfo, *, days: int) -> Message:
    if not occurrences:
        said = f"Nothing unusual in the last {days} days."
        return Message(text=said, blocks=[section(said)])
    title = f"*{count(len(occurrences), 'outlier')} in the last {days} days*"
    blocks = [section(title), *(section(line(each, zone)) for each in occurrences[:SHOWN])]
    if len(occurrences) > SHOWN:
        blocks.append(context(f"The latest {SHOWN} are shown. Ask me for more."))
    return Message(text=title.strip("*"), blocks=blocks)


def line(occurrence: OccurrenceSeen, zone: ZoneInfo) -> str:
    """`🔴 *Cost per click · google-ads* $2.31, expected $0.91 – $1.20`, with client and time."""
    name = humanized(occurrence.metric) + (f" · {occurrence.channel}" if occurrence.channel else "")
    value = number(occurrence.value, occurrence.unit)
    expected = span(occurrence.lower, occurrence.upper, occurrence.unit)
    found = f"*{escape(name, 200)}* {escape(value)}, expected {escape(expected)}"
    where = [escape(occurrence.client.name, 100)] if occurrence.client else []
    return (
        f"{severity.EMOJI[occurrence.severity]} {found}\n{' · '.join([*where, when(occurrence.time, zone)])}"
    )
