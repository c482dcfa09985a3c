"""Outlier definitions in words, and what they would have done."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.views import severity
from bot.views.blocks import Block, Message, button, image, section
from bot.views.text import count, escape, one_line, when
from bot.views.watching.listing import Listing, Row, deleting, editing, named, switching, wrong
from houston.watch import schedules
from houston.watch.definitions import DefinitionSeen
from houston.watch.preview import DefinitionPreview, Would

NOTHING = (
    "No outlier definitions yet. A definition says which metrics to check for what is unusual, how and when."
)
SENSITIVITIES = {"low": "low sensitivity", "normal": "", "high": "high sensitivity"}
DIRECTIONS = {"both": "", "up": "only rises", "down": "only drops"}
DAYS = 90
TIMES = 6


def listed(found: Sequence[DefinitionSeen], *, has_clients: bool) -> Listing:
    rows = [Row(line=line(each, has_clients=has_clients), buttons=_buttons(each)) for each in found]
    adding = [button("Add outlier definition", "add_outlier", style="primary")]
    return Listing(what="outlier definition", rows=rows, nothing=NOTHING, add=adding)


def line(seen: DefinitionSeen, *, has_clients: bool) -> str:
    """`*Acme: spend* · \u0060spend/*\u0060 (8 metrics) · hourly · Acme`, how it did, and what is wrong."""
    definition = seen.definition
    pattern = escape(one_line(definition.metrics).replace("`", "'"), 200)
    parts = [named(definition.name), f"`{pattern}` ({count(seen.metrics, 'metric')})"]
    parts.append(escape(_schedule(definition.schedule), 100))
    parts += [SENSITIVITIES.get(definition.sensitivity, ""), DIRECTIONS.get(definition.direction, "")]
    if has_clients:
        parts.append(escape(seen.client.name, 100))
    if not definition.active:
        parts.append("⏸ paused")
    said = " · ".join(part for part in parts if part)
    return "\n".join([said, _record(seen), *wrong(definition.error)])


def kept(seen: DefinitionSeen, what: str) -> Message:
    """`what` is Added, Saved, Paused or Resumed."""
    said = f"✅ {what}: {line(seen, has_clients=False)}"
    return Message(text=said, blocks=[section(said)])


def previewed(preview: DefinitionPreview, zone: ZoneInfo, chart_file: str = "") -> list[Block]:
    """What it would have done over the last 90 days, with a picture."""
    blocks = [section(_history(preview, zone))]
    if preview.chart and chart_file:
        blocks.append(image(chart_file, preview.chart.alt))
    return blocks


def _history(preview: DefinitionPreview, zone: ZoneInfo) -> str:
    said = f"*{escape(preview.words, 500)}* ({count(preview.series, 'metric')})"
    shown = [_would(each, zone) for each in preview.fired[:TIMES]]
    earlier = len(preview.fired) - len(shown)
    return "\n".join([said, *shown, *([f"…and {earlier} earlier"] if earlier else [])])


def _would(would: Would, zone: ZoneInfo) -> str:
    sign = severity.EMOJI[would.severity]
    more = f" and {count(would.others, 'other')}" if would.others else ""
    return f"{sign} {when(would.at, zone)} · {escape(would.metric, 100)}{more}: {escape(would.reason, 200)}"


def _schedule(text: str) -> str:
    """As people write it; one that cannot be read any more as it is."""
    try:
        return schedules.words(text)
    except schedules.ScheduleError:
        return text


def _record(seen: DefinitionSeen) -> str:
    """`Fired 12 times in 90 days, 2 of them no outliers: 83 % right · 1 going on`."""
    said = f"Fired {count(seen.fired_90d, 'time')} in {DAYS} days" if seen.fired_90d else "Has not fired"
    if seen.not_outliers and seen.precision is not None:
        said += f", {seen.not_outliers} of them said to be none: {seen.precision:.0%} right"
    return f"{said} · {seen.open} going on" if seen.open else said


def _buttons(seen: DefinitionSeen) -> list[Block]:
    definition = seen.definition
    follows = "It checks nothing any more; what it found is forgotten."
    return [
        editing("outlier", definition.id),
        switching("outlier", definition.id, active=definition.active),
        deleting("outlier", definition.id, name=definition.name, what="outlier definition", follows=follows),
    ]
